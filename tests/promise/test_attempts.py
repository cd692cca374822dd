"""The next attempt and the order of a list. Monday 2 March 2026, office hours 8 to 18."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar import promise
from erreichbar.office import Urgency
from erreichbar.office.calendar import Calendar
from erreichbar.promise.attempts import Callback, Choice, Standing, callable_now, danger_until

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(BERLIN, "NW", (*[((480, 1080),)] * 5, (), ()))


def at(text: str) -> datetime:
    return OFFICE.local(f"2026-03-{text}")


def ticket(opened: str = "02T10:00", ref: str = "a", **more: Any) -> Callback:
    due = promise.due(OFFICE, at(opened))
    return Callback(ref, due.opened, due.moment, due.last_chance, **more)


def test_the_first_attempt_is_now() -> None:
    found = promise.next_attempt(ticket(), OFFICE, at("02T10:05"))
    assert (found.moment, found.in_time, found.choice) == (at("02T10:05"), True, Choice.OTHER_TIME_OF_DAY)


def test_closed_means_at_the_next_opening() -> None:
    assert promise.next_attempt(ticket(), OFFICE, at("02T20:00")).moment == at("03T08:00")


def test_the_window_is_waited_for() -> None:
    found = promise.next_attempt(ticket(window=(time(14), time(16))), OFFICE, at("02T10:05"))
    assert (found.moment, found.in_window) == (at("02T14:00"), True)


def test_after_a_missed_morning_comes_midday() -> None:
    found = promise.next_attempt(ticket(attempts=(at("02T08:30"),)), OFFICE, at("02T10:45"))
    assert (found.moment, found.choice) == (at("02T11:00"), Choice.OTHER_TIME_OF_DAY)


def test_when_every_time_of_day_was_tried_a_pause_is_enough() -> None:
    tried = tuple(at(f"02T{clock}") for clock in ("08:30", "11:30", "14:30", "17:10"))
    found = promise.next_attempt(ticket(attempts=tried), OFFICE, at("02T17:20"))
    assert (found.moment, found.choice) == (at("03T08:00"), Choice.AFTER_PAUSE)


def test_before_it_breaks_half_of_the_time_left_is_the_pause() -> None:
    # Due Wednesday 10:00, so the last chance is 09:59; missed at 09:00, two hours of pause no longer fit.
    found = promise.next_attempt(ticket(attempts=(at("04T09:00"),)), OFFICE, at("04T09:10"))
    assert (found.moment, found.choice, found.in_time) == (at("04T09:30"), Choice.BEFORE_IT_BREAKS, True)


def test_a_window_that_comes_too_late_is_left() -> None:
    found = promise.next_attempt(ticket(window=(time(14), time(16))), OFFICE, at("04T08:30"))
    assert (found.moment, found.in_window, found.choice) == (at("04T08:30"), False, Choice.OUTSIDE_WINDOW)


def test_a_broken_promise_is_called_in_the_next_window() -> None:
    found = promise.next_attempt(ticket(window=(time(14), time(16))), OFFICE, at("04T11:00"))
    assert (found.moment, found.in_time, found.choice) == (at("04T14:00"), False, Choice.LATE)


def test_an_impossible_promise_is_called_as_soon_as_somebody_is_there() -> None:
    impossible = ticket("06T19:00")
    assert impossible.last_chance is None
    found = promise.next_attempt(impossible, OFFICE, at("06T19:00"))
    assert (found.moment, found.in_time) == (at("09T08:00"), False)


@pytest.mark.parametrize(("now", "possible"), [("04T09:59", True), ("04T10:00", False)])
def test_a_promise_can_be_kept_up_to_its_last_minute(now: str, possible: bool) -> None:
    assert promise.can_still_be_kept(ticket(), at(now)) is possible


@pytest.mark.parametrize(
    ("now", "more", "standing"),
    [
        ("02T11:00", {}, Standing.NOW),
        ("02T19:00", {}, Standing.LATER),
        ("02T11:00", {"window": (time(14), time(16))}, Standing.LATER),
        ("02T11:00", {"urgency": Urgency.URGENT}, Standing.DANGER_NOW),
        ("04T08:00", {}, Standing.DANGER_NOW),
        ("04T07:00", {}, Standing.DANGER_LATER),
        ("04T11:00", {}, Standing.LATE_NOW),
        ("04T19:00", {}, Standing.LATE_LATER),
    ],
)
def test_how_a_ticket_stands(now: str, more: dict[str, Any], standing: Standing) -> None:
    assert promise.standing(ticket(**more), OFFICE, at(now)) == standing


def test_a_list_begins_with_what_is_in_danger_and_callable() -> None:
    now = at("03T15:00")
    tickets = [
        ticket("03T14:00", "calm"),
        ticket("02T09:00", "later", window=(time(17), time(18))),
        ticket("03T14:30", "immediate", urgency=Urgency.IMMEDIATE),
        ticket("03T14:40", "urgent", urgency=Urgency.URGENT),
    ]
    ordered = sorted(tickets, key=lambda one: promise.urgency_order(one, OFFICE, now))
    assert [one.ref for one in ordered] == ["immediate", "urgent", "calm", "later"]
    first = promise.next_callback(tickets, OFFICE, now)
    assert first is not None
    assert first.ref == "immediate"
    assert promise.next_callback(tickets, OFFICE, at("03T20:00")) is None


@given(st.integers(0, 4 * 1440), st.lists(st.integers(0, 2880), max_size=4))
def test_an_attempt_is_never_in_the_past_nor_outside_office_hours(ahead: int, missed: list[int]) -> None:
    one = ticket()
    now = one.opened + timedelta(minutes=ahead)
    attempts = tuple(one.opened + timedelta(minutes=minute) for minute in missed if minute <= ahead)
    tried = Callback(one.ref, one.opened, one.due, one.last_chance, attempts=attempts)
    found = promise.next_attempt(tried, OFFICE, now)
    assert found.moment >= now
    assert OFFICE.is_open(found.moment)
    assert found.in_time == promise.can_still_be_kept(one, found.moment)
    assert callable_now(tried, OFFICE, now) == (found.moment == now)


def test_outside_the_safe_times_nobody_calls_not_even_when_it_breaks() -> None:
    safe = (time(9), time(10))
    found = promise.next_attempt(ticket(safe=safe), OFFICE, at("02T10:05"))
    assert (found.moment, found.in_time) == (at("03T09:00"), True)
    # Due Wednesday 10:00; opened after that day's safe hour, the next one is the last, and then it is late.
    late = promise.next_attempt(ticket(safe=safe), OFFICE, at("04T10:00"))
    assert (late.moment, late.in_time) == (at("05T09:00"), False)
    wished = promise.next_attempt(ticket(window=(time(14), time(16)), safe=safe), OFFICE, at("02T10:05"))
    assert (wished.moment, wished.in_window) == (at("03T09:00"), False)


def test_safe_times_in_which_nobody_is_there_are_no_reason_to_call_at_others() -> None:
    found = promise.next_attempt(ticket(safe=(time(20), time(21))), OFFICE, at("02T10:05"))
    assert found.moment == at("16T10:05")
    assert not callable_now(ticket(safe=(time(20), time(21))), OFFICE, at("02T10:05"))


def test_who_is_waited_for_is_not_called_and_stands_last() -> None:
    waits = ticket(waiting=True)
    assert not callable_now(waits, OFFICE, at("02T10:05"))
    assert promise.standing(waits, OFFICE, at("04T09:50")) is Standing.WAITING


@given(st.integers(0, 7 * 24 * 60), st.integers(0, 7 * 24 * 60))
def test_in_danger_is_before_one_moment(minutes: int, opened: int) -> None:
    """A board orders thousands by it without looking at each."""
    now, one = (
        at("02T00:00") + timedelta(minutes=minutes),
        ticket(f"{2 + opened // 1440:02}T{opened % 1440 // 60:02}:00"),
    )
    expected = promise.standing(one, OFFICE, now) not in (Standing.NOW, Standing.LATER)
    assert one.last_chance is None or (one.last_chance < danger_until(OFFICE, now)) == expected
