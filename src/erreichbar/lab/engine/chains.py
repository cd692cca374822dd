"""Rows chained in an order, as the loop keeps those that wait, are ready, or lie on somebody's list.

A row names the one ``before`` and the one ``after`` it in two of its columns, ``NOBODY`` at the ends; the first and the last stand in two
places of ``ends``.
"""

import numpy as np

from erreichbar.lab.engine.compiling import part
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


@part
def enter(
    rows: Ints, row: int, earlier: int, later: int, before: int, after: int, ends: Ints, first: int, last: int
) -> None:
    """Put a row between two that follow each other, ``NOBODY`` for an end."""
    rows[row, before], rows[row, after] = earlier, later
    if earlier >= 0:
        rows[earlier, after] = row
    else:
        ends[first] = row
    if later >= 0:
        rows[later, before] = row
    else:
        ends[last] = row


@part
def leave(rows: Ints, row: int, before: int, after: int, ends: Ints, first: int, last: int) -> None:
    """Take a row out of its chain."""
    earlier, later = rows[row, before], rows[row, after]
    if earlier >= 0:
        rows[earlier, after] = later
    else:
        ends[first] = later
    if later >= 0:
        rows[later, before] = earlier
    else:
        ends[last] = earlier
