"""When people are there, free, at their telephones, and away for the rest of the day: from what a replication has drawn."""

from typing import NamedTuple

import numpy as np

from erreichbar.lab.engine.compiling import compiled
from erreichbar.lab.engine.promised import People
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.times import BREAK, Plans, Times


class Present(NamedTuple):
    """``people`` as the promise knows them; ``shifts`` (rows, 3): seat, from, until: at the telephone, without breaks."""

    people: People
    shifts: Ints


class Afterwards(NamedTuple):
    """What no replication draws: everybody's time after the run, and of those without a seat all of it, as if nothing took it.

    ``there`` and ``free`` (rows, 3): person, from, until.
    """

    roles: Ints
    units: Ints
    there: Ints
    free: Ints


def afterwards(everybody: People, staff: int, stops: int) -> Afterwards:
    """Return it of people in their planned hours, the first ``staff`` of whom have a seat."""

    def rows(first: Ints, starts: Ints, ends: Ints) -> Ints:
        who = np.repeat(np.arange(len(first) - 1), np.diff(first))
        found = np.column_stack([who, np.where(who < staff, np.maximum(starts, stops), starts), ends])
        return np.asarray(found[found[:, 1] < found[:, 2]], np.int64)

    return Afterwards(
        everybody.role,
        everybody.unit,
        rows(everybody.there_first, everybody.there_start, everybody.there_end),
        rows(everybody.free_first, everybody.free_start, everybody.free_end),
    )


def present(arrays: Arrays, times: Times, after: Afterwards) -> Present:
    """Return everybody's time in a replication."""
    room, people = len(times.there_start) + len(times.taken_start), len(after.roles)
    free, shifts, there = (np.zeros((room, 3), np.int64) for _ in range(3))
    counts = [int(_left(times, kinds, rows)) for kinds, rows in ((BREAK, free), (BREAK + 1, shifts), (0, there))]
    absent = np.zeros((len(arrays.habits.pattern) * arrays.run.days, 3), np.int64)
    absences = int(
        _absences(arrays.plans, arrays.habits.pattern, arrays.days.open_end, arrays.days.midnight, times, absent)
    )
    is_free = _by_person(free[: counts[0]], after.free, people)
    is_there = _by_person(there[: counts[2]], after.there, people)
    is_away = _by_person(absent[:absences], absent[:0], people)
    found = People(after.roles, after.units, *is_there, *is_free, *is_away)
    return Present(found, shifts[: counts[1]])


def _by_person(rows: Ints, later: Ints, people: int) -> tuple[Ints, Ints, Ints]:
    """Return stretches (rows, 3) in CSR form; those that come ``later`` after the others of the same person."""
    joined = np.concatenate([rows, later])
    joined = joined[np.argsort(joined[:, 0], kind="stable")]
    first = np.searchsorted(joined[:, 0], np.arange(people + 1))
    return first, joined[:, 1].copy(), joined[:, 2].copy()


@compiled
def _left(times: Times, kinds: int, found: Ints) -> int:
    """Write what of people's time is left beside what is taken by kinds below ``kinds``; returns how many rows."""
    rows = 0
    for who in range(len(times.there_first) - 1):
        taken = times.taken_first[who]
        for there in range(times.there_first[who], times.there_first[who + 1]):
            here, end = times.there_start[there], times.there_end[there]
            while taken < times.taken_first[who + 1] and times.taken_start[taken] < end:
                if times.taken_kind[taken] < kinds and times.taken_end[taken] > here:
                    if times.taken_start[taken] > here:
                        found[rows, 0], found[rows, 1], found[rows, 2] = who, here, times.taken_start[taken]
                        rows += 1
                    here = times.taken_end[taken]
                taken += 1
            if here < end:
                found[rows, 0], found[rows, 1], found[rows, 2] = who, here, end
                rows += 1
    return rows


@compiled
def _absences(plans: Plans, pattern: Ints, open_end: Ints, midnight: Ints, times: Times, found: Ints) -> int:
    """Write from when to when an absence takes all the time that somebody would be there; returns how many rows.

    That is from the last closing before a day on which she is planned, and not there, to the end of her planned time.
    """
    rows = 0
    for who in range(len(pattern)):
        there, after = times.there_first[who], times.there_first[who + 1]
        plan = plans.first[pattern[who]]
        while plan < plans.first[pattern[who] + 1]:
            day, end = plans.day[plan], plans.end[plan]
            plan += 1
            while plan < plans.first[pattern[who] + 1] and plans.day[plan] == day:
                end = plans.end[plan]
                plan += 1
            while there < after and times.there_end[there] <= midnight[day]:
                there += 1
            if there == after or times.there_start[there] >= midnight[day + 1]:
                closed = np.searchsorted(open_end, midnight[day], side="right")
                found[rows, 0], found[rows, 1], found[rows, 2] = who, open_end[closed - 1] if closed > 0 else 0, end
                rows += 1
    return rows
