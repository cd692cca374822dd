"""When a promise is due, against values worked out by hand, and what must hold whatever the calendar."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from erreichbar import office as offices
from erreichbar import promise
from erreichbar.record.words import ClockName

OFFICE = offices.demo()
CALENDAR = OFFICE.calendar


def local(text: str) -> datetime:
    return CALENDAR.local(text)


@pytest.mark.parametrize(
    ("opened", "elapsed", "service_hours", "working_days"),
    [
        # An ordinary Thursday: 3 h that day, then 10 h a day.
        ("2026-03-05T15:00", "2026-03-07T15:00", "2026-03-12T13:00", "2026-03-09T18:00"),
        # Friday 15:00, the reading that is five days later.
        ("2026-03-06T15:00", "2026-03-08T15:00", "2026-03-13T13:00", "2026-03-10T18:00"),
        # Before Easter: Good Friday 3 April and Easter Monday 6 April are skipped.
        ("2026-04-02T15:00", "2026-04-04T15:00", "2026-04-13T13:00", "2026-04-08T18:00"),
        # Whit Monday 25 May.
        ("2026-05-22T17:00", "2026-05-24T17:00", "2026-06-01T15:00", "2026-05-27T18:00"),
        # Corpus Christi, Thursday 4 June: a holiday in North Rhine-Westphalia.
        ("2026-06-03T16:00", "2026-06-05T16:00", "2026-06-11T14:00", "2026-06-08T18:00"),
        # All Saints is a Sunday in 2026 and a Saturday in 2025; in 2024 it was a Friday.
        ("2024-10-31T16:00", "2024-11-02T16:00", "2024-11-08T14:00", "2024-11-05T18:00"),
        # Leap day: Thursday 29 February 2024 is a working day like any other.
        ("2024-02-28T10:00", "2024-03-01T10:00", "2024-03-05T18:00", "2024-03-01T18:00"),
        # Opened on a Saturday: counting starts on Monday; Monday is the first working day after.
        ("2026-03-07T12:00", "2026-03-09T12:00", "2026-03-13T16:00", "2026-03-10T18:00"),
    ],
)
def test_due_on_the_three_clocks(opened: str, elapsed: str, service_hours: str, working_days: str) -> None:
    found = promise.on_all_clocks(CALENDAR, local(opened))
    assert found[ClockName.ELAPSED].moment == local(elapsed)
    assert found[ClockName.SERVICE_HOURS].moment == local(service_hours)
    assert found[ClockName.WORKING_DAYS].moment == local(working_days)


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        # Clocks go forward on 29 March 2026 and back on 25 October: 48 literal hours show an hour later, and earlier.
        ("2026-03-28T10:00", "2026-03-30T11:00"),
        ("2026-10-24T10:00", "2026-10-26T09:00"),
    ],
)
def test_forty_eight_literal_hours_over_a_change_of_hour(opened: str, due: str) -> None:
    found = promise.due(CALENDAR, local(opened))
    assert found.moment == local(due)
    assert found.moment - found.opened == timedelta(hours=48)


@pytest.mark.parametrize(
    ("opened", "last_chance"),
    [
        ("2026-03-03T15:00", "2026-03-05T14:59"),
        ("2026-03-06T15:00", "2026-03-06T17:59"),
        ("2026-03-05T15:00", "2026-03-06T17:59"),
    ],
)
def test_the_last_chance_is_the_last_staffed_minute_before_the_due_moment(opened: str, last_chance: str) -> None:
    found = promise.due(CALENDAR, local(opened)).last_chance
    assert found is not None
    # Due exactly on a staffed minute, that minute may or may not be begun; both readings are within the promise.
    assert local(last_chance) <= found <= local(last_chance) + timedelta(minutes=1)


def test_a_promise_that_nobody_can_keep_is_said_at_opening() -> None:
    """From Friday's closing 48 hours end on Sunday."""
    found = promise.due(CALENDAR, local("2026-03-06T18:30"))
    assert found.last_chance is None
    assert "impossible_by_calendar" in {why.code for why in found.why}


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
CLOCKS = st.sampled_from(ClockName)


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=3)), CLOCKS)
def test_opened_later_is_never_due_earlier(opened: datetime, later: timedelta, clock: ClockName) -> None:
    assert (
        promise.due(CALENDAR, opened, clock=clock).moment <= promise.due(CALENDAR, opened + later, clock=clock).moment
    )


@given(MOMENTS, CLOCKS)
def test_the_explanation_covers_every_moment_from_opened_to_due(opened: datetime, clock: ClockName) -> None:
    found = promise.due(CALENDAR, opened, clock=clock)
    stretches = [why for why in found.why if why.start < why.end]
    assert stretches[0].start == found.opened
    assert stretches[-1].end == found.moment
    for before, after in pairwise(stretches):
        assert before.end == after.start


@given(MOMENTS)
def test_service_hours_are_forty_eight_hours_of_open_time(opened: datetime) -> None:
    due = promise.due(CALENDAR, opened, clock=ClockName.SERVICE_HOURS).moment
    assert CALENDAR.open_time(opened, due) == timedelta(hours=48)


@given(MOMENTS, st.integers(0, 10), CLOCKS)
def test_a_further_closed_day_never_makes_it_earlier(opened: datetime, ahead: int, clock: ClockName) -> None:
    closed: date = (opened + timedelta(days=ahead)).astimezone(OFFICE.zone).date()
    assume(closed not in CALENDAR.dated)
    text = OFFICE.text.replace(
        "[[part_days]]", f'[[closed_days]]\nday = {closed}\nreason = {{ de = "zu", en = "closed" }}\n\n[[part_days]]', 1
    )
    fewer = offices.loads(text, "fewer.toml").calendar
    assert promise.due(CALENDAR, opened, clock=clock).moment <= promise.due(fewer, opened, clock=clock).moment
