"""The chances of each ticket: held against a plain simulation of one future after another, and against what came."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erreichbar.office.periods import Periods, joined
from erreichbar.promise.forecast import Chances, Habits, Lasting, OpenTicket, chances
from tests.promise.plain_desk import NOW, plainly

HOUR = timedelta(hours=1)
WEEK: Periods = tuple((NOW + timedelta(days=day), NOW + timedelta(days=day, hours=8)) for day in range(4))


def at(hours: float) -> datetime:
    return NOW + hours * HOUR


@st.composite
def a_ticket(draw: st.DrawFn, ref: str) -> OpenTicket:
    tried = draw(st.integers(0, 3))
    last = at(-draw(st.integers(0, 5))) if tried else None
    due = at(draw(st.integers(-1, 80)) + draw(st.sampled_from((0.0, 0.3, 0.77))))
    reached = bool(tried) and draw(st.booleans())
    return OpenTicket(ref, "a", draw(st.sampled_from("xy")), due, tried, last, bool(tried), reached)


@settings(max_examples=25)
@given(st.data(), st.integers(1, 7))
def test_all_futures_at_once_are_one_after_another(data: st.DataObject, number: int) -> None:
    tickets = [data.draw(a_ticket(f"t{n}")) for n in range(number)]
    slots = data.draw(st.lists(st.tuples(st.integers(0, 70), st.integers(1, 6)), min_size=1, max_size=6))
    free = joined((at(start), at(start + length)) for start, length in slots)
    habits = Habits(
        answers=0.5, settles=0.8, talk=Lasting(10, 15), talk_by_reason={"y": Lasting(30, 40)},
        share=data.draw(st.sampled_from((0.25, 1.0))), attempts=data.draw(st.integers(1, 4)),
    )  # fmt: skip
    found = chances(tickets, {"a": free}, NOW, habits, futures=40, seed=7)
    plain = plainly(tickets, free, habits, 40, 7)
    for ref, futures in plain.items():
        assert found[ref] == pytest.approx(tuple(np.mean(futures, axis=0)), abs=1e-9), ref


@given(st.data())
def test_attempted_reached_resolved_fall(data: st.DataObject) -> None:
    tickets = [data.draw(a_ticket(f"t{n}")) for n in range(6)]
    for one in chances(tickets, {"a": WEEK}, NOW, futures=60).values():
        assert 1 >= one.attempted >= one.reached >= one.resolved >= 0


def test_a_ticket_with_nobody_has_no_chance() -> None:
    lost = OpenTicket("lost", None, "x", at(20))
    away = OpenTicket("away", "b", "x", at(20), attempted=True, attempts=1)
    found = chances([lost, away], {"a": WEEK, "b": ()}, NOW)
    assert found == {"lost": Chances(0, 0, 0), "away": Chances(1, 0, 0)}


@pytest.mark.parametrize("free", [(), ((at(-3), at(-1)),)])
def test_who_has_no_time_reaches_nobody_and_keeps_nobody_from_it(free: Periods) -> None:
    tickets = [OpenTicket("t1", "a", "x", at(5)), OpenTicket("t2", "b", "x", at(30))]
    found = chances(tickets, {"a": free, "b": WEEK}, NOW, Habits(), futures=50)
    assert found["t1"] == Chances(0.0, 0.0, 0.0)
    assert found["t2"].attempted > 0.9


def test_what_changes_for_one_desk_changes_no_other() -> None:
    one, other = OpenTicket("one", "a", "x", at(3)), OpenTicket("other", "b", "x", at(3))
    free = {"a": WEEK, "b": WEEK}
    before = chances([one, other], free, NOW)
    after = chances([one, other], free | {"a": ((at(2), at(3)),)}, NOW)
    assert before["other"] == after["other"]
    assert before["one"] != after["one"]


def test_reserved_time_is_all_for_callbacks() -> None:
    crowd = [OpenTicket(f"t{n}", "a", "x", at(8)) for n in range(20)]
    some = chances(crowd, {"a": WEEK}, NOW)
    all_of_it = chances(crowd, {"a": WEEK}, NOW, reserved=["a"])
    assert sum(one.reached for one in all_of_it.values()) > sum(one.reached for one in some.values()) + 2


def test_a_duration_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="median"):
        Lasting(8, 6)
