"""Models against a baseline, replication by replication.

In one replication all models meet the same citizens (keyed draws), so the differences within replications vary much less
than the models do. For several models at once the intervals are simultaneous: all of them hold together with the level.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from erreichbar.lab.statistics.intervals import LEVEL, Interval, TooFew, around, student

DRAWS = 100_000
"""How many draws find Dunnett's critical value; its own error is then about 0.3 %."""


class Method(StrEnum):
    """How several intervals are made to hold together."""

    BONFERRONI = "bonferroni"
    """Each with its share of what may go wrong. Assumes nothing of how the models depend on each other; a little too wide."""
    DUNNETT = "dunnett"
    """By the largest of the deviations together, as dependent as they were seen to be."""


def against_baseline(
    models: ArrayLike, baseline: ArrayLike, method: Method = Method.BONFERRONI, level: float = LEVEL
) -> list[Interval]:
    """Return each model's mean difference to the baseline, with intervals that hold together.

    ``models`` of shape (models, replications), ``baseline`` of shape (replications,), the same replications in the same
    order. Raises ``TooFew`` for fewer than two replications.
    """
    figures = np.atleast_2d(np.asarray(models, dtype=np.float64))
    differences = figures - np.asarray(baseline, dtype=np.float64)[np.newaxis, :]
    count = differences.shape[1]
    if count < 2:
        raise TooFew(count, 2)
    if not np.isfinite(differences).all():
        raise ValueError("one finite figure of each model for each replication")
    factor = critical_value(differences, method, level)
    return [around(difference, factor) for difference in differences]


def critical_value(differences: NDArray[np.float64], method: Method, level: float = LEVEL) -> float:
    """Return how many standard errors to either side make intervals of ``differences`` (models, replications) hold together.

    Dunnett: A multiple comparison procedure for comparing several treatments with a control, JASA 50 (1955), here with
    the correlation of the paired differences (Hothorn, Bretz, Westfall: Simultaneous inference in general parametric
    models, Biometrical Journal 50 (2008)). ``scipy.stats.dunnett`` wants independent groups of one variance, which models
    that met the same citizens are not. The correlation is itself estimated, so with few replications Bonferroni is safer.
    """
    width, count = differences.shape
    if method is Method.BONFERRONI or width == 1:
        return student(1.0 - (1.0 - level) / 2.0 / width, count - 1)
    return _largest(_correlation(differences), count - 1, level)


def _correlation(differences: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the correlation of rows; one that does not vary goes with no other."""
    centred = differences - differences.mean(axis=1, keepdims=True)
    lengths = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    scaled = np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 0)
    found: NDArray[np.float64] = scaled @ scaled.T
    np.fill_diagonal(found, 1.0)
    return found


def _largest(correlation: NDArray[np.float64], freedom: int, level: float) -> float:
    """Return the quantile of the largest of correlated Student variates, always by the same draws."""
    draws = np.random.Generator(np.random.Philox(key=1955))
    values, vectors = np.linalg.eigh(correlation)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    normal = draws.standard_normal((DRAWS, len(correlation))) @ root.T
    scale = np.sqrt(draws.chisquare(freedom, DRAWS) / freedom)
    return float(np.quantile(np.abs(normal).max(axis=1) / scale, level))
