"""What breaks when: every ticket is counted once, in its part of its day, by the office's clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.promise.forecast.outlook import Part, outlook

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
TICKETS = st.lists(st.tuples(st.integers(-3000, 3000).map(lambda m: NOW + timedelta(minutes=m)), st.floats(0, 1)))


@given(TICKETS)
def test_every_ticket_is_counted_once(tickets: list[tuple[datetime, float]]) -> None:
    found = outlook(tickets, NOW, BERLIN)
    assert sum(one.count for one in found) == len(tickets)
    assert sum(one.missed for one in found) == pytest.approx(sum(1 - reached for _, reached in tickets))
    places = [(one.day or date.min, one.part) for one in found]
    assert places == sorted(set(places))


def test_parts_are_those_of_the_office_and_what_is_over_comes_first() -> None:
    at = [
        (NOW - timedelta(hours=1), 0.0),
        (NOW, 0.25),
        (NOW + timedelta(hours=1), 1.0),
        (NOW + timedelta(hours=8), 0.5),
    ]
    # 10:00, 11:00 and 18:00 in Berlin.
    day = date(2026, 3, 5)
    assert outlook(at, NOW, BERLIN) == [
        Part(None, 0, 1, 1.0),
        Part(day, 0, 1, 0.75),
        Part(day, 1, 1, 0.0),
        Part(day, 3, 1, 0.5),
    ]
