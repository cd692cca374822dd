"""Need to know: who sees and deals with which ticket, by role, unit, organisation and the caller in front of her."""

import pytest

from erreichbar.centre import actions, clock, sight
from erreichbar.centre.models import Call, Person, Ticket
from tests.house import House

OF_BENEFITS_1 = {"lange", "yildiz", "schwarz", "brandt", "kaminski"}
DUTY_OFFICERS = {"brandt", "roth"}


def ticket(house: House) -> Ticket:
    """Return a ticket on the list of lange, of benefits-1; whoever took the call is in wrap-up no more."""
    return Ticket.objects.get(ref=house.ticket())


def later(house: House, clock_time: str) -> None:
    house.clock.set(f"2026-03-05T{clock_time}+01:00")


def test_a_ticket_is_of_the_unit_its_leader_and_the_duty_officers_of_the_organisation(house: House) -> None:
    found = ticket(house)
    works = {name for name in house.office.people if sight.works_on(house.user(name), found, house.office)}
    assert works == OF_BENEFITS_1 | DUTY_OFFICERS


def test_who_has_left_works_on_nothing(house: House) -> None:
    found, user = ticket(house), house.user("lange")
    user.is_active = False
    assert not sight.works_on(user, found, house.office)
    assert not sight.covers(user, "benefits-1", house.office)


def test_a_duty_officer_of_another_organisation_sees_nothing(house: House) -> None:
    user = house.user("arslan")
    user.role = "duty_officer"
    assert not sight.works_on(user, ticket(house), house.office)
    assert not sight.covers(house.user("roth"), "no-such-unit", house.office)


def test_whoever_holds_a_ticket_deals_with_it_whatever_the_unit_but_not_in_every_role(house: House) -> None:
    found = ticket(house)
    for name, works in (("omar", True), ("arslan", False), ("sommer", False)):
        found.holder = house.user(name)
        assert sight.works_on(found.holder, found, house.office) is works


def test_an_agent_sees_the_tickets_of_the_caller_in_front_of_her_and_of_nobody_else(house: House) -> None:
    found = ticket(house)
    later(house, "11:00")
    call, agent = house.talks(user="becker"), house.user("becker")
    assert not sight.may_see(agent, found, house.office, clock.now()), "not identified yet"
    house.do(actions.IdentifyCaller, "becker", call=call, person=Person.objects.get().ref, checks=2)
    assert sight.may_see(agent, found, house.office, clock.now())
    assert not sight.may_see(house.user("dimitrova"), found, house.office, clock.now())
    found.person = None
    assert not sight.may_see(agent, found, house.office, clock.now()), "nobody's ticket is nobody's in a call"


def test_what_was_said_may_be_entered_for_a_quarter_of_an_hour(house: House) -> None:
    found = ticket(house)
    later(house, "11:00")
    ref, agent = house.talks(user="becker"), house.user("becker")
    house.do(actions.IdentifyCaller, "becker", call=ref, person=Person.objects.get().ref, checks=2)
    later(house, "14:00")
    assert sight.has_on_the_line(agent, found, clock.now()), "however long they talk"
    house.hangs_up(ref, "becker")
    for time, may in (("14:15", True), ("14:15:00.001", False)):
        later(house, time)
        assert sight.has_on_the_line(agent, found, clock.now()) is may
        assert sight.is_in_front(agent, Call.objects.get(ref=ref), clock.now()) is may


def test_a_call_that_only_rings_is_in_front_of_nobody(house: House) -> None:
    ref = house.arrives()
    house.do(actions.RingSeat, call=ref, user="becker")
    assert not sight.is_in_front(house.user("becker"), Call.objects.get(ref=ref), clock.now())


def test_whose_it_is_not_is_refused_and_the_house_may(house: House) -> None:
    found = ticket(house)
    sight.require_work_on(None, found, house.office)
    sight.require_work_on(house.user("yildiz"), found, house.office)
    with pytest.raises(actions.NotAllowed) as refused:
        sight.require_work_on(house.user("omar"), found, house.office)
    assert refused.value.code == "other_unit"


@pytest.mark.parametrize(
    ("name", "held", "in_the_pool"),
    [
        ("lange", "responsible", "responsible"),
        ("yildiz", "substitute", "responsible"),
        ("kaminski", "substitute", "responsible"),
        ("brandt", "duty_officer", "duty_officer"),
        ("roth", "duty_officer", "duty_officer"),
        ("omar", "agent", "agent"),
        ("arslan", "agent", "agent"),
    ],
)
def test_in_what_relation_somebody_talks_with_the_citizen(house: House, name: str, held: str, in_the_pool: str) -> None:
    found = ticket(house)
    assert sight.talked_with(house.user(name), found, house.office) == held
    found.holder = found.responsible = None
    assert sight.talked_with(house.user(name), found, house.office) == in_the_pool
