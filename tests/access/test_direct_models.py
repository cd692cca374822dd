"""The models with direct lines and telephone hours: in words what a call meets, line by line."""

from typing import Any

import pytest

from erreichbar import access
from erreichbar.access import Act, Audience, Moment, Point, Readiness, Say, Whom
from erreichbar.record.words import Line, code
from tests.access.drawn import PRESETS

TWICE, DAILY = "phone-hours-twice-weekly", "phone-hours-daily"
LINES, PUBLISHED, ADVICE = "direct-lines", "direct-lines-and-daily-hours", "advice-centre-list"
FREE, BUSY, ABSENT, PROTECTED = Readiness.FREE, Readiness.BUSY, Readiness.ABSENT, Readiness.PROTECTED


def answer(model: str, moment: Moment) -> tuple[Act, Whom, Say]:
    step = access.decide(PRESETS[model], moment)
    return Act(step.act), Whom(step.ring_whom), Say(step.say)


def dials(model: str, point: Point = Point.ARRIVED, **given: Any) -> tuple[Act, Whom, Say]:
    """Somebody has dialled a case worker's own number; agents are signed in where there is a centre."""
    return answer(model, access.moment(point, line=code(Line.DIRECT), **{"agents_present": 5} | given))


def unsettled(model: str, **given: Any) -> tuple[Act, Whom, Say]:
    return answer(model, access.moment(Point.UNSETTLED, **given))


RINGS_HER = (Act.RING, Whom.RESPONSIBLE, Say.NOTHING)
RINGS_A_COLLEAGUE = (Act.RING, Whom.COLLEAGUE, Say.NOTHING)
CENTRE = (Act.QUEUE, Whom.NOBODY, Say.WELCOME)
CLOSED = (Act.ANNOUNCE_CLOSED, Whom.NOBODY, Say.OUT_OF_HOURS)
FULL = (Act.TURN_AWAY, Whom.NOBODY, Say.TURNED_AWAY)
CALL_AGAIN = (Act.TURN_AWAY, Whom.NOBODY, Say.CALL_AGAIN)
DIRECT_NUMBERS = (Act.TURN_AWAY, Whom.NOBODY, Say.DIRECT_NUMBERS)
TICKET = (Act.OPEN_TICKET, Whom.NOBODY, Say.NOTHING)


@pytest.mark.parametrize("model", [TWICE, DAILY, PUBLISHED])
def test_in_telephone_hours_the_direct_line_rings_outside_them_the_centre_answers(model: str) -> None:
    assert dials(model, responsible=FREE, in_phone_hours=True) == RINGS_HER
    assert dials(model, responsible=FREE, in_phone_hours=False, colleagues_free=3) == CENTRE
    assert dials(model, responsible=FREE, in_phone_hours=True, is_open=False) == CLOSED


@pytest.mark.parametrize("model", [TWICE, DAILY])
@pytest.mark.parametrize("readiness", [BUSY, ABSENT, PROTECTED])
def test_with_telephone_hours_alone_a_line_that_is_not_free_leads_to_the_centre(
    model: str, readiness: Readiness
) -> None:
    assert dials(model, responsible=readiness, in_phone_hours=True, colleagues_free=3) == CENTRE
    assert dials(model, Point.DIRECT_BUSY, in_phone_hours=True, colleagues_free=3) == CENTRE
    assert dials(model, Point.DIRECT_MISSED, in_phone_hours=True, colleagues_free=3) == CENTRE
    assert dials(model, Point.DIRECT_BUSY, in_phone_hours=True, waiting=9, agents_present=2) == FULL


@pytest.mark.parametrize("model", [TWICE, DAILY])
def test_in_telephone_hours_the_centre_puts_through_what_it_cannot_settle(model: str) -> None:
    assert unsettled(model, responsible=FREE, in_phone_hours=True) == RINGS_HER
    assert unsettled(model, responsible=FREE, in_phone_hours=False) == TICKET
    assert unsettled(model, responsible=PROTECTED, in_phone_hours=True) == TICKET


def test_with_published_numbers_and_daily_hours_a_colleague_comes_before_the_centre() -> None:
    assert dials(PUBLISHED, responsible=BUSY, in_phone_hours=True, colleagues_free=1) == RINGS_A_COLLEAGUE
    assert dials(PUBLISHED, responsible=BUSY, in_phone_hours=True, colleagues_free=0) == CENTRE
    missed = {"in_phone_hours": True, "colleagues_free": 2, "diversions_made": 1}
    assert dials(PUBLISHED, Point.DIRECT_MISSED, **missed) == CENTRE
    assert unsettled(PUBLISHED, responsible=FREE, in_phone_hours=True) == TICKET


def test_without_a_centre_a_direct_line_rings_at_any_time_it_is_open() -> None:
    assert dials(LINES, responsible=FREE) == RINGS_HER
    assert dials(LINES, responsible=FREE, is_open=False) == CLOSED


@pytest.mark.parametrize("readiness", [BUSY, ABSENT, PROTECTED, Readiness.NOBODY])
def test_without_a_centre_a_line_that_is_not_free_goes_to_a_colleague_then_asks_to_call_again(
    readiness: Readiness,
) -> None:
    assert dials(LINES, responsible=readiness, colleagues_free=2) == RINGS_A_COLLEAGUE
    assert dials(LINES, responsible=readiness, colleagues_free=0) == CALL_AGAIN
    assert dials(LINES, Point.DIRECT_MISSED, colleagues_free=2) == RINGS_A_COLLEAGUE
    assert dials(LINES, Point.DIRECT_MISSED, colleagues_free=2, diversions_made=1) == CALL_AGAIN


def test_without_a_centre_there_is_a_ticket_only_once_somebody_has_answered() -> None:
    assert unsettled(LINES, responsible=FREE) == TICKET
    for point in (Point.ARRIVED, Point.DIRECT_BUSY, Point.DIRECT_MISSED):
        assert dials(LINES, point)[0] is not Act.OPEN_TICKET


def test_without_a_centre_its_number_names_the_direct_ones_and_nobody_waits() -> None:
    assert answer(LINES, access.moment(Point.ARRIVED, agents_free=5, agents_present=5)) == DIRECT_NUMBERS
    assert answer(LINES, access.moment(Point.ARRIVED, is_open=False)) == CLOSED
    assert answer(LINES, access.moment(Point.RING_BACK, is_ring_back=True)) == CALL_AGAIN


@pytest.mark.parametrize(
    ("caller", "expected"),
    [(Audience.ADVICE_CENTRES, RINGS_HER), (Audience.INTERNAL, RINGS_HER), (Audience.PUBLIC, CENTRE)],
)
def test_a_list_for_advice_centres_rings_for_them_alone(caller: Audience, expected: tuple[Act, Whom, Say]) -> None:
    assert dials(ADVICE, caller=caller, responsible=FREE) == expected


def test_an_advice_centre_whose_line_is_not_free_is_answered_by_the_centre() -> None:
    assert dials(ADVICE, caller=Audience.ADVICE_CENTRES, responsible=BUSY, colleagues_free=3) == CENTRE
    assert unsettled(ADVICE, responsible=FREE) == TICKET


@pytest.mark.parametrize("model", ["service-centre", "recognisable-callback", "transfer-once", "urgent-lane"])
def test_where_no_direct_numbers_are_given_out_they_lead_to_the_centre(model: str) -> None:
    assert dials(model, responsible=FREE, in_phone_hours=True, colleagues_free=3) == CENTRE
    assert dials(model, Point.DIRECT_BUSY) == CENTRE


def test_a_call_that_was_ringing_at_closing_time_is_still_served() -> None:
    assert dials(PUBLISHED, Point.DIRECT_MISSED, is_open=False) == CENTRE
    assert dials(LINES, Point.DIRECT_MISSED, is_open=False, colleagues_free=1) == RINGS_A_COLLEAGUE
    assert dials(LINES, Point.DIRECT_BUSY, is_open=False, colleagues_free=1) == CLOSED
