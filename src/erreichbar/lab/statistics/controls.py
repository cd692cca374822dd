"""Control variates: what each replication happened to draw, of which the mean is known, explains part of its figure.

If more calls came than expected, people waited longer. How much longer is estimated from the replications themselves, and
taken off. The mean of a control must be known whatever the simulated house does, else the control would hide its faults.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from erreichbar.lab.statistics.intervals import LEVEL, Interval, TooFew, checked, student

FOR_EACH_CONTROL = 10
"""So many replications at least for each control, so that its weight is known well enough. Assumption."""


def controlled(figures: ArrayLike, controls: ArrayLike, level: float = LEVEL) -> Interval:
    """Return the mean of one figure of each replication, as it were if every control had met its mean, with its interval.

    ``controls`` are of shape (replications, controls), each with the known mean 0. A control that never varies is left out.
    The weights are those of linear regression; the interval is Student's with as many degrees of freedom fewer.
    Lavenberg, Welch: A perspective on the use of control variables to increase the efficiency of Monte Carlo simulations,
    Management Science 27 (1981). Raises ``TooFew`` for fewer than ten replications for each control.
    """
    sample = checked(figures)
    known = np.asarray(controls, dtype=np.float64)
    if known.ndim != 2 or known.shape[0] != len(sample) or not np.isfinite(known).all():
        raise ValueError("one finite value of each control for each replication")
    known = known[:, np.ptp(known, axis=0) > 0]
    count, width = known.shape
    if count < max(2, FOR_EACH_CONTROL * width):
        raise TooFew(count, FOR_EACH_CONTROL * width)
    # Each to spread 1, so that the equations are as good as they can be.
    scaled = known / known.std(axis=0)
    design = np.column_stack([np.ones(count), scaled])
    weights, *_ = np.linalg.lstsq(design, sample, rcond=None)
    left = sample - design @ weights
    freedom = count - width - 1
    variance = float(left @ left) / freedom
    # The intercept's variance: how far the controls' means were off counts, too.
    spread = float(np.linalg.pinv(design.T @ design)[0, 0])
    reach = student(0.5 + level / 2.0, freedom) * math.sqrt(variance * spread)
    value = float(weights[0])
    return Interval(value, value - reach, value + reach)
