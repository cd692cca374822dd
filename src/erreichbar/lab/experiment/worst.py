"""The worst-served group: a bound below which none of the groups of citizens named beforehand is.

Groups with few matters are left out, because the smallest of many noisy numbers says little. The bound is simultaneous: it
holds for all groups at once (Bonferroni), and it is taken over replications, never over matters, which are not independent.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from erreichbar.figures.groups import Part
from erreichbar.lab.statistics.intervals import LEVEL, around, student

LEAST = 500
"""So many matters a group must have in every replication."""


class Worst(NamedTuple):
    """The group with the lowest bound: its ``name``, the mean share over replications, and the simultaneous ``lower`` bound.

    ``groups`` so many were compared. A single replication has no bound: −inf.
    """

    name: str
    share: float
    lower: float
    groups: int


def worst(replications: Sequence[Mapping[str, Part]], *, level: float = LEVEL, least: int = LEAST) -> Worst | None:
    """Return the group whose lower bound is lowest, none if no group is large enough in every replication.

    The bound is the lower end of a two-sided interval of ``level`` over all groups compared. Raises ``ValueError`` for no replication.
    """
    if not replications:
        raise ValueError("no replication")
    large = [
        name
        for name in replications[0]
        if all(name in parts and parts[name].all >= max(1, least) for parts in replications)
    ]
    if not large:
        return None
    bounds = []
    for name in large:
        shares = np.array([parts[name].served / parts[name].all for parts in replications])
        bounds.append(Worst(name, float(shares.mean()), _lower(shares, level, len(large)), len(large)))
    return min(bounds, key=lambda one: (one.lower, one.share, one.name))


def _lower(shares: np.ndarray, level: float, groups: int) -> float:
    if len(shares) < 2:
        return -np.inf
    return around(shares, student(1 - (1 - level) / (2 * groups), len(shares) - 1)).low
