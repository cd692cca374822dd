"""What holds under every model: nobody is disturbed, nobody is rung for ever, and the live presets are as they were."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from erreichbar import access
from erreichbar.access import Act, Moment, Point, Readiness, Rules, Whom
from erreichbar.record.words import Line, code
from tests.access.drawn import PRESETS, random_moment, random_rules

DIRECT = code(Line.DIRECT)
OF_WHOM = {
    Whom.TRIED: "tried",
    Whom.RESPONSIBLE: "responsible",
    Whom.DUTY: "duty",
    Whom.DUTY_DEPUTY: "duty_deputy",
}


def every_model(seed: int) -> Iterator[tuple[str, Rules]]:
    yield from PRESETS.items()
    chance = random.Random(seed)
    for number in range(40):
        yield f"drawn {number}", random_rules(chance)


def test_only_who_is_free_is_rung_whatever_the_model() -> None:
    chance = random.Random(6)
    rung = set()
    for name, rules in every_model(6):
        for point in Point:
            for _ in range(150):
                moment = random_moment(chance, point)
                step = access.decide(rules, moment)
                whom = Whom(step.ring_whom)
                rung.add(whom)
                if whom in OF_WHOM:
                    assert getattr(moment, OF_WHOM[whom]) == Readiness.FREE, (name, moment)
                elif whom is Whom.COLLEAGUE:
                    assert moment.colleagues_free > 0, (name, moment)
                elif whom is Whom.AGENT:
                    assert point is Point.RUNG
    assert rung == set(Whom), "the draws must come to everybody who can be rung"


@pytest.mark.parametrize("readiness", [state for state in Readiness if state is not Readiness.FREE])
def test_in_an_appointment_protected_absent_on_the_telephone_or_rung_before_no_preset_rings(
    readiness: Readiness,
) -> None:
    chance = random.Random(7)
    people: dict[str, Any] = dict.fromkeys(OF_WHOM.values(), readiness.value)
    for name, rules in PRESETS.items():
        for point in Point:
            for _ in range(100):
                moment = random_moment(chance, point)._replace(**people, colleagues_free=0)
                step = access.decide(rules, moment)
                assert step.act != Act.RING or step.ring_whom == Whom.AGENT, (name, moment)


def rings(rules: Rules, moment: Moment, again: Point) -> tuple[list[Whom], Act]:
    """Let everybody who is rung refuse, which is known from then on; return who was rung, and how it ended."""
    rung: list[Whom] = []
    while True:
        step = access.decide(rules, moment)
        if step.act != Act.RING:
            return rung, Act(step.act)
        rung.append(Whom(step.ring_whom))
        assert len(rung) < 10, "somebody is rung for ever"
        whom = Whom(step.ring_whom)
        if whom in OF_WHOM:
            refused: dict[str, Any] = {OF_WHOM[whom]: Readiness.RUNG.value}
            moment = moment._replace(**refused)
        moment = moment._replace(
            point=again.value,
            diversions_made=moment.diversions_made + (whom is Whom.COLLEAGUE),
            transfers_made=moment.transfers_made + (again is Point.TRANSFER_MISSED),
        )


def test_a_direct_call_that_nobody_takes_ends_at_the_centre_or_with_the_request_to_call_again() -> None:
    chance = random.Random(8)
    for name, rules in every_model(8):
        for _ in range(100):
            moment = random_moment(chance, Point.ARRIVED)._replace(line=DIRECT, is_open=True, diversions_made=0)
            rung, end = rings(rules, moment, Point.DIRECT_MISSED)
            assert rung.count(Whom.RESPONSIBLE) <= 1, name
            assert rung.count(Whom.COLLEAGUE) <= rules.diversions, name
            assert end is Act.TURN_AWAY or (rules.centre and end is Act.QUEUE), name


def test_an_unanswered_transfer_becomes_the_ticket_by_itself() -> None:
    chance = random.Random(9)
    for name, rules in every_model(9):
        for _ in range(100):
            moment = random_moment(chance, Point.UNSETTLED)._replace(transfers_made=0)
            rung, end = rings(rules, moment, Point.TRANSFER_MISSED)
            assert end is Act.OPEN_TICKET, name
            assert len(rung) <= 2, name
            assert len(set(rung)) == len(rung), name


@pytest.mark.parametrize("name", ["service-centre", "recognisable-callback"])
def test_what_other_models_look_at_changes_nothing_under_the_live_ones(name: str) -> None:
    rules = PRESETS[name]
    chance = random.Random(10)
    new = Moment._fields[Moment._fields.index("line") :]
    plain = access.moment(Point.ARRIVED)
    for point in (
        Point.ARRIVED,
        Point.RING_BACK,
        Point.WAITED,
        Point.RUNG,
        Point.UNSETTLED,
        Point.CALLBACK,
        Point.MISSED,
    ):
        for _ in range(300):
            moment = random_moment(chance, point)
            without = moment._replace(**{field: getattr(plain, field) for field in new})
            assert access.decide(rules, moment) == access.decide(rules, without), moment
