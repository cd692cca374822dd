"""From an office that can be simulated to what the loop follows in one replication."""

import numpy as np

from erreichbar.access import AccessModel
from erreichbar.lab.engine.shapes import Again, Days, Hours, Ints, Law, Plan, Ring, Seed, Window
from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.draw import times_of
from erreichbar.lab.office.times import BREAK, Times
from erreichbar.traffic.process import luck

ANNOUNCEMENT_MS = 6_000
PAUSE_AFTER_MISS_MS = 60_000
LOOK_MS = 30_000
"""As in training: how long an announcement takes, who let a call ring stays away, and who cannot leave looks again."""
OVER_MS = 20_000
"""The wait that is counted: the share of calls answered within 20 seconds is what centres are bought by."""


def plan(arrays: Arrays, model: AccessModel, seed: int, replication: int) -> Plan:
    """Return what one replication of an office follows under an access model."""
    run, days, behaves, seats = arrays.run, arrays.days, arrays.behaviour, arrays.seats
    keys = run.first_key + np.arange(run.days)
    fortunes = np.array([luck(seed, replication, int(key), days.variation) for key in keys])
    return Plan(
        seed=Seed(seed, replication),
        days=Days(
            keys=keys,
            starts=days.midnight[:-1],
            totals=days.expected * fortunes,
            profiles=days.working.astype(np.int64),
            cumulated=days.profile,
            tops=days.nearly,
            horizon=run.stops,
        ),
        talk=Law(*behaves.talk),
        rules=model.rules,
        window=Window(run.begins, run.ends, OVER_MS),
        patience=Law(-1.0, behaves.patience_mean),
        again=Again(behaves.calls_again, Law(*behaves.calls_again_after), ANNOUNCEMENT_MS),
        ring=Ring(Law(seats.pick_up_median, seats.pick_up_mean), PAUSE_AFTER_MISS_MS),
        wrap_up=Law(*behaves.wrap_up),
        hours=Hours(
            np.column_stack([days.open_start, days.open_end]),
            shifts(times_of(arrays, seed, replication), arrays.staff.agents),
            ANNOUNCEMENT_MS,
            LOOK_MS,
        ),
    )


def shifts(times: Times, people: int) -> Ints:
    """Return when the first so many people are at their telephones: (rows, 3) of seat, from, until; breaks are left out."""
    found: list[tuple[int, int, int]] = []
    for seat in range(people):
        taken = range(times.taken_first[seat], times.taken_first[seat + 1])
        breaks = [(times.taken_start[row], times.taken_end[row]) for row in taken if times.taken_kind[row] == BREAK]
        for row in range(times.there_first[seat], times.there_first[seat + 1]):
            here, end = times.there_start[row], times.there_end[row]
            for start, until in breaks:
                if here <= start < end:
                    if here < start:
                        found.append((seat, here, start))
                    here = until
            if here < end:
                found.append((seat, here, end))
    return np.array(found, dtype=np.int64).reshape(-1, 3)
