"""How much of the beginning of a run is not yet the ordinary state, and is left out?"""

import numpy as np
from numpy.typing import ArrayLike

BATCH = 5
"""So many observations are averaged before looking (MSER-5)."""


class RunTooShort(ValueError):
    """Half of a run is not enough to get over its beginning: it says nothing of the ordinary state."""


def mser(course: ArrayLike, batch: int = BATCH) -> int:
    """Return how many observations at the beginning of a run to delete, a multiple of ``batch``.

    ``course`` is the figure over time in equal steps, best the mean over replications. What is deleted leaves the rest with
    the smallest standard error of its mean: White: An effective truncation heuristic for bias reduction in simulation output,
    Simulation 69 (1997); White, Cobb, Spratt: A comparison of five steady-state truncation heuristics, WSC 2000. Looked for in
    the first half only; raises ``RunTooShort`` if the best place is the end of it.
    """
    given = np.asarray(course, dtype=np.float64)
    count = len(given) // batch
    if count < 4 or not np.isfinite(given).all():
        raise RunTooShort(f"{len(given)} observations; at least {4 * batch} finite ones are needed")
    means = given[: count * batch].reshape(count, batch).mean(axis=1)
    # From each place to the end: the sum of squares about the mean, over the square of the number.
    left = np.arange(count, 0, -1)
    shifted = means - means.mean()
    total = np.cumsum(shifted[::-1])[::-1]
    squares = np.cumsum((shifted**2)[::-1])[::-1]
    error = np.maximum(0.0, squares - total**2 / left) / left**2
    half = count // 2
    best = int(np.argmin(error[: half + 1]))
    if best == half:
        raise RunTooShort(f"after {half * batch} of {len(given)} observations the beginning is still not over")
    return best * batch
