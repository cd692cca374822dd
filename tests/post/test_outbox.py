"""Messages go out: over a real mail server and a real HTTP interface, again after a failure, and nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.centre import actions, journal
from erreichbar.centre.models import JournalEntry, Message, Ticket
from erreichbar.post import outbox
from tests.house import House, StandingClock
from tests.post.servers import MailServer, Provider, sms_provider
from tests.typed import there


@pytest.fixture
def provider() -> Iterator[int]:
    with sms_provider() as port:
        yield port


def an_office(post: str = "") -> str:
    return f"{offices.demo().text}\n{post}\n"


@pytest.fixture
def house(db: None, standing: StandingClock, mail: tuple[MailServer, int], provider: int, monkeypatch: Any) -> House:
    monkeypatch.setenv("SMS_KEY", "a secret")
    post = (
        f'[post.mail]\nhost = "127.0.0.1"\nport = {mail[1]}\nsecurity = "none"\nsender = "post@example.org"\n'
        f'[post.sms]\naddress = "http://127.0.0.1:{provider}/messages"\nkey_variable = "SMS_KEY"\nsender = "Center"\n'
    )
    return House(offices.loads(an_office(post), "demo.toml"), standing).opens_for_business()


def missed(house: House, channel: str) -> Message:
    """Tell of a callback that reached nobody, of a citizen who wishes to be told by a channel."""
    fields = {"channel": "email", "email": "nadia@example.org"} if channel == "email" else {}
    call = house.talks()
    person = house.registers(call, **fields)
    ticket = house.opens(call, person, **({"channel": "telephone"} if channel == "email" else {}))
    house.do(
        actions.AgreeOnCalling,
        "lange",
        ticket=ticket,
        may_show_number=True,
        may_leave_message=True,
        safe_from="",
        safe_to="",
    )
    house.hangs_up(call)
    Message.objects.all().delete()
    return Message.objects.create(
        ticket=Ticket.objects.get(ref=ticket),
        kind="missed_callback",
        channel=channel,
        language="de",
        queued_at=house.clock.now(),
        facts={"next": "2026-03-06T13:00:00+00:00", "who": "Petra Lange"},
    )


def kinds() -> list[str]:
    return [entry.kind for entry in JournalEntry.objects.filter(kind__startswith="message.").order_by("sequence")]


def test_an_email_goes_out_once(house: House, mail: tuple[MailServer, int]) -> None:
    message = missed(house, "email")
    assert [outbox.send_due(house.clock.now()) for _ in range(2)] == [1, 0]
    (envelope,) = mail[0].taken
    text = envelope.content.decode()
    assert envelope.rcpt_tos == ["nadia@example.org"]
    assert f"Message-ID: <{message.ref}@example.org>" in text and "Auto-Submitted: auto-generated" in text
    message.refresh_from_db()
    assert message.sent_at == house.clock.now()
    assert kinds()[-1] == "message.sent"
    assert journal.verify().ok


def test_a_server_that_refuses_for_good_is_not_asked_again(house: House, mail: tuple[MailServer, int]) -> None:
    message = missed(house, "email")
    mail[0].answer = "550 no such person"
    assert outbox.send_due(house.clock.now()) == 0
    message.refresh_from_db()
    assert (message.problem, message.given_up_at) == ("refused", house.clock.now())
    assert outbox.send_due(house.clock.now() + timedelta(days=1)) == 0
    assert kinds()[-1] == "message.failed"


def test_a_text_message_is_tried_again_under_the_same_reference(house: House) -> None:
    message = missed(house, "sms")
    Provider.answers[:] = [500, 202]
    now = house.clock.now()
    assert [outbox.send_due(now), outbox.send_due(now), outbox.send_due(now + timedelta(minutes=1))] == [0, 0, 1]
    bodies, keys, authorised = zip(*Provider.given, strict=True)
    assert keys == (message.ref, message.ref) and authorised == ("Bearer a secret",) * 2
    assert bodies[0] == bodies[1]
    assert bodies[0]["to"] == "+4915228817386" and bodies[0]["text"].startswith("Servicecenter: ")


def test_killed_between_sending_and_recording_it_goes_out_again_and_is_recorded_once(
    house: House, monkeypatch: Any
) -> None:
    message = missed(house, "sms")

    class Killed(BaseException):
        pass

    def killed(self: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(actions.MessageWentOut, "run", killed)
        with pytest.raises(Killed):
            outbox.send_due(house.clock.now())
    assert outbox.send_due(house.clock.now()) == 1
    assert [key for _, key, _ in Provider.given] == [message.ref, message.ref]
    assert kinds().count("message.sent") == 1


def test_after_the_last_try_a_broken_promise_becomes_a_letter(house: House) -> None:
    message = missed(house, "sms")
    Message.objects.update(kind="promise_broken", facts={"due": "2026-03-05T15:00:00+00:00", "next": None, "who": None})
    Provider.answers[:] = [503] * 10
    now = house.clock.now()
    for hours in range(8):
        outbox.send_due(now + timedelta(hours=4 * hours))
    message.refresh_from_db()
    assert (message.tries, message.problem, message.given_up_at is not None) == (6, "unreachable", True)
    assert list(Message.objects.exclude(pk=message.pk).values_list("channel", "kind")) == [("letter", "promise_broken")]


@pytest.mark.parametrize("answer", [400, 302])
def test_a_refusal_of_the_provider_is_final(house: House, answer: int) -> None:
    """To be pointed elsewhere is one: what is asked there would be no sending, and the key is for nobody else."""
    missed(house, "sms")
    Provider.answers[:] = [answer]
    outbox.send_due(house.clock.now())
    assert Message.objects.get().problem == "refused"


def test_without_a_way_a_message_stays(house: House, standing: StandingClock) -> None:
    message = missed(house, "sms")
    house.do(actions.ImportOffice, text=an_office(), name="demo.toml")
    assert outbox.send_due(house.clock.now()) == 0
    message.refresh_from_db()
    assert (message.sent_at, message.given_up_at) == (None, None)


def test_of_a_closed_ticket_nothing_is_sent(house: House) -> None:
    message = missed(house, "sms")
    ticket = there(message.ticket)
    house.do(actions.ReachCitizen, "lange", ticket=ticket.ref, version=ticket.version)
    ticket.refresh_from_db()
    house.do(actions.ResolveTicket, "lange", ticket=ticket.ref, outcome="settled", version=ticket.version)
    assert outbox.send_due(house.clock.now()) == 0
