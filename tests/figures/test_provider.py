"""Reported figures are sums and weighted means of what was reported; ours of the same times stand beside, from our record."""

from datetime import datetime, timedelta

import pytest

from erreichbar.figures.provider import ours, reported, thresholds
from erreichbar.record import events
from erreichbar.record.fold import fold
from erreichbar.record.provider import HALF_HOUR, Interval
from erreichbar.record.vocabulary import Event, Ref, Staff
from erreichbar.record.words import EndedBy, Line, Role

EIGHT = datetime.fromisoformat("2026-03-05T08:00:00+01:00")
INTERVALS = [
    Interval(EIGHT, EIGHT + HALF_HOUR, 10, 8, 1, 6, 20, 30, 200),
    Interval(EIGHT + HALF_HOUR, EIGHT + 2 * HALF_HOUR, 30, 20, 10, 5, 20, 120, None),
    Interval(EIGHT + 2 * HALF_HOUR, EIGHT + 3 * HALF_HOUR, 4, 0, 4),
]


def test_sums_shares_and_weighted_means() -> None:
    found = {one.name: (one.numerator, one.denominator) for one in reported(INTERVALS)}
    assert found == {
        "offered": (44, None),
        "reachability": (28, 44),
        "abandoned": (15, 44),
        "neither": (1, 44),
        "service_level_20_s": (11, 40),
        "wait_mean": ((8 * 30 + 20 * 120) * 1000, 28),
        "talk_mean": (8 * 200 * 1000, 8),
    }
    assert thresholds(INTERVALS) == [20]


def test_where_nothing_was_reported_there_is_no_value() -> None:
    values = {one.name: one.value for one in reported([INTERVALS[2]])}
    assert (values["reachability"], values["wait_mean"], values["talk_mean"]) == (0.0, None, None)


def call(number: int, at: datetime, wait_s: int | None) -> list[tuple[datetime, Event]]:
    ref = Ref(f"{number:012}a")
    said: list[tuple[datetime, Event]] = [
        (at, events.CallArrived(call=ref, person=None, line=Line.CENTRE, number_withheld=False, in_service_hours=True, ring_back_of=None)),
    ]  # fmt: skip
    if wait_s is None:
        return [*said, (at + timedelta(seconds=60), events.CallAbandoned(call=ref))]
    answered = at + timedelta(seconds=wait_s)
    return [
        *said,
        (answered, events.CallAnswered(call=ref, staff=Staff("000000000000s"), role=Role.AGENT)),
        (answered + timedelta(seconds=100), events.CallEnded(call=ref, by=EndedBy.CITIZEN)),
    ]


def test_ours_are_of_the_same_times_only() -> None:
    before = EIGHT - timedelta(seconds=1)
    entries = [*call(1, before, 5), *call(2, EIGHT, 10), *call(3, EIGHT, None), *call(4, EIGHT + 3 * HALF_HOUR, 1)]
    tables = fold(entries)
    found = {one.name: (one.numerator, one.denominator) for one in ours(tables, [one[:2] for one in INTERVALS], [20])}
    assert found == {
        "offered": (2, None),
        "reachability": (1, 2),
        "abandoned": (1, 2),
        "neither": (0, 2),
        "service_level_20_s": (1, 2),
        "wait_mean": (70_000, 2),
        "talk_mean": (100_000, 1),
    }


@pytest.mark.parametrize("away", [timedelta(days=1), timedelta(days=-1)])
def test_where_we_counted_no_call_nothing_of_ours_stands_beside(away: timedelta) -> None:
    assert ours(fold(call(1, EIGHT + away, 5)), [one[:2] for one in INTERVALS]) == []
