"""The worst-served group: groups of citizens named beforehand, and a bound below which none of them is.

Groups with few matters are left out, because the smallest of many noisy numbers says little. The bound is simultaneous: it
holds for all groups at once (Bonferroni), and it is taken over replications, never over matters, which are not
independent. The raw minimum is never given.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy import special

from erreichbar.figures.matters import Arisen, matters
from erreichbar.figures.once import sums
from erreichbar.record.tables import Tables
from erreichbar.record.words import Availability, Language, code

LEAST = 500
"""So many matters a group must have in every replication."""


class Part(NamedTuple):
    """Matters of a group: ``served`` in time, of ``all``."""

    served: int
    all: int


class Worst(NamedTuple):
    """The group with the lowest bound: its ``name``, the mean share over replications, and the simultaneous ``lower`` bound.

    ``groups`` so many were compared. A single replication has no bound: −inf.
    """

    name: str
    share: float
    lower: float
    groups: int


def by_group(tables: Tables, arisen: Arisen | None = None) -> dict[str, Part]:
    """Return every group named beforehand with its counts; nothing if matters are not recorded.

    Groups: each contact reason, when somebody can telephone, German or another language, telephone only, with an advice
    centre's help. A group that is not known (live) has no matters.
    """
    found = matters(tables, arisen)
    if found is None:
        return {}
    german = pl.col("language") == code(Language.GERMAN)
    groups: dict[str, pl.Expr] = {
        **{f"available:{when}": pl.col("available") == code(when) for when in Availability},
        "language:de": german,
        "language:other": ~german & (pl.col("language") >= 0),
        "telephone_only": pl.col("telephone_only") == 1,
        "advised": pl.col("advised") == 1,
    }
    counts = sums(found, *(one for which in groups.values() for one in (which & pl.col("in_time"), which)))
    by_reason = found.group_by("reason").agg(served=pl.col("in_time").sum(), all=pl.len()).sort("reason")
    return {
        **{f"reason:{reason}": Part(served, count) for reason, served, count in by_reason.iter_rows()},
        **{name: Part(*counts[2 * place : 2 * place + 2]) for place, name in enumerate(groups)},
    }


def worst(replications: Sequence[Mapping[str, Part]], *, confidence: float = 0.95, least: int = LEAST) -> Worst | None:
    """Return the group whose lower bound is lowest, none if no group is large enough in every replication.

    Two-sided simultaneous ``confidence`` over all groups compared. Raises ``ValueError`` for no replication.
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
        bounds.append(Worst(name, float(shares.mean()), _lower(shares, confidence, len(large)), len(large)))
    return min(bounds, key=lambda one: (one.lower, one.share, one.name))


def _lower(shares: np.ndarray, confidence: float, groups: int) -> float:
    if len(shares) < 2:
        return -np.inf
    error = float(shares.std(ddof=1)) / len(shares) ** 0.5
    return float(shares.mean() - special.stdtrit(len(shares) - 1, 1 - (1 - confidence) / (2 * groups)) * error)
