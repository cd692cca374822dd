"""Groups of citizens named beforehand, and how many of the matters of each were served in time.

The smallest share itself is never given: the minimum of noisy numbers is too low. ``lab`` gives a bound over replications.
"""

from typing import NamedTuple

import polars as pl

from erreichbar.figures.matters import Arisen, matters
from erreichbar.figures.once import sums
from erreichbar.record.tables import Tables
from erreichbar.record.words import Availability, Language, code


class Part(NamedTuple):
    """Matters of a group: ``served`` in time, of ``all``."""

    served: int
    all: int


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
