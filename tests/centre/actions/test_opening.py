"""Opening a ticket: the promise is computed once, and nothing is promised that cannot be kept in the way agreed."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from erreichbar import promise
from erreichbar.centre import actions, journal, refs
from erreichbar.centre.models import Person, Ticket
from erreichbar.promise import receipt
from erreichbar.record import events
from erreichbar.record.words import ClockName
from tests.typed import there


def raised(house: Any, reason: str = "payment_status", **person: Any) -> str:
    call = house.talks()
    ref = house.registers(call, **person)
    return str(house.do(actions.RaiseMatter, "arslan", call=call, person=ref, reason=reason))


def opened(house: Any, matter: str, **fields: Any) -> Ticket:
    ref = house.do(actions.OpenTicket, "arslan", matter=matter, **{"number": "0152 28817386", **fields})
    return Ticket.objects.get(ref=ref)


def test_the_promise_is_that_of_the_rules_on_all_three_clocks_with_its_reasons(house: Any) -> None:
    ticket = opened(house, raised(house))
    office = house.office
    dues = promise.on_all_clocks(office.calendar, ticket.opened_at, staffed=office.calendar_of(ticket.unit))
    assert ticket.due_elapsed == dues[ClockName.ELAPSED].moment
    assert ticket.due_service_hours == dues[ClockName.SERVICE_HOURS].moment
    assert ticket.due_working_days == dues[ClockName.WORKING_DAYS].moment
    assert ticket.last_chance == dues[ClockName.ELAPSED].last_chance
    assert ticket.due_why == {clock: [why.to_json(office.zone) for why in due.why] for clock, due in dues.items()}
    assert all(ticket.due_why.values())


def test_the_journal_says_what_was_promised(house: Any) -> None:
    ticket = opened(house, raised(house))
    (event,) = [entry.event for entry in journal.entries() if isinstance(entry.event, events.TicketOpened)]
    assert (event.due_elapsed, event.last_chance) == (ticket.due_elapsed, ticket.last_chance)
    assert (event.unit, event.reason, event.channel, event.language) == (
        "benefits-1",
        "payment_status",
        "telephone",
        "de",
    )


@pytest.mark.parametrize("column", ["opened_at", "due_elapsed", "due_service_hours", "due_working_days"])
def test_no_statement_changes_a_promise(house: Any, column: str) -> None:
    ticket = opened(house, raised(house))
    later = datetime.fromisoformat("2027-01-01T00:00:00+00:00")
    with pytest.raises(IntegrityError, match="computed once"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**{column: later})
    setattr(ticket, column, later)
    with pytest.raises(IntegrityError, match="computed once"), transaction.atomic():
        ticket.save()


def test_a_promise_is_not_explained_anew_either(house: Any) -> None:
    ticket = opened(house, raised(house))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE centre_ticket SET due_why = '{}' WHERE id = %s", [ticket.pk])


def test_a_promise_over_a_weekend_without_staff_is_impossible_by_calendar(house: Any) -> None:
    house.clock.set("2026-03-06T19:00:00+01:00")
    call = house.talks(user="lange")
    ticket = Ticket.objects.get(ref=house.opens(call, house.registers(call, "lange"), "lange"))
    assert ticket.last_chance is None
    assert ticket.is_impossible_by_calendar


def test_the_code_can_be_said_on_the_telephone(house: Any) -> None:
    ticket = opened(house, raised(house))
    assert receipt.check(receipt.shown(ticket.code)) == ticket.code


def test_two_tickets_never_have_one_code(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr(refs, "new_number", lambda digits: next(drawn))
    call = house.talks()
    person = house.registers(call)
    codes = {Ticket.objects.get(ref=house.opens(call, person)).code for _ in range(2)}
    assert codes == {receipt.code(7), receipt.code(8)}


def test_it_lies_with_the_case_worker_of_the_benefit_unit_and_says_why(house: Any) -> None:
    ticket = opened(house, raised(house))
    assert (ticket.unit, there(ticket.holder).username) == ("benefits-1", "lange")
    assert set(ticket.assigned_why) == {"de", "en"}


def test_without_a_case_worker_it_lies_in_the_pool_of_the_unit(house: Any) -> None:
    ticket = opened(house, raised(house, benefit_unit_number=None))
    assert (ticket.unit, ticket.holder) == ("benefits-1", None)


def test_a_case_worker_who_left_is_not_given_tickets(house: Any) -> None:
    user = house.user("lange")
    user.is_active = False
    user.save()
    assert opened(house, raised(house)).holder is None


def test_an_answer_overrides_what_is_recorded(house: Any) -> None:
    ticket = opened(house, raised(house), answers={"benefit_unit_number": "99901BG0003000"})
    assert (ticket.unit, there(ticket.holder).username) == ("benefits-2", "omar")


def test_a_benefit_unit_that_is_none_of_this_office_is_told(house: Any) -> None:
    with pytest.raises(actions.Invalid) as invalid:
        opened(house, raised(house), answers={"benefit_unit_number": "4711"})
    assert invalid.value.field == "benefit_unit_number"
    assert house.office.benefit_unit_numbers.example in invalid.value.de


@pytest.mark.parametrize("number", ["110", "0900 1234567", "+1 212 555 0100", "115", "0180 5 123456"])
def test_a_number_that_must_not_be_dialled_is_told_when_the_ticket_is_opened(house: Any, number: str) -> None:
    matter = raised(house)
    with pytest.raises(actions.Invalid) as refused:
        opened(house, matter, number=number)
    assert refused.value.field == "number"
    assert refused.value.de != refused.value.en
    assert not Ticket.objects.exists()


def test_a_callback_needs_a_number_and_other_ways_do_not(house: Any) -> None:
    matter = raised(house)
    with pytest.raises(actions.Invalid) as invalid:
        opened(house, matter, number=None)
    assert invalid.value.field == "number"
    assert opened(house, matter, number=None, channel="letter").number is None


def test_an_answer_by_email_needs_an_address_and_remembers_it(house: Any) -> None:
    matter = raised(house)
    with pytest.raises(actions.Invalid) as invalid:
        opened(house, matter, number=None, channel="email")
    assert invalid.value.field == "email"
    opened(house, matter, number=None, channel="email", email="nadia@example.org", language="tr")
    person = Person.objects.get()
    assert (person.email, person.channel, person.language) == ("nadia@example.org", "email", "tr")


def test_the_number_to_call_back_is_remembered_beside_the_others(house: Any) -> None:
    opened(house, raised(house), number="0152 28817387")
    assert {number.e164 for number in Person.objects.get().numbers.all()} == {"+4915228817386", "+4915228817387"}


@pytest.mark.parametrize(
    ("window", "field"),
    [
        (("10:00", None), "window_to"),
        ((None, "10:00"), "window_from"),
        (("12:00", "09:00"), "window_to"),
        (("20:00", "22:00"), "window_from"),
        (("25:00", "26:00"), "window_from"),
    ],
)
def test_a_window_in_which_nobody_can_call_is_refused(house: Any, window: tuple[Any, Any], field: str) -> None:
    matter = raised(house)
    with pytest.raises(actions.Invalid) as invalid:
        opened(house, matter, window_from=window[0], window_to=window[1])
    assert invalid.value.field == field


def test_a_window_is_kept(house: Any) -> None:
    ticket = opened(house, raised(house), window_from="07:30", window_to="09:15")
    assert (str(ticket.window_from), str(ticket.window_to)) == ("07:30:00", "09:15:00")


def test_somebody_without_a_name_can_be_called_back_but_not_written_to(house: Any) -> None:
    call = house.talks()
    matter = house.do(actions.RaiseMatter, "arslan", call=call, reason="forms_and_general")
    with pytest.raises(actions.Invalid):
        opened(house, matter, channel="letter")
    assert opened(house, matter, answers={"family_name": "Berger"}).person is None


def test_an_urgent_reason_makes_an_urgent_ticket(house: Any) -> None:
    assert opened(house, raised(house, "no_means")).urgent
    house.hangs_up(there(Ticket.objects.get().matter.call).ref)
    house.do(actions.ChangeSeat, user="arslan", state="ready")
    assert not opened(house, raised(house, given_name="Omid")).urgent


def test_a_note_is_kept_beside_the_ticket(house: Any) -> None:
    ticket = opened(house, raised(house), note=" Bitte langsam sprechen.\r\nHört schlecht. ")
    assert [note.text for note in ticket.notes.all()] == ["Bitte langsam sprechen.\nHört schlecht."]
