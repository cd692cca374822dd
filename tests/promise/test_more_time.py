"""An hour more is an hour more: of callback time, on the day, and no more than there is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.office.periods import Periods, common, length, without
from erreichbar.promise.forecast import Habits, Lasting, OpenTicket, chances, hour_more
from erreichbar.promise.forecast.callback_time import CallbackTime

NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = (NOW, NOW + 24 * HOUR)


def hours(*edges: tuple[float, float]) -> Periods:
    return tuple((NOW + start * HOUR, NOW + end * HOUR) for start, end in edges)


def given_in(free: Periods, share: float, full: Periods) -> float:
    """Return how many hours of callback time there are."""
    return float(CallbackTime(free, NOW, share, full).given[-1]) / 3600


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True), st.sampled_from((0.1, 0.25, 0.5)))
def test_it_is_one_hour_of_callbacks_or_all_there_is(edges: list[int], share: float) -> None:
    edges = sorted(edges[: len(edges) // 2 * 2])
    free = hours(*zip(edges[::2], edges[1::2], strict=True))
    full = hour_more(free, None, share, DAY)
    assert without(full, common(free, (DAY,))) == ()
    more = given_in(free, share, full) - given_in(free, share, ())
    most = (1 - share) * (length(common(free, (DAY,))) / HOUR)
    assert more == pytest.approx(min(1.0, most), abs=1e-6)


def test_what_the_roster_keeps_is_not_given_twice() -> None:
    free, kept = hours((0, 8), (24, 32)), hours((0, 2))
    assert hour_more(free, kept, 0.25, DAY) == hours((2, 3))
    assert hour_more(free, hours((0, 7.5)), 0.25, DAY) == hours((7.5, 8)), "no more than there is"
    assert hour_more(free, (), 0.25, (NOW + 24 * HOUR, NOW + 48 * HOUR)) == hours((24, 25))
    assert hour_more(free, None, 1.0, DAY) == (), "who gives all has no more"


def test_more_time_never_lowers_a_chance_and_other_desks_do_not_change() -> None:
    habits = Habits(talk=Lasting(20, 30), share=0.25)
    free = {"a": hours((0, 4)), "b": hours((0, 4))}
    tickets = [OpenTicket(f"{one}{n}", one, "r", NOW + 4 * HOUR) for one in "ab" for n in range(8)]
    before = chances(tickets, free, NOW, habits)
    after = chances(tickets, free, NOW, habits, full={"a": hour_more(free["a"], None, 0.25, DAY)})
    mine = [ref for ref in before if ref.startswith("a")]
    assert sum(after[ref].reached for ref in mine) > sum(before[ref].reached for ref in mine) + 0.5
    assert all(after[ref] == before[ref] for ref in before if ref not in mine)


def test_given_in_full_is_as_if_more_were_free() -> None:
    """A quarter of four hours, the first of them in full, is as an hour and three quarters of another."""
    time = CallbackTime(hours((0, 4)), NOW, 0.25, hours((0, 1)))
    assert time.before([NOW + HOUR / 2, NOW + HOUR, NOW + 3 * HOUR, NOW + 9 * HOUR]).tolist() == [
        1800,
        3600,
        5400,
        6300,
    ]
