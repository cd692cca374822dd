"""With what probability is each open ticket attempted, reached and resolved in time? By simulation of each desk.

A desk is one person who calls back, the ticket with the least time left first, in the time she has for it. What is not
known is drawn: whether the citizen answers, how long the talk takes, whether it settles the matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.office.periods import Periods

FUTURES = 1000
"""How many futures are drawn. A probability is then known to about three in a hundred (95 %)."""
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something takes: log-normal, by its median and mean (minutes, the mean at least the median)."""

    median_min: float
    mean_min: float

    def __post_init__(self) -> None:
        if not 0 < self.median_min <= self.mean_min:
            raise ValueError("A duration needs 0 < median_min <= mean_min.")

    def draw(self, random: np.random.Generator, size: tuple[int, ...]) -> Floats:
        """Return durations in seconds."""
        spread = np.sqrt(2 * np.log(self.mean_min / self.median_min))
        return np.asarray(60 * self.median_min * np.exp(spread * random.standard_normal(size)))


@dataclass(frozen=True, slots=True)
class Habits:
    """How callbacks go in an office: from its own history where there is enough of it, else these assumptions.

    ``answers`` is the share of attempts that reach the citizen, ``settles`` the share of talks that settle the matter at
    once; ``missed`` how long an attempt takes that reaches nobody, ``pause`` how long to wait after it, ``share`` the part
    of her free time that somebody gives to callbacks where the roster reserves none, ``attempts`` how many are promised.
    """

    answers: float = 0.55
    settles: float = 0.85
    talk: Lasting = Lasting(6, 8)
    talk_by_reason: Mapping[str, Lasting] = field(default_factory=dict)
    missed: timedelta = timedelta(minutes=2)
    pause: timedelta = timedelta(hours=2)
    share: float = 0.25
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """An open ticket as the forecast sees it; moments in UTC. ``holder`` none: nobody of the office is there for it.

    ``written``: the answer goes out by e-mail or letter, so the citizen need not be caught at her telephone.
    """

    ref: str
    holder: str | None
    reason: str
    due: datetime
    attempts: int = 0
    last_attempt: datetime | None = None
    attempted: bool = False
    reached: bool = False
    written: bool = False


class Chances(NamedTuple):
    """Probabilities (0 to 1) that a ticket is attempted, reached, resolved before it is due; each at most the one before."""

    attempted: float
    reached: float
    resolved: float


def chances(
    tickets: Sequence[OpenTicket],
    free: Mapping[str, Periods],
    now: datetime,
    habits: Habits = Habits(),
    *,
    reserved: Iterable[str] = (),
    futures: int = FUTURES,
    seed: int = 1,
) -> dict[str, Chances]:
    """Return the chances of every ticket by its ref.

    ``free`` is when each person may call back; for those in ``reserved`` all of it is kept free for that. A ticket's draws
    are its own (keyed by seed and ref), so that what changes for one desk changes no other. Left out are ring-backs, and that
    a citizen is called in her window only.
    """
    desks: dict[str, list[OpenTicket]] = defaultdict(list)
    found: dict[str, Chances] = {}
    for ticket in tickets:
        if ticket.holder is None or not free.get(ticket.holder):
            found[ticket.ref] = Chances(float(ticket.attempted), float(ticket.reached), 0.0)
        else:
            desks[ticket.holder].append(ticket)
    kept = set(reserved)
    for person, held in desks.items():
        clock = _Clock(free[person], now, 1.0 if person in kept else habits.share)
        found |= _desk(sorted(held, key=lambda one: (one.due, one.ref)), clock, habits, futures, seed)
    return {ticket.ref: found[ticket.ref] for ticket in tickets}


class _Clock:
    """Turns moments (seconds from now) into callback time (seconds somebody has given to callbacks), and back."""

    def __init__(self, free: Periods, now: datetime, share: float) -> None:
        self.origin, self.share = now, share
        edges = [((start - now).total_seconds(), (end - now).total_seconds()) for start, end in free if end > now]
        self._start = np.array([max(0.0, start) for start, _ in edges])
        lengths = np.array([end for _, end in edges]) - self._start
        self._given = np.concatenate([[0.0], np.cumsum(lengths * share)])

    def given(self, moment: Floats) -> Floats:
        """Return how much callback time there is before a moment."""
        at = np.maximum(np.searchsorted(self._start, moment, side="right") - 1, 0)
        inside = np.clip((moment - self._start[at]) * self.share, 0.0, self._given[at + 1] - self._given[at])
        return np.asarray(self._given[at] + inside)

    def moment(self, given: Floats) -> Floats:
        """Return when so much callback time has been given; never (infinity) if there is not so much."""
        at = np.minimum(np.searchsorted(self._given, given, side="right") - 1, len(self._start) - 1)
        found = self._start[at] + (given - self._given[at]) / self.share
        return np.where(given > self._given[-1], np.inf, found)

    def seconds(self, moment: datetime) -> float:
        """Return how far away a moment is."""
        return (moment - self.origin).total_seconds()


def _desk(tickets: Sequence[OpenTicket], clock: _Clock, habits: Habits, futures: int, seed: int) -> dict[str, Chances]:
    """Simulate one desk in all futures at once: rows are tickets, the earliest due first, columns futures."""
    rows, columns = len(tickets), np.arange(futures)
    tries = max(1, habits.attempts)
    answer, settle, talk = (np.empty((rows, *shape)) for shape in ((tries, futures), (futures,), (futures,)))
    for row, ticket in enumerate(tickets):
        random = np.random.Generator(np.random.Philox(key=[seed, _number(ticket.ref)]))
        answer[row], settle[row] = random.random((tries, futures)), random.random(futures)
        talk[row] = habits.talk_by_reason.get(ticket.reason, habits.talk).draw(random, (futures,))
    due = clock.given(np.array([clock.seconds(ticket.due) for ticket in tickets]))[:, None]
    rested = [one.last_attempt + habits.pause if one.last_attempt else clock.origin for one in tickets]
    ready = np.repeat(clock.given(np.array([max(0.0, clock.seconds(one)) for one in rested]))[:, None], futures, axis=1)
    answers = np.array([1.0 if ticket.written else habits.answers for ticket in tickets])
    made = np.repeat(np.array([[0 if ticket.written else ticket.attempts] for ticket in tickets]), futures, axis=1)
    attempted = np.repeat(np.array([[ticket.attempted] for ticket in tickets]), futures, axis=1)
    reached = np.repeat(np.array([[ticket.reached] for ticket in tickets]), futures, axis=1)
    resolved = np.zeros((rows, futures), dtype=bool)
    pending = ~reached & (made < tries)
    # Who was reached already is only to be closed, which takes a moment of the talk that is over.
    resolved |= reached & (settle < habits.settles)[:, :] & (due > 0)
    time = np.zeros(futures)
    pause, missed = habits.pause.total_seconds(), habits.missed.total_seconds()
    while True:
        open_now = pending & (due > time)
        alive = open_now.any(axis=0)
        if not alive.any():
            break
        waits = np.where(open_now, ready, np.inf)
        time = np.where(alive, np.maximum(time, waits.min(axis=0)), time)
        can = open_now & (ready <= time) & (due > time)
        chosen = can.argmax(axis=0)
        acts = can[chosen, columns]
        pending &= due > time  # what ran out while nothing could be done
        row, column = chosen[acts], columns[acts]
        nth = np.minimum(made[row, column], tries - 1)
        attempted[row, column] = True
        made[row, column] += 1
        spoke = answer[row, nth, column] < answers[row]
        lasts = np.where(spoke, talk[row, column], missed)
        end = time[column] + lasts
        time[column] = end
        reached[row, column] |= spoke
        settled = spoke & (settle[row, column] < habits.settles) & (end <= due[row, 0])
        resolved[row, column] |= settled
        pending[row, column] = ~spoke & (made[row, column] < tries)
        ready[row, column] = clock.given(clock.moment(end) + pause)
    return {
        ticket.ref: Chances(*(float(one[row].mean()) for one in (attempted, reached, resolved)))
        for row, ticket in enumerate(tickets)
    }


def _number(ref: str) -> int:
    """Return a number of a ticket's own for its draws."""
    return int.from_bytes(ref.encode()[-8:].rjust(8, b"\0"))
