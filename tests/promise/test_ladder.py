"""The ladder: named steps in staffed time, each once. Monday to Friday 8 to 18."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from erreichbar import promise
from erreichbar.office.calendar import Calendar
from erreichbar.promise.ladder import Ladder, at_share, due_steps, needed_by
from erreichbar.record.words import LadderStep

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(BERLIN, "NW", (*[((480, 1080),)] * 5, (), ()))
START = datetime(2026, 1, 1, tzinfo=BERLIN)


def at(text: str) -> datetime:
    return OFFICE.local(f"2026-03-{text}")


def moments(opened: str) -> dict[LadderStep, datetime]:
    due = promise.due(OFFICE, at(opened))
    return Ladder().moments(OFFICE, due.opened, due.moment, due.last_chance)


def test_over_two_whole_days() -> None:
    # Opened Monday 8:00, due Wednesday 8:00, the last chance is Tuesday's last minute: twenty hours of staffed time.
    found = moments("02T08:00")
    assert found == {
        LadderStep.REASSIGN: at("03T08:00"),  # ten hours are over at closing time on Monday: then, nobody is there
        LadderStep.REMIND: at("03T13:00"),
        LadderStep.TELL_LEADER: at("03T16:00"),
        LadderStep.BROKEN: at("04T08:00"),
    }


def test_over_a_weekend_it_hurries() -> None:
    found = moments("06T16:00")  # Friday; due on Sunday, two hours are left
    assert found[LadderStep.REASSIGN] == at("06T17:00")
    assert found[LadderStep.REMIND] == at("06T17:30")
    assert found[LadderStep.BROKEN] == at("09T08:00")


def test_what_the_calendar_makes_impossible_is_told_at_the_next_opening() -> None:
    assert moments("06T18:00") == {LadderStep.BROKEN: at("09T08:00")}


def test_each_step_once_and_what_was_missed_is_made_up_for_in_order() -> None:
    found = moments("02T08:00")
    assert due_steps(found, (), at("03T07:59")) == []
    assert due_steps(found, (), at("03T08:00")) == [LadderStep.REASSIGN]
    assert due_steps(found, {LadderStep.REASSIGN}, at("03T08:00")) == []
    assert due_steps(found, {LadderStep.REASSIGN}, at("05T08:00")) == [
        LadderStep.REMIND,
        LadderStep.TELL_LEADER,
        LadderStep.BROKEN,
    ]


def test_by_when_somebody_must_be_there() -> None:
    due = promise.due(OFFICE, at("02T08:00"))
    found = moments("02T08:00")
    assert due.last_chance is not None
    end = due.last_chance + timedelta(minutes=1)
    assert needed_by(found, due.last_chance, at("02T12:00")) == (at("03T08:00"), False)
    assert needed_by(found, due.last_chance, at("03T08:00")) == (end, True)
    assert needed_by(found, due.last_chance, end) == (None, False)
    assert needed_by({LadderStep.BROKEN: at("09T08:00")}, None, at("07T08:00")) == (None, False)


def test_steps_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="must rise"):
        Ladder(reassign=0.8, remind=0.75)


@given(st.integers(0, 500 * 24 * 60), st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted))
@example(minutes=0, shares=[0.0, 0.0, 0.9999999999999999])  # rounds to the closing time of the last day
@example(minutes=0, shares=[0.0, 0.99999, 1.0])  # one within the minute of the last chance
def test_steps_come_in_order_and_in_staffed_time(minutes: int, shares: list[float]) -> None:
    opened = START + timedelta(minutes=minutes)
    due = promise.due(OFFICE, opened)
    found = Ladder(*shares).moments(OFFICE, due.opened, due.moment, due.last_chance)
    order = [found[step] for step in LadderStep if step in found]
    assert order == sorted(order)
    assert all(OFFICE.is_open(moment) for moment in order)
    if due.last_chance is not None:
        assert all(found[step] <= due.last_chance for step in list(LadderStep)[:3])


@given(st.integers(0, 500 * 24 * 60), st.floats(0, 0.999))
def test_a_share_is_a_share_of_staffed_time(minutes: int, share: float) -> None:
    opened = START + timedelta(minutes=minutes)
    due = promise.due(OFFICE, opened)
    if due.last_chance is not None:
        end = due.last_chance + timedelta(minutes=1)
        moment = at_share(OFFICE, opened, due.last_chance, share)
        passed, whole = OFFICE.open_time(opened, moment), OFFICE.open_time(opened, end)
        expected = min(share * whole, OFFICE.open_time(opened, due.last_chance))
        assert abs(passed - expected) <= timedelta(milliseconds=1)
