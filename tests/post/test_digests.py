"""The morning's digest: one e-mail a person and day over a real mail server, nothing of a citizen in it, and the same in the desk."""

import re
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.centre import actions, clock, journal
from erreichbar.centre.models import ActionKey, MorningDigest, Ticket
from erreichbar.post import digests
from erreichbar.promise import receipt
from tests.centre import conftest as centre
from tests.desk.conftest import Window
from tests.house import House, StandingClock
from tests.post.servers import MailServer

template = centre.template  # the fixture of an empty house on a file
OPENING, NOON = "2026-03-06T08:00:00+01:00", "2026-03-06T12:00:00+01:00"


def text_with(port: int, more: str = "") -> str:
    """Return the demo office with e-mail addresses of two people, and a mail server."""
    text = offices.demo().text
    for person in ("lange", "kaminski"):
        text = text.replace(f'id = "{person}"', f'id = "{person}"\nemail = "{person}@example.org"', 1)
    mail = f'[post.mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "post@example.org"\n'
    return f"{text}\n{mail}{more}"


@pytest.fixture
def house(db: None, standing: StandingClock, mail: tuple[MailServer, int], settings: Any, tmp_path: Path) -> House:
    settings.RUN_FOLDER = tmp_path
    settings.CSRF_TRUSTED_ORIGINS = ["https://desk.example.org"]
    return House(offices.loads(text_with(mail[1]), "demo.toml"), standing).opens_for_business()


def at(house: House, moment: str) -> int:
    """Let it be a moment, do what is due then, and return how many digests went out."""
    house.clock.set(moment)
    house.do(actions.TendTickets)
    return digests.send_due(house.clock.now())


def mails(server: MailServer) -> dict[str, str]:
    """Return the text of each e-mail taken, by the one address it went to."""
    read = {one.rcpt_tos[0]: message_from_bytes(one.content, policy=policy.default) for one in server.taken}
    assert all(len(one.rcpt_tos) == 1 for one in server.taken) and len(read) == len(server.taken)
    return {to: f"{one['subject']}\n{one.get_content()}" for to, one in read.items()}


def test_one_email_a_person_with_counts_and_codes_and_nothing_of_a_citizen(
    house: House, mail: tuple[MailServer, int]
) -> None:
    refs = house.tickets(3)
    assert at(house, OPENING) == 2
    told = mails(mail[0])
    codes = [receipt.shown(code) for code in Ticket.objects.order_by("pk").values_list("code", flat=True)]
    assert "3 Tickets auf Ihrer Liste sind heute gefährdet" in told["lange@example.org"]
    assert "In Ihren Stellen sind 3 Tickets heute gefährdet" in told["kaminski@example.org"]
    for text in told.values():
        assert all(code in text for code in codes)
        assert "https://desk.example.org/tickets" in text
        for word in ("Albrecht", "Nadia", "0152", "99901BG", "Jobcenter", "Auszahlung", "Rheinfeld", *refs):
            assert word not in text
    assert at(house, NOON) == 0 and len(mail[0].taken) == 2, "once a day"
    assert journal.verify().ok


def test_the_steps_of_the_ladder_since_yesterday_are_joined_in_it(house: House, mail: tuple[MailServer, int]) -> None:
    [ref] = house.tickets(1)
    at(house, "2026-03-06T07:00:00+01:00")
    house.clock.set("2026-03-06T13:30:00+01:00")  # three quarters of the time are over
    house.do(actions.TendTickets)
    assert digests.send_due(house.clock.now()) == 2
    code = receipt.shown(Ticket.objects.get(ref=ref).code)
    assert f"Bei diesen ist seit gestern die meiste Zeit vorbei: {code}." in mails(mail[0])["lange@example.org"]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-06T00:00:00+01:00",
        "2026-03-06T07:59:00+01:00",
        "2026-03-06T18:00:00+01:00",
        "2026-03-07T10:00:00+01:00",  # a Saturday
        "2026-03-29T10:00:00+02:00",  # the Sunday on which the clocks are put on
        "2026-04-03T10:00:00+02:00",  # Good Friday
    ],
)
def test_nothing_goes_out_at_night_and_on_days_off(house: House, mail: tuple[MailServer, int], moment: str) -> None:
    house.tickets(1)
    assert at(house, moment) == 0
    assert not MorningDigest.objects.exists()


def test_after_a_change_of_hour_it_goes_out_at_eight_by_the_clock(house: House, mail: tuple[MailServer, int]) -> None:
    house.clock.set("2026-03-27T10:00:00+01:00")
    house.tickets(1)
    assert [at(house, f"2026-03-30T0{hour}:00:00+02:00") for hour in (7, 8)] == [0, 2]


def test_who_is_absent_has_none_and_with_nothing_to_say_nothing_is_said(
    house: House, mail: tuple[MailServer, int]
) -> None:
    house.tickets(1)
    house.clock.set("2026-03-06T07:30:00+01:00")
    house.do(actions.NotInToday, "lange", person="lange")
    assert at(house, OPENING) == 1 and list(mails(mail[0])) == ["kaminski@example.org"]
    assert not MorningDigest.objects.filter(user__username="lange").exists()
    # Of the others nobody has anything to hear: that is known, so that nothing is sent in the middle of the day.
    assert MorningDigest.objects.get(user__username="omar").nothing


def test_a_server_that_is_away_is_tried_again_and_one_that_refuses_is_not(
    house: House, mail: tuple[MailServer, int]
) -> None:
    house.tickets(1)
    mail[0].answer = "451 later"
    assert at(house, OPENING) == 0
    mail[0].answer = "250 OK"
    assert [at(house, f"2026-03-06T08:0{minute}:00+01:00") for minute in (0, 1, 2)] == [0, 2, 0]
    mail[0].answer = "550 no such person"
    house.clock.set("2026-03-09T08:00:00+01:00")
    house.tickets(1)
    assert [at(house, f"2026-03-09T08:{minute}:00+01:00") for minute in (30, 40)] == [0, 0]
    assert MorningDigest.objects.filter(given_up_at__isnull=False, problem="refused").count() == 2


def test_killed_between_sending_and_recording_it_goes_out_again_under_the_same_reference_and_is_recorded_once(
    house: House, mail: tuple[MailServer, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.tickets(1)

    class Killed(BaseException):
        pass

    def killed(self: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(actions.DigestWentOut, "run", killed)
        house.clock.set("2026-03-06T07:00:00+01:00")
        house.do(actions.NotInToday, "kaminski", person="kaminski")
        house.clock.set(OPENING)
        with pytest.raises(Killed):
            digests.send_due(house.clock.now())
    # Restarted at once it waits as after a try that failed; then it is sent once more, and never again.
    assert [at(house, f"2026-03-06T08:0{minute}:00+01:00") for minute in (0, 1, 2)] == [0, 1, 0]
    ids = [re.search(rb"Message-ID: (\S+)", one.content) for one in mail[0].taken]
    assert len(ids) == 2 and ids[0] and ids[1] and ids[0][1] == ids[1][1]


def test_it_is_forgotten_after_a_few_days(house: House, mail: tuple[MailServer, int]) -> None:
    house.tickets(1)
    at(house, OPENING)
    assert MorningDigest.objects.filter(user__username="lange").count() == 1
    at(house, "2026-03-10T08:00:00+01:00")
    assert set(MorningDigest.objects.values_list("day", flat=True)) == {house.clock.now().date()}
    assert not ActionKey.objects.filter(key__contains="lange").exists(), "no key tells of whom or when"


def test_it_stands_in_the_desk_until_it_is_read_or_the_day_is_over(house: House, mail: tuple[MailServer, int]) -> None:
    [ref] = house.tickets(1)
    at(house, OPENING)
    worker, leader = Window("lange", "en"), Window("kaminski", "de")
    assert "1 ticket on your list" in worker.see("/tickets") and ref in worker.see("/digest")
    assert "1 Ticket in Ihren Stellen" in leader.see("/board")
    worker.send("/digest/read")
    assert "1 ticket on your list" not in worker.see("/tickets")
    assert "1 Ticket in Ihren Stellen" in leader.see("/board"), "hers is still there"
    house.clock.set("2026-03-07T00:01:00+01:00")
    assert "1 Ticket in Ihren Stellen" not in leader.see("/board")
    assert Window("arslan", "de").get("/digest").status_code == 403


def test_what_was_settled_meanwhile_is_not_told(house: House, mail: tuple[MailServer, int]) -> None:
    [ref] = house.tickets(1)
    at(house, OPENING)
    house.do(actions.ReachCitizen, "lange", ticket=ref, version=1)
    assert ref not in Window("lange", "en").see("/digest")


def test_without_a_mail_server_it_stands_in_the_desk_alone(house: House) -> None:
    house.do(actions.ImportOffice, text=offices.demo().text, name="demo.toml")
    [ref] = house.tickets(1)
    assert at(house, OPENING) == 0
    assert ref in Window("lange", "en").see("/digest")


@pytest.fixture
def shared(template: Path, tmp_path: Path, mail: tuple[MailServer, int], django_db_blocker: Any) -> Path:
    """A database file with tickets in danger, for several processes."""
    import shutil

    path, standing = tmp_path / "erreichbar.sqlite3", StandingClock()
    shutil.copy(template, path)
    with django_db_blocker.unblock(), centre.on_file(path), clock.use(standing):
        house = House(offices.loads(text_with(mail[1]), "demo.toml"), standing)
        house.do(actions.ImportOffice, text=house.office.text, name="demo.toml")
        house.tickets(2)
    return path


def test_two_who_send_at_once_send_each_digest_once(
    shared: Path, mail: tuple[MailServer, int], django_db_blocker: Any
) -> None:
    standing = StandingClock()
    standing.set(OPENING)
    with clock.use(standing):

        def one(_: int) -> int:
            with django_db_blocker.unblock(), centre.on_file(shared):
                return digests.send_due(standing.now())

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(one, range(4))) == 2
    assert sorted(one.rcpt_tos[0] for one in mail[0].taken) == ["kaminski@example.org", "lange@example.org"]
