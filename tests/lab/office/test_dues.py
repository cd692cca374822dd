"""Due moments by the minute are those of the promise itself, wherever a ticket is opened."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erreichbar import office as offices
from erreichbar.lab.compiling import compiled
from erreichbar.lab.office.dues import due_service_hours, dues, last_chance
from erreichbar.office import moments
from erreichbar.promise import clocks
from erreichbar.record.words import ClockName

CALENDAR = offices.demo().calendar
MS = timedelta(milliseconds=1)
DAYS = 30


def start_of(day: date) -> datetime:
    return moments.at(day, 0, CALENDAR.zone)


STARTS = [date(2026, 3, 20), date(2026, 2, 9), date(2025, 12, 15)]
"""Before Easter and a change of hour, before carnival with its part day, before the turn of the year."""
FOUND = {day: dues(CALENDAR, start_of(day), DAYS * 1440) for day in STARTS}
EDGES = [8 * 60, 18 * 60, 16 * 60, 10 * 60, 11 * 60]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(STARTS),
    st.integers(0, DAYS - 2),
    st.one_of(
        st.integers(0, 1439), st.builds(lambda edge, off: edge + off, st.sampled_from(EDGES), st.integers(-1, 1))
    ),
    st.sampled_from([0, 1, 30_000, 59_999]),
)
def test_a_ticket_is_due_when_the_promise_says(first: date, day: int, minute: int, rest: int) -> None:
    start, table = start_of(first), FOUND[first]
    ms = (day * 1440 + minute) * 60_000 + rest
    opened = start + ms * MS

    def from_start(moment: datetime | None) -> int:
        return -1 if moment is None else (moment - start) // MS

    due = clocks.on_all_clocks(CALENDAR, opened)
    assert due_service_hours(table, np.array([ms])).tolist() == [from_start(due[ClockName.SERVICE_HOURS].moment)]
    assert table.working_days[ms // 60_000] == from_start(due[ClockName.WORKING_DAYS].moment)
    assert last_chance(table.at_last_chance, table.in_last_chance, ms) == from_start(due[ClockName.ELAPSED].last_chance)


@pytest.mark.parametrize("ms", [0, 59_999, 1440 * 60_000 * 3 + 1])
def test_compiled_it_is_the_same(ms: int) -> None:
    table = FOUND[STARTS[0]]
    chance = (table.at_last_chance, table.in_last_chance, ms)
    assert compiled(last_chance)(*chance) == last_chance(*chance)
