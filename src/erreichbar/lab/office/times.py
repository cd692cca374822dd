"""Who is there when, and what takes her time: drawn beforehand, keyed by person and day, so it is the same in every model.

Somebody's planned time comes from ``promise.presence``. On it lie absences (spells that begin on any day and last some days),
protected time, appointments (slots one after the other, each booked or not), and breaks (slots of what is left). The
functions compile unchanged; times are ms since the start of the run.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.promise.presence import Taken
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.laws import log_normal_ms
from erreichbar.traffic.rows import Room

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

APPOINTMENT = 0
PROTECTED = 1
BREAK = 2
KINDS = {APPOINTMENT: Taken.APPOINTMENT, PROTECTED: Taken.PROTECTED}
"""What of it the promise knows, too; breaks are none of its words."""
LONGEST_ABSENCE = 60
"""No absence lasts longer (days); so far back their beginnings are looked for."""
_PLACES = 1 << 16
_ABSENCE = Stream.ABSENCE.value
_APPOINTMENT = Stream.APPOINTMENT.value
_BREAK = Stream.BREAK.value
_DAY_MS = 86_400_000.0


class Plans(NamedTuple):
    """The planned time of each pattern (shift or team), rows in CSR form: those of pattern ``p`` from ``first[p]`` on.

    ``day`` int64[k] numbers days of the run from 0; ``minute`` int64[k] is the minute of the day at which the planned time
    starts; ``start``, ``end`` int64[k] ms. ``windows_…`` are hours for appointments,
    ``protected_…`` protected hours, in the same form and within planned time.
    """

    first: Ints
    day: Ints
    minute: Ints
    start: Ints
    end: Ints
    windows_first: Ints
    windows_start: Ints
    windows_end: Ints
    protected_first: Ints
    protected_start: Ints
    protected_end: Ints


class Habits(NamedTuple):
    """How each person's time is taken, by her place: ``pattern`` int64[n], the rest float64[n].

    ``begins``: probability that an absence begins on a day; ``absence_median``, ``absence_mean`` ms; ``booked``: probability
    that a slot for an appointment is taken; ``slot``, ``pause``: lengths (ms); ``pauses``: probability of a break in a slot.
    """

    pattern: Ints
    begins: Floats
    absence_median: Floats
    absence_mean: Floats
    booked: Floats
    slot: Floats
    pauses: Floats
    pause: Floats


class Times(NamedTuple):
    """When people are there and what takes their time, in order, CSR over people (int64, ms).

    ``there_first[s]`` … ``there_first[s + 1]`` are the rows of person ``s`` in ``there_start``, ``there_end``; ``taken_…``
    likewise, ``taken_kind`` int8: ``APPOINTMENT``, ``PROTECTED`` or ``BREAK``. What is taken lies within what is there.
    """

    there_first: Ints
    there_start: Ints
    there_end: Ints
    taken_first: Ints
    taken_start: Ints
    taken_end: Ints
    taken_kind: NDArray[np.int8]


def without_first(times: Times, people: int) -> Times:
    """Return the same, but of the first so many people nothing."""
    there, taken = times.there_first[people], times.taken_first[people]
    return Times(
        np.maximum(times.there_first - there, 0),
        times.there_start[there:],
        times.there_end[there:],
        np.maximum(times.taken_first - taken, 0),
        times.taken_start[taken:],
        times.taken_end[taken:],
        times.taken_kind[taken:],
    )


def is_absent(habits: Habits, person: int, day_key: int, seed: int, replication: int) -> bool:
    """Return whether an absence that began on this day or before covers it. ``day_key`` is ``traffic``'s number of the day."""
    for back in range(LONGEST_ABSENCE):
        entity = person * _PLACES + day_key - back
        if uniform(seed, replication, _ABSENCE, entity, 0) < habits.begins[person]:
            u = uniform(seed, replication, _ABSENCE, entity, 1)
            lasts = log_normal_ms(u, habits.absence_median[person], habits.absence_mean[person])
            if lasts > back * _DAY_MS:
                return True
    return False


def days_of_absence(
    habits: Habits, person: int, first_key: int, days: int, seed: int, replication: int, found: Room
) -> None:
    """Write into ``found`` whether somebody is absent on each of so many days: ``is_absent`` for all of them at once."""
    for day in range(days):
        found[day] = 0
    for place in range(1 - LONGEST_ABSENCE, days):
        entity = person * _PLACES + first_key + place
        if uniform(seed, replication, _ABSENCE, entity, 0) < habits.begins[person]:
            u = uniform(seed, replication, _ABSENCE, entity, 1)
            lasts = log_normal_ms(u, habits.absence_median[person], habits.absence_mean[person])
            covered = min(LONGEST_ABSENCE, int(-(-lasts // _DAY_MS)))
            for day in range(max(0, place), min(days, place + covered)):
                found[day] = 1


def fill(
    plans: Plans,
    habits: Habits,
    first_key: int,
    absent: Room,
    seed: int,
    replication: int,
    times: Times,
) -> tuple[int, int]:
    """Write everybody's time into ``times``; return how many rows of ``there`` and of ``taken`` were needed.

    Rows beyond what there is room for are counted, not written. ``absent`` is room for a day each.
    """
    rows, taken = 0, 0
    for person in range(len(habits.pattern)):
        times.there_first[person] = rows
        times.taken_first[person] = taken
        pattern = habits.pattern[person]
        days_of_absence(habits, person, first_key, len(absent), seed, replication, absent)
        window, shut = plans.windows_first[pattern], plans.protected_first[pattern]
        for plan in range(plans.first[pattern], plans.first[pattern + 1]):
            if absent[plans.day[plan]]:
                continue
            if rows < len(times.there_start):
                times.there_start[rows] = plans.start[plan]
                times.there_end[rows] = plans.end[plan]
            rows += 1
            entity = int(person * _PLACES + first_key + plans.day[plan])
            here, end = plans.start[plan], plans.end[plan]
            slot = int(habits.slot[person])
            pause = int(habits.pause[person])
            while here < end:
                while shut < plans.protected_first[pattern + 1] and plans.protected_end[shut] <= here:
                    shut += 1
                while window < plans.windows_first[pattern + 1] and plans.windows_end[window] <= here:
                    window += 1
                shut_from, window_from, window_to = end, end, end
                if shut < plans.protected_first[pattern + 1]:
                    shut_from = min(end, plans.protected_start[shut])
                if window < plans.windows_first[pattern + 1]:
                    window_from = min(end, plans.windows_start[window])
                    window_to = min(end, plans.windows_end[window])
                kind, until = -1, end
                nth = int(plans.minute[plan] + (here - plans.start[plan]) // 60_000)
                if shut_from <= here:
                    kind, until = PROTECTED, min(end, plans.protected_end[shut])
                elif window_from <= here and slot > 0 and here + slot <= window_to and here + slot <= shut_from:
                    until = here + slot
                    if uniform(seed, replication, _APPOINTMENT, entity, nth) < habits.booked[person]:
                        kind = APPOINTMENT
                else:
                    # The rest of a window, too short for an appointment, is time like any other.
                    turn = min(shut_from, window_from) if window_from > here else min(shut_from, window_to)
                    until = min(turn, here + pause)
                    is_whole = until == here + pause
                    if is_whole and uniform(seed, replication, _BREAK, entity, nth) < habits.pauses[person]:
                        kind = BREAK
                if kind >= 0:
                    if taken < len(times.taken_start):
                        times.taken_start[taken] = here
                        times.taken_end[taken] = until
                        times.taken_kind[taken] = kind
                    taken += 1
                here = until
    times.there_first[len(habits.pattern)] = rows
    times.taken_first[len(habits.pattern)] = taken
    return rows, taken


def begins(share: float, median_ms: float, mean_ms: float, quantiles: Sequence[float]) -> float:
    """Return with what probability an absence begins on a day, so that ``share`` of days are covered.

    ``quantiles`` are draws spread evenly over (0, 1); the covered days of a spell come from the same law as ``fill``'s.
    """
    if share <= 0:
        return 0.0
    lasting = sorted(min(LONGEST_ABSENCE, int(-(-log_normal_ms(u, median_ms, mean_ms) // _DAY_MS))) for u in quantiles)
    beyond = [(len(lasting) - bisect_right(lasting, back)) / len(lasting) for back in range(LONGEST_ABSENCE)]
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        present = 1.0
        for part in beyond:
            present *= 1.0 - middle * part
        low, high = (middle, high) if 1.0 - present < share else (low, middle)
    return (low + high) / 2
