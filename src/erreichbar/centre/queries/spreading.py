"""How a leader's tickets could be spread over those who are there. It changes nothing; the rule is ``promise.spread``."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from erreichbar import promise
from erreichbar.centre.models import Ticket, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.centre.queries.forecast import Comparison, Supposed, compared, learnt_now, needs
from erreichbar.centre.queries.presence import roster
from erreichbar.centre.queries.tickets import callbacks_of, in_use, units_of
from erreichbar.office import Office, Text
from erreichbar.promise import Standing
from erreichbar.promise.forecast import Habits
from erreichbar.promise.presence import LOOK_AHEAD, Roster
from erreichbar.promise.spreading import Desk, Lot, Spread, late_as_they_lie, spread
from erreichbar.record.words import Language, Role

TAKERS = (Role.CASE_WORKER, Role.DUTY_OFFICER)
"""Who of a unit is given tickets. A leader takes over what she wants to have."""
IN_DANGER = (Standing.DANGER_NOW, Standing.DANGER_LATER)
IN_USE = Text(
    "Gerade ruft jemand deswegen an oder spricht darüber.", "Somebody is calling about it or talking of it just now."
)
REACHED = Text("Die Bürger:in ist schon erreicht.", "The citizen was reached already.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed ``spread``, the ``tickets`` it is about by ref, and what it would change in the forecast."""

    spread: Spread
    tickets: dict[str, Ticket]
    comparison: Comparison


def proposed(user: User, at: datetime, chosen: Collection[str] = ()) -> Proposal:
    """Return how the ``chosen`` (refs) of somebody's tickets could be spread, by default all in danger.

    In danger is what the list calls so, and what cannot be done where it lies. Refs that are none of hers are left out.
    """
    office, habits = office_in_force(), learnt_now().habits
    hers = units_of(user)
    tickets = list(
        Ticket.objects.filter(OPEN).select_related("holder", "person").order_by("due_elapsed", "pk")
    )  # fmt: skip
    used = set(Ticket.objects.filter(OPEN).filter(in_use()).values_list("ref", flat=True))
    own = [ticket for ticket in tickets if ticket.unit in hers]
    desks = _desks(office, roster(at), habits, at)
    waiting = [ticket for ticket in tickets if ticket.reached_at is None]
    lots = [_lot(ticket, habits) for ticket in waiting]
    if chosen:
        asked = {ticket.ref for ticket in own} & set(chosen)
    else:
        asked = {ticket.ref for ticket in own if ticket.reached_at is None}
        asked &= _in_danger(office, own, at) | late_as_they_lie(lots, desks, at)
    takers = {unit: frozenset(_takers(office, unit)) for unit in hers}
    movable = {ticket.ref: takers[ticket.unit] for ticket in own if ticket.ref in asked - used}
    found = spread([_lot(one, habits, movable.get(one.ref, frozenset())) for one in waiting], desks, at)
    fixed = dict.fromkeys(asked & used, IN_USE) | {
        ticket.ref: REACHED for ticket in own if ticket.ref in asked and ticket.reached_at is not None
    }
    told = Spread(found.moves, found.late_before, found.late, {**found.stay, **fixed})
    named = {ticket.ref: ticket for ticket in own if ticket.ref in asked}
    return Proposal(told, named, compared(user, at, Supposed(moves=found.moves)))


def _takers(office: Office, unit: str) -> list[str]:
    return [person.id for role in TAKERS for person in office.in_role(role, unit)]


def _in_danger(office: Office, tickets: Iterable[Ticket], at: datetime) -> set[str]:
    listed = list(tickets)
    callbacks = callbacks_of(listed, office)
    return {
        ticket.ref
        for ticket in listed
        if promise.standing(callbacks[ticket.pk], office.calendar_of(ticket.unit), at) in IN_DANGER
    }


def _desks(office: Office, there: Roster, habits: Habits, at: datetime) -> dict[str, Desk]:
    return {
        person.id: Desk(
            person.name,
            there.for_callbacks(person.id, at, at + LOOK_AHEAD),
            1.0 if person.callback_hours is not None else habits.share,
            frozenset(person.languages),
            takes=not there.away_today(person.id, at),
        )
        for person in office.people.values()
        if person.role in (*TAKERS, Role.TEAM_LEADER)
    }


def _lot(ticket: Ticket, habits: Habits, takers: frozenset[str] = frozenset()) -> Lot:
    holder = ticket.holder.username if ticket.holder else None
    return Lot(ticket.ref, ticket.due_elapsed, needs(habits, ticket), holder, Language(ticket.language), takers)
