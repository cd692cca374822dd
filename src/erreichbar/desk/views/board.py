"""The leader's board: all open tickets of her units by danger, who is there, and what would become of it.

Of people it tells only what is so now: whether they are there and what lies on their list. Nothing of the past.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock, queries, sight
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.queries.forecast import Comparison, Supposed, compared
from erreichbar.desk import words
from erreichbar.desk.acting import REFUSED, Entered, act, entered, for_roles, version_of
from erreichbar.desk.days import midnight_after, moment_typed
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import sentences, who
from erreichbar.desk.views import seat
from erreichbar.desk.views.case_worker import colleagues
from erreichbar.office import Office
from erreichbar.promise.forecast.chances import FUTURES
from erreichbar.promise.presence import Entry
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role


@require_GET
@for_roles(Role.TEAM_LEADER)
def board(request: HttpRequest) -> HttpResponse:
    """Show the open tickets and who is there."""
    return _page(request)


@require_POST
@for_roles(Role.TEAM_LEADER)
def assign(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a ticket to somebody of its unit."""
    try:
        version, found = version_of(request), queries.ticket_for(user_of(request), Ref(ref))
    except Refused as refused:
        return _page(request, entered(request, "board", refused))
    outcome = act(
        request, "board", actions.ForwardTicket,
        ticket=ref, version=version, unit=found.unit, holder=request.POST.get("holder") or None,
    )  # fmt: skip
    return _page(request, outcome.entered) if outcome.entered else redirect("desk:board")


@require_POST
@for_roles(Role.TEAM_LEADER)
def not_in(request: HttpRequest) -> HttpResponse:
    """Enter that somebody of the leader's people is not in today."""
    outcome = act(request, "presence", actions.NotInToday, person=request.POST.get("person", ""))
    return _page(request, outcome.entered) if outcome.entered else redirect("desk:board")


@require_POST
@for_roles(Role.TEAM_LEADER)
def forecast(request: HttpRequest) -> HttpResponse:
    """Say what becomes of the open tickets, if those chosen were not in on a day. Nothing is changed."""
    office = queries.office_in_force()
    try:
        also = _entries(request, office)
    except Refused as refused:
        return _page(request, entered(request, "forecast", refused))
    return _page(request, compared=compared(user_of(request), clock.now(), also), supposed=bool(also))


def _entries(request: HttpRequest, office: Office) -> Supposed:
    """Return the supposed absences. Raises ``Invalid`` for a day that is none, or somebody who is not the leader's."""
    away = request.POST.getlist("away")
    if not away:
        return Supposed()
    if not set(away) <= set(sight.led_by(user_of(request), office)):
        raise Invalid("away", "Diese Person gehört nicht zu Ihren Stellen.", "This person is not of your units.")
    start = moment_typed(office, "on", request.POST.get("on", ""), "on", "")
    return Supposed(tuple(Entry(person, start, midnight_after(start, office)) for person in away))


def _page(
    request: HttpRequest, refused: Entered | None = None, *, compared: Comparison | None = None, supposed: bool = False
) -> HttpResponse:
    user, office, now = user_of(request), queries.office_in_force(), clock.now()
    tickets = queries.unit_list(user)
    people = sight.led_by(user, office)
    context = seat.context_of(user) | {
        "desk": "case_worker",
        "office": office,
        "people": office.people,
        "at": words.moment(now, now, office.zone),
        "rows": [(line, colleagues(office, line.ticket.unit)) for line in sentences(office, tickets, now)],
        "team": _team(office, people, now),
        "today": now.astimezone(office.zone).date().isoformat(),
        "entered": refused,
        "away": request.POST.getlist("away"),
        "on": request.POST.get("on", ""),
    }
    if compared is not None:
        context |= _told(compared, office, {one.ref: who(one) for one in tickets}, now) | {"supposed": supposed}
    return render(request, "desk/board.html", context, status=REFUSED if refused else 200)


def _team(office: Office, people: list[str], now: datetime) -> list[dict[str, Any]]:
    roster, held = queries.roster(now), queries.held_now()
    team = []
    for person in people:
        presence = roster.presence(person, now)
        free_from = words.moment(presence.free_from, now, office.zone) if presence.free_from else ""
        team.append(
            {
                "id": person,
                "name": office.people[person].name,
                "here": presence.here,
                "free": presence.free,
                "free_from": free_from,
                "away_today": roster.away_today(person, now),
                "open": held.get(person, 0),
            }
        )
    return team


def _told(found: Comparison, office: Office, names: dict[str, str], now: datetime) -> dict[str, Any]:
    """Return the forecast of the tickets on this page; of those of other units only how many are in the way."""
    said, language = found.forecast, get_language() or "de"
    broken = said.first_break
    return {
        "forecast": [
            (ref, name, *(f"{share:.0%}" for share in said.chances[ref]))
            for ref, name in names.items()
            if ref in said.chances
        ],
        "changes": [
            {
                "ref": one.ref,
                "who": names[one.ref],
                "from": _name(office, one.holder_before),
                "to": _name(office, one.holder),
                "before": f"{one.before.reached:.0%}",
                "after": f"{one.after.reached:.0%}",
                "cause": one.cause.in_(language),
            }
            for one in found.changes
            if one.ref in names
        ],
        "futures": FUTURES,
        "broken_at": words.moment(broken.at, now, office.zone) if broken else "",
        "in_the_way": len(broken.in_the_way) if broken else 0,
        "in_the_way_here": [(ref, names[ref]) for ref in broken.in_the_way if ref in names] if broken else [],
        "sources": [(_SOURCES[name](), text.in_(language)) for name, text in said.learnt.sources.items()],
    }


def _name(office: Office, person: str | None) -> str:
    return office.people[person].name if person is not None and person in office.people else _("nobody")


_SOURCES = {
    "answers": lambda: _("Whether citizens answer"),
    "settles": lambda: _("Whether a talk settles the matter"),
    "talk": lambda: _("How long a talk takes"),
}
