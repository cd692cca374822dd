"""Loss and delay: the formulas B and C.

Erlang: Solution of some problems in the theory of probabilities of significance in automatic telephone exchanges,
Elektroteknikeren 13 (1917).
"""

import math

from scipy import special


class Unstable(ValueError):
    """The queue would grow without bound: on average as much work comes in as can be done, or more."""

    def __init__(self, load: float, servers: int) -> None:
        self.load, self.servers = load, servers
        super().__init__(f"unstable: a load of {load:g} Erlang on {servers} servers")


def erlang_b(servers: int, load: float) -> float:
    """Return the part of arrivals that find all servers busy and are lost, in M/G/n/n.

    ``load`` is arrivals per mean service time (Erlang), not negative. Raises ``ValueError`` for less than no servers.
    """
    _check(servers, load)
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def log_erlang_b(servers: int, load: float) -> float:
    """Return the natural logarithm of ``erlang_b``, also where that is too small for a float; −∞ without load."""
    _check(servers, load)
    if load == 0:
        return 0.0 if servers == 0 else -math.inf
    # B is the Poisson probability of n over that of at most n. Where the latter is tiny, B is near 1, and the recursion is
    # exact.
    at_most = special.gammaincc(servers + 1.0, load)
    if at_most < 1e-6:
        return math.log(erlang_b(servers, load))
    return float(servers * math.log(load) - load - special.gammaln(servers + 1.0) - math.log(at_most))


def erlang_c(servers: int, load: float) -> float:
    """Return the part of arrivals that have to wait in M/M/n, where everybody waits as long as it takes.

    Raises ``Unstable`` if the load is not less than the servers.
    """
    _check(servers, load)
    if load >= servers:
        raise Unstable(load, servers)
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1.0 - blocked))


def _check(servers: int, load: float) -> None:
    if servers < 0 or not (0 <= load < math.inf):
        raise ValueError(f"no queue: {servers} servers, a load of {load:g}")
