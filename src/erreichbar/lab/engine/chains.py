"""Rows put into a chain in their order, as the loop keeps those that wait, are ready, or lie on somebody's list."""

import numpy as np

from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import NOBODY


def chained(rows: Ints, members: Ints, before: int, after: int) -> tuple[int, int]:
    """Chain ``members`` of ``rows`` in their order through two of its columns; returns the first and the last, −1 if there are none."""
    if not len(members):
        return NOBODY, NOBODY
    members = np.asarray(members)
    rows[members, before] = np.concatenate([[NOBODY], members[:-1]])
    rows[members, after] = np.concatenate([members[1:], [NOBODY]])
    return int(members[0]), int(members[-1])
