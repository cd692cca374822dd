"""What of the office is drawn anew in each replication: people's time, case work, and who calls. The same in every model."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.lab.compiling import compiled
from erreichbar.lab.office import items as case_work
from erreichbar.lab.office import times as presence
from erreichbar.lab.office.arrays import Arrays, Days, Run
from erreichbar.lab.office.items import Items
from erreichbar.lab.office.times import Times
from erreichbar.traffic.process import PLACES, luck, times_of_day
from erreichbar.traffic.who import MOST_MATTERS, Callers, matters_of, place_of

Ints = NDArray[np.int64]


class Arising(NamedTuple):
    """Who calls for the first time, by arrival: int64[k] unless said otherwise.

    ``citizen``: her number for draws; ``arises``: when (ms); ``place``: who in the population; ``matters`` int8[k]: how many;
    ``reasons`` int16[k, 3]: their reasons, −1 beyond.
    """

    citizen: Ints
    arises: Ints
    place: Ints
    matters: NDArray[np.int8]
    reasons: NDArray[np.int16]


def times_of(arrays: Arrays, seed: int, replication: int) -> Times:
    """Return everybody's time in a replication."""
    people, plans = len(arrays.habits.pattern), np.diff(arrays.plans.first)
    there = int(plans[arrays.habits.pattern].sum())
    taken = there * 8
    absent = np.zeros(arrays.run.days, np.int8)
    while True:
        room = Times(
            there_first=np.zeros(people + 1, np.int64),
            there_start=np.zeros(there, np.int64),
            there_end=np.zeros(there, np.int64),
            taken_first=np.zeros(people + 1, np.int64),
            taken_start=np.zeros(taken, np.int64),
            taken_end=np.zeros(taken, np.int64),
            taken_kind=np.zeros(taken, np.int8),
        )
        given = (arrays.plans, arrays.habits, arrays.run.first_key, absent, seed, replication, room)
        rows, needed = compiled(presence.fill)(*given)
        if needed <= taken:
            return room._replace(
                there_start=room.there_start[:rows],
                there_end=room.there_end[:rows],
                taken_start=room.taken_start[:needed],
                taken_end=room.taken_end[:needed],
                taken_kind=room.taken_kind[:needed],
            )
        taken = needed


def items_of(arrays: Arrays, seed: int, replication: int) -> Items:
    """Return everybody's case work in a replication."""
    rows = case_work.rows_needed(arrays.workload, int(arrays.days.working.sum()))
    while True:
        room = Items(
            first=np.zeros(len(arrays.workload.per_day) + 1, np.int64),
            key=np.zeros(rows, np.int64),
            arrives=np.zeros(rows, np.int64),
            size=np.zeros(rows, np.int64),
            household=np.zeros(rows, np.int64),
        )
        midnight, working = arrays.days.midnight, arrays.days.working
        given = (
            arrays.workload,
            arrays.run.first_key,
            midnight,
            working,
            arrays.run.households,
            seed,
            replication,
            room,
        )
        needed = compiled(case_work.fill)(*given)
        if needed <= rows:
            return Items(
                room.first, room.key[:needed], room.arrives[:needed], room.size[:needed], room.household[:needed]
            )
        rows = needed


def arising_of(arrays: Arrays, seed: int, replication: int) -> Arising:
    """Return who calls for the first time in a replication, in the whole run."""
    return arising(arrays.run, arrays.days, arrays.callers, arrays.reasons.share, seed, replication)


def arising(
    run: Run, days: Days, callers: Callers, shares: NDArray[np.float64], seed: int, replication: int
) -> Arising:
    """Return who calls for the first time on the days of a run; ``shares`` of contact reasons."""
    expected = float(days.expected.sum())
    rows = int(1.3 * expected + 8 * expected**0.5 + 256)
    while True:
        room = Arising(
            citizen=np.zeros(rows, np.int64),
            arises=np.zeros(rows, np.int64),
            place=np.zeros(rows, np.int64),
            matters=np.zeros(rows, np.int8),
            reasons=np.full((rows, MOST_MATTERS), -1, np.int16),
        )
        given = (run, days, callers, shares, seed, replication, room)
        needed = compiled(fill_arising)(*given)
        if needed <= rows:
            return Arising(
                citizen=room.citizen[:needed],
                arises=room.arises[:needed],
                place=room.place[:needed],
                matters=room.matters[:needed],
                reasons=room.reasons[:needed],
            )
        rows = needed


def fill_arising(
    run: Run, days: Days, callers: Callers, shares: NDArray[np.float64], seed: int, replication: int, room: Arising
) -> int:
    """Write who calls into ``room``; return how many rows were needed. Compiles unchanged."""
    rows = 0
    today = np.zeros(PLACES, np.int64)
    reasons = np.zeros(MOST_MATTERS, np.int64)
    for day in range(run.days):
        key = run.first_key + day
        kind = int(days.working[day])
        total = days.expected[day] * luck(seed, replication, key, days.variation)
        profile = days.profile[kind]
        count = times_of_day(profile, days.nearly[kind], total, seed, replication, key, today)
        for nth in range(min(count, PLACES)):
            if rows < len(room.citizen):
                citizen = key * PLACES + nth
                room.citizen[rows] = citizen
                room.arises[rows] = days.midnight[day] + today[nth]
                room.place[rows] = place_of(callers, seed, replication, citizen, run.households)
                room.matters[rows] = matters_of(callers, shares, seed, replication, citizen, reasons)
                for place in range(room.matters[rows]):
                    room.reasons[rows, place] = reasons[place]
            rows += 1
    return rows
