"""A ticket waits for the citizen: only once she was reached, seen by all, with an end; no clock stops."""

from typing import Any

import pytest

from erreichbar.centre import actions, journal, queries
from erreichbar.centre.models import Ticket
from erreichbar.record.vocabulary import Ref
from tests.typed import there


def ticket_of(ref: str) -> Ticket:
    return Ticket.objects.get(ref=ref)


def reached(house: Any) -> Ref:
    ref = Ref(house.ticket())
    house.calls_back(ref)
    return ref


def wait(house: Any, ref: str, until: str = "2026-03-10", by: str | None = "lange") -> None:
    house.do(actions.PauseTicket, by, ticket=ref, version=ticket_of(ref).version, until=until)


def test_it_waits_until_the_office_opens_on_that_day_and_comes_back_by_itself(house: Any) -> None:
    ref = reached(house)
    due = ticket_of(ref).due_elapsed
    wait(house, ref)
    ticket = ticket_of(ref)
    assert there(ticket.waiting_until).isoformat() == "2026-03-10T07:00:00+00:00"
    assert (ticket.due_elapsed, ticket.changed_how) == (due, "paused")
    house.clock.set("2026-03-10T07:59:00+01:00")
    house.do(actions.TendTickets)
    assert ticket_of(ref).waiting_since is not None
    house.clock.set("2026-03-10T08:00:00+01:00")
    house.do(actions.TendTickets)
    assert (ticket_of(ref).waiting_since, ticket_of(ref).waiting_until) == (None, None)
    assert [entry.kind for entry in journal.entries() if entry.kind == "ticket.waits"] == ["ticket.waits"] * 2


def test_nobody_waits_for_who_does_not_know(house: Any) -> None:
    ref = house.ticket()
    with pytest.raises(actions.Refused, match="does not know yet"):
        wait(house, ref)
    with pytest.raises(actions.Refused, match="is open"):
        house.do(actions.ResumeTicket, "lange", ticket=ref, version=1)


@pytest.mark.parametrize("until", ["2026-03-05", "2026-03-04", "2026-04-03", "2026-02-30", "soon"])
def test_a_wait_has_an_end_within_four_weeks(house: Any, until: str) -> None:
    ref = reached(house)
    with pytest.raises(actions.Invalid) as refused:
        wait(house, ref, until)
    assert refused.value.field == "until"
    assert ticket_of(ref).waiting_since is None


def test_her_call_ends_the_wait(house: Any) -> None:
    ref = reached(house)
    wait(house, ref)
    call = house.talks()
    house.do(actions.IdentifyCaller, "arslan", call=call, person=there(ticket_of(ref).person).ref, checks=2)
    house.do(actions.JoinTicket, "arslan", call=call, ticket=ref)
    assert ticket_of(ref).waiting_since is None


def test_it_is_taken_up_again_or_closed_by_hand(house: Any) -> None:
    ref = reached(house)
    wait(house, ref)
    with pytest.raises(actions.Refused, match="already"):
        wait(house, ref)
    house.do(actions.ResumeTicket, "lange", ticket=ref, version=ticket_of(ref).version)
    assert ticket_of(ref).waiting_since is None
    wait(house, ref)
    house.do(actions.ResolveTicket, "lange", ticket=ref, version=ticket_of(ref).version, outcome="settled")
    assert (ticket_of(ref).waiting_since, ticket_of(ref).is_open) == (None, False)
    assert journal.verify().ok


def test_what_waits_stands_last(house: Any) -> None:
    first = reached(house)
    wait(house, first)
    call = house.talks("+4915228817387")
    person = house.registers(call, family_name="Aydın", number="0152 28817387")
    house.clock.set("2026-03-05T10:05:00+01:00")
    second = house.opens(call, person, number="0152 28817387")
    assert [
        ticket.ref for ticket in queries.list_page(house.user("lange"), "benefits-1", house.clock.now()).tickets
    ] == [second, first]
