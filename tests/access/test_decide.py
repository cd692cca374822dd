"""The decision function: what each point answers, that it is total, and that compiled it decides the same."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from erreichbar import access
from erreichbar.access import Act, Moment, Point, Readiness, Rules, Say, Step, Whom
from erreichbar.record.words import PresentedNumber, code
from tests.access.drawn import PRESETS, random_moment, random_rules
from tests.typed import compiled

CENTRE = access.load("service-centre").rules
RECOGNISABLE = access.load("recognisable-callback").rules

ANSWERS = {
    Point.ARRIVED: {Act.ANNOUNCE_CLOSED, Act.TURN_AWAY, Act.QUEUE, Act.RING},
    Point.RING_BACK: {Act.RING, Act.QUEUE, Act.TURN_AWAY},
    Point.WAITED: {Act.KEEP_WAITING, Act.TURN_AWAY},
    Point.RUNG: {Act.RING},
    Point.DIRECT_BUSY: {Act.ANNOUNCE_CLOSED, Act.TURN_AWAY, Act.QUEUE, Act.RING},
    Point.UNSETTLED: {Act.RING, Act.OPEN_TICKET},
    Point.CALLBACK: {Act.DIAL},
    Point.MISSED: {Act.TRY_AGAIN, Act.END},
    Point.DIRECT_MISSED: {Act.TURN_AWAY, Act.QUEUE, Act.RING},
    Point.TRANSFER_MISSED: {Act.RING, Act.OPEN_TICKET},
}


def cases(seed: int, of: int) -> Iterator[tuple[Rules, Moment]]:
    chance = random.Random(seed)
    for _ in range(of):
        yield random_rules(chance), random_moment(chance, chance.choice(list(Point)))


def valid(point: Point, step: Step) -> bool:
    """Whether a step is one of the point's answers, and has what its act needs and nothing else."""
    act, whom, say = Act(step.act), Whom(step.ring_whom), Say(step.say)
    queues, writes = act is Act.QUEUE, act is Act.OPEN_TICKET
    return (
        act in ANSWERS[point]
        and (whom is not Whom.NOBODY and step.ring_ms > 0 if act is Act.RING else (whom, step.ring_ms) == (-1, -1))
        and ((0 <= step.presented < len(PresentedNumber)) if act is Act.DIAL else step.presented == -1)
        and ((say is not Say.NOTHING) if act in (Act.TURN_AWAY, Act.ANNOUNCE_CLOSED) else say in (-1, Say.WELCOME))
        and (step.ticket_to in (Whom.RESPONSIBLE, Whom.DUTY) if writes else step.ticket_to == -1)
        and (step.priority in (0, 1) if queues or writes else step.priority == -1)
        and all(type(value) is int for value in step)
    )


def test_every_point_has_an_answer_for_every_moment() -> None:
    assert set(ANSWERS) == set(Point)
    for rules, moment in cases(1, 20_000):
        assert valid(Point(moment.point), access.decide(rules, moment)), (rules, moment)


def test_compiled_it_decides_the_same_for_every_preset_and_for_any_rules() -> None:
    decide = compiled(access.decide)
    chance = random.Random(2)
    for name, rules in PRESETS.items():
        for point in Point:
            for _ in range(300):
                moment = random_moment(chance, point)
                assert decide(rules, moment) == access.decide(rules, moment), (name, moment)
    for rules, moment in cases(3, 3_000):
        assert decide(rules, moment) == access.decide(rules, moment), (rules, moment)
    # One signature: no value was of another type, which would have compiled the whole loop anew in silence.
    assert len(decide.signatures) == 1


def act(rules: Rules, point: Point, **given: Any) -> Act:
    return Act(access.decide(rules, access.moment(point, **given)).act)


def test_outside_hours_nobody_enters_whoever_is_free() -> None:
    assert act(CENTRE, Point.ARRIVED, is_open=False, agents_present=5, agents_free=5) is Act.ANNOUNCE_CLOSED
    assert act(RECOGNISABLE, Point.ARRIVED, is_open=False, is_ring_back=True) is Act.ANNOUNCE_CLOSED


@pytest.mark.parametrize(
    ("waiting", "expected"), [(0, Act.QUEUE), (7, Act.QUEUE), (8, Act.TURN_AWAY), (9, Act.TURN_AWAY)]
)
def test_beyond_four_waiting_for_each_agent_callers_are_turned_away(waiting: int, expected: Act) -> None:
    assert act(CENTRE, Point.ARRIVED, waiting=waiting, agents_present=2) is expected


def test_the_stricter_of_both_limits_holds() -> None:
    both = CENTRE._replace(places=3)
    assert act(both, Point.ARRIVED, waiting=3, agents_present=10) is Act.TURN_AWAY
    assert act(both, Point.ARRIVED, waiting=2, agents_present=10) is Act.QUEUE


def test_with_a_free_agent_for_her_nobody_is_turned_away() -> None:
    none_may_wait = CENTRE._replace(places=0)
    assert act(none_may_wait, Point.ARRIVED, waiting=0, agents_present=1, agents_free=1) is Act.QUEUE
    assert act(none_may_wait, Point.ARRIVED, waiting=0, agents_present=1, agents_free=0) is Act.TURN_AWAY


def test_who_rings_back_is_not_turned_away_where_the_model_knows_ring_backs() -> None:
    full = {"waiting": 50, "agents_present": 1, "is_ring_back": True}
    assert act(RECOGNISABLE, Point.ARRIVED, **full) is Act.QUEUE
    assert act(CENTRE, Point.ARRIVED, **full) is Act.TURN_AWAY


def test_a_ring_back_is_offered_first_to_who_tried() -> None:
    step = access.decide(RECOGNISABLE, access.moment(Point.RING_BACK, is_ring_back=True, tried=Readiness.FREE))
    assert (step.act, step.ring_whom, step.ring_ms) == (Act.RING, Whom.TRIED, 12_000)


@pytest.mark.parametrize(
    "given",
    [
        {"is_ring_back": True, "tried": Readiness.PROTECTED},
        {"is_ring_back": True, "tried": Readiness.BUSY},
        {"is_ring_back": True, "tried": Readiness.ABSENT},
        {"is_ring_back": False, "tried": Readiness.FREE},
    ],
)
def test_never_into_protected_time_nor_to_who_is_not_free(given: dict[str, Any]) -> None:
    assert act(RECOGNISABLE, Point.RING_BACK, **given) is Act.QUEUE


def test_with_the_number_withheld_there_is_no_ring_back() -> None:
    assert act(CENTRE, Point.RING_BACK, is_ring_back=True, tried=Readiness.FREE) is Act.QUEUE


def test_who_waits_longest_is_asked_to_call_again() -> None:
    rules = CENTRE._replace(longest_wait_ms=60_000)
    step = access.decide(rules, access.moment(Point.WAITED, waited_ms=45_000))
    assert (step.act, step.wait_ms) == (Act.KEEP_WAITING, 15_000)
    assert act(rules, Point.WAITED, waited_ms=60_000) is Act.TURN_AWAY
    assert act(CENTRE, Point.WAITED, waited_ms=3_600_000) is Act.KEEP_WAITING


@pytest.mark.parametrize(("rules", "number"), [(CENTRE, "withheld"), (RECOGNISABLE, "centre")])
def test_a_callback_shows_what_the_model_says(rules: Rules, number: str) -> None:
    step = access.decide(rules, access.moment(Point.CALLBACK))
    assert access.presented(step) == PresentedNumber(number)
    assert step.presented == code(PresentedNumber(number))


@pytest.mark.parametrize(("made", "expected"), [(1, Act.TRY_AGAIN), (2, Act.TRY_AGAIN), (3, Act.END), (7, Act.END)])
def test_three_attempts_are_promised_where_the_number_is_shown(made: int, expected: Act) -> None:
    assert act(RECOGNISABLE, Point.MISSED, attempts_made=made) is expected


def test_one_attempt_is_promised_where_the_number_is_withheld() -> None:
    assert act(CENTRE, Point.MISSED, attempts_made=1) is Act.END
