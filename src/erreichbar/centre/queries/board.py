"""All open tickets of a leader's units, page by page, those in danger first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When

from erreichbar import promise
from erreichbar.centre.models import Ticket, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.centre.queries.tickets import MOST_LISTED, callbacks_of, units_of
from erreichbar.office import Office
from erreichbar.promise.attempts import danger_until


@dataclass(frozen=True, slots=True)
class Page:
    """The tickets of one page of ``pages``, by ``number`` from 1, of ``count`` altogether."""

    tickets: list[Ticket]
    number: int
    pages: int
    count: int

    @property
    def first(self) -> int:
        """The place of its first ticket among all, from 1."""
        return (self.number - 1) * MOST_LISTED + 1

    @property
    def last(self) -> int:
        """The place of its last ticket."""
        return self.first + len(self.tickets) - 1

    @property
    def before(self) -> int:
        """The number of the page before it."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the page after it."""
        return self.number + 1


def unit_page(user: User, at: datetime, number: int = 1) -> Page:
    """Return a page of the open tickets of somebody's units; beyond the last page the last.

    First come those in danger, or late, then the others, each by when they are due; on a page they stand as in a list.
    """
    office, units = office_in_force(), units_of(user)
    hers = Ticket.objects.filter(OPEN, unit__in=units)
    count = hers.count()
    pages = max(1, -(-count // MOST_LISTED))
    number = min(max(1, number), pages)
    first = Case(When(_in_danger(office, units, at), then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = hers.select_related("person", "holder", "responsible").order_by(first, "due_elapsed", "pk")
    listed = list(ordered[(number - 1) * MOST_LISTED : number * MOST_LISTED])
    callbacks = callbacks_of(listed, office)
    listed.sort(key=lambda one: promise.urgency_order(callbacks[one.pk], office.calendar_of(one.unit), at))
    return Page(listed, number, pages, count)


def _in_danger(office: Office, units: Iterable[str], at: datetime) -> Q:
    found = Q(last_chance=None) | Q(urgent=True)
    for unit in units:
        found |= Q(unit=unit, last_chance__lt=danger_until(office.calendar_of(unit), at))
    return Q(reached_at=None) & found
