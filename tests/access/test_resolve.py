"""People and matters as scalars; and the one builder, compiled, builds the same moments."""

import random

import pytest

from erreichbar import access, office
from erreichbar.access import Audience, Point, Readiness
from erreichbar.access.resolve import audience, readiness, urgency
from tests.access.drawn import random_moment
from tests.typed import compiled


@pytest.mark.parametrize(
    ("there", "protected", "engaged", "rung", "expected"),
    [
        (True, False, False, False, Readiness.FREE),
        (True, False, True, False, Readiness.BUSY),
        (True, True, False, False, Readiness.PROTECTED),
        (True, True, True, True, Readiness.PROTECTED),
        (False, True, True, True, Readiness.ABSENT),
        (True, False, False, True, Readiness.RUNG),
        (True, False, True, True, Readiness.BUSY),
    ],
)
def test_only_who_is_there_unprotected_not_engaged_and_not_rung_before_is_free(
    there: bool, protected: bool, engaged: bool, rung: bool, expected: Readiness
) -> None:
    assert readiness(there, protected, engaged, rung) == expected
    assert compiled(readiness)(there, protected, engaged, rung) == expected


def test_urgent_and_immediate_matters_of_an_office_are_the_two_highest() -> None:
    codes = {reason.id: urgency(reason) for reason in office.demo().reasons.values()}
    assert codes["safety"] == 3
    assert codes["housing_approval"] == 2
    assert {name for name, code in codes.items() if code >= 2} == {
        reason.id for reason in office.demo().reasons.values() if reason.is_urgent
    }


def test_who_is_not_known_to_be_anything_else_is_the_public() -> None:
    assert audience(is_internal=False, is_advice_centre=False) == Audience.PUBLIC
    assert audience(is_internal=False, is_advice_centre=True) == Audience.ADVICE_CENTRES
    assert audience(is_internal=True, is_advice_centre=True) == Audience.INTERNAL


def test_the_builder_compiled_builds_the_same() -> None:
    build = compiled(access.moment)
    chance = random.Random(5)
    for _ in range(200):
        moment = random_moment(chance, chance.choice(list(Point)))
        assert build(*moment) == moment
    assert build(Point.UNSETTLED.value) == access.moment(Point.UNSETTLED)
