"""What would become of the leader's tickets, if something were so. Nothing is changed by asking."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erreichbar.centre import clock, queries, sight
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.models import Ticket
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.queries.forecast import Comparison, Supposed, compared
from erreichbar.desk import words
from erreichbar.desk.acting import entered, for_roles
from erreichbar.desk.days import midnight_after, moment_typed
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import who
from erreichbar.desk.views.board import page
from erreichbar.office import Office
from erreichbar.promise.forecast import Change
from erreichbar.promise.forecast.chances import FUTURES
from erreichbar.promise.presence import Entry
from erreichbar.record.words import Role


@require_POST
@for_roles(Role.TEAM_LEADER)
def forecast(request: HttpRequest) -> HttpResponse:
    """Say what becomes of the open tickets, if those chosen were not in on a day."""
    office = queries.office_in_force()
    try:
        supposed = _supposed(request, office)
    except Refused as refused:
        return page(request, entered(request, "forecast", refused))
    found = compared(user_of(request), clock.now(), supposed)
    return page(request, **told(found, office, names_of(request)), supposed=bool(supposed))


def names_of(request: HttpRequest) -> dict[str, str]:
    """Return who waits for an answer, by ticket, of the leader's open tickets, those due first."""
    hers = Ticket.objects.filter(OPEN, unit__in=queries.units_of(user_of(request))).select_related("person")
    return {one.ref: who(one) for one in hers.order_by("due_elapsed", "pk")}


def rows(changes: list[Change], office: Office, names: dict[str, str]) -> list[dict[str, str]]:
    """Return what changes for tickets, in words."""
    language = get_language() or "de"
    return [
        {
            "ref": one.ref,
            "who": names[one.ref],
            "from": name(office, one.holder_before),
            "to": name(office, one.holder),
            "before": f"{one.before.reached:.0%}",
            "after": f"{one.after.reached:.0%}",
            "cause": one.cause.in_(language),
        }
        for one in changes
        if one.ref in names
    ]


def name(office: Office, person: str | None) -> str:
    """Return how somebody of the office is called, or that it is nobody."""
    return office.people[person].name if person is not None and person in office.people else _("nobody")


def told(found: Comparison, office: Office, names: dict[str, str]) -> dict[str, Any]:
    """Return the forecast of the leader's tickets; of those of other units only how many are in the way."""
    said, language, now = found.forecast, get_language() or "de", clock.now()
    broken = said.first_break
    return {
        "forecast": [
            (ref, who_waits, *(f"{share:.0%}" for share in said.chances[ref]))
            for ref, who_waits in names.items()
            if ref in said.chances
        ],
        "changes": rows(found.changes, office, names),
        "futures": FUTURES,
        "broken_at": words.moment(broken.at, now, office.zone) if broken else "",
        "in_the_way": len(broken.in_the_way) if broken else 0,
        "in_the_way_here": [(ref, names[ref]) for ref in broken.in_the_way if ref in names] if broken else [],
        "sources": [(_SOURCES[which](), text.in_(language)) for which, text in said.learnt.sources.items()],
    }


def _supposed(request: HttpRequest, office: Office) -> Supposed:
    """Return what is supposed. Raises ``Invalid`` for a day that is none, or somebody who is not the leader's."""
    away = request.POST.getlist("away")
    if not away:
        return Supposed()
    if not set(away) <= set(sight.led_by(user_of(request), office)):
        raise Invalid("away", "Diese Person gehört nicht zu Ihren Stellen.", "This person is not of your units.")
    start = moment_typed(office, "on", request.POST.get("on", ""), "on", "")
    return Supposed(tuple(Entry(person, start, midnight_after(start, office)) for person in away))


_SOURCES = {
    "answers": lambda: _("Whether citizens answer"),
    "settles": lambda: _("Whether a talk settles the matter"),
    "talk": lambda: _("How long a talk takes"),
}
