"""The mean of a figure over independent replications, and how sure it is."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.95
FURTHEST = 2.0
"""So many times as far as Student's interval does one reach at most on the side to which a sample is skewed."""


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
    """Return the mean of one figure of each replication with Student's interval, longer where they are skewed (``around``).

    Raises ``TooFew`` for fewer than two replications. Student: The probable error of a mean, Biometrika 6 (1908).
    """
    sample = checked(figures)
    return around(sample, student(0.5 + level / 2.0, len(sample) - 1))


def around(sample: NDArray[np.float64], factor: float) -> Interval:
    """Return the mean of a sample with what lies ``factor`` standard errors to either side, or further on the side of rare values.

    Most replications may be good and a few bad; Student's interval then misses the true mean on the bad side more often than it
    says. To either side this one reaches as far as Hall's transformation says, which takes the sample's skewness off the mean's law,
    but at least as far as Student's and at most ``FURTHEST`` times: the skewness is itself estimated. Hall: On the removal of
    skewness by transformation, Journal of the Royal Statistical Society B 54 (1992).
    """
    mean, error = float(sample.mean()), standard_error(sample)
    lean = _skewness(sample) / math.sqrt(len(sample))
    below, above = (
        factor * float(np.clip(_straightened(side * factor, lean) / (side * factor), 1.0, FURTHEST)) for side in (1, -1)
    )
    return Interval(mean, mean - below * error, mean + above * error)


def _skewness(sample: NDArray[np.float64]) -> float:
    """Return the sample's skewness, corrected for its size; 0 for fewer than three or if they do not differ."""
    count, apart = len(sample), sample - sample.mean()
    square = float((apart**2).mean())
    if count < 3 or square <= 0.0:
        return 0.0
    return float((apart**3).mean()) / math.pow(square, 1.5) * math.sqrt(count * (count - 1)) / (count - 2)


def _straightened(errors: float, lean: float) -> float:
    """Return how many standard errors of a sample that leans (skewness over the root of its size) are as likely as so many without."""
    if abs(lean) < 1e-6:
        return errors
    return 3.0 / lean * (float(np.cbrt(1.0 + lean * (errors - lean / 6.0))) - 1.0)


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
    return mean_interval(value + (sample - value * of) / of.mean(), level)


def standard_error(sample: NDArray[np.float64]) -> float:
    """Return the estimated standard deviation of the mean of a sample of at least two."""
    return float(sample.std(ddof=1)) / math.sqrt(len(sample))


def student(part: float, freedom: int) -> float:
    """Return the quantile of Student's law: what ``scipy.stats.t.ppf`` calls."""
    # Imported when it is first asked for, and not ``scipy.stats``: a comparison is to say its first results soon.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, part))


def checked(figures: ArrayLike) -> NDArray[np.float64]:
    """Return a sample as an array. Raises ``TooFew`` for fewer than two, ``ValueError`` for what is no sample."""
    sample = np.asarray(figures, dtype=np.float64)
    if sample.ndim != 1 or not np.isfinite(sample).all():
        raise ValueError("one finite figure for each replication")
    if len(sample) < 2:
        raise TooFew(len(sample), 2)
    return sample
