"""Citizens who came in person, by hand."""

from erreichbar.figures import calls, visits
from erreichbar.record.words import CallOutcome, Direction, Role, code
from tests.figures.by_hand import HOUR, MINUTE, call, tables

CAME = {"direction": code(Direction.VISIT), "line": -1}
DAY = [
    call(0, 10 * MINUTE, 25 * MINUTE, **CAME, role=code(Role.CASE_WORKER)),
    call(1 * HOUR, -1, 3 * HOUR, **CAME, outcome=code(CallOutcome.TURNED_AWAY)),
    call(2 * HOUR, -1, -1, **CAME),
    call(2 * HOUR, 2 * HOUR, 3 * HOUR),
]


def test_who_came_was_received_and_waited() -> None:
    day = tables(DAY, work=[])
    assert visits.visits(day).numerator == 3
    received, waited = visits.received(day), visits.wait_mean(day)
    assert (received.numerator, received.denominator) == (1, 2), "whoever still waits counts later"
    assert (waited.numerator, waited.denominator) == (10 * MINUTE + 2 * HOUR, 2)


def test_no_figure_of_calls_counts_a_visit() -> None:
    day = tables(DAY, work=[])
    assert calls.offered(day).numerator == 1
    assert calls.wait_mean(day).numerator == 0


def test_where_visits_are_not_recorded_that_is_said() -> None:
    for figure in (visits.visits, visits.received, visits.wait_mean):
        assert figure(tables(DAY)).value is None
