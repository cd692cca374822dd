"""Classes of callers, the first most urgent, with one mean service time: who waits how long on average?

Poisson arrivals, exponential service, first come first served within a class.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from erreichbar.lab.closed_forms.erlang import Unstable, erlang_c


def non_preemptive(arrival_rates: Sequence[float], service_rate: float, servers: int) -> list[float]:
    """Return each class's mean wait if whoever is being served is served to the end.

    Cobham: Priority assignment in waiting line problems, Operations Research 2 (1954). Raises ``Unstable``.
    """
    full = servers * service_rate
    shares = [0.0, *(rate / full for rate in accumulate(arrival_rates))]
    busy = erlang_c(servers, shares[-1] * servers)
    return [busy / full / ((1.0 - before) * (1.0 - upto)) for before, upto in pairwise(shares)]


def preemptive_resume(arrival_rates: Sequence[float], service_rate: float, servers: int) -> list[float]:
    """Return each class's mean time not served, if the more urgent interrupt and the interrupted go on later.

    Nobody notices who is less urgent, so the first k classes are M/M/n by themselves. White, Christie: Queuing with
    preemptive priorities or with breakdown, Operations Research 6 (1958); with several servers and one service rate by the same
    argument. Raises ``Unstable``.
    """
    found = []
    known, total = 0.0, 0.0
    for rate in arrival_rates:
        total += rate
        load = total / service_rate
        if load >= servers:
            raise Unstable(load, servers)
        waiting = erlang_c(servers, load) * load / (servers - load)
        found.append((waiting - known) / rate)
        known = waiting
    return found
