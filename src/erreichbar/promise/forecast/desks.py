"""Desks in all futures at once: who is called when, and what comes of it.

``docs/algorithms/forecast.md`` tells the rule. A lane is one future of one desk; desks of about the same length are
simulated together, because a step costs nearly as much for one lane as for a thousand.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from erreichbar.office.periods import Periods
from erreichbar.promise.forecast.callback_time import CallbackTime, CallbackTimes, Floats, Ints
from erreichbar.promise.forecast.rows import Rows
from erreichbar.promise.forecast.shapes import Habits, OpenTicket

MISSED, SPOKE, LAST = 0, 1, 2
"""What an attempt comes to: nobody answers and it is tried again; the citizen answers; nobody answers the last time."""
AT_ONCE = 1_200_000
"""So many tickets times futures are simulated together: what a processor keeps near."""


class Desk(NamedTuple):
    """One person's tickets in the order of their due moments, when she may call back, and which share of that she gives.

    Of what of it is ``full`` she gives all.
    """

    tickets: Sequence[OpenTicket]
    free: Periods
    share: float
    full: Periods = ()


def kept_promises(
    desks: Sequence[Desk], now: datetime, habits: Habits, futures: int, seed: int
) -> Iterator[tuple[Desk, list[tuple[int, int, int]]]]:
    """Return of each desk, by ticket, in how many futures it is attempted, reached, resolved in time."""
    group: list[Desk] = []
    for desk in sorted(desks, key=lambda desk: len(desk.tickets)):
        if group and (len(group) + 1) * len(desk.tickets) * futures > AT_ONCE:
            yield from zip(group, _together(group, now, habits, futures, seed), strict=True)
            group = []
        group.append(desk)
    if group:
        yield from zip(group, _together(group, now, habits, futures, seed), strict=True)


def number_of(ref: str) -> int:
    """Return a number of a ticket's own for its draws."""
    return int.from_bytes(ref.encode()[-8:].rjust(8, b"\0"))


def _together(
    desks: Sequence[Desk], now: datetime, habits: Habits, futures: int, seed: int
) -> Iterator[list[tuple[int, int, int]]]:
    rows, tries = max(len(desk.tickets) for desk in desks), max(1, habits.attempts)
    times = [CallbackTime(desk.free, now, desk.share, desk.full) for desk in desks]
    # One row more than tickets: the attempt of a lane that has nothing to do, which takes no time.
    lanes = _Lanes(rows, tries, times, habits, futures)
    answers, settles = lanes.comes.view(bool), np.zeros((rows, len(desks), futures), dtype=bool)
    drawn = np.empty((tries + 1, futures))
    for number, (desk, time) in enumerate(zip(desks, times, strict=True)):
        for row, ticket in enumerate(desk.tickets):
            random = np.random.Generator(np.random.Philox(key=[seed, number_of(ticket.ref)]))
            random.random(out=drawn)
            np.less(drawn[:-1], 1.0 if ticket.written else habits.answers, out=answers[:, row, number])
            np.less(drawn[-1], habits.settles, out=settles[row, number])
            lanes.lasts[row, number] = habits.talk_by_reason.get(ticket.reason, habits.talk).draw(random, (futures,))
        lanes.set_out(number, desk.tickets, time, habits)
    lanes.run()
    for number, (desk, time) in enumerate(zip(desks, times, strict=True)):
        count = len(desk.tickets)
        ended = lanes.ended[:count, number]
        due = time.before([ticket.due for ticket in desk.tickets])[:, None]
        reached = np.array([[ticket.reached] for ticket in desk.tickets])
        tried = ended > 0
        spoke = tried & (ended < np.inf)
        attempted = np.array([[ticket.attempted] for ticket in desk.tickets]) | tried
        # Who was reached already is only to be closed, which takes a moment of the talk that is over.
        resolved = settles[:count, number] & np.where(reached, due > 0, spoke & (ended <= due))
        counts = [np.count_nonzero(each, axis=1).tolist() for each in (attempted, reached | spoke, resolved)]
        yield list(zip(*counts, strict=True))


class _Queue:
    """In every lane the rows that rest, and until when (s), in this order; behind them infinity. Addressed flat."""

    def __init__(self, length: int, lanes: int) -> None:
        self.ready = np.full((length + 1) * lanes, np.inf)
        self.row = np.zeros((length + 1) * lanes, dtype=np.int32)
        self.head, self.tail = np.arange(lanes), np.arange(lanes)


class _Lanes:
    """In each round every lane makes one attempt; lanes at their end are left out by and by.

    By attempt, row, desk and future ``comes`` is what an attempt comes to; by row, desk and future ``lasts`` is how long a talk
    takes (s), ``ended`` when it ended (s; 0 before any attempt, infinity after those that were missed).
    """

    def __init__(self, rows: int, tries: int, times: Sequence[CallbackTime], habits: Habits, futures: int) -> None:
        shape = (rows + 1, len(times), futures)
        self.none, self.count = rows, len(times) * futures
        self.pause, self.missed = habits.pause.total_seconds(), habits.missed.total_seconds()
        self.comes, self.lasts = np.full((tries, *shape), SPOKE, dtype=np.int8), np.zeros(shape)
        self.made, self.ended = np.zeros(shape, dtype=np.int8), np.zeros(shape)
        self.due = np.full((len(times), rows + 1), np.inf)
        self.first_due = np.repeat(np.arange(len(times)) * (rows + 1), futures)
        self.over = np.zeros(self.count, dtype=np.intp)
        self.lane, self.clock = np.arange(self.count), np.zeros(self.count)
        self.times = CallbackTimes(times, futures)
        self.waiting = Rows(rows + 1, self.count)
        # The row that stands for nothing to do is always there, as the last.
        self.waiting.add(np.full(self.count, rows), self.lane)
        self.later: list[tuple[int, Floats, Ints]] = []

    def set_out(self, number: int, tickets: Sequence[OpenTicket], time: CallbackTime, habits: Habits) -> None:
        """Let a desk begin: what was tried already, whose rest is not over yet, what is due when."""
        tries, futures = len(self.comes), self.comes.shape[-1]
        self.due[number, : len(tickets)] = time.before([ticket.due for ticket in tickets])
        made = np.array([0 if ticket.written else min(ticket.attempts, tries) for ticket in tickets])
        self.made[: len(tickets), number] = made[:, None]
        rested = [one.last_attempt + habits.pause if one.last_attempt else time.origin for one in tickets]
        ready = time.before(rested)
        ready[np.array([ticket.reached for ticket in tickets]) | (made >= tries)] = np.inf
        here = np.arange(number * futures, (number + 1) * futures)
        for row in np.flatnonzero(ready <= 0).tolist():
            self.waiting.add(np.full(futures, row), here)
        order = np.argsort(ready, kind="stable")
        order = order[(ready[order] > 0) & (ready[order] < np.inf)]
        if len(order):
            self.later.append((number, ready[order], order))

    def _queues(self) -> tuple[_Queue, ...]:
        tries, _, desks, futures = self.comes.shape
        self.comes[tries - 1][self.comes[tries - 1] == MISSED] = LAST
        misses = np.count_nonzero(self.comes == MISSED, axis=(0, 1)).max()
        again, begun = (
            _Queue(int(misses), self.count),
            _Queue(max((len(row) for _, _, row in self.later), default=0), self.count),
        )
        for number, ready, row in self.later:
            for part, what in ((begun.ready, ready), (begun.row, row)):
                part.reshape(-1, desks, futures)[: len(row), number] = what[:, None]
        return (again, begun) if self.later else (again,)

    def run(self) -> None:
        """Let every lane come to its end."""
        self.queues = self._queues()
        all_comes, all_lasts, all_due = self.comes.reshape(-1), self.lasts.reshape(-1), self.due.reshape(-1)
        made, ended = self.made.reshape(-1), self.ended.reshape(-1)
        self.all_due = all_due
        everybody = np.arange(self.count)
        while len(self.lane):
            self._wake()
            row = self._next()
            idle = np.flatnonzero(row == self.none)
            if len(idle):
                until = self._first_ready(idle)
                over = until == np.inf
                if 4 * np.count_nonzero(over) >= len(self.lane):
                    self._keep(np.delete(everybody, idle[over]))
                    everybody = np.arange(len(self.lane))
                    continue
                idle = idle[~over]
                self.clock[idle] = np.maximum(self.clock[idle], until[~over])
                self._wake(idle)
                row[idle] = self._next(idle)
            cell = row * self.count + self.lane
            nth = made.take(cell)
            made[cell] = nth + (row < self.none)
            comes = all_comes.take(cell + nth * np.intp(len(ended)))
            spoke = comes == SPOKE
            self.clock += np.where(spoke, all_lasts.take(cell), self.missed)
            ended[cell] = np.where(spoke, self.clock, np.inf)
            self.waiting.remove(row, self.none)
            self._rest(np.flatnonzero(comes == MISSED), row)

    def _next(self, some: Ints | None = None) -> Ints:
        """Return the first row of each lane (or of some) that may be called now and is not over."""
        now, first_due = (self.clock, self.first_due) if some is None else (self.clock[some], self.first_due[some])
        row = self.waiting.first(some)
        late = np.flatnonzero(self.all_due.take(first_due + row) <= now)
        if len(late):
            lanes = late if some is None else some[late]
            more = lanes
            while len(more):
                more = more[self.all_due[self.first_due[more] + self.over[more]] <= self.clock[more]]
                self.over[more] += 1
            self.waiting.remove_before(self.over[lanes], lanes)
            row[late] = self.waiting.first(lanes)
        return row

    def _wake(self, lanes: Ints | None = None) -> None:
        """Let those who have rested be called again, in all lanes or in some."""
        for queue in self.queues:
            if lanes is None:
                some = np.flatnonzero(queue.ready.take(queue.head) <= self.clock)
            else:
                some = lanes[queue.ready.take(queue.head.take(lanes)) <= self.clock.take(lanes)]
            at, now = queue.head.take(some), self.clock.take(some)
            while len(some):
                self.waiting.add(queue.row.take(at), some)
                at += self.count
                queue.head[some] = at
                more = np.flatnonzero(queue.ready.take(at) <= now)
                some, at, now = some.take(more), at.take(more), now.take(more)

    def _first_ready(self, lanes: Ints) -> Floats:
        ready = [queue.ready[queue.head[lanes]] for queue in self.queues]
        return np.asarray(np.minimum(ready[0], ready[-1]))

    def _rest(self, some: Ints, row: Ints) -> None:
        """Let those who were missed wait for their next attempt."""
        again = self.queues[0]
        at = again.tail[some]
        again.ready[at] = self.times.after(self.clock[some], self.pause, some)
        again.row[at] = row[some]
        again.tail[some] = at + self.count

    def _keep(self, lanes: Ints) -> None:
        self.lane, self.clock = self.lane[lanes], self.clock[lanes]
        self.first_due, self.over = self.first_due[lanes], self.over[lanes]
        self.waiting.keep(lanes)
        self.times.keep(lanes)
        for queue in self.queues:
            queue.head, queue.tail = queue.head[lanes], queue.tail[lanes]
