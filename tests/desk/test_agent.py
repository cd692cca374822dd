"""The desk of a conversation: what it shows when, and that each form makes its one change."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import actions
from erreichbar.centre.models import Call, Command, Matter, Person, Ticket
from tests.typed import there

Open = Callable[..., Any]
PERSON = ("Albrecht", "Nadia", "99901BG0000100", "41460")


def assert_nobody_is_named(page: str) -> None:
    """Before the identity check: no name, nothing recorded, no ticket and what it is about."""
    text = page.split('<main id="main"')[1].split("What is it about?")[0]
    for word in (*PERSON, "Omar", "Yılmaz", "Open tickets", "Payment, date of payment", "left · until"):
        assert word not in text, word


@pytest.fixture
def known(house: Any) -> Any:
    """Two people under one number, one of them with an open ticket."""
    first = house.talks()
    ticket = house.opens(first, house.registers(first))
    house.hangs_up(first)
    house.do(actions.ChangeSeat, user="arslan", state="ready")
    other = house.talks()
    house.registers(other, given_name="Omar", family_name="Yılmaz", date_of_birth="1975-01-02", benefit_unit_number="")
    house.hangs_up(other)
    house.do(actions.ChangeSeat, user="arslan", state="ready")
    return ticket


def test_without_a_call_it_says_what_will_appear(window: Open) -> None:
    page = window("arslan").see("/conversation")
    assert "No calls come to you now" in page
    assert 'id="ask-ready"' in page and 'id="ask-pause"' in page


def test_a_ringing_call_is_announced_with_counts_and_no_name(known: Any, house: Any, window: Open) -> None:
    call = house.rings()
    page = window("arslan").see("/conversation")
    ringing = re.search(rf'<div[^>]*data-ringing="{call}"[^>]*role="alert"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert ringing and "2 persons, 1 open ticket on this number" in ringing[1]
    assert "data-since" not in ringing[1], "a timer must not be announced"
    assert "data-accept" in page
    assert_nobody_is_named(page)


def test_in_conversation_nobody_is_named_before_the_check(known: Any, house: Any, window: Open) -> None:
    house.talks()
    page = window("arslan").see("/conversation")
    assert "2 persons, 1 open ticket on this number" in page
    assert_nobody_is_named(page)


def test_accepting_asks_the_telephone(house: Any, window: Open) -> None:
    house.rings()
    answer = window("arslan").send("/seat/accept", desk="agent")
    assert answer.redirect_chain[-1][0] == "/conversation"
    assert [command.kind for command in Command.objects.filter(user__username="arslan")] == ["accept"]


def test_what_is_recorded_is_compared_and_never_read_out(known: Any, house: Any, window: Open) -> None:
    house.talks()
    answer = window("arslan").send(
        "/conversation/search", family_name="albrecht", date_of_birth="05.03.1980", postal_code="99999"
    )
    page = answer.content.decode()
    assert "One person fits" in page
    assert "does not fit" in page and "not asked" in page
    assert "Nadia" not in page and "99901BG0000100" not in page and "41460" not in page
    assert 'value="99999"' in page, "what was typed stays"


def test_the_check_opens_her_tickets_and_hers_alone(known: Any, house: Any, window: Open) -> None:
    call, browser = house.talks(), window("arslan")
    browser.send("/conversation/search", family_name="Albrecht", given_name="Nadia", date_of_birth="5.3.1980")
    person = Person.objects.get(family_name="Albrecht")
    page = browser.send("/conversation/identify", person=person.ref, check=["name", "date_of_birth"]).content.decode()
    assert Call.objects.get(ref=call).checks == 2
    assert "Nadia Albrecht" in page and "2 answers right" in page
    assert "Payment, date of payment" in page and "left · until" in page
    assert "Yılmaz" not in page and "2 persons" not in page


def test_one_answer_is_not_enough(known: Any, house: Any, window: Open) -> None:
    house.talks()
    person = Person.objects.get(family_name="Albrecht")
    answer = window("arslan", "de").send("/conversation/identify", person=person.ref, check=["name"])
    assert answer.status_code == 422
    assert "mindestens 2 Angaben" in answer.content.decode()
    assert "Nadia" not in answer.content.decode()


def test_a_date_that_cannot_be_is_said_at_its_field(house: Any, window: Open) -> None:
    house.talks()
    answer = window("arslan").send("/conversation/search", family_name="Albrecht", date_of_birth="31.02.1980")
    page = answer.content.decode()
    assert answer.status_code == 422
    field = re.search(r'<input[^>]*id="caller-date_of_birth"[^>]*>', page)
    assert field and 'aria-invalid="true"' in field[0] and 'value="31.02.1980"' in field[0]
    assert re.search(r'id="caller-date_of_birth-error"[^>]*>.*There is no such date', page, re.DOTALL)
    assert 'value="Albrecht"' in page


def test_somebody_new_is_recorded_with_what_was_typed(house: Any, window: Open) -> None:
    call, browser = house.talks(), window("arslan")
    typed = {"family_name": "Öztürk", "given_name": "Deniz", "date_of_birth": "01.02.1990"}
    page = browser.send("/conversation/search", **typed).content.decode()
    assert "Nobody is recorded with these answers" in page and "Record as new" in page
    page = browser.send("/conversation/register", **typed, language="tr").content.decode()
    person = Call.objects.get(ref=call).person
    assert person is not None and (person.name, person.language) == ("Deniz Öztürk", "tr")
    assert "Deniz Öztürk" in page and "newly recorded" in page


def test_a_matter_is_settled(house: Any, window: Open) -> None:
    call, browser = house.talks(), window("arslan")
    house.registers(call)
    page = browser.send("/conversation/matter", reason="application_status").content.decode()
    assert "Which application did you make, and when?" in page, "the script"
    assert "Latest letter from the jobcentre" in page, "the papers"
    matter = Matter.objects.get()
    page = browser.send(f"/conversation/matter/{matter.ref}/settle").content.decode()
    matter.refresh_from_db()
    assert matter.settled_at is not None and "Settled in this call" in page


def test_what_the_first_level_may_not_settle_shows_no_such_button(house: Any, window: Open) -> None:
    call = house.talks()
    house.registers(call)
    page = window("arslan").send("/conversation/matter", reason="safety").content.decode()
    assert "/settle" not in page and "Promise the answer" in page


def test_a_ticket_is_promised_with_a_receipt_to_read_aloud(house: Any, window: Open) -> None:
    call, browser = house.talks(), window("arslan")
    house.registers(call)
    browser.send("/conversation/matter", reason="payment_status")
    matter = Matter.objects.get()
    page = browser.send(
        f"/conversation/matter/{matter.ref}/ticket",
        **{"answer.1": "March, 563 euros", "number": "0152/28817386", "window_from": "14:00", "window_to": "16:00",
           "language": "de", "channel": "telephone", "note": "She waits for the rent."},
    ).content.decode()  # fmt: skip
    ticket = Ticket.objects.get()
    assert ticket.answers == {"1": "March, 563 euros"} and ticket.number == "+4915228817386"
    assert ticket.notes.get().text == "She waits for the rent."
    code = f"{ticket.code[:4]}\N{NO-BREAK SPACE}{ticket.code[4:]}"
    assert f"Your ticket has the code {code}." in page
    assert "We call you back by Friday, 6 March, 17:59 at the latest." in page
    assert "Please have ready: Bank statement of the last days; Decision notice." in page


def test_a_promise_that_no_calendar_can_keep_is_said(house: Any, standing: Any, window: Open) -> None:
    standing.set("2026-04-02T17:59:30+02:00")  # the evening before Good Friday
    call, browser = house.talks(), window("arslan")
    house.registers(call)
    browser.send("/conversation/matter", reason="payment_status")
    matter = Matter.objects.get()
    page = browser.send(f"/conversation/matter/{matter.ref}/ticket", number="0152 28817386").content.decode()
    ticket = Ticket.objects.get()
    assert ticket.is_impossible_by_calendar
    assert "Within 48 hours nobody is here. We answer as soon as we are back, from Tuesday, 7 April, 08:00." in page


@pytest.mark.parametrize(("number", "said"), [("110", "110"), ("0900 1234567", "0900"), ("keine Nummer", "")])
def test_a_number_that_must_not_be_called_is_said_at_its_field(
    house: Any, window: Open, number: str, said: str
) -> None:
    call, browser = house.talks(), window("arslan", "de")
    house.registers(call)
    browser.send("/conversation/matter", reason="payment_status")
    matter = Matter.objects.get()
    answer = browser.send(f"/conversation/matter/{matter.ref}/ticket", number=number, note="bleibt stehen")
    page = answer.content.decode()
    assert answer.status_code == 422 and not Ticket.objects.exists()
    assert f'id="matter-{matter.ref}-number-error"' in page and "bleibt stehen" in page


def test_a_double_click_acts_once(house: Any, window: Open) -> None:
    house.talks()
    browser = window("arslan")
    for _ in range(2):
        browser.post("/conversation/matter", {"key": "the-same", "reason": "appointment"})
    assert Matter.objects.count() == 1


def test_keys_of_different_people_do_not_meet(house: Any, window: Open) -> None:
    house.talks()
    house.talks("+4915228817387", "becker")
    for name in ("arslan", "becker"):
        window(name).post("/conversation/matter", {"key": "the-same", "reason": "appointment"})
    assert Matter.objects.count() == 2


def test_a_ring_back_shows_its_ticket_open(known: Any, house: Any, window: Open) -> None:
    call, browser = house.talks(ring_back_of=known), window("arslan")
    assert "rings back on this" not in browser.see("/conversation")
    person = Person.objects.get(family_name="Albrecht")
    house.do(actions.IdentifyCaller, "arslan", call=call, person=person.ref, checks=2)
    page = browser.see("/conversation")
    assert re.search(rf'<details class="ticket-small" id="ticket-{known}" open>.*?rings back on this', page, re.DOTALL)
    page = browser.send(f"/conversation/ticket/{known}/join").content.decode()
    assert there(Call.objects.get(ref=call).joined).ref == known and "This call belongs to the ticket" in page


def test_the_other_person_of_the_number_is_not_told_of_the_ticket(known: Any, house: Any, window: Open) -> None:
    call = house.talks(ring_back_of=known)
    person = Person.objects.get(family_name="Yılmaz")
    house.do(actions.IdentifyCaller, "arslan", call=call, person=person.ref, checks=2)
    page = window("arslan").see("/conversation")
    (who,) = re.findall(r'<section class="who".*?</section>', page, re.DOTALL)
    assert "Omar Yılmaz" in who and "Tickets from this call appear under Matter" in who
    for word in ("rings back", "Payment", "Albrecht", Ticket.objects.get().code[:4]):
        assert word not in who


def test_training_words_are_marked_as_such(house: Any, window: Open) -> None:
    words = {"language": "de", "opening": "Guten Tag, hier ist Nadia.", "matters": [], "answers": {}, "closing": ""}
    house.talks(training_words=words)
    page = window("arslan").see("/conversation")
    assert re.search(r"Training.*a virtual citizen speaks.*Guten Tag, hier ist Nadia\.", page, re.DOTALL)


def test_the_safety_script_is_always_at_hand(house: Any, window: Open) -> None:
    assert re.search(
        r'<details[^>]*data-key="F2".*Stay calm, stay on the line', window("arslan").see("/conversation"), re.DOTALL
    )


def test_after_the_conversation_what_was_said_can_be_entered(house: Any, window: Open) -> None:
    call = house.talks()
    person = house.registers(call)
    house.do(actions.RaiseMatter, "arslan", call=call, person=person, reason="payment_status")
    house.hangs_up(call)
    page = window("arslan").see("/conversation")
    assert "Conversation over:" in page and "1 matter is still open" in page
    assert "Promise the answer" in page and "Wrap-up done" in page


def test_a_part_that_has_not_changed_is_not_sent(house: Any, window: Open) -> None:
    house.talks()
    browser = window("arslan")
    for part in ("call", "work"):
        page = browser.see("/conversation")
        seen = re.search(rf"part={part}&amp;seen=(\w+)", page)
        assert seen
        assert browser.get(f"/conversation/part?part={part}&seen={seen[1]}").status_code == 204
        assert browser.get(f"/conversation/part?part={part}&seen=other").status_code == 200


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_who_has_no_telephone_has_no_conversation(house: Any, window: Open, role: str) -> None:
    person = next(one for one in house.office.people.values() if one.role == role)
    assert window(person.id).get("/conversation").status_code == 403


def test_agents_see_no_list_and_no_ticket(house: Any, window: Open) -> None:
    ticket = house.ticket()
    browser = window("becker")
    assert browser.get("/tickets").status_code == 403
    assert browser.get(f"/tickets/{ticket}").status_code == 403


def test_a_call_of_a_colleague_is_not_shown(house: Any, window: Open) -> None:
    call = house.talks()
    house.registers(call)
    page = window("becker").see("/conversation")
    assert "Albrecht" not in page and "0152" not in page
    answer = window("becker").send("/conversation/search", family_name="Albrecht", date_of_birth="5.3.1980")
    assert answer.status_code == 422 and "One person fits" not in answer.content.decode()


def test_after_a_refusal_every_address_of_the_page_can_be_fetched(house: Any, window: Open) -> None:
    house.talks()
    browser = window("arslan")
    page = browser.send("/conversation/search", family_name="Albrecht", date_of_birth="31.02.1980").content.decode()
    assert 'name="next" value="/conversation"' in page, "changing the language"
    for address in {text.replace("&amp;", "&") for text in re.findall(r'hx-get="([^"]+)"', page)}:
        assert browser.get(address).status_code in (200, 204), address


def test_what_was_found_is_kept_until_somebody_is_confirmed(known: Any, house: Any, window: Open) -> None:
    house.talks()
    browser = window("arslan")
    assert "data-kept" not in browser.see("/conversation")
    page = browser.send("/conversation/search", family_name="Albrecht", date_of_birth="5.3.1980").content.decode()
    assert re.search(r'<div id="work"[^>]* data-kept ', page), "a live change does not take the answer away"
    assert len(re.findall(r" autofocus", page)) == 1 and re.search(r"<button[^>]* autofocus>", page)


def test_the_last_conversation_can_be_entered_up_from_the_pause(house: Any, window: Open) -> None:
    call = house.talks()
    person = house.registers(call)
    matter = house.do(actions.RaiseMatter, "arslan", call=call, person=person, reason="payment_status")
    house.hangs_up(call)
    house.do(actions.ChangeSeat, user="arslan", state="pause")
    browser = window("arslan")
    assert 'href="/conversation?last"' in browser.see("/conversation")
    page = browser.see("/conversation?last")
    for seen in re.findall(r'hx-get="(/conversation/part[^"]+)"', page):
        assert browser.get(seen.replace("&amp;", "&")).status_code == 204, "it stays when something changes"
    answer = browser.send(f"/conversation/matter/{matter}/ticket", number="keine Nummer")
    assert answer.status_code == 422 and f'id="matter-{matter}-number-error"' in answer.content.decode()
    answer = browser.send(f"/conversation/matter/{matter}/ticket", number="0152 28817386")
    assert answer.redirect_chain[-1][0] == "/conversation?last"
    assert "Ticket opened. Please read aloud:" in answer.content.decode()
