"""The time that people have for calling back, counted without its gaps."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from erreichbar.office.periods import Periods

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class CallbackTime:
    """Turns moments (seconds from now) into callback time (seconds somebody has given to callbacks).

    ``start`` is when each stretch begins, ``given`` how much callback time lies before it, and at last altogether.
    """

    def __init__(self, free: Periods, now: datetime, share: float) -> None:
        self.origin, self.share = now, share
        edges = [((start - now).total_seconds(), (end - now).total_seconds()) for start, end in free if end > now]
        self.start = np.array([max(0.0, start) for start, _ in edges])
        self.given = np.concatenate([[0.0], np.cumsum((np.array([end for _, end in edges]) - self.start) * share)])

    def before(self, moments: Sequence[datetime]) -> Floats:
        """Return how much callback time there is before moments; for those that are past, before now."""
        if not len(self.start):
            return np.zeros(len(moments))
        seconds = np.array([max(0.0, (moment - self.origin).total_seconds()) for moment in moments])
        at = np.maximum(np.searchsorted(self.start, seconds, side="right") - 1, 0)
        inside = np.clip((seconds - self.start[at]) * self.share, 0.0, self.given[at + 1] - self.given[at])
        return np.asarray(self.given[at] + inside)


class CallbackTimes:
    """The same for several people at once, of moments that only grow, and back; ``lanes`` many for each."""

    def __init__(self, people: Sequence[CallbackTime], lanes: int) -> None:
        wide = max(len(one.given) for one in people)
        start, given = (np.full((len(people), wide), np.inf) for _ in range(2))
        for person, one in enumerate(people):
            start[person, : len(one.start)] = one.start
            given[person, : len(one.given)] = one.given
        self._start, self._given = start.reshape(-1), given.reshape(-1)
        self._share = np.repeat([one.share for one in people], lanes)
        self._all = np.repeat([one.given[-1] for one in people], lanes)
        self._last = np.repeat([max(0, len(one.start) - 1) for one in people], lanes)
        self._first = np.repeat(np.arange(len(people)) * wide, lanes)
        self._at = np.zeros(len(self._share), dtype=np.intp)

    def after(self, given: Floats, pause: float, lanes: Ints) -> Floats:
        """Return how much callback time there is before the moment that lies ``pause`` seconds after ``given`` of it.

        What is more than somebody has comes after everything.
        """
        first, last, share = self._first[lanes], self._last[lanes], self._share[lanes]
        at = _forward(self._given, first, self._at[lanes], last, given)
        self._at[lanes] = at
        moment = self._start[first + at] + (given - self._given[first + at]) / share
        moment = np.where(given > self._all[lanes], np.inf, moment) + pause
        at = _forward(self._start, first, at, last, moment)
        there = self._given[first + at]
        inside = np.clip((moment - self._start[first + at]) * share, 0.0, self._given[first + at + 1] - there)
        return np.asarray(there + inside)

    def keep(self, lanes: Ints) -> None:
        """Forget all lanes but some, which are numbered anew."""
        self._share, self._all, self._last = self._share[lanes], self._all[lanes], self._last[lanes]
        self._first, self._at = self._first[lanes], self._at[lanes]


def _forward(edges: Floats, first: Ints, at: Ints, last: Ints, value: Floats) -> Ints:
    """Return the last edge that is not above each value, none after ``last``, looking from ``at`` on."""
    at = at.copy()
    some = np.flatnonzero((edges.take(first + at + 1) <= value) & (at < last))
    while len(some):
        at[some] += 1
        further = at.take(some)
        some = some[(edges.take(first.take(some) + further + 1) <= value.take(some)) & (further < last.take(some))]
    return at
