"""The morning's digest: what belongs into it, and when it is due: in the time somebody is there, never at midnight."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from erreichbar import office as offices
from erreichbar.promise.digest import Digest, Running, belongs, digest, due_at, is_due
from erreichbar.promise.presence import Entry, Roster

OFFICE = offices.demo()
CALENDAR = OFFICE.calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE.zone).astimezone(UTC)


def due(day: str, *entered: Entry, wished: time | None = None) -> str:
    found = due_at(Roster(OFFICE, entered), "lange", date.fromisoformat(day), wished)
    return "-".join(f"{one.astimezone(OFFICE.zone):%H:%M}" for one in found) if found else "none"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-05", "08:00-18:00"),
        ("2026-03-07", "none"),  # a Saturday
        ("2026-04-03", "none"),  # Good Friday
        ("2026-03-29", "none"),  # the Sunday on which the clocks are put on
        ("2026-03-30", "08:00-18:00"),  # the day after: by the clocks of the office, an hour earlier in UTC
        ("2026-10-26", "08:00-18:00"),
    ],
)
def test_it_is_due_when_her_day_begins(day: str, expected: str) -> None:
    assert due(day) == expected


def test_a_change_of_hour_moves_it_in_utc_and_not_on_the_clock() -> None:
    roster = Roster(OFFICE)
    before, after = (due_at(roster, "lange", date(2026, 3, day), None) for day in (27, 30))
    assert before and after
    assert (before[0].hour, after[0].hour) == (7, 6)


def test_it_can_be_wished_later_but_never_when_she_is_not_there() -> None:
    assert due("2026-03-05", wished=time(9, 30)) == "09:30-18:00"
    assert due("2026-03-05", wished=time(5)) == "08:00-18:00"
    assert due("2026-03-05", wished=time(23)) == "none"
    away = Entry("lange", at("2026-03-05T09:00"), at("2026-03-05T11:00"))
    assert due("2026-03-05", away, wished=time(9, 30)) == "11:00-18:00"


def test_who_is_absent_has_none_and_who_comes_later_has_hers_then() -> None:
    whole = Entry("lange", at("2026-03-04T00:00"), None)
    assert due("2026-03-05", whole) == "none"
    assert due("2026-03-05", Entry("lange", at("2026-03-05T00:00"), at("2026-03-05T10:15"))) == "10:15-18:00"


def test_it_is_due_from_then_on_and_not_after_she_has_gone() -> None:
    roster = Roster(OFFICE)
    for moment, expected in (("07:59", False), ("08:00", True), ("14:00", True), ("18:00", False), ("00:00", False)):
        assert is_due(OFFICE, roster, "lange", at(f"2026-03-05T{moment}")) is expected
    later = replace(OFFICE, keeping=replace(OFFICE.keeping, digest_at=time(9)))
    assert not is_due(later, Roster(later), "lange", at("2026-03-05T08:30"))


NOW = at("2026-03-05T08:00")


@pytest.mark.parametrize(
    ("ticket", "expected"),
    [
        (Running("x", at("2026-03-05T17:59")), True),  # runs out today
        (Running("x", at("2026-03-06T09:00")), False),
        (Running("x", at("2026-03-04T17:59")), True),  # over
        (Running("x", None), True),  # broken from the start
        (Running("x", at("2026-03-06T09:00"), urgent=True), True),
        (Running("x", at("2026-03-06T09:00"), told=NOW - timedelta(hours=16)), True),  # told of yesterday
        (Running("x", at("2026-03-06T09:00"), told=NOW - timedelta(hours=25)), False),
    ],
)
def test_what_belongs_into_it(ticket: Running, expected: bool) -> None:
    assert belongs(ticket, CALENDAR, NOW) is expected


def test_with_less_than_four_staffed_hours_left_it_belongs_whatever_the_day() -> None:
    evening = at("2026-03-05T16:00")
    assert belongs(Running("x", at("2026-03-06T09:00")), CALENDAR, evening)
    assert not belongs(Running("x", at("2026-03-06T10:00")), CALENDAR, evening)


def test_each_ticket_once_the_first_to_run_out_first_and_nothing_is_nothing() -> None:
    early, late = Running("early", at("2026-03-05T10:00")), Running("late", at("2026-03-05T17:00"), told=NOW)
    far = Running("far", at("2026-03-06T17:00"))
    found = digest([(late, CALENDAR), (early, CALENDAR)], [(early, CALENDAR), (far, CALENDAR)], NOW)
    assert found == Digest(("early", "late"), (), frozenset({"late"}))
    assert not digest([(far, CALENDAR)], [], NOW) and digest([], [(early, CALENDAR)], NOW)
