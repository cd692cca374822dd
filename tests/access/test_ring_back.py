"""Which missed callback a call answers, and how far back one counts."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar import access
from erreichbar import office as offices

BERLIN = ZoneInfo("Europe/Berlin")
RULES = access.load("recognisable-callback").rules
MISSED = st.lists(st.integers(-1, 100), max_size=8)


def test_the_latest_missed_callback_wins_of_several_persons_on_one_number() -> None:
    assert access.ring_back_ticket(RULES, [10, 30, 20], since=0) == 1


def test_of_two_missed_at_once_the_first_ticket() -> None:
    assert access.ring_back_ticket(RULES, [-1, 30, 30], since=0) == 1


def test_without_a_missed_callback_or_too_late_it_answers_none() -> None:
    assert access.ring_back_ticket(RULES, [], since=0) == -1
    assert access.ring_back_ticket(RULES, [-1, -1], since=0) == -1
    assert access.ring_back_ticket(RULES, [10, 30], since=31) == -1


def test_with_the_number_withheld_there_is_nothing_to_answer() -> None:
    assert access.ring_back_ticket(access.load("service-centre").rules, [10, 30], since=0) == -1


@given(MISSED, st.integers(0, 100))
def test_what_it_names_counts_and_nothing_later_was_missed(missed: list[int], since: int) -> None:
    chosen = access.ring_back_ticket(RULES, missed, since)
    counting = [moment for moment in missed if moment >= since]
    assert (chosen < 0) is (not counting)
    if counting:
        assert missed[chosen] == max(counting)


@pytest.mark.parametrize(
    ("now", "days", "expected"),
    [
        (datetime(2026, 3, 5, 15), 0, date(2026, 3, 5)),
        (datetime(2026, 3, 5, 15), 3, date(2026, 3, 2)),
        (datetime(2026, 3, 9, 9), 1, date(2026, 3, 6)),  # Monday to Friday
        (datetime(2026, 4, 7, 9), 1, date(2026, 4, 2)),  # the Tuesday after Easter
        (datetime(2026, 3, 30, 9), 5, date(2026, 3, 23)),  # across the change of hour
    ],
)
def test_only_working_days_are_counted_back(now: datetime, days: int, expected: date) -> None:
    calendar = offices.demo().calendar
    since = access.counts_since(calendar, now.replace(tzinfo=BERLIN), days)
    assert since == datetime(expected.year, expected.month, expected.day, tzinfo=BERLIN)
