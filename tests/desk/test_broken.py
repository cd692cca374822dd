"""A promise breaks: the citizen is told first, over a real mail server, with a new moment and a name; the page says so."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.centre import actions, journal
from erreichbar.centre.models import Message, Ticket
from erreichbar.post import outbox
from tests.desk.conftest import Window
from tests.house import House, StandingClock
from tests.post.servers import MailServer, mail_server, tells_nothing


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Any, mail: MailServer) -> House:
    """The demo office with a way out for e-mails."""
    settings.RUN_FOLDER = tmp_path
    text = f"{offices.demo().text}\n{mail.settings}"
    return House(offices.loads(text, "demo.toml"), standing).opens_for_business()


@pytest.mark.parametrize("absent", [(), ("lange", "yildiz", "schwarz")])
def test_a_broken_promise_is_told_to_the_citizen(
    house: House, window: Callable[..., Window], mail: MailServer, absent: tuple[str, ...]
) -> None:
    call = house.talks()
    person = house.registers(call)
    # On a landline, so no text message; she may be left a message, so an e-mail.
    ref = house.opens(call, person, number="030 23125123", email="nadia@example.org", may_leave_message=True)
    for who in absent:
        house.do(actions.TakeTime, person=who, start=house.clock.now())
    house.clock.set("2026-03-07T09:00:00+01:00")  # Saturday: nobody tells anybody anything before the office opens
    house.do(actions.TendTickets)
    assert not Message.objects.exists()
    house.clock.set("2026-03-09T08:00:00+01:00")
    house.do(actions.TendTickets)
    house.clock.set("2026-03-09T08:01:00+01:00")
    house.do(actions.TendTickets)
    assert [outbox.send_due(house.clock.now()) for _ in range(2)] == [1, 0]
    ticket = Ticket.objects.select_related("holder").get(ref=ref)
    assert ticket.holder is not None and ticket.holder.username not in absent
    name = house.office.people[ticket.holder.username].name
    to, told = mail.read()
    assert to == ["nadia@example.org"]
    assert "wir hatten ihnen eine antwort bis samstag, 7. märz, 10:00 uhr zugesagt" in told.lower()
    assert f"{name} ruft Sie an: Montag, 9. März, 09:00 Uhr." in told, "early enough to be read before"
    assert tells_nothing(house.office, told), told

    page = window(ticket.holder.username).see(f"/tickets/{ref}")
    assert "The promise was not kept (e-mail): sent today 08:01" in page
    assert f"{name} ruft Sie an" in page
    assert journal.verify().ok
