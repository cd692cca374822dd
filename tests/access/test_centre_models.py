"""The models that keep the centre and add a way past the ticket: one transfer, and the urgent lane."""

from typing import Any

import pytest

from erreichbar import access
from erreichbar.access import Act, Point, Readiness, Rules, Step, Whom, next_call
from tests.typed import compiled

ONCE = access.load("transfer-once").rules
LANE = access.load("urgent-lane").rules
NORMAL, URGENT, IMMEDIATE = 1, 2, 3
FREE = Readiness.FREE


def step(rules: Rules, point: Point, **given: Any) -> Step:
    return access.decide(rules, access.moment(point, **given))


def rings(answer: Step) -> tuple[Act, Whom, int]:
    return Act(answer.act), Whom(answer.ring_whom), answer.ring_ms


# -- transfer-once


def test_before_the_ticket_the_case_worker_responsible_is_rung_once() -> None:
    assert rings(step(ONCE, Point.UNSETTLED, responsible=FREE)) == (Act.RING, Whom.RESPONSIBLE, 15_000)
    assert step(ONCE, Point.TRANSFER_MISSED, responsible=FREE, transfers_made=1).act == Act.OPEN_TICKET
    # Somebody who answered the transfer and cannot settle the matter either is not put through once more.
    assert step(ONCE, Point.UNSETTLED, responsible=FREE, transfers_made=1).act == Act.OPEN_TICKET


@pytest.mark.parametrize("readiness", [state for state in Readiness if state is not Readiness.FREE])
def test_if_she_is_not_free_the_ticket_is_written_at_once(readiness: Readiness) -> None:
    answer = step(ONCE, Point.UNSETTLED, responsible=readiness)
    assert (answer.act, answer.ticket_to, answer.priority) == (Act.OPEN_TICKET, Whom.RESPONSIBLE, 0)


def test_the_ticket_after_a_refusal_promises_what_every_ticket_promises() -> None:
    after = step(ONCE, Point.TRANSFER_MISSED, responsible=Readiness.RUNG, transfers_made=1)
    assert after == step(access.load("service-centre").rules, Point.UNSETTLED)


# -- urgent-lane


@pytest.mark.parametrize("urgency", [URGENT, IMMEDIATE])
def test_an_urgent_matter_rings_at_once_at_the_duty_officer(urgency: int) -> None:
    answer = step(LANE, Point.UNSETTLED, urgency=urgency, duty=FREE, duty_deputy=FREE, responsible=FREE)
    assert rings(answer) == (Act.RING, Whom.DUTY, 20_000)


def test_a_normal_one_becomes_a_ticket_even_if_the_duty_officer_is_free() -> None:
    answer = step(LANE, Point.UNSETTLED, urgency=NORMAL, duty=FREE, duty_deputy=FREE, responsible=FREE)
    assert (answer.act, answer.ticket_to, answer.priority) == (Act.OPEN_TICKET, Whom.RESPONSIBLE, 0)


def test_after_the_duty_officer_the_deputy_then_the_ticket_of_the_duty_officer() -> None:
    missed = {"urgency": URGENT, "duty": Readiness.RUNG, "duty_deputy": FREE, "transfers_made": 1}
    assert rings(step(LANE, Point.TRANSFER_MISSED, **missed)) == (Act.RING, Whom.DUTY_DEPUTY, 20_000)
    missed |= {"duty_deputy": Readiness.RUNG, "transfers_made": 2}
    answer = step(LANE, Point.TRANSFER_MISSED, **missed)
    assert (answer.act, answer.ticket_to, answer.priority) == (Act.OPEN_TICKET, Whom.DUTY, 1)


@pytest.mark.parametrize("readiness", [Readiness.BUSY, Readiness.PROTECTED, Readiness.ABSENT, Readiness.NOBODY])
def test_if_the_duty_officer_may_not_be_rung_the_deputy_is_at_once(readiness: Readiness) -> None:
    answer = step(LANE, Point.UNSETTLED, urgency=IMMEDIATE, duty=readiness, duty_deputy=FREE)
    assert rings(answer) == (Act.RING, Whom.DUTY_DEPUTY, 20_000)
    answer = step(LANE, Point.UNSETTLED, urgency=IMMEDIATE, duty=readiness, duty_deputy=readiness)
    assert (answer.act, answer.ticket_to) == (Act.OPEN_TICKET, Whom.DUTY)


def test_what_the_duty_officer_cannot_settle_in_the_call_is_a_ticket_and_not_rung_on() -> None:
    answer = step(LANE, Point.UNSETTLED, urgency=URGENT, duty=Readiness.BUSY, duty_deputy=FREE, transfers_made=1)
    assert (answer.act, answer.ticket_to) == (Act.OPEN_TICKET, Whom.DUTY)


def test_who_is_known_to_be_urgent_is_neither_turned_away_nor_asked_to_call_again() -> None:
    full = {"waiting": 100, "agents_present": 1, "waited_ms": 10_000_000}
    limited = LANE._replace(longest_wait_ms=60_000)
    assert step(LANE, Point.ARRIVED, urgency=URGENT, **full).act == Act.QUEUE
    assert step(LANE, Point.ARRIVED, urgency=NORMAL, **full).act == Act.TURN_AWAY
    assert step(limited, Point.WAITED, urgency=URGENT, **full).act == Act.KEEP_WAITING
    assert step(limited, Point.WAITED, urgency=NORMAL, **full).act == Act.TURN_AWAY


def test_an_urgent_matter_never_waits_behind_a_normal_one() -> None:
    """Whatever waits: the next call is urgent as long as an urgent one waits, and so is the next ticket."""
    waiting = [(URGENT, 900), (NORMAL, 100), (IMMEDIATE, 800), (NORMAL, 50), (-1, 10)]
    for point in (Point.ARRIVED, Point.RING_BACK):
        priority = [step(LANE, point, urgency=urgency, agents_present=5).priority for urgency, _ in waiting]
        arrived = [moment for _, moment in waiting]
        order = []
        while (call := next_call(priority, arrived)) >= 0:
            order.append(call)
            priority[call] = -1
        assert order == [2, 0, 4, 3, 1]
    tickets = [step(LANE, Point.UNSETTLED, urgency=urgency).priority for urgency in (-1, 0, NORMAL, URGENT, IMMEDIATE)]
    assert tickets == [0, 0, 0, 1, 1]


def test_without_a_lane_first_come_is_first_served() -> None:
    priority = [
        step(ONCE, Point.ARRIVED, urgency=urgency, agents_present=5).priority for urgency in (NORMAL, IMMEDIATE)
    ]
    assert next_call(priority, [5, 9]) == 0


def test_compiled_the_next_call_is_the_same() -> None:
    import numpy as np

    chance = np.random.default_rng(11)
    fast = compiled(next_call)
    for _ in range(200):
        length = int(chance.integers(0, 8))
        priority, arrived = chance.integers(-1, 2, length), chance.integers(0, 4, length)
        assert fast(priority, arrived) == next_call(priority.tolist(), arrived.tolist())
