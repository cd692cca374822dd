"""Tickets after they were opened: no decision overwrites another, none restarts a clock."""

from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.models import Person, Ticket
from tests.typed import there


def ticket_of(ref: str) -> Ticket:
    return Ticket.objects.select_related("holder", "changed_by").get(ref=ref)


def promised(ticket: Ticket) -> tuple[Any, ...]:
    """What nothing may change."""
    return (ticket.opened_at, ticket.due_elapsed, ticket.due_service_hours, ticket.due_working_days, ticket.last_chance)


def rings_back(house: Any, user: str = "arslan") -> str:
    """Let the citizen of the only ticket ring back and be identified."""
    call = house.talks(user=user)
    house.do(actions.IdentifyCaller, user, call=call, person=Person.objects.get().ref, checks=2)
    return str(call)


def test_forwarding_gives_it_to_another_and_keeps_the_promise(house: Any) -> None:
    ref = house.ticket()
    before = promised(ticket_of(ref))
    house.clock.set("2026-03-06T09:00:00+01:00")
    forward = {"ticket": ref, "version": 1, "unit": "benefits-2", "holder": "omar", "note": "Bitte übernehmen"}
    house.do(actions.ForwardTicket, "lange", **forward)
    ticket = ticket_of(ref)
    assert (ticket.unit, there(ticket.holder).username, ticket.version) == ("benefits-2", "omar", 2)
    assert promised(ticket) == before
    assert [note.text for note in ticket.notes.all()] == ["Bitte übernehmen"]


def test_forwarding_to_the_pool_of_a_unit(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit="placement-1")
    assert (ticket_of(ref).unit, ticket_of(ref).holder) == ("placement-1", None)


@pytest.mark.parametrize(
    ("unit", "holder", "field"),
    [
        ("nowhere", None, "unit"),
        ("benefits-2", "lange", "holder"),
        ("benefits-1", "lange", "holder"),
        ("benefits-2", "arslan", "holder"),
    ],
)
def test_forwarding_to_nowhere_is_refused(house: Any, unit: str, holder: str | None, field: str) -> None:
    ref = house.ticket()
    with pytest.raises(actions.Invalid) as invalid:
        house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit=unit, holder=holder)
    assert invalid.value.field == field


def test_who_forwarded_it_can_no_longer_decide_on_it(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit="benefits-2", holder="omar")
    with pytest.raises(actions.NotAllowed):
        house.do(actions.TakeTicket, "lange", ticket=ref, version=2)


def test_a_colleague_takes_a_ticket_of_her_unit(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.TakeTicket, "yildiz", ticket=ref, version=1)
    house.do(actions.TakeTicket, "yildiz", ticket=ref, version=2)
    assert (there(ticket_of(ref).holder).username, ticket_of(ref).version) == ("yildiz", 2)


def test_two_people_resolving_one_ticket_the_second_hears_who_and_when(house: Any) -> None:
    ref = house.ticket()
    house.calls_back(ref)
    house.clock.set("2026-03-05T11:31:00+01:00")
    house.do(actions.ResolveTicket, "yildiz", ticket=ref, version=2, outcome="decided")
    entries = journal.count()
    for version in (2, 3):
        with pytest.raises(actions.Stale) as stale:
            house.do(actions.ResolveTicket, "lange", ticket=ref, version=version, outcome="referred")
        assert stale.value.who == "yildiz"
        assert "Deniz Yıldız" in stale.value.de
        assert "11:31" in stale.value.de
        assert "11:31" in stale.value.en
    assert ticket_of(ref).outcome == "decided"
    assert journal.count() == entries


@pytest.mark.parametrize(
    "action", [actions.ForwardTicket, actions.TakeTicket, actions.ReachCitizen, actions.ResolveTicket]
)
def test_a_decision_on_what_has_changed_meanwhile_is_stale(house: Any, action: type[actions.Action]) -> None:
    ref = house.ticket()
    house.do(actions.TakeTicket, "schwarz", ticket=ref, version=1)
    fields: dict[str, Any] = {
        actions.ForwardTicket: {"unit": "benefits-2"},
        actions.ResolveTicket: {"outcome": "done_not_told"},
    }.get(action, {})
    with pytest.raises(actions.Stale):
        house.do(action, "lange", ticket=ref, version=1, **fields)


@pytest.mark.parametrize("outcome", ["settled", "decided", "referred"])
def test_resolved_requires_reached(house: Any, outcome: str) -> None:
    ref = house.ticket()
    with pytest.raises(actions.Refused) as refused:
        house.do(actions.ResolveTicket, "lange", ticket=ref, version=1, outcome=outcome)
    assert refused.value.code == "not_possible_now"
    house.calls_back(ref)
    house.do(actions.ResolveTicket, "lange", ticket=ref, version=2, outcome=outcome)
    ticket = ticket_of(ref)
    assert there(ticket.attempted_at) <= there(ticket.reached_at) <= there(ticket.resolved_at)
    assert ticket.resolved_at == ticket.closed_at


def test_done_but_not_told_counts_as_neither(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.ResolveTicket, "lange", ticket=ref, version=1, outcome="done_not_told")
    ticket = ticket_of(ref)
    assert not ticket.is_open
    assert (ticket.reached_at, ticket.resolved_at) == (None, None)


def test_reopening_does_not_stop_or_restart_a_clock(house: Any) -> None:
    ref = house.ticket()
    before = promised(ticket_of(ref))
    house.calls_back(ref)
    house.do(actions.ResolveTicket, "lange", ticket=ref, version=2, outcome="settled")
    house.clock.set("2026-03-09T09:00:00+01:00")
    house.do(actions.ReopenTicket, "lange", ticket=ref, version=3)
    ticket = ticket_of(ref)
    assert ticket.is_open
    assert promised(ticket) == before
    assert ticket.reached_at is not None
    assert ticket.resolved_at is None
    with pytest.raises(actions.Stale):
        house.do(actions.ReopenTicket, "lange", ticket=ref, version=4)


def test_a_ring_back_taken_by_who_deals_with_it_reaches_the_citizen_without_an_attempt(house: Any) -> None:
    ref = house.ticket()
    call = rings_back(house, "yildiz")
    house.do(actions.ReachCitizen, "yildiz", ticket=ref, version=1, call=call)
    ticket = ticket_of(ref)
    assert ticket.reached_with == "substitute"
    assert ticket.attempted_at == ticket.reached_at
    assert ticket.attempts_made == 0


def test_a_call_of_somebody_else_reaches_nobody(house: Any) -> None:
    ref = house.ticket()
    call = house.talks(user="lange")
    house.registers(call, "lange", given_name="Omid")
    with pytest.raises(actions.NotAllowed):
        house.do(actions.ReachCitizen, "lange", ticket=ref, version=1, call=call)


def test_an_agent_deals_with_what_the_first_level_may_settle_in_the_citizens_call_only(house: Any) -> None:
    ref = house.ticket(reason="appointment")
    house.clock.set("2026-03-05T10:30:00+01:00")
    with pytest.raises(actions.NotAllowed):
        house.do(actions.ReachCitizen, "arslan", ticket=ref, version=1)
    call = rings_back(house)
    house.do(actions.ReachCitizen, "arslan", ticket=ref, version=1, call=call)
    house.do(actions.ResolveTicket, "arslan", ticket=ref, version=2, outcome="settled")
    assert ticket_of(ref).reached_with == "agent"


def test_an_agent_does_not_deal_with_what_needs_a_case_worker(house: Any) -> None:
    ref = house.ticket(reason="no_means")
    call = rings_back(house)
    with pytest.raises(actions.NotAllowed) as refused:
        house.do(actions.ReachCitizen, "arslan", ticket=ref, version=1, call=call)
    assert refused.value.code == "first_level_may_not"


def test_an_answer_by_letter_reaches_without_contact_and_is_counted_apart(house: Any) -> None:
    ref = house.ticket(number=None, channel="letter")
    house.do(actions.ReachCitizen, "lange", ticket=ref, version=1, without_contact=True)
    ticket = ticket_of(ref)
    assert ticket.without_contact
    assert ticket.reached_with == "nobody"


def test_who_wished_a_call_is_not_reached_without_one(house: Any) -> None:
    ref = house.ticket()
    with pytest.raises(actions.Invalid):
        house.do(actions.ReachCitizen, "lange", ticket=ref, version=1, without_contact=True)


def test_the_first_time_the_citizen_was_reached_counts(house: Any) -> None:
    ref = house.ticket()
    house.calls_back(ref)
    first = ticket_of(ref)
    house.clock.set("2026-03-05T15:00:00+01:00")
    house.calls_back(ref, "yildiz")
    assert (ticket_of(ref).reached_at, ticket_of(ref).reached_with) == (first.reached_at, "responsible")


def test_clocks_that_differ_do_not_resolve_before_reaching(house: Any) -> None:
    ref = house.ticket()
    house.calls_back(ref)
    house.do(actions.ResolveTicket, "lange", ticket=ref, version=2, outcome="settled", at="2026-03-05T09:59:00+01:00")
    ticket = ticket_of(ref)
    assert ticket.resolved_at == ticket.reached_at
    assert list(journal.entries())[-1].moment == ticket.reached_at


def test_notes_are_written_by_who_deals_with_it(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.WriteNote, "yildiz", ticket=ref, text="Unterlagen liegen vor.")
    with pytest.raises(actions.NotAllowed):
        house.do(actions.WriteNote, "omar", ticket=ref, text="Neugierig.")
    with pytest.raises(actions.Invalid):
        house.do(actions.WriteNote, "lange", ticket=ref, text="  ")
    assert ticket_of(ref).notes.count() == 1
