"""The mean of a figure over independent replications, and how sure it is."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

LEVEL = 0.95
# Student's quantile is ``special.stdtrit``: ``scipy.stats``, which only calls it, takes as long to import as all else together.


class TooFew(ValueError):
    """There are too few replications to say how sure a mean is."""

    def __init__(self, has: int, needs: int) -> None:
        self.has, self.needs = has, needs
        super().__init__(f"{has} replications are too few; it takes at least {needs}")


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its confidence interval, both ends included."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2.0

    def holds(self, truth: float) -> bool:
        """Return whether the interval contains ``truth``."""
        return self.low <= truth <= self.high


def mean_interval(figures: ArrayLike, level: float = LEVEL) -> Interval:
    """Return the mean of one figure of each replication with Student's interval.

    Raises ``TooFew`` for fewer than two replications. Student: The probable error of a mean, Biometrika 6 (1908).
    """
    sample = checked(figures)
    reach = float(special.stdtrit(len(sample) - 1, 0.5 + level / 2.0)) * standard_error(sample)
    mean = float(sample.mean())
    return Interval(mean, mean - reach, mean + reach)


def ratio_interval(totals: ArrayLike, counts: ArrayLike, level: float = LEVEL) -> Interval:
    """Return the mean over all calls (or whatever is counted) of all replications, with its interval over replications.

    ``totals`` and ``counts`` are one of each for each replication. The mean of the replications' own means would have a bias
    of one over the count of one replication; this one's is smaller by as much as there are replications. Cochran: Sampling
    Techniques, 3rd ed. (1977), 6.3. Raises ``TooFew`` for fewer than two replications, ``ValueError`` if nothing was counted.
    """
    sample, of = checked(totals), checked(counts)
    if sample.shape != of.shape or of.sum() <= 0:
        raise ValueError("a total and a count for each replication, not all of them 0")
    value = float(sample.sum() / of.sum())
    left = (sample - value * of) / of.mean()
    error = math.sqrt(float(left @ left) / (len(left) - 1) / len(left))
    reach = float(special.stdtrit(len(left) - 1, 0.5 + level / 2.0)) * error
    return Interval(value, value - reach, value + reach)


def standard_error(sample: NDArray[np.float64]) -> float:
    """Return the estimated standard deviation of the mean of a sample of at least two."""
    return float(sample.std(ddof=1)) / math.sqrt(len(sample))


def checked(figures: ArrayLike) -> NDArray[np.float64]:
    """Return a sample as an array. Raises ``TooFew`` for fewer than two, ``ValueError`` for what is no sample."""
    sample = np.asarray(figures, dtype=np.float64)
    if sample.ndim != 1 or not np.isfinite(sample).all():
        raise ValueError("one finite figure for each replication")
    if len(sample) < 2:
        raise TooFew(len(sample), 2)
    return sample
