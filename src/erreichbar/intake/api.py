"""Reports over HTTP: ``POST /api/v1/tickets`` and ``…/figures`` with a token of the organisation.

Described at ``/api/v1/openapi.json``.
"""

import hmac
import math
from hashlib import sha256
from typing import Annotated

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema, Status
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field

from erreichbar.centre.actions import Busy, Invalid, Refused
from erreichbar.intake.figures import take_figures
from erreichbar.intake.limits import PerMinute
from erreichbar.intake.reports import take
from erreichbar.record.words import ReportWay


class Token(HttpBearer):
    """A token belongs to an organisation; the settings hold its SHA-256 only."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """Return whose token it is, none if nobody's."""
        given = sha256(token.encode()).hexdigest()
        pairs = settings.ERREICHBAR_INTAKE_TOKENS
        return next((one for one, known in pairs if hmac.compare_digest(given, known)), None)


class Reporting(HttpRequest):
    """A request whose token is known: ``auth`` is its organisation, as ``Token`` found it."""

    auth: str


class ReportIn(Schema):
    """A report. Moments are ISO 8601; without an offset they are the office's local time."""

    model_config = ConfigDict(extra="forbid")

    reference: str
    called_at: str
    reason: str
    family_name: str
    given_name: str = ""
    date_of_birth: str = ""
    benefit_unit_number: str = ""
    postal_code: str = ""
    number: str = ""
    email: str = ""
    channel: str = ""
    language: str = ""
    window_from: str = ""
    window_to: str = ""
    application_made: str = ""
    note: str = ""


class TicketOut(Schema):
    """The ticket that a report became. ``due`` is 48 hours after the call, ``last_chance`` what the citizen may be told.

    ``application`` is the code that proves the application made in that call.
    """

    code: str
    opened: str
    due: str
    last_chance: str | None
    known: bool
    application: str | None


class IntervalIn(Schema):
    """What was counted in an interval: a day (``2026-03-05``), or a half hour by the moment at which it begins."""

    model_config = ConfigDict(extra="forbid")

    interval: str
    offered: int
    answered: int
    abandoned: int
    answered_within: int | None = None
    within_s: int | None = None
    mean_wait_s: int | None = None
    mean_talk_s: int | None = None


class FiguresIn(Schema):
    """Call figures of an organisation. The same interval again with other numbers corrects it; both are kept."""

    model_config = ConfigDict(extra="forbid")

    intervals: Annotated[list[IntervalIn], Field(max_length=2000)]


class IntervalOut(Schema):
    """What became of an interval: ``version`` (1, more with each correction), ``known`` (yes, no), or ``fault``."""

    line: str
    interval: str
    version: str
    known: str
    fault: str


class Problem(Schema):
    """Why a report was not taken (RFC 9457)."""

    type: str = "about:blank"
    title: str
    detail_de: str
    field: str | None = None


api = NinjaAPI(
    title="Erreichbar",
    version="1",
    docs_url=None,
    auth=Token(),
    throttle=PerMinute(),
    urls_namespace="intake",
    description="Tickets and call figures from outside.",
)


@api.post("/tickets", response={200: TicketOut, 201: TicketOut})
def report(request: Reporting, given: ReportIn) -> Status[dict[str, str | bool | None]]:
    """Take a report: 201 for a new ticket, 200 for one that was there already."""
    taken = take(given.model_dump(), organisation=request.auth, way=ReportWay.API)
    return Status(200 if taken.known else 201, taken.to_json())


@api.post("/figures", response={200: list[IntervalOut], 422: list[IntervalOut]})
def figures(request: Reporting, given: FiguresIn) -> Status[list[dict[str, str]]]:
    """Take call figures of the organisation itself: 200 if all were taken, else 422; what is right is taken all the same."""
    lines = {number: one.model_dump() for number, one in enumerate(given.intervals, 1)}
    taken = list(take_figures(lines, organisation=request.auth, way=ReportWay.API))
    return Status(422 if any(one["fault"] for one in taken) else 200, taken)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Say why a report was not taken."""
    field = error.field if isinstance(error, Invalid) else None
    return problem(request, 503 if isinstance(error, Busy) else 422, error.en, error.de, field)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which field is missing or too much. What was given is not repeated."""
    field = str(error.errors[0]["loc"][-1]) if error.errors else None
    en, de = (
        f"This field is missing, unknown or no text: {field}.",
        f"Dieses Feld fehlt, ist unbekannt oder kein Text: {field}.",
    )
    return problem(request, 422, en, de, field)


@api.exception_handler(HttpError)
def not_answered(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say why a request was not even read: no token, too many of them, or no JSON."""
    if isinstance(error, Throttled):
        most, wait = settings.ERREICHBAR_INTAKE_PER_MINUTE, max(1, math.ceil(error.wait or 1))
        de = f"Das waren zu viele Anfragen: höchstens {most} in der Minute. Bitte in {wait} s noch einmal; nichts ist verloren."
        en = f"These were too many requests: at most {most} a minute. Please again in {wait} s; nothing is lost."
        answer = problem(request, 429, en, de, None)
        answer["Retry-After"] = str(wait)
        return answer
    if error.status_code == 401:
        de, en = "Das Token fehlt oder gilt nicht (mehr).", "The token is missing or not valid (any more)."
        answer = problem(request, 401, en, de, None)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    return problem(
        request, error.status_code, "The request is no readable JSON.", "Die Anfrage ist kein lesbares JSON.", None
    )


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """Say that a request was too long to be read."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    de = f"Die Anfrage ist zu lang: höchstens {most} Bytes. Bitte in mehreren Teilen senden."
    return problem(request, 413, f"The request is too long: at most {most} bytes. Please send it in parts.", de, None)


def problem(request: HttpRequest, status: int, en: str, de: str, field: str | None) -> HttpResponse:
    """Return an answer that says, in both languages, why a request was not carried out (RFC 9457)."""
    answer = api.create_response(request, Problem(title=en, detail_de=de, field=field).model_dump(), status=status)
    answer["Content-Type"] = "application/problem+json"
    return answer
