"""The office's loop on an office that reduces to the queue M/M/n or M/M/n+M, beside what can be calculated.

One class of callers, no wrap-up, no ringing, open for ever: the features that this office does not use are compiled out, but it
is the loop of every office. What it finds must be what ``closed_forms`` calculates.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from erreichbar import access
from erreichbar.lab.closed_forms import Unstable, Waiting
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.engine.shapes import Days, Innovations, Law, Plan, Seed, Sums, Window
from erreichbar.lab.statistics import Interval, controlled, ratio_interval

OVER_S = 20.0
"""The wait that ``p_wait_over_20s`` is about."""
REPLICATIONS = 100
FEWEST_CALLS = 2_000
"""Fewer calls make replications of less than 20 calls each, which say nothing."""
_WARM_UP = 20.0
"""So many correlation times of the queue are left out at the beginning; after them e^-20 of the empty start is left."""
_FINE = 100_000
"""A clock is chosen on which nothing takes less than so many ticks on average, so that whole ticks round nothing away."""
_HALF_HOURS = 8
"""A day of this office is short: where in a longer one a call comes is found by looking through all its half hours."""
_DAY_MS = _HALF_HOURS * 1_800_000
_HOUR_S = 3600.0
_COARSE = 1_000
_LONGEST_TICKS = 10_000_000_000_000
FIGURES = ("p_wait", "mean_wait_s", "p_abandon", "p_wait_over_20s", "occupancy")


class CannotAsk(ValueError):
    """A queue that has no answer: it never settles, or its times are too far apart."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Question:
    """A queue, and how long to simulate it. ``patience_s`` none: nobody ever hangs up. ``calls``: measured, about so many."""

    arrivals_per_hour: float
    service_s: float
    servers: int
    patience_s: float | None = None
    calls: int = 1_000_000
    seed: int = 1

    def exact(self) -> Waiting:
        """Return the queue as it can be calculated, times in seconds. Raises ``CannotAsk``."""
        impatience = 0.0 if self.patience_s is None else 1.0 / self.patience_s
        try:
            return Waiting(self.arrivals_per_hour / _HOUR_S, 1.0 / self.service_s, self.servers, impatience)
        except Unstable as unstable:
            raise self._unstable(unstable.load) from None

    def _unstable(self, load: float) -> CannotAsk:
        needed, fewer = math.floor(load) + 1, self.servers * _HOUR_S / self.service_s
        return CannotAsk(
            f"Instabil: {load:.6g} Erlang Last auf {self.servers} Plätzen, und niemand legt auf. Die Schlange würde ohne Ende "
            f"wachsen. Stabil wäre: mindestens {needed} Plätze, oder weniger als {fewer:.6g} Anrufe je Stunde, oder "
            "Anrufende, die auflegen (--patience).",
            f"Unstable: a load of {load:.6g} Erlang on {self.servers} servers, and nobody hangs up. The queue would grow without "
            f"end. Stable would be: at least {needed} servers, or fewer than {fewer:.6g} arrivals an hour, or callers who "
            "hang up (--patience).",
        )


def ask(question: Question, workers: int = 1, progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """Return what the loop finds and what can be calculated, as JSON values; the same for any number of workers.

    ``simulated``: with what is known of the draws taken into account (``statistics.controlled``); ``plain``: without.
    Raises ``CannotAsk``.
    """
    exact = question.exact()
    course = _Course(question, exact)
    jobs = (delayed(course.replication)(number) for number in range(REPLICATIONS))
    sums = []
    for done, found in enumerate(Parallel(n_jobs=workers, prefer="threads", return_as="generator")(jobs), 1):
        sums.append(found)
        if progress:
            progress(done, REPLICATIONS)
    found = np.array(sums)
    totals, controls = course.totals(found), course.controls(found)
    counts = dict.fromkeys(FIGURES, found[:, Sums.OFFERED]) | {"occupancy": np.full(REPLICATIONS, course.seats)}
    expected = dict.fromkeys(FIGURES, course.expected) | {"occupancy": course.seats}
    true = (exact.p_wait, exact.mean_wait, exact.p_abandon, exact.p_wait_over(OVER_S), exact.occupancy)
    return {
        "simulated": {name: _told(controlled(totals[name] / expected[name], controls)) for name in FIGURES},
        "exact": {name: {"value": value, "ci95": [value, value]} for name, value in zip(FIGURES, true, strict=True)},
        "plain": {name: _told(ratio_interval(totals[name], counts[name])) for name in FIGURES},
        "calls": int(np.array(sums)[:, Sums.OFFERED.value].sum()),
        "replications": REPLICATIONS,
        "warm_up_s": course.warm_up_s,
        "seed": question.seed,
    }


def _told(found: Interval) -> dict[str, Any]:
    return {"value": found.value, "ci95": [found.low, found.high]}


class _Course:
    """How each replication goes: its length, its clock, and what is watched."""

    def __init__(self, question: Question, exact: Waiting) -> None:
        self.question, self.exact = question, exact
        preset = access.load("service-centre").rules
        self.rules = preset._replace(places=-1, places_per_agent=-1.0, longest_wait_ms=-1)
        gap_s = 1.0 / exact.arrival_rate
        self.window_s = question.calls / REPLICATIONS * gap_s
        chain = exact.process()
        waiting = np.maximum(0.0, np.arange(len(chain.births)) - question.servers)
        # Near the limit of stability the beginning is never quite over; more than is measured is not left out.
        self.warm_up_s = min(_WARM_UP * chain.correlation_time(waiting) + question.service_s, self.window_s)
        shortest = min(gap_s, question.service_s / question.servers, question.patience_s or math.inf)
        self.ticks_per_s = 1000.0 * 10.0 ** max(0, math.ceil(math.log10(_FINE / (1000.0 * shortest))))
        while (self.warm_up_s + self.window_s) * self.ticks_per_s > _LONGEST_TICKS:
            self.ticks_per_s /= 10.0
        if shortest * self.ticks_per_s < _COARSE:
            raise CannotAsk(
                "Die Zeiten liegen zu weit auseinander: zwischen zwei Anrufen vergeht sehr viel mehr Zeit, als ein Gespräch "
                "oder die Geduld dauert. Bitte weniger Anrufe (--calls) oder andere Zeiten wählen.",
                "The times are too far apart: between two calls passes very much more time than a conversation or patience "
                "lasts. Please choose fewer calls (--calls) or other times.",
            )
        steps = chain.steps(waiting)
        # From k calls up, and from k calls down, by what one call more costs in the long run (seconds of waiting).
        self.up = np.append(steps, steps[-1:])
        self.down = -np.concatenate([[0.0], steps])

    def plan(self, number: int) -> Plan:
        """Return what one replication follows."""
        question, ticks = self.question, self.ticks_per_s
        start, end = round(self.warm_up_s * ticks), round((self.warm_up_s + self.window_s) * ticks)
        patience = None if question.patience_s is None else Law(-1.0, question.patience_s * ticks)
        rate = self.exact.arrival_rate / ticks
        return Plan(
            seed=Seed(question.seed, number),
            days=constant_days(rate, end),
            talk=Law(-1.0, question.service_s * ticks),
            rules=self.rules,
            window=Window(start, end, round(OVER_S * ticks)),
            patience=patience,
            innovations=Innovations(
                self.up / ticks, self.down / ticks, rate, 1.0 / (question.service_s * ticks),
                0.0 if patience is None else 1.0 / patience.mean,
            ),
        )  # fmt: skip

    def replication(self, number: int) -> NDArray[np.float64]:
        """Run one replication; returns its sums."""
        return drive(self.plan(number), np.arange(self.question.servers)).sums

    @property
    def expected(self) -> float:
        """How many calls are expected in the window of a replication."""
        return self.window_s * self.exact.arrival_rate

    @property
    def seats(self) -> float:
        """The servers' time in the window of a replication, in ticks."""
        return self.window_s * self.ticks_per_s * self.question.servers

    def totals(self, sums: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """Return what each figure adds up to in each replication.

        Over the calls that were expected it has no bias; over those that came it would have, for the mean of a ratio is
        not the ratio of the means.
        """
        return {
            "p_wait": sums[:, Sums.WAITED],
            "mean_wait_s": sums[:, Sums.WAIT_MS] / self.ticks_per_s,
            "p_abandon": sums[:, Sums.ABANDONED],
            "p_wait_over_20s": sums[:, Sums.WAITED_OVER],
            "occupancy": sums[:, Sums.TALK_MS],
        }

    def controls(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is known of each replication's draws (replications, 2); the mean of both is 0."""
        return np.column_stack([sums[:, Sums.SURPRISE], sums[:, Sums.OFFERED] / self.expected - 1.0])


def constant_days(rate: float, horizon: int) -> Days:
    """Return days on which calls come at one rate (calls a tick) day and night, until ``horizon`` (ticks)."""
    count = horizon // _DAY_MS + 1
    profile = np.arange(1.0, _HALF_HOURS + 1.0)[np.newaxis, :]
    return Days(
        keys=np.arange(count, dtype=np.int64),
        starts=np.arange(count, dtype=np.int64) * _DAY_MS,
        totals=np.full(count, rate * _DAY_MS),
        profiles=np.zeros(count, dtype=np.int64),
        cumulated=profile,
        tops=np.nextafter(profile[:, -1], 0.0),
        horizon=horizon,
    )
