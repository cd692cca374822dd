"""Queues whose next step depends only on how many are in them: stationary law, and how long a simulation must be.

States 0, 1, 2, …; from ``k`` up at rate ``births[k]``, down at rate ``deaths[k]``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BirthDeath:
    """A birth–death process of ``len(births)`` states. Rates per unit of time; the last birth rate is not used.

    Raises ``ValueError`` if the rates do not fit each other or a death rate but the first is not positive.
    """

    births: Floats
    deaths: Floats

    def __post_init__(self) -> None:
        if self.births.shape != self.deaths.shape or self.births.ndim != 1 or not len(self.births):
            raise ValueError("births and deaths are one rate for each state")
        if not ((self.births[:-1] > 0).all() and (self.deaths[1:] > 0).all()):
            raise ValueError("up from all states but the last, and down from all but the first, the rates are positive")

    def stationary(self) -> Floats:
        """Return the stationary probability of each state, by detailed balance in logarithms."""
        steps = np.log(self.births[:-1]) - np.log(self.deaths[1:])
        weights = np.concatenate([[0.0], np.cumsum(steps)])
        found = np.exp(weights - weights.max())
        return np.asarray(found / found.sum())

    def steps(self, cost: Floats) -> Floats:
        """Return, for each state but the last, how much dearer it is in the long run to start one state higher.

        It is V(k+1) − V(k) of the solution V of Poisson's equation A V = mean(cost) − cost, where A is the generator and
        ``cost`` what each state costs per unit of time. States that practically never occur get their neighbour's value.
        Whitt: Asymptotic formulas for Markov processes with applications to simulation, Operations Research 40 (1992).
        """
        law = self.stationary()
        mean = float(law @ cost)
        excess = (cost - mean) * law
        # One sum from below, one from above: each where it does not cancel.
        below = np.cumsum(excess)
        above = np.cumsum(excess[::-1])[::-1]
        median = int(np.searchsorted(np.cumsum(law), 0.5))
        flow = np.concatenate([below[:median], -above[median + 1 :]])
        known = law[:-1] > 1e-280
        found = np.zeros(len(flow))
        found[known] = -flow[known] / (self.births[:-1][known] * law[:-1][known])
        if not known.any():
            return found
        first, last = np.flatnonzero(known)[[0, -1]]
        found[:first], found[last + 1 :] = found[first], found[last]
        return found

    def variance_constant(self, cost: Floats) -> float:
        """Return σ² such that the mean of ``cost`` over a long time T has variance σ²/T (Whitt 1992)."""
        law = self.stationary()
        flow = self.births[:-1] * law[:-1]
        return float(2.0 * (flow * self.steps(cost) ** 2).sum())

    def correlation_time(self, cost: Floats) -> float:
        """Return after how much time the cost has been forgotten: σ²/(2 Var(cost)); 0 if it does not vary."""
        law = self.stationary()
        spread = float(law @ (cost - float(law @ cost)) ** 2)
        return self.variance_constant(cost) / (2.0 * spread) if spread > 0 else 0.0
