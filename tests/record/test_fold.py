"""From journal entries to tables: one short story told in full, and what must hold for any beginning of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from erreichbar.record import events
from erreichbar.record.fold import fold
from erreichbar.record.tables import CONTACTS, MATTERS, TICKETS, WORK, Column, Tables
from erreichbar.record.vocabulary import Code, Count, Event, Ref, Staff
from erreichbar.record.words import (
    AttemptOutcome,
    CallOutcome,
    Channel,
    Direction,
    EndedBy,
    Language,
    Line,
    MatterEnd,
    PresentedNumber,
    Role,
    TalkedWith,
    TicketOutcome,
    code,
)

START = datetime(2026, 3, 5, 9, tzinfo=UTC)


def ref(name: str) -> Ref:
    return Ref(name.ljust(13, "0"))


ANA, KAZ = Staff(ref("ana")), Staff(ref("kaz"))
CALL, BACK, ATTEMPT = ref("ca"), ref("cb"), ref("aa")
MATTER, TICKET, PERSON = ref("ma"), ref("ta"), ref("pa")


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def opened(**other: Any) -> events.TicketOpened:
    given: dict[str, Any] = {
        "ticket": TICKET,
        "matter": MATTER,
        "call": CALL,
        "person": PERSON,
        "reason": Code("appointment"),
        "unit": Code("benefits-1"),
        "holder": None,
        "urgent": False,
        "channel": Channel.TELEPHONE,
        "language": Language.GERMAN,
        "due_elapsed": START + timedelta(hours=48),
        "due_service_hours": START + timedelta(days=7),
        "due_working_days": START + timedelta(days=4),
        "last_chance": START + timedelta(hours=33),
    }
    return events.TicketOpened(**(given | other))


def arrived(call: Ref, **other: Any) -> events.CallArrived:
    given: dict[str, Any] = {
        "call": call,
        "person": None,
        "line": Line.CENTRE,
        "number_withheld": False,
        "in_service_hours": True,
        "ring_back_of": None,
    }
    return events.CallArrived(**(given | other))


STORY: list[tuple[int, Event]] = [
    (0, arrived(CALL)),
    (0, events.CallQueued(call=CALL)),
    (5, events.CallRang(call=CALL, staff=KAZ)),
    (25, events.CallRingMissed(call=CALL, staff=KAZ)),
    (25, events.CallRang(call=CALL, staff=ANA)),
    (30, events.CallAnswered(call=CALL, staff=ANA, role=Role.AGENT)),
    (60, events.CallerIdentified(call=CALL, person=PERSON, checks=Count(3))),
    (70, events.MatterRaised(matter=ref("mb"), call=CALL, person=PERSON, reason=Code("appointment"))),
    (80, events.MatterSettled(matter=ref("mb"), call=CALL)),
    (90, events.MatterRaised(matter=MATTER, call=CALL, person=PERSON, reason=Code("housing_approval"))),
    (120, opened(reason=Code("housing_approval"), urgent=True)),
    (130, events.CallEnded(call=CALL, by=EndedBy.CITIZEN)),
    (190, events.CallWrappedUp(call=CALL, staff=ANA)),
    (
        3600,
        events.AttemptStarted(
            attempt=ATTEMPT, ticket=TICKET, staff=KAZ, role=Role.CASE_WORKER, presented=PresentedNumber.CENTRE
        ),
    ),
    (3625, events.AttemptEnded(attempt=ATTEMPT, by=EndedBy.LINE)),
    (3625, events.AttemptRecorded(attempt=ATTEMPT, ticket=TICKET, outcome=AttemptOutcome.NOT_ANSWERED)),
    (4000, arrived(BACK, person=PERSON, ring_back_of=TICKET)),
    (4002, events.CallAnswered(call=BACK, staff=KAZ, role=Role.CASE_WORKER)),
    (4010, events.CallJoinedTicket(call=BACK, ticket=TICKET)),
    (4100, events.CitizenReached(ticket=TICKET, with_whom=TalkedWith.RESPONSIBLE, without_contact=False)),
    (4150, events.TicketResolved(ticket=TICKET, outcome=TicketOutcome.DECIDED, staff=KAZ)),
    (4160, events.CallEnded(call=BACK, by=EndedBy.OFFICE)),
]


def told(story: list[tuple[int, Event]]) -> Tables:
    return fold([(at(seconds), event) for seconds, event in story], origin=START)


def test_a_call_becomes_a_row() -> None:
    row = told(STORY).contacts.row(0, named=True)
    assert row == {
        "contact": 0,
        "direction": code(Direction.INBOUND),
        "line": code(Line.CENTRE),
        "start": 0,
        "in_service_hours": True,
        "number_withheld": False,
        "outcome": code(CallOutcome.ANSWERED),
        "attempt_outcome": -1,
        "presented": -1,
        "queued": 0,
        "rings": 2,
        "rings_missed": 1,
        "answered": 30_000,
        "ended": 130_000,
        "wrapped_up": 190_000,
        "wait": 30_000,
        "talk": 100_000,
        "wrap_up": 60_000,
        "ended_by": code(EndedBy.CITIZEN),
        "role": code(Role.AGENT),
        "staff": 0,
        "person": 0,
        "matters": 2,
        "settled": 1,
        "tickets_opened": 1,
        "reason": "appointment",
        "ring_back_of": -1,
        "ticket": -1,
        "previous": -1,
        "same_reason": False,
        **dict.fromkeys(("misdirected", "diverted", "transferred", "transferred_to"), -1),
    }


def test_a_callback_and_a_ring_back_become_rows() -> None:
    _, attempt, back = told(STORY).contacts.rows(named=True)
    assert attempt["direction"] == code(Direction.CALLBACK)
    assert attempt["attempt_outcome"] == code(AttemptOutcome.NOT_ANSWERED)
    assert (attempt["presented"], attempt["ticket"]) == (code(PresentedNumber.CENTRE), 0)
    assert (attempt["wait"], attempt["talk"], attempt["previous"]) == (25_000, -1, -1)
    assert (back["ring_back_of"], back["ticket"], back["previous"]) == (0, 0, 0)
    assert (back["role"], back["talk"]) == (code(Role.CASE_WORKER), 158_000)


def test_matters_become_rows_and_end_once() -> None:
    tables = told(STORY)
    assert tables.matters is not None
    settled, ticket = tables.matters.rows(named=True)
    assert (settled["reason"], settled["contact"], settled["ticket"]) == ("appointment", 0, -1)
    assert (settled["end"], settled["served"], settled["ended"]) == (code(MatterEnd.SETTLED), 80_000, 80_000)
    assert settled["served_with"] == code(TalkedWith.AGENT)
    assert (ticket["reason"], ticket["ticket"], ticket["urgent"]) == ("housing_approval", 0, True)
    assert (ticket["arose"], ticket["first_try"], ticket["tries"]) == (0, 0, 1)
    assert (ticket["served"], ticket["ended"], ticket["end"]) == (4_100_000, 4_150_000, code(MatterEnd.TICKET))
    assert tables.tickets["matter"].to_list() == [1]
    assert tables.work is None


def test_a_matter_whose_ticket_is_open_has_not_ended() -> None:
    tables = told([*STORY, (5000, events.TicketReopened(ticket=TICKET, by=None))])
    assert tables.matters is not None
    assert tables.matters.select("served", "ended", "end").row(1) == (4_100_000, -1, -1)


@pytest.mark.parametrize("columns", [CONTACTS, TICKETS, MATTERS])
def test_what_the_live_centre_cannot_know_is_none(columns: dict[str, Column]) -> None:
    tables = told(STORY)
    table = {id(CONTACTS): tables.contacts, id(TICKETS): tables.tickets, id(MATTERS): tables.matters}[id(columns)]
    assert table is not None
    hidden = [name for name, column in columns.items() if not column.live]
    assert hidden
    assert all(value == -1 for name in hidden for value in table[name])


def test_a_ticket_becomes_a_row() -> None:
    row = told(STORY).tickets.row(0, named=True)
    assert (row["opened"], row["attempted"], row["reached"], row["resolved"]) == (
        120_000,
        3_600_000,
        4_100_000,
        4_150_000,
    )
    assert (row["contact"], row["attempts"], row["ring_backs"], row["reopenings"]) == (0, 1, 1, 0)
    assert (row["reason"], row["urgent"], row["outcome"]) == ("housing_approval", True, code(TicketOutcome.DECIDED))


@pytest.mark.parametrize("length", range(len(STORY) + 1))
def test_every_beginning_of_a_journal_gives_tables_with_the_order_of_the_promise(length: int) -> None:
    tables = told(STORY[:length])
    assert set(tables.contacts.columns) == set(CONTACTS)
    assert set(tables.tickets.columns) == set(TICKETS)
    for row in tables.tickets.rows(named=True):
        moments = [row[part] for part in ("attempted", "reached", "resolved")]
        known = [moment for moment in moments if moment >= 0]
        assert known == sorted(known)
        assert moments[len(known) :] == [-1] * (3 - len(known))


@pytest.mark.parametrize("first", range(1, len(STORY)))
def test_events_whose_beginning_was_erased_are_passed_over(first: int) -> None:
    tables = told(STORY[first:])
    assert tables.contacts.height <= 3
    assert tables.tickets.height <= 1


def test_who_was_reached_without_an_attempt_counts_as_attempted() -> None:
    story = [
        (0, opened()),
        (50, events.CitizenReached(ticket=TICKET, with_whom=TalkedWith.AGENT, without_contact=False)),
    ]
    row = told(story).tickets.row(0, named=True)
    assert row["attempted"] == row["reached"] == 50_000


def test_done_not_told_is_closed_but_neither_reached_nor_resolved() -> None:
    story = [(0, opened()), (50, events.TicketResolved(ticket=TICKET, outcome=TicketOutcome.DONE_NOT_TOLD, staff=KAZ))]
    row = told(story).tickets.row(0, named=True)
    assert (row["closed"], row["attempted"], row["reached"], row["resolved"]) == (50_000, -1, -1, -1)


def test_a_reopened_ticket_is_not_resolved_and_its_due_moments_stand() -> None:
    story = [*STORY, (5000, events.TicketReopened(ticket=TICKET, by=None))]
    row = told(story).tickets.row(0, named=True)
    assert (row["closed"], row["resolved"], row["reached"], row["reopenings"]) == (-1, -1, 4_100_000, 1)
    assert row["due_elapsed"] == 48 * 3600 * 1000
    again = [*story, (9000, events.TicketResolved(ticket=TICKET, outcome=TicketOutcome.SETTLED, staff=KAZ))]
    assert told(again).tickets["resolved"].to_list() == [9_000_000]


def test_an_attempt_that_never_left_the_office_is_none() -> None:
    story = [entry for entry in STORY if not isinstance(entry[1], events.AttemptRecorded)][:14]
    assert told(story).tickets.select("attempts", "attempted").row(0) == (0, -1)


@pytest.mark.parametrize("given", [{}, {"contact": []}, {name: [] for name in [*CONTACTS, "mood"]}])
def test_tables_refuse_missing_and_unknown_columns(given: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match="contacts: missing columns"):
        Tables.of(given, {name: [] for name in TICKETS})


def test_every_column_says_what_it_means() -> None:
    for name, column in {**CONTACTS, **TICKETS, **MATTERS, **WORK}.items():
        assert len(column.meaning) > 5, name
