"""When people are there, free, at their telephones, and away for the rest of the day: from what a replication has drawn."""

from typing import NamedTuple

import numpy as np

from erreichbar.lab.engine.compiling import compiled
from erreichbar.lab.engine.preparing import before
from erreichbar.lab.engine.promised import People
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.times import BREAK, Plans, Times


class Present(NamedTuple):
    """``people`` as the promise knows them; ``shifts`` (rows, 3): seat, from, until: at the telephone, without breaks."""

    people: People
    shifts: Ints


def present(arrays: Arrays, times: Times, others: People) -> Present:
    """Return everybody's time in a replication; ``others`` are those who have no seat, whose time nothing takes."""
    staff, plans = len(arrays.staff.role), arrays.plans
    room = len(times.there_start) + len(times.taken_start)
    free = np.zeros((room, 3), np.int64)
    shifts = np.zeros((room, 3), np.int64)
    count = int(_left(times, BREAK, free))
    at_work = int(_left(times, BREAK + 1, shifts))
    absent = np.zeros((len(arrays.habits.pattern) * arrays.run.days, 3), np.int64)
    absences = int(_absences(plans, arrays.habits.pattern, arrays.days.open_end, arrays.days.midnight, times, absent))
    there_first, there_start, there_end = _with(
        (times.there_first, times.there_start, times.there_end),
        (others.there_first, others.there_start, others.there_end),
    )
    seats = np.arange(staff + 1)
    free_rows = free[:count]
    free_first, free_start, free_end = _with(
        (np.searchsorted(free_rows[:, 0], seats), free_rows[:, 1].copy(), free_rows[:, 2].copy()),
        (others.free_first, others.free_start, others.free_end),
    )
    away = absent[:absences]
    nobody = np.zeros(len(others.role), np.int64)
    away_first = np.concatenate([np.searchsorted(away[:, 0], seats), nobody + absences])
    people = People(
        np.concatenate([arrays.staff.role.astype(np.int64), others.role]),
        np.concatenate([arrays.staff.unit, others.unit]),
        there_first, there_start, there_end, free_first, free_start, free_end, before(free_first, free_start, free_end),
        away_first, away[:, 1].copy(), away[:, 2].copy(),
    )  # fmt: skip
    return Present(people, shifts[:at_work])


def _with(one: tuple[Ints, Ints, Ints], other: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    """Return the stretches of some people with those of others after them (CSR)."""
    first = np.concatenate([one[0], other[0][1:] + one[0][-1]])
    return first, np.concatenate([one[1], other[1]]), np.concatenate([one[2], other[2]])


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
