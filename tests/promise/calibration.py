"""Offices whose future is known, to hold forecasts against: one that follows the model, and three that do not.

All have the same tickets and the same forecast, made from the same assumptions. What then comes is one future drawn by the plain
simulation (``plain_desk``), with talks as the office really has them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.office.periods import Periods, joined
from erreichbar.promise.forecast import Habits, Lasting, OpenTicket, chances
from tests.promise.plain_desk import NOW, Desk, one_future

HOUR = timedelta(hours=1)
ASSUMED = Habits(settles=0.97)
"""What the forecast assumes of all of them. More talks settle the matter than elsewhere, so that all tenths are filled."""
PARTS = ("attempted", "reached", "resolved")
Floats = NDArray[np.float64]
Talks = Callable[[np.random.Generator, int], Floats]


def _as_assumed(random: np.random.Generator, number: int) -> Floats:
    return ASSUMED.talk.draw(random, (number,))


def _heavier_tail(random: np.random.Generator, number: int) -> Floats:
    return Lasting(ASSUMED.talk.mean_min / 2.5, ASSUMED.talk.mean_min).draw(random, (number,))


def _longer(random: np.random.Generator, number: int) -> Floats:
    return 1.5 * ASSUMED.talk.draw(random, (number,))


def _good_and_bad_days(random: np.random.Generator, number: int) -> Floats:
    of_the_day = np.exp(0.6 * random.standard_normal() - 0.18)
    return np.asarray(of_the_day * ASSUMED.talk.draw(random, (number,)))


OFFICES: dict[str, tuple[str, Talks]] = {
    "model": ("talks as the model has them", _as_assumed),
    "tail": ("the same mean, a heavier tail (median 3.2 min instead of 6)", _heavier_tail),
    "longer": ("talks half as long again as assumed", _longer),
    "days": (
        "good and bad days: all talks of a desk longer or shorter together, the mean as assumed",
        _good_and_bad_days,
    ),
}
"""Each office in words, and how long its talks at one desk take (s)."""


@dataclass(frozen=True)
class Outcome:
    """By ticket (rows) and part (columns) what was said (0 to 1) and what came in each office (0 or 1)."""

    said: Floats
    came: dict[str, Floats]
    futures: int


class Tenth(NamedTuple):
    """The tickets of which a probability in one tenth was said: how many, which mean was said, which share came.

    ``deviations`` is their difference in standard deviations of as many independent draws with those probabilities, and
    of the forecast's own futures.
    """

    number: int
    said: float
    came: float
    deviations: float


def play(desks: int, futures: int, seed: int) -> Outcome:
    """Forecast the tickets of many desks, and let one future of each office come."""
    random = np.random.default_rng(seed)
    held, free = {}, {}
    for desk in range(desks):
        held[f"p{desk}"], free[f"p{desk}"] = _desk(random, desk)
    tickets = [ticket for those in held.values() for ticket in those]
    told = chances(tickets, free, NOW, ASSUMED, futures=futures, seed=seed)
    said = np.array([told[ticket.ref] for ticket in tickets])
    came = {}
    for number, (name, (_, talks)) in enumerate(OFFICES.items()):
        its = np.random.default_rng([seed, number + 1])
        came[name] = np.array(
            [row for person, those in held.items() for row in _future(its, those, free[person], talks)]
        )
    return Outcome(said, came, futures)


def tenths(outcome: Outcome, office: str, part: int) -> list[Tenth | None]:
    """Return what was said and what came in each tenth of probability, none for a tenth without tickets."""
    said, came = outcome.said[:, part], outcome.came[office][:, part]
    found: list[Tenth | None] = []
    for tenth in range(10):
        these = np.minimum((said * 10).astype(int), 9) == tenth
        p, q = said[these], came[these]
        if not len(p):
            found.append(None)
            continue
        # One more than drawn: a probability said as 0 or 1 is only known to about one in ``futures``.
        error = float(np.sqrt((p * (1 - p) * (1 + 1 / outcome.futures)).sum() + 1))
        found.append(Tenth(len(p), float(p.mean()), float(q.mean()), float(q.sum() - p.sum()) / error))
    return found


def brier(outcome: Outcome, office: str, part: int) -> tuple[float, float]:
    """Return the Brier score (mean squared error) of what was said, and of saying the share that came of every ticket."""
    said, came = outcome.said[:, part], outcome.came[office][:, part]
    return float(((said - came) ** 2).mean()), float(((came.mean() - came) ** 2).mean())


def _desk(random: np.random.Generator, desk: int) -> tuple[list[OpenTicket], Periods]:
    """Draw a desk: from idle to hopeless, with few free minutes or many."""
    hours = float(random.uniform(0.2, 4))
    starts = [day * 24 + float(random.uniform(0, 8 - hours)) for day in range(3)]
    free = joined((NOW + start * HOUR, NOW + (start + hours) * HOUR) for start in starts)
    tickets = []
    for number in range(int(random.integers(2, 26))):
        written = random.random() < 0.15
        tried = int(random.integers(1, 3)) if random.random() < 0.3 and not written else 0
        last = NOW - float(random.uniform(0, 6)) * HOUR if tried else None
        due = NOW + float(random.uniform(0.2, 48)) * HOUR
        tickets.append(OpenTicket(f"{desk}.{number}", f"p{desk}", "any", due, tried, last, written=written))
    return tickets, free


def _future(random: np.random.Generator, tickets: list[OpenTicket], free: Periods, talks: Talks) -> Floats:
    number = len(tickets)
    answers, settles = random.random((number, ASSUMED.attempts)), random.random(number)
    lasts = talks(random, number)
    answers[[ticket.written for ticket in tickets]] = 0.0  # below any share: there is no telephone to be caught at
    draws = {
        ticket.ref: (answers[n].tolist(), float(settles[n]), float(lasts[n])) for n, ticket in enumerate(tickets)
    }  # fmt: skip
    came = one_future(tickets, Desk(free, ASSUMED.share), ASSUMED, draws)
    return np.array([came[ticket.ref] for ticket in tickets], dtype=np.float64)
