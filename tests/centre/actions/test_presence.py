"""Who is not there: her tickets are with the stand-in at once, with the reason, and come back with her."""

from typing import Any

import pytest

from erreichbar.centre import actions, queries
from erreichbar.centre.models import JournalEntry, Ticket, TimeTaken
from erreichbar.record.words import TalkedWith
from tests.typed import there


def held(ref: str) -> str | None:
    ticket = Ticket.objects.select_related("holder").get(ref=ref)
    return ticket.holder.username if ticket.holder else None


def test_not_in_today_moves_her_tickets_and_the_next_one_at_once(house: Any) -> None:
    first = house.ticket()
    assert held(first) == "lange"
    house.do(actions.NotInToday, "lange", person="lange")
    ticket = Ticket.objects.get(ref=first)
    assert (held(first), there(ticket.responsible).username, ticket.version) == ("yildiz", "lange", 1)
    assert ticket.assigned_why["en"] == "Deputy for Petra Lange, who is not there (Benefits, team 401)"
    second = house.ticket()
    assert held(second) == "yildiz"
    assert {ticket.ref for ticket in queries.list_page(house.user("yildiz"), None, house.clock.now()).tickets} == {
        first,
        second,
    }


def test_when_she_is_back_they_come_back(house: Any) -> None:
    ref = house.ticket()
    entry = house.do(actions.NotInToday, "kaminski", person="lange")
    house.clock.set("2026-03-05T11:00:00+01:00")
    house.do(actions.FreeTime, "lange", person="lange", entry=entry)
    assert held(ref) == "lange"
    house.do(actions.NotInToday, "lange", person="lange")
    assert held(ref) == "yildiz"
    house.clock.set("2026-03-06T08:00:00+01:00")
    assert house.do(actions.TendTickets) == 1
    assert held(ref) == "lange"
    assert not TimeTaken.objects.exists()


def test_what_is_due_now_done_again_does_nothing(house: Any) -> None:
    house.ticket()
    house.do(actions.TakeTime, "lange", person="lange", start=house.clock.now())
    entries = JournalEntry.objects.count()
    assert house.do(actions.TendTickets) == 0
    assert JournalEntry.objects.count() == entries


def test_an_absence_planned_for_later_moves_nothing_now(house: Any) -> None:
    ref = house.ticket()
    house.do(
        actions.TakeTime, "lange", person="lange", start="2026-03-09T00:00:00+01:00", end="2026-03-20T00:00:00+01:00"
    )
    assert held(ref) == "lange"


def test_after_half_of_the_time_only_who_is_there_counts(house: Any) -> None:
    # Opened on Thursday at ten, due on Saturday: eighteen staffed hours are left, nine are over on Friday at nine.
    ref = house.ticket()
    house.clock.set("2026-03-06T08:30:00+01:00")
    house.do(actions.TakeTime, "lange", person="lange", start=house.clock.now(), end="2026-03-06T08:45:00+01:00")
    assert held(ref) == "lange"
    house.clock.set("2026-03-06T09:00:00+01:00")
    house.do(actions.TakeTime, "lange", person="lange", start=house.clock.now(), end="2026-03-06T12:00:00+01:00")
    assert held(ref) == "yildiz"


def test_the_unit_pool_stays_the_pool_while_somebody_of_it_is_there(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit="benefits-1")
    house.do(actions.NotInToday, person="lange")
    assert held(ref) is None
    for person in ("yildiz", "schwarz"):
        house.do(actions.NotInToday, person=person)
    assert held(ref) == "brandt"


def test_forwarding_to_somebody_who_is_absent_goes_on_to_her_deputy(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.TakeTime, person="omar", start=house.clock.now())
    house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit="benefits-2", holder="omar")
    ticket = Ticket.objects.get(ref=ref)
    assert (held(ref), there(ticket.responsible).username) == ("peters", "omar")
    assert ticket.assigned_why["en"].startswith("Forwarded by Petra Lange. Deputy for Leila Omar")


def test_who_stands_in_talks_as_the_substitute(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.TakeTime, person="lange", start=house.clock.now())
    house.calls_back(ref, "yildiz")
    assert Ticket.objects.get(ref=ref).reached_with == TalkedWith.SUBSTITUTE


def test_who_is_calling_the_citizen_back_keeps_the_ticket_meanwhile(house: Any) -> None:
    ref = house.ticket()
    attempt = house.tries(ref)
    house.do(actions.TakeTime, person="lange", start=house.clock.now())
    assert held(ref) == "lange"
    house.do(actions.EndAttempt, attempt=attempt, ended_by="citizen")
    assert house.do(actions.TendTickets) == 1
    assert held(ref) == "yildiz"


def test_an_office_with_nobody_keeps_the_ticket_in_the_pool_and_says_so(house: Any) -> None:
    ref = house.ticket()
    for person in house.office.people:
        house.do(actions.TakeTime, person=person, start=house.clock.now())
    assert held(ref) is None
    assert "tell the management" in Ticket.objects.get(ref=ref).assigned_why["en"]


def test_that_there_is_nobody_is_said_of_a_pool_too_and_taken_back(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit="benefits-1")
    entries = [house.do(actions.TakeTime, person=person, start=house.clock.now()) for person in house.office.people]
    assert "tell the management" in Ticket.objects.get(ref=ref).assigned_why["en"]
    house.clock.set("2026-03-05T10:05:00+01:00")
    for person, entry in zip(house.office.people, entries, strict=True):
        house.do(actions.FreeTime, person=person, entry=entry)
    assert held(ref) is None
    assert Ticket.objects.get(ref=ref).assigned_why["en"] == "Benefits, team 401"


@pytest.mark.parametrize("by", ["yildiz", "vogt", "brandt"])
def test_only_she_herself_and_her_leader_enter_it(house: Any, by: str) -> None:
    with pytest.raises(actions.NotAllowed):
        house.do(actions.NotInToday, by, person="lange")


def test_agents_and_managers_enter_nothing(house: Any) -> None:
    for by in ("arslan", "krueger", "sommer", "weiss"):
        with pytest.raises(actions.NotAllowed):
            house.do(actions.NotInToday, by, person=by)


def test_nothing_is_entered_for_what_is_over(house: Any) -> None:
    with pytest.raises(actions.Invalid, match="future"):
        house.do(
            actions.TakeTime, "lange", person="lange",
            start="2026-03-04T08:00:00+01:00", end="2026-03-05T09:00:00+01:00",
        )  # fmt: skip


def test_the_journal_does_not_tell_who_is_absent(house: Any) -> None:
    house.do(actions.NotInToday, "lange", person="lange")
    line = JournalEntry.objects.get(kind="presence.changed").payload
    assert "benefits-1" in there(line)
    assert "staff" not in there(line)
