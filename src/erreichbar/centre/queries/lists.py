"""Lists of open tickets, page by page: one's own, those of one's units. Those in danger come first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from erreichbar import promise
from erreichbar.centre.errors import NotAllowed
from erreichbar.centre.models import Attempt, Ticket, User
from erreichbar.centre.models.ticket import OPEN, RUNNING
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.centre.queries.tickets import FOR_LISTS, callbacks_of, units_of
from erreichbar.office import Office
from erreichbar.promise.attempts import danger_until
from erreichbar.record.words import LadderStep

PAGE = 50
"""So many tickets stand on a page. Assumption: more than one person deals with, and no more than anybody reads at once."""

_STATE = (
    "pk", "version", "holder", "responsible", "unit", "attempts_made", "next_step", "waiting_until", "reached_at",
    "person__safe_from", "person__safe_to",
)  # fmt: skip


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
        return (self.number - 1) * PAGE + 1

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


def list_page(user: User, unit: str | None, at: datetime, number: int = 1) -> Page:
    """Return a page of the open tickets on somebody's own list, or (``unit``) of a unit of hers.

    First come those in danger, or late, then the others, each by when they are due; on the page they stand by urgency.
    Beyond the last page it is the last. Raises ``NotAllowed`` for a unit that is not hers.
    """
    return _page(_of(user, unit), at, number)


def units_page(user: User, at: datetime, number: int = 1) -> Page:
    """Return a page of the open tickets of all units of somebody, in the same order."""
    return _page(Ticket.objects.filter(OPEN, unit__in=units_of(user)), at, number)


def state_of_list(user: User, unit: str | None, at: datetime, number: int = 1) -> list[tuple[object, ...]]:
    """Return what tells one state of a page of a list from another, but for the time that passes.

    A few questions, however long the list; nothing of it is fit to be shown.
    """
    keys, number, _, count = _keys(_of(user, unit), at, number)
    rows = Ticket.objects.filter(pk__in=keys).order_by("pk").values_list(*_STATE)
    attempts = Attempt.objects.filter(ticket__in=keys).order_by("pk")
    return [(number, count, *keys), *rows, *attempts.values_list("pk", "state", "outcome")]


def called_for(user: User) -> list[Ticket]:
    """Return the tickets on other people's lists of which the last steps of the ladder tell a leader, those due first."""
    office = office_in_force()
    led = [unit.id for unit in office.units.values() if unit.leader == user.username]
    told = Q(unit__in=led, steps__step__in=(LadderStep.TELL_LEADER, LadderStep.BROKEN))
    found = Ticket.objects.filter(RUNNING, told).exclude(holder=user).distinct().order_by("due_elapsed", "pk")
    return list(found.select_related("person").only(*FOR_LISTS)[:PAGE])


def _of(user: User, unit: str | None) -> QuerySet[Ticket]:
    if unit is None:
        return Ticket.objects.filter(OPEN, holder=user)
    if unit not in units_of(user):
        raise NotAllowed("Diese Liste gehört zu einer anderen Stelle.", "This list belongs to another unit.")
    return Ticket.objects.filter(OPEN, unit=unit)


def _page(tickets: QuerySet[Ticket], at: datetime, number: int) -> Page:
    office = office_in_force()
    keys, number, pages, count = _keys(tickets, at, number)
    found = Ticket.objects.filter(pk__in=keys).select_related("person", "holder", "responsible").only(*FOR_LISTS)
    listed = list(found.order_by("due_elapsed", "pk"))
    callbacks = callbacks_of(listed, office)
    listed.sort(key=lambda one: promise.urgency_order(callbacks[one.pk], office.calendar_of(one.unit), at))
    return Page(listed, number, pages, count)


def _keys(tickets: QuerySet[Ticket], at: datetime, number: int) -> tuple[list[int], int, int, int]:
    """Return the primary keys of the tickets of a page, its number, of how many pages, of how many tickets."""
    count = tickets.count()
    pages = max(1, -(-count // PAGE))
    number = min(max(1, number), pages)
    first = Case(When(_in_danger(office_in_force(), at), then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = tickets.order_by(first, "due_elapsed", "pk").values_list("pk", flat=True)
    return list(ordered[(number - 1) * PAGE : number * PAGE]), number, pages, count


def _in_danger(office: Office, at: datetime) -> Q:
    found = Q(last_chance=None) | Q(urgent=True)
    for until, units in _dangers(office, at):
        found |= Q(unit__in=units, last_chance__lt=until)
    return Q(reached_at=None) & found


def _dangers(office: Office, at: datetime) -> Iterable[tuple[datetime, list[str]]]:
    """Return before when a last chance is in danger, and for which units."""
    known: dict[int, datetime] = {}
    found: dict[datetime, list[str]] = defaultdict(list)
    for unit in office.units:
        calendar = office.calendar_of(unit)
        if id(calendar) not in known:
            known[id(calendar)] = danger_until(calendar, at)
        found[known[id(calendar)]].append(unit)
    return found.items()
