"""Case work by hand: one case worker, one agent, minutes; getting back into a case takes ten."""

from collections.abc import Sequence

import numpy as np

from erreichbar.lab.engine.desks import CALLING_BACK, Desks, work
from erreichbar.lab.engine.shapes import SeatIs
from erreichbar.lab.engine.state import LOG, NOBODY
from erreichbar.lab.office.items import Items, Workload
from erreichbar.lab.office.times import APPOINTMENT, BREAK, PROTECTED, Times
from erreichbar.record.words import WorkKind, code

MINUTE = 60_000
CALL = 0
"""The contact."""
OFF, READY, RINGING, TALKING, WRAP_UP, PAUSE = SeatIs
AGENT, CASE_WORKER = 0, 1
Told = list[tuple[WorkKind, int, int, int, int]]
"""What, from, until, whether interrupted, getting back (minutes)."""


def told(
    *notes: tuple[int, int, int],
    items: Sequence[tuple[int, int]] = (),
    taken: Sequence[tuple[int, int, int]] = (),
    seat: int = CASE_WORKER,
    stops: int = 600,
) -> Told:
    """What is told of somebody who was at something from a minute on; ``items``: when they came, and their work."""
    log = np.array([(seat, since * MINUTE, state, contact) for since, state, contact in notes]).reshape(-1, LOG)
    none, both = np.zeros(2), np.zeros(3, np.int64)
    mine = np.array([0, 0, 1], np.int64) if seat == CASE_WORKER else np.array([0, 1, 1], np.int64)
    comes, size = (np.array([item[column] * MINUTE for item in items], np.int64) for column in range(2))
    starts, ends = (np.array([one[column] * MINUTE for one in taken], np.int64) for column in range(2))
    desks = Desks(
        agents=1,
        stops=stops * MINUTE,
        seed=1,
        replication=0,
        times=Times(
            both, both[:0], both[:0], mine * len(taken), starts, ends, np.array([one[2] for one in taken], np.int8)
        ),
        items=Items(np.array([0, 0, len(items)]), np.arange(len(items)), comes, size, np.zeros_like(size)),
        load=Workload(none, none, none, none, none, 10.0 * MINUTE, 10.0 * MINUTE),
    )
    return [
        (list(WorkKind)[row[1]], row[2] // MINUTE, row[3] // MINUTE, row[5], row[6] // MINUTE)
        for row in work(log, desks).tolist()
    ]


def test_a_call_interrupts_a_case_and_getting_back_costs() -> None:
    calls = ((0, READY, NOBODY), (20, RINGING, CALL), (21, TALKING, CALL), (30, READY, NOBODY), (200, OFF, NOBODY))
    assert told(*calls, items=[(-5, 60)]) == [
        (WorkKind.CASE_WORK, 0, 20, 1, 0),
        (WorkKind.CALL, 20, 21, 0, 0),
        (WorkKind.CALL, 21, 30, 0, 0),
        (WorkKind.CASE_WORK, 30, 80, 0, 10),
        (WorkKind.IDLE, 80, 200, 0, 0),
    ]


def test_who_is_interrupted_while_getting_back_begins_that_anew() -> None:
    calls = ((0, READY, NOBODY), (20, TALKING, CALL), (30, READY, NOBODY), (34, TALKING, CALL), (40, READY, NOBODY))
    assert told(*calls, items=[(0, 60)], stops=100) == [
        (WorkKind.CASE_WORK, 0, 20, 1, 0),
        (WorkKind.CALL, 20, 30, 0, 0),
        (WorkKind.CASE_WORK, 30, 34, 1, 4),
        (WorkKind.CALL, 34, 40, 0, 0),
        (WorkKind.CASE_WORK, 40, 90, 0, 10),
        (WorkKind.IDLE, 90, 100, 0, 0),
    ]


def test_who_has_not_gone_on_with_her_case_is_not_interrupted_in_it() -> None:
    calls = ((0, READY, NOBODY), (20, TALKING, CALL), (30, READY, NOBODY), (30, TALKING, CALL), (40, READY, NOBODY))
    assert told(*calls, items=[(0, 60)], stops=100) == [
        (WorkKind.CASE_WORK, 0, 20, 1, 0),
        (WorkKind.CALL, 20, 30, 0, 0),
        (WorkKind.CALL, 30, 40, 0, 0),
        (WorkKind.CASE_WORK, 40, 90, 0, 10),
        (WorkKind.IDLE, 90, 100, 0, 0),
    ]


def test_what_she_puts_down_herself_costs_nothing() -> None:
    notes = ((0, READY, NOBODY), (20, CALLING_BACK, CALL), (30, READY, NOBODY), (40, OFF, NOBODY), (60, READY, NOBODY))
    assert told(*notes, items=[(0, 60)], taken=[(40, 60, APPOINTMENT)], stops=90) == [
        (WorkKind.CASE_WORK, 0, 20, 0, 0),
        (WorkKind.CALLBACK, 20, 30, 0, 0),
        (WorkKind.CASE_WORK, 30, 40, 0, 0),
        (WorkKind.APPOINTMENT, 40, 60, 0, 0),
        (WorkKind.CASE_WORK, 60, 90, 0, 0),
    ]


def test_a_case_that_is_done_when_the_call_comes_is_not_interrupted() -> None:
    notes = ((0, READY, NOBODY), (20, TALKING, CALL), (30, READY, NOBODY))
    assert told(*notes, items=[(0, 20), (10, 5)], stops=40) == [
        (WorkKind.CASE_WORK, 0, 20, 0, 0),
        (WorkKind.CALL, 20, 30, 0, 0),
        (WorkKind.CASE_WORK, 30, 35, 0, 0),
        (WorkKind.IDLE, 35, 40, 0, 0),
    ]


def test_a_talk_that_outlasts_what_comes_before_an_appointment_takes_of_it() -> None:
    notes = ((0, READY, NOBODY), (20, TALKING, CALL), (50, OFF, NOBODY))
    away = [(30, 60, APPOINTMENT), (60, 90, PROTECTED), (90, 95, BREAK)]
    assert told(*notes, items=[(5, 15), (40, 20)], taken=away) == [
        (WorkKind.IDLE, 0, 5, 0, 0),
        (WorkKind.CASE_WORK, 5, 20, 0, 0),
        (WorkKind.CALL, 20, 50, 0, 0),
        (WorkKind.APPOINTMENT, 50, 60, 0, 0),
        (WorkKind.PROTECTED, 60, 80, 0, 0),
        (WorkKind.IDLE, 80, 90, 0, 0),
        (WorkKind.OTHER, 90, 95, 0, 0),
    ]


def test_an_agent_waits_rings_talks_wraps_up_and_pauses() -> None:
    notes = (
        (0, READY, NOBODY), (5, RINGING, CALL), (6, PAUSE, NOBODY), (7, READY, NOBODY), (9, TALKING, CALL), (12, WRAP_UP, CALL),
        (13, READY, NOBODY), (20, OFF, NOBODY),
    )  # fmt: skip
    assert [one[:3] for one in told(*notes, seat=AGENT)] == [
        (WorkKind.IDLE, 0, 5),
        (WorkKind.CALL, 5, 6),
        (WorkKind.OTHER, 6, 7),
        (WorkKind.IDLE, 7, 9),
        (WorkKind.CALL, 9, 12),
        (WorkKind.WRAP_UP, 12, 13),
        (WorkKind.IDLE, 13, 20),
    ]


def test_all_is_told_however_much_it_is() -> None:
    """More stretches than there is room for at first: each item comes after a gap of nothing to do."""
    items = [(2 * nth, 1) for nth in range(2_000)]
    found = told((0, READY, NOBODY), items=items, stops=4_000)
    assert len(found) == 4_000
    assert [code(one[0]) for one in found[:3]] == [
        code(kind) for kind in (WorkKind.CASE_WORK, WorkKind.IDLE, WorkKind.CASE_WORK)
    ]
