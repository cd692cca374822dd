"""An address or a method that the API does not have is said as its other errors are: in both languages, for programs to read."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from erreichbar.intake.api import problem

SAID = {
    404: (
        "There is nothing at this address. What there is stands in /api/v1/openapi.json.",
        "Unter dieser Adresse gibt es nichts. Was es gibt, steht in /api/v1/openapi.json.",
    ),
    405: ("This address is asked by another method: {allowed}.", "Diese Adresse wird anders aufgerufen: {allowed}."),
}
"""What is said, English and German, by the status of the answer."""


class NotThereMiddleware(MiddlewareMixin):
    """Says it in place of the pages that people get."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer to a programme, for everybody else the one that there is."""
        said = SAID.get(response.status_code)
        if said is None or not request.path.startswith("/api/"):
            return response
        allowed = response.headers.get("Allow", "")
        en, de = (text.format(allowed=allowed) for text in said)
        answer = problem(request, response.status_code, en, de, None)
        if allowed:
            answer["Allow"] = allowed
        return answer
