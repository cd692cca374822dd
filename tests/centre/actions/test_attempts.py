"""Callbacks: who may call whom, showing what, and what came of it."""

from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.centre import actions, journal, queries, refs
from erreichbar.centre.models import Attempt, Person, Ticket
from erreichbar.record import events
from tests.typed import there


def ticket_of(ref: str) -> Ticket:
    return Ticket.objects.get(ref=ref)


def test_a_callback_that_reached_the_citizen(house: Any) -> None:
    ref = house.ticket()
    attempt = house.calls_back(ref)
    ticket, row = ticket_of(ref), Attempt.objects.get(ref=attempt)
    assert (ticket.attempts_made, ticket.reached_with, ticket.version) == (1, "responsible", 2)
    assert ticket.attempted_at == row.started_at
    assert row.started_at <= there(ticket.reached_at)
    assert row.outcome == "reached"


@pytest.mark.parametrize("outcome", ["not_answered", "busy", "voicemail", "other_person", "wrong_number"])
def test_a_callback_that_did_not_reach_the_citizen_is_attempted_only(house: Any, outcome: str) -> None:
    ref = house.ticket()
    house.calls_back(ref, outcome=outcome)
    ticket = ticket_of(ref)
    assert ticket.attempted_at is not None
    assert (ticket.attempts_made, ticket.reached_at, ticket.version) == (1, None, 1)


def test_a_callback_that_never_left_the_office_is_no_attempt(house: Any) -> None:
    ref = house.ticket()
    attempt = house.tries(ref)
    house.do(actions.EndAttempt, attempt=attempt, ended_by="office")
    assert (ticket_of(ref).attempts_made, ticket_of(ref).attempted_at) == (0, None)
    tickets = journal.record_tables().tickets
    assert tickets["attempted"].to_list() == [-1]
    assert tickets["attempts"].to_list() == [0]


@pytest.mark.parametrize(
    ("user", "whom"),
    [("lange", "responsible"), ("yildiz", "substitute"), ("kaminski", "substitute"), ("roth", "duty_officer")],
)
def test_with_whom_the_citizen_talked_follows_from_who_called(house: Any, user: str, whom: str) -> None:
    ref = house.ticket()
    house.calls_back(ref, user)
    assert ticket_of(ref).reached_with == whom


def test_any_member_of_the_unit_is_responsible_for_a_ticket_in_the_pool(house: Any) -> None:
    call = house.talks()
    ref = house.opens(call, house.registers(call, benefit_unit_number=None))
    house.hangs_up(call)
    house.calls_back(ref, "yildiz")
    assert ticket_of(ref).reached_with == "responsible"


def test_nobody_is_reached_who_did_not_answer(house: Any) -> None:
    attempt = house.tries(house.ticket())
    house.do(actions.EndAttempt, attempt=attempt, ended_by="line")
    with pytest.raises(actions.Invalid):
        house.do(actions.RecordAttempt, "lange", attempt=attempt, outcome="reached")


def test_only_who_called_says_what_came_of_it(house: Any) -> None:
    attempt = house.tries(house.ticket())
    house.do(actions.ConnectAttempt, attempt=attempt)
    with pytest.raises(actions.NotAllowed):
        house.do(actions.RecordAttempt, "yildiz", attempt=attempt, outcome="reached")


def test_what_was_recorded_stays(house: Any) -> None:
    attempt = house.calls_back(house.ticket(), outcome="busy")
    entries = journal.count()
    house.do(actions.RecordAttempt, "lange", attempt=attempt, outcome="busy")
    assert journal.count() == entries
    with pytest.raises(actions.Refused) as refused:
        house.do(actions.RecordAttempt, "lange", attempt=attempt, outcome="voicemail")
    assert refused.value.code == "recorded_already"


def test_the_end_told_twice_is_entered_once(house: Any) -> None:
    attempt = house.calls_back(house.ticket(), outcome="busy")
    entries = journal.count()
    house.do(actions.EndAttempt, attempt=attempt, ended_by="line")
    house.do(actions.ConnectAttempt, attempt=house.calls_back(house.ticket()))
    ended = [entry for entry in journal.entries(after=0, limit=entries) if entry.kind == "attempt.ended"]
    assert len(ended) == 1


def test_never_two_calls_to_one_citizen(house: Any) -> None:
    first = house.ticket()
    call = house.talks(user="becker")
    person = Person.objects.get().ref
    house.do(actions.IdentifyCaller, "becker", call=call, person=person, checks=2)
    second = house.opens(call, person, "becker", "job_related")
    house.hangs_up(call, "becker")
    house.tries(first)
    with pytest.raises(actions.Stale) as stale:
        house.tries(second, "bondarenko")
    assert stale.value.who == "lange"
    assert "Petra Lange" in stale.value.de
    with pytest.raises(actions.Stale):
        house.do(actions.AskFloor, "bondarenko", kind="call_back", args={"ticket": second})


def test_nobody_is_called_who_is_talking_with_us(house: Any) -> None:
    ticket = house.ticket()
    call = house.talks()
    house.do(actions.IdentifyCaller, "arslan", call=call, person=Person.objects.get().ref, checks=2)
    with pytest.raises(actions.Refused) as refused:
        house.tries(ticket)
    assert refused.value.code == "citizen_is_calling"


def test_nobody_makes_two_calls_at_once(house: Any) -> None:
    house.tries(house.ticket())
    call = house.talks(number=None)
    other = house.opens(call, house.registers(call, given_name="Omid", number="0152 28817390"), number="0152 28817390")
    house.hangs_up(call)
    with pytest.raises(actions.Refused) as refused:
        house.tries(other)
    assert refused.value.code == "in_a_call"


@pytest.mark.parametrize("user", ["arslan", "omar", "vogt", "krueger", "sommer", "weiss"])
def test_who_does_not_deal_with_the_ticket_does_not_call(house: Any, user: str) -> None:
    with pytest.raises(actions.NotAllowed):
        house.tries(house.ticket(), user)


def test_for_a_closed_ticket_nobody_calls(house: Any) -> None:
    ref = house.ticket()
    house.do(actions.ResolveTicket, "lange", ticket=ref, version=1, outcome="done_not_told")
    with pytest.raises(actions.Refused) as refused:
        house.tries(ref)
    assert refused.value.code == "ticket_is_closed"


def test_without_a_number_nobody_calls(house: Any) -> None:
    ref = house.ticket(number=None, channel="letter")
    with pytest.raises(actions.Refused) as refused:
        house.tries(ref)
    assert refused.value.code == "no_number"


def test_a_number_that_became_forbidden_is_refused_before_dialling(house: Any) -> None:
    ref = house.ticket()
    Ticket.objects.filter(ref=ref).update(number="+12125550100")
    with pytest.raises(actions.NumberRefused) as refused:
        house.tries(ref)
    assert refused.value.de
    assert not Attempt.objects.exists()


# -- the number that is shown ------------------------------------------------------------------------------------------


def without_rights(house: Any) -> None:
    """Import the demo office without any recorded right to show a number."""
    text = house.office.text
    start, rights = text.index("[telephone.presented"), "[telephone.presented"
    lines, inside = [], False
    for line in text[start:].splitlines():
        inside = line.startswith(rights) or (inside and not line.startswith("["))
        if not inside:
            lines.append(line)
    house.do(actions.ImportOffice, text=text[:start] + "\n".join(lines), name="demo.toml")
    assert not queries.office_in_force().telephone.presented


@pytest.mark.parametrize("presented", ["centre", "own"])
def test_without_a_recorded_right_no_number_is_shown(house: Any, presented: str) -> None:
    ticket = house.ticket()
    without_rights(house)
    with pytest.raises(actions.NumberRefused) as refused:
        house.tries(ticket, presented=presented)
    assert "§ 120 TKG" in refused.value.de
    assert "§ 120 TKG" in refused.value.en
    house.tries(ticket, presented="withheld")


def test_a_right_can_be_recorded_and_counts_from_its_day(house: Any) -> None:
    ticket = house.ticket()
    without_rights(house)
    right = {"presented": "centre", "basis": "Zustimmung", "checked_by": "weiss"}
    house.do(actions.RecordNumberRight, "weiss", valid_from="2026-03-06", **right)
    with pytest.raises(actions.NumberRefused):
        house.tries(ticket)
    house.do(actions.RecordNumberRight, "weiss", valid_from="2026-03-05", **right)
    house.tries(ticket)
    assert [entry.kind for entry in journal.entries()].count("number.right_recorded") == 2


def test_a_right_of_the_office_file_counts_from_its_day(house: Any) -> None:
    house.clock.set("2025-12-30T10:00:00+01:00")
    with pytest.raises(actions.NumberRefused):
        house.tries(house.ticket())


def test_who_has_no_direct_line_shows_none(house: Any) -> None:
    text = house.office.text
    person = text.index('"lange"')
    line = text[person:].splitlines()
    without = "\n".join(row for row in line[:6] if not row.startswith("extension")) + "\n" + "\n".join(line[6:])
    office = offices.loads(text[:person] + without, "demo.toml")
    assert office.people["lange"].extension is None
    house.do(actions.ImportOffice, text=office.text, name="demo.toml")
    with pytest.raises(actions.NumberRefused):
        house.tries(house.ticket(), presented="own")


def test_the_journal_says_what_was_shown(house: Any) -> None:
    house.tries(house.ticket(), presented="withheld")
    (event,) = [entry.event for entry in journal.entries() if isinstance(entry.event, events.AttemptStarted)]
    assert event.presented == "withheld"


def test_what_a_virtual_citizen_says_is_kept_when_she_answers(house: Any) -> None:
    attempt = house.tries(house.ticket())
    assert queries.words_of_attempt(attempt) == {}
    house.do(actions.ConnectAttempt, attempt=attempt, training_words={"greeting": "Albrecht?"})
    assert queries.words_of_attempt(attempt) == {"greeting": "Albrecht?"}


def test_a_callback_nobody_knows_is_not_found(house: Any) -> None:
    with pytest.raises(actions.NotFound):
        house.do(actions.ConnectAttempt, attempt=refs.new_ref())
