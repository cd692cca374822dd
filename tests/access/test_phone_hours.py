"""Telephone hours: whose they are, when they hold, and that compiled code reads them the same."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from erreichbar import access, office
from erreichbar.access.phone_hours import NO_HOURS, OtherHours, PhoneHours, in_phone_hours, intervals, periods, within
from erreichbar.office import Office
from erreichbar.office.hours import Week, parse
from tests.typed import compiled


def week(**days: str) -> Week:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return tuple(parse([days[name]]) if name in days else () for name in names)


TWICE = PhoneHours(week(tuesday="09:30-11:30", thursday="09:30-11:30"))


@pytest.fixture(scope="module")
def demo() -> Office:
    return office.demo()


def at(office: Office, text: str) -> datetime:
    return office.calendar.local(text)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-03T09:29:59", False),
        ("2026-03-03T09:30", True),
        ("2026-03-03T11:29:59", True),
        ("2026-03-03T11:30", False),
        ("2026-03-04T10:00", False),
    ],
)
def test_their_first_moment_is_one_their_last_is_not(demo: Office, moment: str, expected: bool) -> None:
    assert in_phone_hours(TWICE, demo, "lange", at(demo, moment)) is expected


def test_a_public_holiday_has_none_and_a_short_day_cuts_them(demo: Office) -> None:
    christmas = PhoneHours(week(friday="09:30-11:30"))
    assert not in_phone_hours(christmas, demo, "lange", at(demo, "2026-12-25T10:00"))
    carnival = PhoneHours(week(thursday="10:30-11:30"))
    assert in_phone_hours(carnival, demo, "lange", at(demo, "2026-02-12T10:45"))
    assert not in_phone_hours(carnival, demo, "lange", at(demo, "2026-02-12T11:15"))


def test_they_are_hours_of_the_clock_on_the_wall_also_after_a_change_of_hour(demo: Office) -> None:
    start, end = datetime(2026, 3, 23, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)
    found = [begin.astimezone(demo.zone).strftime("%a %H:%M") for begin, _ in periods(TWICE, demo, "lange", start, end)]
    assert found == ["Tue 09:30", "Thu 09:30", "Tue 09:30"]


def test_only_case_workers_have_them_and_who_is_named(demo: Office) -> None:
    tuesday = at(demo, "2026-03-03T10:00")
    assert not in_phone_hours(TWICE, demo, "brandt", tuesday)
    assert not in_phone_hours(TWICE, demo, "nobody", tuesday)
    named = PhoneHours(TWICE.week, (OtherHours((), ("brandt",), TWICE.week),))
    assert in_phone_hours(named, demo, "brandt", tuesday)


def test_a_person_goes_before_her_unit_and_the_unit_before_all(demo: Office) -> None:
    monday = week(monday="13:00-14:00")
    hours = PhoneHours(TWICE.week, (OtherHours(("benefits-1",), (), monday), OtherHours((), ("yildiz",), NO_HOURS)))
    assert hours.week_of(demo.people["lange"]) == monday
    assert hours.week_of(demo.people["yildiz"]) == NO_HOURS
    assert hours.week_of(demo.people["omar"]) == TWICE.week


def moments(start: datetime, end: datetime, edges: list[int]) -> Iterator[int]:
    chance = random.Random(4)
    length = (end - start) // timedelta(milliseconds=1)
    for edge in edges:
        yield from (edge - 1, edge, edge + 1)
    for _ in range(500):
        yield chance.randrange(length)


def test_compiled_and_plain_agree_with_the_calendar_to_the_millisecond(demo: Office) -> None:
    hours = PhoneHours(TWICE.week, (OtherHours(("placement-1",), (), week(monday="08:00-09:00")),))
    people = [person.id for person in demo.people.values() if person.unit] + ["arslan", "nobody"]
    start = datetime(2026, 3, 2, tzinfo=UTC)
    end = start + timedelta(days=40)
    given = intervals(hours, demo, people, start, end)
    arrays = [np.array(values, dtype=np.int64) for values in given]
    fast = compiled(within)
    for place in (0, people.index("fuchs"), people.index("brandt"), len(people) - 1):
        edges = given.starts[given.first[place] : given.first[place + 1]]
        edges += given.ends[given.first[place] : given.first[place + 1]]
        for now in moments(start, end, edges):
            expected = in_phone_hours(hours, demo, people[place], start + timedelta(milliseconds=now))
            assert within(*given, place, now) is expected
            assert fast(*arrays, place, now) == expected


def test_a_preset_s_hours_lie_in_the_service_hours_of_the_demo_office(demo: Office) -> None:
    for name in access.names():
        model = access.load(name)
        for day, hours in enumerate(model.hours.week):
            regular = demo.calendar.week[day]
            assert all(any(s <= start and end <= e for s, e in regular) for start, end in hours), name


def test_without_a_table_nobody_has_any(demo: Office) -> None:
    model = access.load("service-centre")
    start = datetime.combine(date(2026, 3, 2), datetime.min.time(), demo.zone)
    assert periods(model.hours, demo, "lange", start, start + timedelta(days=14)) == ()
