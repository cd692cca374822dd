"""Who takes the call."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.access import longest_idle
from tests.typed import compiled

SEATS = st.lists(st.integers(-1, 50), max_size=30)


def test_nobody_if_there_is_no_seat_or_none_is_free() -> None:
    assert longest_idle([]) == -1
    assert longest_idle([-1, -1]) == -1


def test_ties_go_to_the_lower_seat_number() -> None:
    assert longest_idle([9, 4, -1, 4]) == 1


@given(SEATS)
def test_it_is_a_free_seat_and_none_has_been_idle_longer(idle_since: list[int]) -> None:
    chosen = longest_idle(idle_since)
    free = [since for since in idle_since if since >= 0]
    assert (chosen < 0) is (not free)
    if free:
        assert idle_since[chosen] == min(free)
        assert min(free) not in idle_since[:chosen]


def test_compiled_it_chooses_the_same() -> None:
    choose = compiled(longest_idle)
    chance = np.random.default_rng(1)
    for _ in range(500):
        idle_since = chance.integers(-1, 20, size=chance.integers(0, 12))
        assert choose(idle_since) == longest_idle(idle_since.tolist())
