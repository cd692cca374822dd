"""Tickets on somebody's desk: her list, her unit's, one of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from erreichbar import promise
from erreichbar.access import AccessModel
from erreichbar.centre import clock, sight
from erreichbar.centre.errors import NotAllowed, NotFound
from erreichbar.centre.models import Attempt, Ticket, User
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.office import Office, Urgency
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Channel, Role

MOST_LISTED = 200
"""A list shows no more tickets than this, those due first."""


class Promised(NamedTuple):
    """How the promise of a ticket stands. ``due`` is that of the headline clock."""

    is_open: bool
    reached: bool
    attempts_made: int
    due: datetime
    last_chance: datetime | None


def promise_of(ticket: Ref) -> Promised:
    """Return how the promise of a ticket stands. Raises ``NotFound``."""
    columns = ("closed_at", "reached_at", "attempts_made", "due_elapsed", "last_chance")
    found = Ticket.objects.filter(ref=ticket).values_list(*columns).first()
    if found is None:
        raise NotFound("Dieses Ticket gibt es nicht.", "There is no such ticket.")
    closed, reached, attempts, due, last_chance = found
    return Promised(closed is None, reached is not None, attempts, due, last_chance)


def version(ticket: Ref) -> int:
    """Return the present version of a ticket. Raises ``NotFound``."""
    found = Ticket.objects.filter(ref=ticket).values_list("version", flat=True).first()
    if found is None:
        raise NotFound("Dieses Ticket gibt es nicht.", "There is no such ticket.")
    return found


def ticket_for(user: User, ref: Ref) -> Ticket:
    """Return a ticket that somebody may see. Raises ``NotFound``, also for one that is none of her business."""
    ticket = Ticket.objects.select_related("person", "holder", "matter__call", "changed_by").filter(ref=ref).first()
    if ticket is None or not sight.may_see(user, ticket, office_in_force(), clock.now()):
        raise NotFound("Dieses Ticket gibt es für Sie nicht.", "There is no such ticket for you.")
    return ticket


def units_of(user: User) -> list[str]:
    """Return the units whose tickets somebody deals with, in the order of the office file."""
    if Role(user.role) not in sight.WITH_TICKETS:
        return []
    office = office_in_force()
    return [unit for unit in office.units if sight.covers(user, unit, office)]


def my_list(user: User) -> list[Ticket]:
    """Return the open tickets on somebody's list, the most urgent first."""
    return _by_urgency(_listed().filter(holder=user))


def unit_list(user: User, unit: str | None = None) -> list[Ticket]:
    """Return the open tickets of a unit (by default of all units of this person), the most urgent first.

    Raises ``NotAllowed`` for a unit that is not hers, and for everybody who does not deal with tickets.
    """
    units = units_of(user)
    if not units or (unit is not None and unit not in units):
        raise NotAllowed("Diese Liste gehört zu einer anderen Stelle.", "This list belongs to another unit.")
    return _by_urgency(_listed().filter(unit__in=units if unit is None else [unit]))


def next_callback(user: str, at: datetime, model: AccessModel) -> Ref | None:
    """Return the ticket for which somebody should call back now, none if there is none: her list, then her pools.

    The rule is ``promise.next_callback``. Left out are citizens who are being called already, and tickets with as many
    attempts as ``model`` asks for: after those the citizen's ring-back is waited for.
    """
    office = office_in_force()
    who = User.objects.get(username=user)
    busy = Attempt.objects.filter(ended_at=None, person__isnull=False).values("person")
    callable_ones = (
        _listed()
        .filter(number__isnull=False, reached_at=None, attempts_made__lt=model.rules.attempts)
        .exclude(person__in=busy)
    )
    for tickets in (callable_ones.filter(holder=who), callable_ones.filter(holder=None, unit__in=units_of(who))):
        callbacks = callbacks_of(tickets[:MOST_LISTED], office)
        chosen = promise.next_callback(callbacks.values(), office.calendar, at)
        if chosen is not None:
            return Ref(chosen.ref)
    return None


def next_written_answer(user: str) -> Ref | None:
    """Return the ticket to answer by e-mail or letter, due first, none if there is none: her list, then her pools."""
    who = User.objects.get(username=user)
    written = _listed().filter(reached_at=None).exclude(channel=Channel.TELEPHONE)
    for tickets in (written.filter(holder=who), written.filter(holder=None, unit__in=units_of(who))):
        if ticket := tickets.first():
            return Ref(ticket.ref)
    return None


def callbacks_of(tickets: Sequence[Ticket] | QuerySet[Ticket], office: Office) -> dict[int, promise.Callback]:
    """Return, by primary key, what the rules of ``promise`` ask of each ticket. One query, however many tickets."""
    missed: dict[int, list[datetime]] = defaultdict(list)
    tried = [ticket.pk for ticket in tickets if ticket.attempts_made]
    attempts = Attempt.objects.filter(ticket__in=tried, outcome__isnull=False).order_by("started_at", "pk")
    for ticket, started in attempts.values_list("ticket_id", "started_at") if tried else ():
        missed[ticket].append(started)
    return {
        ticket.pk: promise.Callback(
            ref=ticket.ref,
            opened=ticket.opened_at,
            due=ticket.due_elapsed,
            last_chance=ticket.last_chance,
            urgency=_urgency(ticket, office),
            window=(ticket.window_from, ticket.window_to) if ticket.window_from and ticket.window_to else None,
            attempts=tuple(missed[ticket.pk]),
        )
        for ticket in tickets
    }


def _urgency(ticket: Ticket, office: Office) -> Urgency:
    reason = office.reasons.get(ticket.reason)
    if reason is not None:
        return reason.urgency
    return Urgency.URGENT if ticket.urgent else Urgency.NORMAL


def _listed() -> QuerySet[Ticket]:
    return Ticket.objects.filter(closed_at=None).select_related("person", "holder").order_by("due_elapsed", "pk")


def _by_urgency(tickets: QuerySet[Ticket]) -> list[Ticket]:
    office, at = office_in_force(), clock.now()
    listed = list(tickets[:MOST_LISTED])
    callbacks = callbacks_of(listed, office)
    return sorted(listed, key=lambda ticket: promise.urgency_order(callbacks[ticket.pk], office.calendar, at))
