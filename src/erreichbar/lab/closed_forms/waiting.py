"""The queue M/M/n and M/M/n+M: Poisson arrivals, exponential service, and callers who hang up after an exponential time.

With impatience: Palm: Research on telephone traffic carried by full availability groups, Tele (1957); Garnett, Mandelbaum,
Reiman: Designing a call center with impatient customers, Manufacturing & Service Operations Management 4 (2002).
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from erreichbar.lab.closed_forms.birth_death import BirthDeath
from erreichbar.lab.closed_forms.erlang import Unstable, log_erlang_b

_NEGLIGIBLE = 45.0
"""A probability smaller than the largest by this factor (natural logarithm) no longer counts: 3e-20."""
_CHUNK = 4096
_MOST = 20_000_000


@dataclass(frozen=True)
class Waiting:
    """A queue in equilibrium. Rates per unit of time, ``abandon_rate`` 0: nobody ever hangs up.

    All figures are over all arrivals, those who hang up included. Raises ``Unstable`` without impatience if the load is not
    less than the servers, ``ValueError`` for rates or servers that are no queue.
    """

    arrival_rate: float
    service_rate: float
    servers: int
    abandon_rate: float = 0.0

    def __post_init__(self) -> None:
        rates = (self.arrival_rate, self.service_rate)
        if not all(0 < rate < math.inf for rate in rates) or not 0 <= self.abandon_rate < math.inf or self.servers < 1:
            raise ValueError(f"no queue: {self}")
        if self.abandon_rate == 0 and self.load >= self.servers:
            raise Unstable(self.load, self.servers)

    @property
    def load(self) -> float:
        """Arrivals per mean service time, in Erlang."""
        return self.arrival_rate / self.service_rate

    @cached_property
    def all_busy(self) -> NDArray[np.float64]:
        """The stationary probability that all servers are busy and j wait, for j = 0, 1, … as far as it counts."""
        steps = self._log_steps()
        most = float(steps.max())
        above = np.exp(steps - most)
        # Below, the law is that of Erlang's loss system: the sum up to n, over the state n, is 1/B.
        log_b = log_erlang_b(self.servers, self.load)
        log_below = (math.log(-math.expm1(log_b)) if log_b < 0 else -math.inf) - log_b - most
        return np.asarray(above * math.exp(-np.logaddexp(math.log(above.sum()), log_below)))

    def _log_steps(self) -> NDArray[np.float64]:
        """Return the logarithms of the probabilities of j who wait, against nobody waiting."""
        full = self.servers * self.service_rate
        parts = [np.zeros(1)]
        last, most, first = 0.0, 0.0, 1
        while True:
            waiting = np.arange(first, first + _CHUNK, dtype=float)
            part = last + np.cumsum(math.log(self.arrival_rate) - np.log(full + waiting * self.abandon_rate))
            parts.append(part)
            first, last, most = first + _CHUNK, float(part[-1]), max(most, float(part.max()))
            falls = self.arrival_rate < full + first * self.abandon_rate
            if falls:
                ratio = self.arrival_rate / (full + first * self.abandon_rate)
                # What is left out is at most a geometric series from here on.
                if last - math.log1p(-ratio) < most - _NEGLIGIBLE:
                    found = np.concatenate(parts)
                    return found[: np.flatnonzero(found > most - _NEGLIGIBLE - 20.0)[-1] + 2]
            if first > _MOST:
                raise ValueError(f"too many would wait to be calculated: {self}")

    @cached_property
    def p_wait(self) -> float:
        """P(W > 0): the part of arrivals that find nobody free."""
        return float(self.all_busy.sum())

    @cached_property
    def mean_queue(self) -> float:
        """E[Q]: how many wait on average."""
        return float(self.all_busy @ np.arange(len(self.all_busy)))

    @property
    def mean_wait(self) -> float:
        """E[W], until answered or hung up, by Little's law."""
        return self.mean_queue / self.arrival_rate

    @property
    def p_abandon(self) -> float:
        """P(Ab): the part that hangs up. As much hangs up as waits times how impatiently."""
        return self.abandon_rate * self.mean_wait

    @property
    def occupancy(self) -> float:
        """The part of the servers' time in which they serve."""
        return self.load * (1.0 - self.p_abandon) / self.servers

    def p_offered_wait_over(self, time: float) -> float:
        """P(V > t): the part that would have to wait longer than ``time``, if they were patient enough."""
        if time < 0:
            return 1.0
        if self.p_wait == 0:
            return 0.0
        full = self.servers * self.service_rate
        ahead = np.arange(len(self.all_busy), dtype=float)
        if self.abandon_rate == 0:
            # The (j+1)-th departure comes later than t: the Poisson probability of at most j.
            later = special.gammaincc(ahead + 1.0, full * time)
        else:
            later = special.betainc(full / self.abandon_rate, ahead + 1.0, math.exp(-self.abandon_rate * time))
        return float(self.all_busy @ later)

    def p_wait_over(self, time: float) -> float:
        """P(min(V, R) > t): the part that waits longer than ``time``, answered later or not."""
        return math.exp(-self.abandon_rate * max(0.0, time)) * self.p_offered_wait_over(time)

    def process(self) -> BirthDeath:
        """Return the number in the queue, those in service included, as a process."""
        states = np.arange(self.servers + len(self.all_busy), dtype=float)
        waiting = np.maximum(0.0, states - self.servers)
        deaths = np.minimum(states, self.servers) * self.service_rate + waiting * self.abandon_rate
        return BirthDeath(np.full(len(states), self.arrival_rate), deaths)
