"""Who is there, now and next. Monday 2 March 2026; the demo office is open 8 to 18."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar import office as offices
from erreichbar.office import Office
from erreichbar.office.periods import common, joined, length, without
from erreichbar.promise.presence import Entry, Roster, Taken

OFFICE = offices.demo()
PART_TIME = """
[people.hours]
monday = ["08:00-12:00"]
tuesday = ["08:00-12:00", "13:00-16:00"]
friday = ["06:00-20:00"]
"""


def at(text: str) -> datetime:
    return OFFICE.calendar.local(f"2026-03-{text}")


@pytest.fixture(scope="module")
def part_time() -> Office:
    """The demo office, in which Petra Lange works part time."""
    before, _, after = OFFICE.text.partition('sip_user = "seat-lange"\n')
    return offices.loads(f'{before}sip_user = "seat-lange"\n{PART_TIME}{after}', "part-time.toml")


def test_without_hours_of_her_own_she_is_there_when_her_unit_is_staffed() -> None:
    presence = Roster(OFFICE).presence("lange", at("02T10:00"))
    assert (presence.here, presence.free, presence.until) == (True, True, at("02T18:00"))
    assert presence.free_from == at("02T10:00")


def test_hours_of_her_own_count_as_far_as_the_office_is_open(part_time: Office) -> None:
    roster = Roster(part_time)
    assert roster.presence("lange", at("02T10:00")).until == at("02T12:00")
    assert roster.presence("lange", at("02T12:00")).free_from == at("03T08:00")
    assert roster.there("lange", at("06T00:00"), at("07T00:00")) == ((at("06T08:00"), at("06T18:00")),)


def test_a_part_day_of_the_office_takes_from_her_hours_and_adds_nothing(part_time: Office) -> None:
    # On Wednesday 16 September the office is open 8 to 12 and 15:30 to 18; she does not work on Wednesdays.
    day = part_time.calendar.local("2026-09-16T00:00")
    assert Roster(part_time).there("lange", day, day + timedelta(days=1)) == ()


def test_who_is_absent_comes_back_afterwards() -> None:
    roster = Roster(OFFICE, [Entry("lange", at("02T08:00"), at("04T12:00"))])
    presence = roster.presence("lange", at("02T10:00"))
    assert (presence.here, presence.until, presence.free_from) == (False, None, at("04T12:00"))
    assert roster.presence("yildiz", at("02T10:00")).here


def test_who_left_has_no_next_time() -> None:
    assert Roster(OFFICE, [Entry("lange", at("02T08:00"), None)]).presence("lange", at("02T10:00")).free_from is None


@pytest.mark.parametrize("kind", [Taken.APPOINTMENT, Taken.PROTECTED])
def test_in_an_appointment_she_is_there_but_not_free(kind: Taken) -> None:
    presence = Roster(OFFICE, [Entry("lange", at("02T09:00"), at("02T11:00"), kind)]).presence("lange", at("02T10:00"))
    assert (presence.here, presence.free, presence.free_from) == (True, False, at("02T11:00"))


def test_callback_time_kept_free_in_the_roster_is_hers_as_far_as_she_is_free() -> None:
    text = OFFICE.text.replace(
        'sip_user = "seat-lange"\n', 'sip_user = "seat-lange"\n[people.callback_hours]\nmonday = ["07:00-09:30"]\n', 1
    )
    roster = Roster(
        offices.loads(text, "reserved.toml"), [Entry("lange", at("02T09:00"), at("02T10:00"), Taken.APPOINTMENT)]
    )
    assert roster.for_callbacks("lange", at("02T00:00"), at("04T00:00")) == ((at("02T08:00"), at("02T09:00")),)
    assert len(roster.for_callbacks("yildiz", at("02T00:00"), at("04T00:00"))) == 2


def test_whom_the_office_does_not_know_is_never_there() -> None:
    assert Roster(OFFICE).presence("nobody", at("02T10:00")).free_from is None


MINUTES = 40
ROWS = st.lists(st.tuples(st.integers(0, MINUTES), st.integers(0, MINUTES)), max_size=6)


def minutes(given: list[tuple[int, int]]) -> set[int]:
    return {minute for start, end in given for minute in range(start, end)}


@given(ROWS, ROWS)
def test_rows_of_stretches_are_sets_of_minutes(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    def row(given: list[tuple[int, int]]) -> tuple[tuple[datetime, datetime], ...]:
        return joined((at("02T08:00") + timedelta(minutes=s), at("02T08:00") + timedelta(minutes=e)) for s, e in given)

    def back(given: tuple[tuple[datetime, datetime], ...]) -> set[int]:
        start = at("02T08:00")
        return minutes([(int((s - start).seconds / 60), int((e - start).seconds / 60)) for s, e in given])

    assert back(row(one)) == minutes(one)
    assert back(common(row(one), row(other))) == minutes(one) & minutes(other)
    assert back(without(row(one), row(other))) == minutes(one) - minutes(other)
    assert length(row(one)) == timedelta(minutes=len(minutes(one)))
    for found in (row(one), common(row(one), row(other)), without(row(one), row(other))):
        assert all(a[1] < b[0] or a[1] == b[0] for a, b in pairwise(found))
