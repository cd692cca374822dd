"""When are there enough replications? When the interval is as narrow as wished, and not before there are some.

Who looks after every replication and stops at the first narrow interval stops too often where the variance was
underestimated by chance; the interval then covers less than it says. Against that: a minimum, a stricter target, and looks
that become rarer.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from erreichbar.lab.statistics.intervals import LEVEL, mean_interval


@dataclass(frozen=True, slots=True)
class Stopping:
    """A rule that stops at a half-width of ``relative`` times the mean.

    At least ``minimum`` replications, each look at ``growth`` times as many as the last, at most ``most``. The target is
    relative/(1 + relative), for the mean is estimated, too (Law: Simulation Modeling and Analysis, 5th ed., 9.4.1). Such a
    rule covers in the limit of small ``relative`` (Glynn, Whitt: The asymptotic validity of sequential stopping rules,
    Annals of Applied Probability 2 (1992)); what it loses before that is mostly lost by early stops (Singham, Schruben:
    Finite-sample performance of absolute precision stopping rules, INFORMS Journal on Computing 24 (2012)). The values here
    are assumptions, held by a coverage test.
    """

    relative: float
    minimum: int = 30
    growth: float = 1.25
    most: int = 10_000

    def __post_init__(self) -> None:
        if not 0 < self.relative < 1 or self.minimum < 2 or self.growth <= 1 or self.most < self.minimum:
            raise ValueError(f"no rule to stop by: {self}")

    def further(self, figures: ArrayLike, level: float = LEVEL) -> int:
        """Return how many more replications to run before the next look, 0 if it is enough (or there are ``most``)."""
        sample = np.asarray(figures, dtype=np.float64)
        count = len(sample)
        if count < self.minimum:
            return self.minimum - count
        if count >= self.most or self.reached(sample, level):
            return 0
        return min(self.most, math.ceil(count * self.growth)) - count

    def reached(self, figures: ArrayLike, level: float = LEVEL) -> bool:
        """Return whether the interval of a sample is as narrow as wished."""
        found = mean_interval(figures, level)
        return found.half_width <= self.relative / (1.0 + self.relative) * abs(found.value)
