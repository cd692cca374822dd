"""Is there any way to deal with all open tickets in time? What is called a break here is a proof.

Work may be interrupted and handed on without cost, and everything is known beforehand: kinder than any real day. So if
even this cannot be done, nothing can; if it can, that is no promise. ``docs/algorithms/forecast.md`` tells how.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from erreichbar.office.periods import Periods, length

SECOND = timedelta(seconds=1)
TICK = timedelta(microseconds=1)
"""What one person's work is counted in."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is left to do for a ticket: ``needs`` so much time of somebody who ``can`` (ids), before ``due`` (UTC)."""

    ref: str
    due: datetime
    needs: timedelta
    can: frozenset[str]


@dataclass(frozen=True, slots=True)
class Break:
    """A proof that promises will break: the tickets ``in_the_way`` need more time before ``at`` than those who can have.

    ``needed`` and ``there`` are that time, summed over the tickets and over the people.
    """

    at: datetime
    in_the_way: tuple[str, ...]
    needed: timedelta
    there: timedelta


def smallest_late_set(works: Collection[Work], free: Periods, now: datetime) -> tuple[str, ...]:
    """Return the fewest tickets (refs) that one person must let become late, whatever the order of her work.

    Earliest due first, and whenever that fails the longest so far is given up (Moore 1968, Hodgson's algorithm). It is
    exact although she is there only at times, because all work could begin now: in the time she has, counted without
    its gaps, the gaps are gone.
    """
    due_in = {work.ref: length(until(free, now, work.due)) // TICK for work in works}
    by_due = sorted(works, key=lambda work: (due_in[work.ref], work.ref))
    return tuple(sorted(given_up((work.ref, due_in[work.ref], work.needs // TICK) for work in by_due)))


def given_up(works: Iterable[tuple[str, int, int]]) -> list[str]:
    """Return the same (refs) of tickets in the order of their due moments, in whole microseconds.

    Of each it is told how much of her time there is before it is due, and how much it needs.
    """
    done = 0
    late: list[str] = []
    taken: list[tuple[int, str]] = []
    for ref, due_in, needs in works:
        heappush(taken, (-needs, ref))
        done += needs
        if done > due_in:
            longest, given = heappop(taken)
            done += longest
            late.append(given)
    return late


def first_break(works: Sequence[Work], free: Mapping[str, Periods], now: datetime) -> Break | None:
    """Return the first moment by which not everything due can be done, none if everything can.

    ``free`` is when each person may call back. Preemptive scheduling of unrelated people with due dates as a maximum
    flow (Horn 1974): ticket → stretch between two dues or comings and goings → person. Within a stretch nobody works on
    two tickets and no ticket is worked on by two (Gonzalez and Sahni 1976). Whole seconds.
    """
    dues = sorted({work.due for work in works})
    low, high = 0, len(dues)
    while low < high:
        # What is due later can only be in the way of itself: if all due by d can be done, so can all due earlier.
        middle = (low + high) // 2
        if _Network([work for work in works if work.due <= dues[middle]], free, now).short():
            high = middle
        else:
            low = middle + 1
    if low == len(dues):
        return None
    network = _Network([work for work in works if work.due <= dues[low]], free, now)
    return network.proof(dues[low])


def until(free: Periods, now: datetime, end: datetime) -> Periods:
    """Return what of somebody's time lies between now and a moment."""
    return tuple((max(start, now), min(stop, end)) for start, stop in free if start < end and stop > now)


class _Network:
    """The flow network of some works: node 0 is the source, node 1 the sink, then one node a work, and so on."""

    def __init__(self, works: Sequence[Work], free: Mapping[str, Periods], now: datetime) -> None:
        self.works = works
        self.needed = sum(_seconds(work.needs) for work in works)
        self._arcs: list[tuple[int, int, int]] = []
        self._nodes = 2 + len(works)
        last = max((work.due for work in works), default=now)
        here = {
            person: until(free.get(person, ()), now, last) for person in {one for work in works for one in work.can}
        }
        cuts = {now, *(work.due for work in works if work.due > now)}
        cuts |= {edge for periods in here.values() for period in periods for edge in period}
        stretches = list(pairwise(sorted(cuts)))
        ends = [end for _, end in stretches]
        groups: dict[tuple[int, frozenset[str]], int] = {}
        present = [_present(here, start, end) for start, end in stretches]
        for number, work in enumerate(works):
            self._arc(0, 2 + number, _seconds(work.needs))
            for index in range(bisect_right(ends, work.due)):
                if not present[index] & work.can:
                    continue
                group = groups.setdefault((index, work.can), self._nodes)
                self._nodes += group == self._nodes
                self._arc(2 + number, group, _seconds(ends[index] - stretches[index][0]))
        seats: dict[tuple[int, str], int] = {}
        for (index, can), group in groups.items():
            long = _seconds(ends[index] - stretches[index][0])
            for person in sorted(present[index] & can):
                if (index, person) not in seats:
                    seats[index, person] = self._nodes
                    self._arc(self._nodes, 1, long)
                    self._nodes += 1
                self._arc(group, seats[index, person], long)
        self._capacity = self._matrix(self._arcs)
        self._flow = maximum_flow(self._capacity, 0, 1)

    def short(self) -> bool:
        """Return whether not all of the work can be done."""
        return bool(self._flow.flow_value < self.needed)

    def proof(self, at: datetime) -> Break:
        """Return who is in the way: the tickets on the source's side of a smallest cut (Ford and Fulkerson 1956)."""
        left = self._capacity - self._flow.flow
        left.eliminate_zeros()
        reached = set(breadth_first_order(left, 0, return_predecessors=False).tolist())
        stuck = [work for number, work in enumerate(self.works) if 2 + number in reached]
        needed = sum(_seconds(work.needs) for work in stuck)
        # The cut's capacity less what it takes of the other tickets is what there is for these.
        there = int(self._flow.flow_value) - (self.needed - needed)
        return Break(at, tuple(sorted(work.ref for work in stuck)), needed * SECOND, there * SECOND)

    def _arc(self, start: int, end: int, capacity: int) -> None:
        self._arcs.append((start, end, capacity))

    def _matrix(self, arcs: Sequence[tuple[int, int, int]]) -> "coo_array":
        start, end, capacity = np.array(arcs, dtype=np.int32).reshape(-1, 3).T
        return coo_array((capacity, (start, end)), shape=(self._nodes, self._nodes), dtype=np.int32).tocsr()


def _present(here: Mapping[str, Periods], start: datetime, end: datetime) -> frozenset[str]:
    return frozenset(
        person for person, periods in here.items() if any(begin <= start and end <= stop for begin, stop in periods)
    )


def _seconds(span: timedelta) -> int:
    return round(span / SECOND)
