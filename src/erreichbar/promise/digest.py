"""What does somebody need to know in the morning, and when? Once a day, in the time she is there, never a mail a ticket."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from erreichbar.office import moments
from erreichbar.office.calendar import Calendar
from erreichbar.office.model import Office
from erreichbar.promise.attempts import danger_until
from erreichbar.promise.presence import Roster

RECENT = timedelta(days=1)
"""Steps of the ladder that were taken no longer ago than this stand in a digest. Assumption: since the last one."""


@dataclass(frozen=True, slots=True)
class Running:
    """An open ticket of which something runs out. ``told`` is when the ladder told of it, if it did.

    ``last_chance`` is that of the promise, or of a decision once the citizen is reached; none: broken from the start, by the calendar.
    """

    ref: str
    last_chance: datetime | None
    urgent: bool = False
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The tickets (refs) that somebody is to know of: on her own list (``own``) and of her units (``led``).

    ``told`` are those of both of which a step of the ladder told since yesterday.
    """

    own: tuple[str, ...] = ()
    led: tuple[str, ...] = ()
    told: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.own or self.led)


def due_at(roster: Roster, person: str, day: date, wished: time | None) -> tuple[datetime, datetime] | None:
    """Return from when and until when (UTC) the digest of a day is due, none if she is not there on it.

    It is due when her day begins, or at the ``wished`` time if that is later and she is there then, else when she is there
    next; until she goes. So it is never sent at night, on a holiday, or to somebody absent.
    """
    zone = roster.office.zone
    there = roster.there(person, moments.at(day, 0, zone), moments.at(day + timedelta(days=1), 0, zone))
    if not there:
        return None
    first = moments.at(day, wished.hour * 60 + wished.minute, zone) if wished else there[0][0]
    for start, end in there:
        if first < end:
            return max(start, first), there[-1][1]
    return None


def is_due(office: Office, roster: Roster, person: str, now: datetime) -> bool:
    """Return whether the digest of today is due for somebody, if she has not had it."""
    found = due_at(roster, person, now.astimezone(office.zone).date(), office.keeping.digest_at)
    return found is not None and found[0] <= now < found[1]


def belongs(ticket: Running, calendar: Calendar, now: datetime) -> bool:
    """Return whether a ticket belongs into today's digest: it is in danger, runs out today, is over, or was told of lately."""
    if ticket.last_chance is None or ticket.urgent or _lately(ticket, now):
        return True
    local = now.astimezone(calendar.zone).date()
    tonight = moments.at(local + timedelta(days=1), 0, calendar.zone)
    return ticket.last_chance < max(tonight, danger_until(calendar, now))


def digest(own: Iterable[tuple[Running, Calendar]], led: Iterable[tuple[Running, Calendar]], now: datetime) -> Digest:
    """Return somebody's digest, those that run out first first. A ticket of her own list is not told of twice."""
    mine = _chosen(own, now)
    listed = {ticket.ref for ticket in mine}
    theirs = [ticket for ticket in _chosen(led, now) if ticket.ref not in listed]
    told = frozenset(ticket.ref for ticket in (*mine, *theirs) if _lately(ticket, now))
    return Digest(tuple(ticket.ref for ticket in mine), tuple(ticket.ref for ticket in theirs), told)


def _chosen(tickets: Iterable[tuple[Running, Calendar]], now: datetime) -> list[Running]:
    found = [ticket for ticket, calendar in tickets if belongs(ticket, calendar, now)]
    return sorted(found, key=lambda one: (one.last_chance or datetime.min.replace(tzinfo=UTC), one.ref))


def _lately(ticket: Running, now: datetime) -> bool:
    return ticket.told is not None and now - ticket.told <= RECENT
