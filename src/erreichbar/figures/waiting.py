"""Who waits how long: calls by how long they waited, matters by how long it took until they were served, calls by half hour.

These are counts in classes, for pictures and the tables beside them. Classes are disjoint and together everything.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from erreichbar.figures.calls import ANSWERED, OFFERED, calls, waits
from erreichbar.figures.matters import Arisen, matters, took
from erreichbar.figures.once import once
from erreichbar.record.tables import Tables

WAITED_S = (20, 60, 180, 300, 600)
"""A call waited at most so long (s), each class without those before; the last class waited longer."""
SERVED_H = (1, 24, 48, 120)
"""A matter was served at most so long after the first attempt (h); then come those served later, and those never served."""
HALF_HOURS = 48
_HALF_HOUR_MS = 1_800_000


class HalfHours(NamedTuple):
    """Calls by half hour of the day, from midnight: how many were offered, how many of them answered."""

    offered: tuple[int, ...]
    answered: tuple[int, ...]


def waited(tables: Tables) -> tuple[int, ...]:
    """Return how many offered calls fall into each class of ``WAITED_S``, and beyond; those who hung up included."""
    return _classes(once(waits, calls(tables)), [limit * 1000 for limit in WAITED_S])


def served_after(tables: Tables, arisen: Arisen | None = None) -> tuple[int, ...] | None:
    """Return how many matters fall into each class of ``SERVED_H``, later, never; none if matters are not recorded."""
    found = matters(tables, arisen)
    if found is None:
        return None
    served = once(took, found)
    return (*_classes(served, [limit * 3_600_000 for limit in SERVED_H]), found.height - len(served))


def by_half_hour(tables: Tables, midnights: Sequence[int]) -> HalfHours:
    """Return the calls of the days that begin at ``midnights`` (ms; the last one ends the last day), added up by half hour.

    On a day on which the clocks change, half hours are counted from midnight, so they are an hour off after the change.
    """
    counts = OFFERED & (pl.col("start") >= midnights[0]) & (pl.col("start") < midnights[-1])
    found = calls(tables).select(pl.col("start", "state").filter(counts))
    days = pl.Series(midnights[:-1], dtype=pl.Int64).sort()
    since = found["start"] - days.gather(days.search_sorted(found["start"], "right") - 1)
    half_hour = (since // _HALF_HOUR_MS).clip(0, HALF_HOURS - 1)
    counted = found.group_by(half_hour.alias("half_hour")).agg(
        pl.len().alias("offered"), ANSWERED.sum().alias("answered")
    )
    offered, answered = [0] * HALF_HOURS, [0] * HALF_HOURS
    for place, came, spoke in counted.iter_rows():
        offered[place], answered[place] = came, spoke
    return HalfHours(tuple(offered), tuple(answered))


def _classes(lengths: pl.Series, limits: Sequence[int]) -> tuple[int, ...]:
    """Return how many lengths, which stand in their order, are up to each limit, and beyond."""
    reached = [0, *(int(lengths.search_sorted(limit, "right")) for limit in limits), len(lengths)]
    return tuple(more - less for less, more in pairwise(reached))
