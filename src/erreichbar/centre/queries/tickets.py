"""Tickets on somebody's desk: her list, her unit's, one of them."""

from datetime import datetime

from django.db.models import QuerySet

from erreichbar import promise
from erreichbar.access import AccessModel
from erreichbar.centre import clock, sight
from erreichbar.centre.errors import NotAllowed, NotFound
from erreichbar.centre.models import Attempt, Ticket, User
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role

MOST_LISTED = 200
"""A list shows no more tickets than this, those due first."""


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


def my_list(user: User) -> list[Ticket]:
    """Return the open tickets on somebody's list, the most urgent first."""
    return _by_urgency(_listed().filter(holder=user))


def units_of(user: User) -> list[str]:
    """Return the units whose tickets somebody deals with, in the order of the office file."""
    if Role(user.role) not in sight.WITH_TICKETS:
        return []
    office = office_in_force()
    return [unit for unit in office.units if sight.covers(user, unit, office)]


def unit_list(user: User, unit: str | None = None) -> list[Ticket]:
    """Return the open tickets of a unit (by default of all units of this person), the most urgent first.

    Raises ``NotAllowed`` for a unit that is not hers, and for everybody who does not deal with tickets.
    """
    units = units_of(user)
    if not units or (unit is not None and unit not in units):
        raise NotAllowed("Diese Liste gehört zu einer anderen Stelle.", "This list belongs to another unit.")
    return _by_urgency(_listed().filter(unit__in=units if unit is None else [unit]))


def next_callback(user: str, at: datetime, model: AccessModel) -> Ref | None:
    """Return the ticket for which somebody should call back now, none if there is none: her list, then her unit's pool.

    The rule is ``promise.next_attempt``; a citizen who is being called already is left out.
    """
    office = office_in_force()
    who = User.objects.get(username=user)
    busy = Attempt.objects.filter(ended_at=None, person__isnull=False).values("person")
    for tickets in (_listed().filter(holder=who), _listed().filter(holder=None, unit__in=units_of(who))):
        callable_now = list(tickets.filter(number__isnull=False, reached_at=None).exclude(person__in=busy)[:MOST_LISTED])
        chosen = promise.next_attempt(office.calendar, at, [_promised(ticket) for ticket in callable_now])
        if chosen is not None:
            return Ref(callable_now[chosen].ref)
    return None


def _listed() -> QuerySet[Ticket]:
    return Ticket.objects.filter(closed_at=None).select_related("person", "holder").order_by("due_elapsed", "pk")


def _by_urgency(tickets: QuerySet[Ticket]) -> list[Ticket]:
    at = clock.now()
    return sorted(tickets[:MOST_LISTED], key=lambda ticket: promise.urgency_order(at, ticket))
