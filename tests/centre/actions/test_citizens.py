"""Citizens in a call: only whoever is in it enters what they say."""

from typing import Any

import pytest

from erreichbar.centre import actions, refs
from erreichbar.centre.models import Call, Matter, Person
from tests.typed import there


def test_what_is_recorded_of_a_person(house: Any) -> None:
    call = house.talks()
    ref = house.registers(call, given_name="  Zoë ", family_name="von  Ürün", number="0152/288 173-86")
    person = Person.objects.get(ref=ref)
    assert (person.given_name, person.family_name) == ("Zoë", "von Ürün")
    assert [number.e164 for number in person.numbers.all()] == ["+4915228817386"]
    assert Call.objects.get(ref=call).person == person


def test_a_person_without_a_telephone_is_recorded_as_well(house: Any) -> None:
    call = house.talks(number=None)
    person = Person.objects.get(ref=house.registers(call, number=None, date_of_birth=None, benefit_unit_number=None))
    assert not person.numbers.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"family_name": "  "}, "family_name"),
        ({"family_name": "x" * 81}, "family_name"),
        ({"date_of_birth": "2026-03-06"}, "date_of_birth"),
        ({"date_of_birth": "1899-12-31"}, "date_of_birth"),
        ({"benefit_unit_number": "12345"}, "benefit_unit_number"),
        ({"number": "4711"}, "number"),
        ({"email": "nadia@"}, "email"),
    ],
)
def test_what_cannot_be_is_told_by_field_in_both_languages(house: Any, fields: dict[str, str], field: str) -> None:
    call = house.talks()
    with pytest.raises(actions.Invalid) as invalid:
        house.registers(call, **fields)
    assert invalid.value.field == field
    assert invalid.value.de != invalid.value.en
    assert not Person.objects.exists()


def test_a_benefit_unit_number_is_read_as_people_write_it(house: Any) -> None:
    person = house.registers(house.talks(), benefit_unit_number="99901 bg 0000-100")
    assert Person.objects.get(ref=person).benefit_unit_number == "99901BG0000100"


@pytest.mark.parametrize("user", ["becker", "lange", "kaminski"])
def test_only_who_is_in_the_call_enters_what_is_said(house: Any, user: str) -> None:
    call = house.talks()
    with pytest.raises(actions.NotAllowed):
        house.registers(call, user=user)


def test_what_was_said_can_be_entered_for_a_while_after_the_call(house: Any) -> None:
    call = house.talks()
    house.hangs_up(call)
    house.clock.set("2026-03-05T10:14:00+01:00")
    house.registers(call)
    house.clock.set("2026-03-05T10:16:00+01:00")
    with pytest.raises(actions.NotAllowed):
        house.registers(call)


def test_a_ringing_call_is_not_yet_in_front_of_anybody(house: Any) -> None:
    call = house.arrives()
    house.do(actions.RingSeat, call=call, user="arslan")
    with pytest.raises(actions.NotAllowed):
        house.registers(call)


def test_an_agent_records_nobody_without_a_call(house: Any) -> None:
    with pytest.raises(actions.NotAllowed):
        house.do(actions.RegisterPerson, "arslan", family_name="A")
    assert house.do(actions.RegisterPerson, "lange", family_name="A")


def test_the_identity_check_needs_two_answers(house: Any) -> None:
    first = house.talks()
    person = house.registers(first)
    house.hangs_up(first)
    house.do(actions.ChangeSeat, user="arslan", state="ready")
    call = house.talks()
    assert Call.objects.get(ref=call).person is None
    with pytest.raises(actions.Invalid) as invalid:
        house.do(actions.IdentifyCaller, "arslan", call=call, person=person, checks=1)
    assert invalid.value.code == "not_identified"
    house.do(actions.IdentifyCaller, "arslan", call=call, person=person, checks=2)
    assert there(Call.objects.get(ref=call).person).ref == person


def test_several_matters_come_up_in_one_call(house: Any) -> None:
    call = house.talks()
    person = house.registers(call)
    settled = house.do(actions.RaiseMatter, "arslan", call=call, person=person, reason="appointment")
    house.do(actions.SettleMatter, "arslan", matter=settled)
    house.opens(call, person, reason="no_means")
    house.opens(call, person, reason="decision_explained")
    assert Matter.objects.filter(call__ref=call).count() == 3
    assert Matter.objects.filter(settled_at=None, ticket=None).count() == 0


def test_a_matter_can_be_raised_without_knowing_who_calls(house: Any) -> None:
    call = house.talks(number=None)
    matter = house.do(actions.RaiseMatter, "arslan", call=call, reason="forms_and_general")
    house.do(actions.SettleMatter, "arslan", matter=matter)
    assert Matter.objects.get().person is None


def test_a_matter_of_somebody_else_than_the_caller_is_refused(house: Any) -> None:
    call = house.talks()
    house.registers(call)
    other = house.do(actions.RegisterPerson, "lange", family_name="Other")
    with pytest.raises(actions.NotAllowed):
        house.do(actions.RaiseMatter, "arslan", call=call, person=other, reason="appointment")


def test_a_reason_the_office_does_not_know_is_refused(house: Any) -> None:
    call = house.talks()
    with pytest.raises(actions.Invalid) as invalid:
        house.do(actions.RaiseMatter, "arslan", call=call, reason="small_talk")
    assert invalid.value.field == "reason"


def test_what_only_case_workers_may_settle_is_refused_to_agents(house: Any) -> None:
    call = house.talks()
    matter = house.do(actions.RaiseMatter, "arslan", call=call, person=house.registers(call), reason="no_means")
    with pytest.raises(actions.NotAllowed):
        house.do(actions.SettleMatter, "arslan", matter=matter)


def test_a_matter_is_dealt_with_once(house: Any) -> None:
    call = house.talks()
    person = house.registers(call)
    matter = house.do(actions.RaiseMatter, "arslan", call=call, person=person, reason="appointment")
    house.do(actions.SettleMatter, "arslan", matter=matter)
    for again in (actions.SettleMatter, actions.OpenTicket):
        with pytest.raises(actions.Refused) as refused:
            house.do(again, "arslan", matter=matter)
        assert refused.value.code == "matter_is_done"


def test_a_ring_back_joins_the_ticket_of_who_calls_and_no_other(house: Any) -> None:
    ticket = house.ticket()
    call = house.talks()
    with pytest.raises(actions.NotAllowed):
        house.do(actions.JoinTicket, "arslan", call=call, ticket=ticket)
    person = Person.objects.get().ref
    house.do(actions.IdentifyCaller, "arslan", call=call, person=person, checks=2)
    house.do(actions.JoinTicket, "arslan", call=call, ticket=ticket)
    house.do(actions.JoinTicket, "arslan", call=call, ticket=ticket)
    assert there(Call.objects.get(ref=call).joined).ref == ticket


def test_what_is_not_there_is_not_found(house: Any) -> None:
    call = house.talks()
    for action, fields in [
        (actions.IdentifyCaller, {"call": call, "person": refs.new_ref(), "checks": 3}),
        (actions.SettleMatter, {"matter": refs.new_ref()}),
        (actions.JoinTicket, {"call": call, "ticket": refs.new_ref()}),
        (actions.RegisterPerson, {"call": refs.new_ref(), "family_name": "A"}),
    ]:
        with pytest.raises(actions.NotFound):
            house.do(action, "arslan", **fields)
