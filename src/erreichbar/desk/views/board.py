"""The leader's board: all open tickets of her units by danger, who is there, and what would become of it.

Of people it tells only what is so now: whether they are there and what lies on their list. Nothing of the past.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock, queries, sight
from erreichbar.centre.errors import Refused
from erreichbar.desk import words
from erreichbar.desk.acting import REFUSED, Entered, Outcome, act, entered, for_roles, version_of
from erreichbar.desk.days import midnight_after
from erreichbar.desk.fragments import mark, part
from erreichbar.desk.here import page_asked, user_of
from erreichbar.desk.sentences import sentences
from erreichbar.desk.views import seat
from erreichbar.desk.views.case_worker import colleagues
from erreichbar.office import Office
from erreichbar.promise.presence import Roster
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role


@require_GET
@for_roles(Role.TEAM_LEADER)
def board(request: HttpRequest) -> HttpResponse:
    """Show the open tickets (``?page=``, those in danger first) and who is there."""
    return page(request)


@require_GET
@for_roles(Role.TEAM_LEADER)
def lines_part(request: HttpRequest) -> HttpResponse:
    """The open tickets anew."""
    context = _lines(request, clock.now())
    return part(request, "desk/board/lines.html", context, context["lines_mark"])


@require_GET
@for_roles(Role.TEAM_LEADER)
def team_part(request: HttpRequest) -> HttpResponse:
    """Who is there, anew."""
    context = _team(request, clock.now())
    return part(request, "desk/board/team.html", context, context["team_mark"])


@require_POST
@for_roles(Role.TEAM_LEADER)
def assign(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a ticket to somebody of its unit."""
    try:
        version, found = version_of(request), queries.ticket_for(user_of(request), Ref(ref))
    except Refused as refused:
        return page(request, entered(request, "board", refused))
    outcome = act(
        request, "board", actions.ForwardTicket,
        ticket=ref, version=version, unit=found.unit, holder=request.POST.get("holder") or None,
    )  # fmt: skip
    return done(request, outcome)


@require_POST
@for_roles(Role.TEAM_LEADER)
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a ticket onto the leader's own list."""
    try:
        version = version_of(request)
    except Refused as refused:
        return page(request, entered(request, "board", refused))
    return done(request, act(request, "board", actions.TakeTicket, ticket=ref, version=version))


@require_POST
@for_roles(Role.TEAM_LEADER)
def not_in(request: HttpRequest) -> HttpResponse:
    """Enter that somebody of the leader's people is not in today."""
    return done(request, act(request, "presence", actions.NotInToday, person=request.POST.get("person", "")))


def done(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Show the board again after a change, or its form with why it was refused."""
    return page(request, outcome.entered) if outcome.entered else redirect("desk:board")


def page(request: HttpRequest, refused: Entered | None = None, **more: Any) -> HttpResponse:
    """Show the board, with ``more`` for the parts of it that are asked for, such as a forecast."""
    user, now = user_of(request), clock.now()
    context = seat.context_of(user) | _lines(request, now) | _team(request, now)
    office = context["office"]
    days = [(day.date().isoformat(), words.day(day, now, office.zone)) for day in coming(office, now)]
    context |= {
        "desk": "case_worker",
        "today": now.astimezone(office.zone).date().isoformat(),
        "entered": refused,
        "away": request.POST.getlist("away"),
        "on": request.POST.get("on", ""),
        "units": [(unit, office.units[unit].name.in_(get_language() or "de")) for unit in queries.units_of(user)],
        "more": request.POST.getlist("more"),
        "more_unit": request.POST.getlist("more_unit"),
        "more_days": days,
        "more_on": request.POST.get("more_on") or days[0][0],
    }
    return render(request, "desk/board/page.html", context | more, status=REFUSED if refused else 200)


def coming(office: Office, now: datetime) -> list[datetime]:
    """Return today and the next day on which the office is open, as moments of the office's time."""
    today = now.astimezone(office.zone)
    return [today, office.calendar.next_opening(midnight_after(today, office)).astimezone(office.zone)]


def _lines(request: HttpRequest, now: datetime) -> dict[str, Any]:
    office = queries.office_in_force()
    found = queries.units_page(user_of(request), now, page_asked(request))
    rows = [(line, colleagues(office, line.ticket.unit)) for line in sentences(office, found.tickets, now)]
    shown = [
        (one.ticket.ref, one.ticket.version, one.ticket.holder_id, one.tried, one.standing, one.left, one.further)
        for one, _ in rows
    ]
    return {
        "office": office,
        "people": office.people,
        "at": words.moment(now, now, office.zone),
        "page": found,
        "rows": rows,
        "lines_mark": mark(found.number, found.count, shown),
    }


def _team(request: HttpRequest, now: datetime) -> dict[str, Any]:
    office = queries.office_in_force()
    roster, held = queries.roster(now), queries.held_now()
    people = sight.led_by(user_of(request), office)
    team = [_person(office, roster, person, now) | {"open": held.get(person, 0)} for person in people]
    return {"team": team, "team_mark": mark(team)}


def _person(office: Office, roster: Roster, person: str, now: datetime) -> dict[str, Any]:
    presence = roster.presence(person, now)
    return {
        "id": person,
        "name": office.people[person].name,
        "here": presence.here,
        "free": presence.free,
        "free_from": words.moment(presence.free_from, now, office.zone) if presence.free_from else "",
        "away_today": roster.away_today(person, now),
    }
