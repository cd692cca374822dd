"""What citizens are told in writing is seen at the ticket; letters are printed and noted as dispatched."""

from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.models import JournalEntry, Message, Ticket
from tests.desk.conftest import Window
from tests.typed import there

Open = Callable[..., Window]


@pytest.fixture
def letter(house: Any) -> Message:
    """A promise to Nadia Albrecht was broken, and she is told by letter."""
    ref = house.ticket()
    house.clock.set("2026-03-09T09:00:00+01:00")
    house.do(actions.TendTickets)
    return Message.objects.get(ticket__ref=ref, kind="promise_broken")


def test_a_broken_promise_is_printed_and_dispatched(house: Any, window: Open, letter: Message) -> None:
    lange = window("lange")
    assert "Nadia Albrecht" in lange.see("/letters")
    answer = lange.get(f"/letters/{letter.ref}.pdf")
    assert (answer["Content-Type"], answer.content[:5], answer["Cache-Control"]) == (
        "application/pdf",
        b"%PDF-",
        "no-store",
    )
    page = lange.send(f"/letters/{letter.ref}/dispatched").content.decode()
    assert "No letter waits" in page
    letter.refresh_from_db()
    assert letter.sent_at == house.clock.now()
    entry = JournalEntry.objects.get(kind="message.sent")
    assert "Albrecht" not in entry.line and journal.verify().ok
    # A dispatched letter about a broken promise is no answer: the citizen has not been reached.
    assert Ticket.objects.get().reached_at is None


def test_the_ticket_says_what_the_citizen_was_told(house: Any, window: Open, letter: Message) -> None:
    page = window("lange", "de").see(f"/tickets/{there(letter.ticket).ref}")
    assert "Die Zusage wurde nicht gehalten (Brief): zu drucken" in page
    assert "Wir bitten um Entschuldigung." in page


def test_what_has_no_way_out_says_so(house: Any, window: Open, letter: Message) -> None:
    Message.objects.update(channel="sms")
    assert "waits: there is no way out for it" in window("lange").see(f"/tickets/{there(letter.ticket).ref}")
    Message.objects.update(problem="refused", given_up_at=house.clock.now())
    assert "not sent: mail server or provider refused it" in window("lange").see(f"/tickets/{there(letter.ticket).ref}")


def test_an_agent_sees_no_letter(house: Any, window: Open, letter: Message) -> None:
    assert window("arslan").get("/letters").status_code == 403
    assert window("arslan").get(f"/letters/{letter.ref}.pdf").status_code == 403


def test_another_unit_sees_no_letter(house: Any, window: Open, letter: Message) -> None:
    people = house.office.people.values()
    stranger = next(one.id for one in people if one.role == "case_worker" and one.unit != there(letter.ticket).unit)
    assert "Albrecht" not in window(stranger).see("/letters")
    assert window(stranger).get(f"/letters/{letter.ref}.pdf").status_code == 404
    assert window(stranger).send(f"/letters/{letter.ref}/dispatched").status_code == 422


def test_a_text_message_is_no_letter(house: Any, window: Open, letter: Message) -> None:
    Message.objects.update(channel="sms")
    with pytest.raises(actions.NotAllowed, match="no letter"):
        house.do(actions.DispatchLetter, "lange", message=letter.ref)
    assert window("lange").get(f"/letters/{letter.ref}.pdf").status_code == 404
