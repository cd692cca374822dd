"""Telephone hours: the times of a week in which case workers answer themselves. Whose they are, and whether it is one now.

They hold only while the unit is staffed, so a public holiday has none. In an appointment or in protected time nobody is
rung even then; that is ``Readiness``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from erreichbar.office import moments
from erreichbar.office.hours import Week
from erreichbar.office.model import Office, Person
from erreichbar.office.periods import Period, Periods, common
from erreichbar.record.words import Role

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The weekdays as the files write them."""


@dataclass(frozen=True, slots=True)
class OtherHours:
    """Telephone hours of some ``units`` or ``people`` (ids) that have others than the rest."""

    units: tuple[str, ...]
    people: tuple[str, ...]
    week: Week


@dataclass(frozen=True, slots=True)
class PhoneHours:
    """The telephone hours of a model: the ``week`` (Monday first) of all case workers, ``others`` for some of them."""

    week: Week
    others: tuple[OtherHours, ...] = ()

    def week_of(self, person: Person) -> Week:
        """Return somebody's telephone hours: the first of ``others`` that names her, then that names her unit, else all's.

        Only case workers have any, and whoever is named.
        """
        for other in self.others:
            if person.id in other.people:
                return other.week
        if person.role is not Role.CASE_WORKER:
            return NO_HOURS
        for other in self.others:
            if person.unit in other.units:
                return other.week
        return self.week


NO_HOURS: Week = ((), (), (), (), (), (), ())
"""A week without telephone hours."""


class Intervals(NamedTuple):
    """Telephone hours of several people as compiled code reads them: stretches in ms since an origin, in order.

    Those of the person at place ``p`` stand from ``first[p]`` to before ``first[p + 1]`` in ``starts`` and ``ends``.
    """

    first: list[int]
    starts: list[int]
    ends: list[int]


def in_phone_hours(hours: PhoneHours, office: Office, person: str, at: datetime) -> bool:
    """Return whether ``at`` is one of somebody's telephone hours. Their first moment is, their last is not.

    ``person`` is an id of the office; whom it does not know has no telephone hours.
    """
    return any(start <= at < end for start, end in periods(hours, office, person, at, at + timedelta(milliseconds=1)))


def periods(hours: PhoneHours, office: Office, person: str, start: datetime, end: datetime) -> Periods:
    """Return somebody's telephone hours in ``[start, end)``, in UTC and in order, as far as her unit is staffed then."""
    known = office.people.get(person)
    if known is None:
        return ()
    week = hours.week_of(known)
    if not any(week):
        return ()
    calendar = office.calendar_of(known.unit) if known.unit else office.calendar
    found: list[Period] = []
    here, last = start.astimezone(office.zone).date(), end.astimezone(office.zone).date()
    while here <= last:
        for begin, stop in week[here.weekday()]:
            found.append((moments.at(here, begin, office.zone), moments.at(here, stop, office.zone, end=True)))
        here += timedelta(days=1)
    return common([piece for piece in found if piece[0] < piece[1]], calendar.periods(start, end))


def intervals(hours: PhoneHours, office: Office, people: Iterable[str], start: datetime, end: datetime) -> Intervals:
    """Return the telephone hours of people in ``[start, end)`` for ``within``, in ms since ``start``."""
    first, starts, ends = [0], list[int](), list[int]()
    millisecond = timedelta(milliseconds=1)
    for person in people:
        for begin, stop in periods(hours, office, person, start, end):
            starts.append((begin - start) // millisecond)
            ends.append((stop - start) // millisecond)
        first.append(len(starts))
    return Intervals(first, starts, ends)


def within(first: Sequence[int], starts: Sequence[int], ends: Sequence[int], person: int, now: int) -> bool:
    """Return whether ``now`` (ms since the origin of ``Intervals``) is one of the telephone hours of the person at a place.

    Takes the logarithm of the number of stretches. Compiles unchanged over int64 arrays.
    """
    low, high = first[person], first[person + 1]
    while low < high:
        middle = (low + high) // 2
        if ends[middle] <= now:
            low = middle + 1
        else:
            high = middle
    return low < first[person + 1] and starts[low] <= now
