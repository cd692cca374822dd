"""The time that people have for calling back, counted without its gaps."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from erreichbar.office.periods import Periods, common, without

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class CallbackTime:
    """Turns moments (seconds from now) into callback time (seconds somebody has given to callbacks).

    ``start`` is when each stretch begins, ``given`` how much callback time lies before it, and at last altogether.
    Somebody gives a ``share`` of her free time, and of what of it is ``full`` all.
    """

    def __init__(self, free: Periods, now: datetime, share: float, full: Periods = ()) -> None:
        self.origin = now
        pieces = [(*one, 1.0) for one in common(free, full)] + [(*one, share) for one in without(free, full)]
        edges = [
            ((start - now).total_seconds(), (end - now).total_seconds(), part)
            for start, end, part in sorted(pieces)
            if end > now
        ]
        self.start = np.array([max(0.0, start) for start, _, _ in edges])
        self.share = np.array([part for _, _, part in edges])
        lengths = np.array([end for _, end, _ in edges]) - self.start
        self.given = np.concatenate([[0.0], np.cumsum(lengths * self.share)])

    def before(self, moments: Sequence[datetime]) -> Floats:
        """Return how much callback time there is before moments; for those that are past, before now."""
        if not len(self.start):
            return np.zeros(len(moments))
        seconds = np.array([max(0.0, (moment - self.origin).total_seconds()) for moment in moments])
        at = np.maximum(np.searchsorted(self.start, seconds, side="right") - 1, 0)
        inside = np.clip((seconds - self.start[at]) * self.share[at], 0.0, self.given[at + 1] - self.given[at])
        return np.asarray(self.given[at] + inside)


class CallbackTimes:
    """The same for several people at once, of moments that only grow, and back; ``lanes`` many for each."""

    def __init__(self, people: Sequence[CallbackTime], lanes: int) -> None:
        wide = max(len(one.given) for one in people)
        start, given = (np.full((len(people), wide), np.inf) for _ in range(2))
        share = np.ones((len(people), wide))
        for person, one in enumerate(people):
            start[person, : len(one.start)] = one.start
            given[person, : len(one.given)] = one.given
            share[person, : len(one.share)] = one.share
        self._start, self._given, self._share = start.reshape(-1), given.reshape(-1), share.reshape(-1)
        self._all = np.repeat([one.given[-1] for one in people], lanes)
        self._last = np.repeat([max(0, len(one.start) - 1) for one in people], lanes)
        self._first = np.repeat(np.arange(len(people)) * wide, lanes)
        self._at = np.zeros(len(self._all), dtype=np.intp)

    def after(self, given: Floats, pause: float, lanes: Ints) -> Floats:
        """Return how much callback time there is before the moment that lies ``pause`` seconds after ``given`` of it.

        What is more than somebody has comes after everything.
        """
        first, last = self._first[lanes], self._last[lanes]
        at = _forward(self._given, first, self._at[lanes], last, given)
        self._at[lanes] = at
        moment = self._start[first + at] + (given - self._given[first + at]) / self._share[first + at]
        moment = np.where(given > self._all[lanes], np.inf, moment) + pause
        at = _forward(self._start, first, at, last, moment)
        there = self._given[first + at]
        inside = (moment - self._start[first + at]) * self._share[first + at]
        inside = np.clip(inside, 0.0, self._given[first + at + 1] - there)
        return np.asarray(there + inside)

    def keep(self, lanes: Ints) -> None:
        """Forget all lanes but some, which are numbered anew."""
        self._all, self._last = self._all[lanes], self._last[lanes]
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
