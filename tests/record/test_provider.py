"""What a provider reports must be possible: parts within the whole, whole half hours or days, each told once."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.record.provider import HALF_HOUR, Interval, Untrue, check, contradictions

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime.fromisoformat("2026-11-01T00:00:00+01:00")
EIGHT = datetime.fromisoformat("2026-03-05T08:00:00+01:00")


def interval(start: datetime = EIGHT, length: timedelta = HALF_HOUR, **numbers: Any) -> Interval:
    return Interval(start, start + length, **{"offered": 10, "answered": 7, "abandoned": 2, **numbers})


def day(text: str) -> Interval:
    start = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    return Interval(start, start + timedelta(days=1), 10, 7, 2)


@pytest.mark.parametrize(
    ("numbers", "at_fault"),
    [
        ({}, None),
        ({"answered_within": 5, "within_s": 20, "mean_wait_s": 90, "mean_talk_s": 200}, None),
        ({"offered": 9}, None),
        ({"offered": 8}, "offered"),
        ({"answered": -1}, "answered"),
        ({"offered": 10**7}, "offered"),
        ({"answered_within": 8, "within_s": 20}, "answered_within"),
        ({"answered_within": 5}, "within_s"),
        ({"within_s": 20}, "answered_within"),
        ({"start": EIGHT + timedelta(minutes=10)}, "interval"),
        ({"length": timedelta(hours=1)}, "interval"),
        ({"start": NOW}, "interval"),
    ],
)
def test_what_cannot_be_is_said(numbers: dict[str, Any], at_fault: str | None) -> None:
    if at_fault is None:
        check(interval(**numbers), NOW, ZONE)
        return
    with pytest.raises(Untrue) as no:
        check(interval(**numbers), NOW, ZONE)
    assert no.value.field == at_fault and no.value.de and no.value.en


@pytest.mark.parametrize("text", ["2026-03-29", "2026-10-25", "2026-03-05"])
def test_a_day_is_local_and_may_have_23_or_25_hours(text: str) -> None:
    one = day(text)
    check(one, NOW, ZONE)
    utc = ZoneInfo("UTC")
    check(one._replace(start=one.start.astimezone(utc), end=one.end.astimezone(utc)), NOW, ZONE)


def test_half_hours_of_the_hour_that_comes_twice_are_two() -> None:
    first = datetime.fromisoformat("2026-10-25T02:00:00+02:00")
    both = {1: interval(first), 2: interval(first + timedelta(hours=1))}
    assert contradictions(both, []) == {}


def test_overlaps_and_contradictions_are_found_and_repetition_is_none() -> None:
    whole = day("2026-03-05")
    lines = {1: interval(), 2: interval(), 3: interval(answered=1), 4: whole, 5: interval(EIGHT + HALF_HOUR)}
    assert set(contradictions(lines, [])) == {3, 4}
    assert set(contradictions(lines, [(whole.start, whole.end)])) == {1, 2, 3, 5}
    assert contradictions({1: interval(answered=1)}, [(EIGHT, EIGHT + HALF_HOUR)]) == {}


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), max_size=12))
def test_what_is_taken_is_disjoint_and_nothing_is_refused_without_reason(given_lines: list[tuple[int, int]]) -> None:
    lines = {
        number: interval(EIGHT + at * HALF_HOUR, length * HALF_HOUR)
        for number, (at, length) in enumerate(given_lines, 1)
    }
    faults = contradictions(lines, [])
    taken = {(one.start, one.end) for number, one in lines.items() if number not in faults}
    for one in taken:
        assert not any(one != other and one[0] < other[1] and other[0] < one[1] for other in taken)
    for number in faults:
        refused = lines[number]
        assert any(refused.overlaps(*other) for other in taken if other != (refused.start, refused.end))
