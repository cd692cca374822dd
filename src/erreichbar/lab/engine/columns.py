"""From rows, as the loop writes them, to columns, as tables hold them."""

import numpy as np

from erreichbar.lab.engine.compiling import compiled
from erreichbar.lab.engine.shapes import Ints


def by_column(rows: Ints) -> Ints:
    """Return the same numbers with each column on end: int64[columns, rows]."""
    found = np.empty(rows.shape[::-1], np.int64)
    _turn(rows, found)
    return found


@compiled
def _turn(rows: Ints, found: Ints) -> None:
    for row in range(rows.shape[0]):
        for column in range(rows.shape[1]):
            found[column, row] = rows[row, column]
