"""What the forecast is asked about and what it rests on: open tickets, and how callbacks go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something takes: log-normal, by its median and mean (minutes, the mean at least the median)."""

    median_min: float
    mean_min: float

    def __post_init__(self) -> None:
        if not 0 < self.median_min <= self.mean_min:
            raise ValueError("A duration needs 0 < median_min <= mean_min.")

    def draw(self, random: np.random.Generator, size: tuple[int, ...]) -> NDArray[np.float64]:
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
