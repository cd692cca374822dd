"""The compiled loop against the same office in plain Python: every call, to the last digit."""

import numpy as np
import pytest

from erreichbar import access
from erreichbar.access.points import Rules
from erreichbar.lab.engine.driving import Found, drive
from erreichbar.lab.engine.shapes import Again, Hours, Law, Plan, Ring, Seed, Sums, Window
from erreichbar.lab.queue import constant_days
from erreichbar.record.words import CallOutcome, code
from tests.lab.engine.plain import Plain

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules
MINUTE = 60_000
HOUR = 60 * MINUTE
NAMES = (
    "start",
    "open",
    "outcome",
    "queued",
    "rings",
    "missed",
    "answered",
    "ended",
    "wrapped_up",
    "seat",
    "citizen",
    "nth",
)
ALL_DAY = Window(0, 1 << 50, 20_000)
SEATS = [3, 4, 9, 11]


def rules(longest_wait_ms: int = -1) -> Rules:
    plain = access.load("service-centre").rules
    return plain._replace(places=-1, places_per_agent=-1.0, longest_wait_ms=longest_wait_ms)


def hours(days: int) -> Hours:
    """Return a morning and an afternoon on each day, all agents there while it is open."""
    periods = [
        (day * 24 * HOUR + start, day * 24 * HOUR + end)
        for day in range(days)
        for start, end in ((8 * HOUR, 12 * HOUR), (13 * HOUR, 16 * HOUR))
    ]
    shifts = [(seat, *period) for seat in range(len(SEATS)) for period in periods]
    return Hours(np.array(periods), np.array(shifts), 6_000, 30_000)


def office(seed: int, replication: int = 3) -> Plan:
    return Plan(
        seed=Seed(seed, replication),
        days=constant_days(70.0 / HOUR, 3 * 24 * HOUR),
        talk=Law(170_000.0, 205_000.0),
        rules=rules(longest_wait_ms=4 * MINUTE),
        window=ALL_DAY,
        patience=Law(-1.0, 150_000.0),
        again=Again(0.55, Law(15.0 * MINUTE, 40.0 * MINUTE), 6_000),
        ring=Ring(Law(9_000.0, 15_000.0), MINUTE),
        wrap_up=Law(75_000.0, 90_000.0),
        hours=hours(3),
    )


def rows_of(found: Found) -> list[dict[str, int]]:
    assert found.rows is not None
    return [dict(zip(NAMES, map(int, row), strict=True)) for row in found.rows[:, : len(NAMES)]]


@pytest.mark.parametrize("seed", range(8))
def test_every_call_of_an_office_is_that_of_plain_python(seed: int) -> None:
    plan = office(seed)._replace(scan=np.zeros(len(SEATS), dtype=np.int64))
    assert rows_of(drive(plan, np.array(SEATS), slots=4, rows=16)) == Plain(plan, SEATS).run()


def test_whatever_can_happen_happens_in_these_offices() -> None:
    rows = [row for seed in range(8) for row in Plain(office(seed), SEATS).run()]
    assert {row["outcome"] for row in rows} == {code(outcome) for outcome in CallOutcome}
    assert {row["missed"] for row in rows} >= {0, 1, 2}
    assert max(row["nth"] for row in rows) >= 3
    assert any(row["outcome"] == code(CallOutcome.ABANDONED) and row["rings"] > row["missed"] for row in rows)
    # At closing time those who wait are still served.
    closing = [day * 24 * HOUR + 16 * HOUR for day in range(3)]
    assert any(row["start"] < end < row["answered"] for row in rows for end in closing)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("patient", [False, True])
def test_a_queue_compiled_without_what_it_does_not_use_is_the_same_queue(seed: int, patient: bool) -> None:
    """Nothing rings, nobody wraps up, nobody calls again, it never closes: left out, or there and doing nothing."""
    days = constant_days(70.0 / HOUR, 48 * HOUR)
    for_ever = np.array([(0, 1 << 50)])
    shifts = np.array([(seat, 0, 1 << 50) for seat in range(len(SEATS))])
    bare = office(seed)._replace(days=days, rules=rules(), again=None, ring=None, wrap_up=None, hours=None)
    if not patient:
        bare = bare._replace(patience=None)
    laden = bare._replace(
        patience=Law(-1.0, 1e15) if bare.patience is None else bare.patience,
        again=Again(0.0, Law(1.0, 1.0), 0),
        ring=Ring(Law(0.0, 0.0), MINUTE),
        wrap_up=Law(0.0, 0.0),
        hours=Hours(for_ever, shifts, 6_000, 30_000),
        scan=np.zeros(len(SEATS), dtype=np.int64),
    )
    one, other = (drive(plan, np.array(SEATS), rows=16) for plan in (bare, laden))
    assert one.contacts > 2_000
    assert rows_of(one) == rows_of(other)
    assert one.sums.tolist() == other.sums.tolist()
    assert rows_of(one) == Plain(bare, SEATS).run()


def test_sums_are_those_of_the_rows() -> None:
    scan = np.zeros(len(SEATS), dtype=np.int64)
    plan = office(5)._replace(window=Window(10 * HOUR, 40 * HOUR, 20_000), scan=scan)
    plain = drive(plan, np.array(SEATS))
    found = drive(plan, np.array(SEATS), rows=16)
    assert plain.rows is None
    assert plain.sums.tolist() == found.sums.tolist()
    rows = [row for row in rows_of(found) if 10 * HOUR <= row["start"] < 40 * HOUR]
    offered = [row for row in rows if row["open"]]
    waits = [(row["answered"] if row["answered"] >= 0 else row["ended"]) - row["start"] for row in offered]
    talks = [
        max(0, min(row["ended"], 40 * HOUR) - max(row["answered"], 10 * HOUR))
        for row in rows_of(found)
        if row["answered"] >= 0
    ]
    expected = {
        Sums.OFFERED: len(offered),
        Sums.WAITED: sum(wait > 0 for wait in waits),
        Sums.WAIT_MS: sum(waits),
        Sums.WAITED_OVER: sum(wait > 20_000 for wait in waits),
        Sums.TALK_MS: sum(talks),
        **{
            place: sum(row["outcome"] == code(outcome) for row in rows)
            for place, outcome in (
                (Sums.ANSWERED, CallOutcome.ANSWERED),
                (Sums.ABANDONED, CallOutcome.ABANDONED),
                (Sums.TURNED_AWAY, CallOutcome.TURNED_AWAY),
                (Sums.OUT_OF_HOURS, CallOutcome.OUT_OF_HOURS),
            )
        },
    }
    assert {place: found.sums[place] for place in expected} == expected
    assert all(expected.values())


def test_two_replications_are_two_and_one_is_one() -> None:
    scan = np.zeros(len(SEATS), dtype=np.int64)
    one, same, other = (
        drive(office(1, replication)._replace(scan=scan), np.array(SEATS), rows=16) for replication in (0, 0, 1)
    )
    assert rows_of(one) == rows_of(same)
    assert rows_of(one) != rows_of(other)


def test_a_day_with_more_calls_than_an_office_has_is_refused() -> None:
    days = constant_days(80_000 / (4 * HOUR), 4 * HOUR)
    with pytest.raises(ValueError, match="more than 65536 calls"):
        drive(office(1)._replace(days=days, scan=np.zeros(4, dtype=np.int64)), np.array(SEATS))
