"""Case work as it comes onto desks: drawn beforehand, keyed by person and day, so it is the same in every model.

Items come on working days whether somebody is there or not; what lies on a desk at the start are items that came before it.
The functions compile unchanged.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.laws import log_normal_ms
from erreichbar.traffic.rows import Numbers

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_PLACES = 1 << 16
_MOST = 1 << 12
"""More items than this do not come onto one desk on one day."""
_ITEM = Stream.ITEM.value
_ITEM_SIZE = Stream.ITEM_SIZE.value
_RESUME = Stream.RESUME.value


class Workload(NamedTuple):
    """Case work of each person, by her place: float64[n]. ``per_day``: items on a working day; ``median``, ``mean``: ms.

    ``backlog``: items on the desk at the start; ``usual``: after how long a decision counts as late (ms); ``resume_…``: what it
    costs to get back into an interrupted item (ms), for all.
    """

    per_day: Floats
    median: Floats
    mean: Floats
    backlog: Floats
    usual: Floats
    resume_median: float
    resume_mean: float


class Items(NamedTuple):
    """Items of case work in the order in which each desk gets them, CSR over people.

    ``first`` int64[n + 1]; ``key`` int64[k]: the item's own number, for draws; ``arrives`` int64[k] ms, before the start for
    the backlog; ``size`` int64[k] ms of work. ``household`` int64[k]: whose matter it is, from 0.
    """

    first: Ints
    key: Ints
    arrives: Ints
    size: Ints
    household: Ints


def fill(
    load: Workload,
    first_key: int,
    midnights: Numbers,
    working: Numbers,
    households: int,
    seed: int,
    replication: int,
    items: Items,
) -> int:
    """Write everybody's items into ``items``; return how many rows were needed. Rows beyond the room are counted only.

    ``midnights`` (ms) and ``working`` (0 or 1) are the days of the run. Within a day items come evenly over 24 hours, because
    post and applications do not keep office hours; on other days none comes.
    """
    rows = 0
    for person in range(len(load.per_day)):
        items.first[person] = rows
        waiting = int(load.backlog[person])
        for nth in range(waiting):
            entity = person * _PLACES + first_key - 1
            rows = _row(load, person, entity, nth, -(waiting - nth), households, seed, replication, items, rows)
        for day in range(len(working)):
            if working[day] == 0:
                continue
            entity = person * _PLACES + first_key + day
            length = 86_400_000.0
            # A Poisson process over the day by exponential gaps, as calls come.
            at = -math.log(uniform(seed, replication, _ITEM, entity, 0))
            nth = 0
            while at < load.per_day[person] and nth < _MOST - 1:
                arrives = midnights[day] + int(at / load.per_day[person] * length)
                rows = _row(load, person, entity, nth, arrives, households, seed, replication, items, rows)
                nth += 1
                at -= math.log(uniform(seed, replication, _ITEM, entity, nth))
    items.first[len(load.per_day)] = rows
    return rows


def _row(
    load: Workload,
    person: int,
    entity: int,
    nth: int,
    arrives: int,
    households: int,
    seed: int,
    replication: int,
    items: Items,
    rows: int,
) -> int:
    if rows < len(items.key):
        u = uniform(seed, replication, _ITEM_SIZE, entity, 2 * nth)
        items.key[rows] = entity * _MOST + nth
        items.arrives[rows] = arrives
        items.size[rows] = log_normal_ms(u, load.median[person], load.mean[person])
        items.household[rows] = int(uniform(seed, replication, _ITEM_SIZE, entity, 2 * nth + 1) * households)
    return rows + 1


def resuming_ms(load: Workload, seed: int, replication: int, item: int, nth: int) -> int:
    """Return what it costs to get back into an item after its ``nth`` interruption (from 0)."""
    return log_normal_ms(uniform(seed, replication, _RESUME, item, nth), load.resume_median, load.resume_mean)


def rows_needed(load: Workload, working_days: int) -> int:
    """Return how many rows ``fill`` will hardly exceed."""
    mean = float(np.sum(load.backlog) + working_days * np.sum(load.per_day))
    return int(mean + 8 * math.sqrt(mean) + 64)
