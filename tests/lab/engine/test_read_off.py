"""What is read off a table is what the law says."""

import random

import numpy as np
import pytest

from erreichbar.lab.engine.read_off import BINS, read, table
from erreichbar.lab.engine.rules import duration
from erreichbar.lab.engine.shapes import Law


@pytest.mark.parametrize(
    "law", [Law(1_200_000.0, 1_500_000.0), Law(9_000.0, 15_000.0), Law(12_000_000.0, 18_000_000.0)]
)
def test_every_millisecond_is_that_of_the_law(law: Law) -> None:
    rows, chance = table(law), random.Random(1)
    edges = [(one + off) / BINS for one in range(BINS) for off in (2.0**-44, 0.5, 1.0 - 2.0**-44)]
    for u in [2.0**-53, 1.0 - 2.0**-53, *edges, *(chance.random() for _ in range(30_000))]:
        assert read(rows, law, u) == duration(law, u)


def test_next_to_a_whole_millisecond_the_law_itself_is_asked() -> None:
    law = Law(1_200_000.0, 1_500_000.0)
    rows = table(law)
    for u in (0.2, 0.4, 0.6):
        # The last draw that gives so many ms, and the first that gives one more.
        low, high, whole = u, u + 1e-5, duration(law, u)
        while high - low > 2.0**-53:
            middle = (low + high) / 2.0
            low, high = (middle, high) if duration(law, middle) == whole else (low, middle)
        assert duration(law, low) == whole < duration(law, high)
        assert (read(rows, law, low), read(rows, law, high)) == (duration(law, low), duration(law, high))


def test_most_of_the_law_is_in_the_table() -> None:
    assert np.count_nonzero(table(Law(1_200_000.0, 1_500_000.0)).any(axis=1)) > 0.9 * BINS


@pytest.mark.parametrize("law", [Law(0.0, 0.0), Law(-1.0, 60_000.0)])
def test_a_law_without_a_table_is_asked(law: Law) -> None:
    assert [read(table(law), law, u) for u in (0.1, 0.9)] == [duration(law, u) for u in (0.1, 0.9)]
