"""From a form to one change: run the action, once, and keep what was typed if the house refuses it.

Every form carries a hidden ``key`` drawn when it was rendered, so that a double click or a form sent again acts once.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from erreichbar.centre import actions
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.office_in_force import by_one_office
from erreichbar.desk.here import begin, send_in, user_of
from erreichbar.record.words import Role

View = Callable[..., HttpResponse]

REFUSED = 422
"""The status of a page that says why a change was not made."""


@dataclass(frozen=True)
class Entered:
    """A form that was refused: its name on the page, what was typed, and why."""

    form: str
    values: Mapping[str, str]
    refused: Refused

    @property
    def field(self) -> str | None:
        """Return the field that is at fault, none if it is the whole."""
        return self.refused.field if isinstance(self.refused, Invalid) else None


@dataclass(frozen=True)
class Outcome:
    """What a form led to: the result of the change, or the refused form."""

    result: Any = None
    entered: Entered | None = None


def act(request: HttpRequest, form: str, action: type[actions.Action], **fields: Any) -> Outcome:
    """Make the change that a form asks for, by who is here. Nothing is changed if it is refused."""
    try:
        change = action(key=key_of(request), by=user_of(request).username, **fields)
        return Outcome(result=change.run())
    except Refused as refused:
        return Outcome(entered=entered(request, form, refused))


def entered(request: HttpRequest, form: str, refused: Refused) -> Entered:
    """Return a refused form with what was typed in it."""
    hidden = ("csrfmiddlewaretoken", "key")
    return Entered(form, {name: str(value) for name, value in request.POST.items() if name not in hidden}, refused)


def key_of(request: HttpRequest) -> str:
    """Return the key of a form, bound to who sends it: nobody acts under the key of somebody else."""
    return f"desk.{user_of(request).username}.{request.POST.get('key', '')}"[:200]


def yes_or_no(request: HttpRequest, name: str) -> bool | None:
    """Return the answer to a question of a form, none if it was left open."""
    return {"yes": True, "no": False}.get(request.POST.get(name, ""))


def version_of(request: HttpRequest) -> int:
    """Return the version of the ticket that the form showed. Raises ``Invalid``."""
    told = request.POST.get("version", "")
    if not (told.isascii() and told.isdigit()):
        raise Invalid("version", "Bitte laden Sie die Seite neu.", "Please reload the page.")
    return int(told)


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Let a page be used by people of these roles only; others are told so (403), who is not signed in comes in first."""

    def limit(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return send_in(request)
            if Role(user_of(request).role) not in roles:
                raise PermissionDenied
            if request.method != "GET" or "HX-Request" not in request.headers:
                begin(request)
            with by_one_office() if request.method in ("GET", "HEAD") else nullcontext():
                response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return page

    return limit
