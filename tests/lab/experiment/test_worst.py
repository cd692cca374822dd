"""The worst-served group and its bound."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.figures.groups import Part
from erreichbar.lab.experiment.worst import worst


def test_the_worst_group_has_a_bound_over_replications_and_small_groups_are_left_out() -> None:
    one = {"a": Part(900, 1000), "b": Part(700, 1000), "tiny": Part(0, 10)}
    other = {"a": Part(880, 1000), "b": Part(720, 1000), "tiny": Part(0, 10)}
    found = worst([one, other])
    assert found is not None
    assert (found.name, found.groups) == ("b", 2)
    assert found.share == pytest.approx(0.71)
    # Student's t with one degree of freedom at 1 − 0.05/4: its quantile is tan(π (0.9875 − 1/2)).
    assert found.lower == pytest.approx(0.71 - math.tan(math.pi * 0.4875) * 0.01)
    assert worst([{"tiny": Part(0, 10)}]) is None
    single = worst([one])
    assert single is not None and single.lower == -math.inf


COUNTS = st.tuples(st.integers(0, 800), st.integers(800, 1000)).map(lambda pair: Part(*pair))


@given(st.lists(st.fixed_dictionaries({"a": COUNTS, "b": COUNTS}), min_size=2, max_size=6))
def test_the_bound_is_below_every_groups_share_and_falls_with_the_level(found: list[dict[str, Part]]) -> None:
    sure, surer = worst(found, level=0.9), worst(found, level=0.99)
    assert sure is not None and surer is not None
    assert surer.lower <= sure.lower <= sure.share
    for name in ("a", "b"):
        assert sure.lower <= sum(parts[name].served / parts[name].all for parts in found) / len(found) + 1e-12
