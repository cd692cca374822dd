"""A call becomes a kept promise, over real SIP, through the installed programme; and the plug is pulled meanwhile."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.centre import actions, clock, queries, refs
from erreichbar.centre.models import Attempt, AttemptState, Call, CallState, Command, Person, Seat, Ticket
from erreichbar.record.words import PresentedNumber, SeatState
from erreichbar.site import clock as site_clock
from erreichbar.telephone.asterisk import process
from erreichbar.telephone.asterisk.process import free_port
from tests.centre.conftest import on_file
from tests.telephone.asterisk.sip_citizens import Citizen, answers, calls, citizen, refuses
from tests.telephone.asterisk.sip_telephones import Telephones, free_udp_port, until
from tests.telephone.asterisk.test_outbound import CENTRE, NUMBER, check_identities, header

THURSDAY = datetime.fromisoformat("2026-03-05T10:00:00+01:00")


class House:
    """The programme as it is installed: imported, served, with this test at everybody's desk."""

    def __init__(self, folder: Path, model: str) -> None:
        self.folder = folder
        self.trunk_port, self.sip_port, self.port = free_udp_port(), free_udp_port(), free_port()
        self.db = folder / "erreichbar.sqlite3"
        self.run_folder = folder
        first = 20000 + free_udp_port() % 20000
        self.environ = os.environ | {
            "ERREICHBAR_DB": str(self.db),
            "ERREICHBAR_RUN": str(folder),
            "ERREICHBAR_SIP": f"127.0.0.1:{self.sip_port}",
            "ERREICHBAR_RTP": f"{first}-{first + 400}",
        }
        trunk = f'[telephone.trunk]\nhost = "127.0.0.1"\nport = {self.trunk_port}\n\n[telephone.presented.centre]'
        self.file = folder / "office.toml"
        self.file.write_text(offices.demo().text.replace("[telephone.presented.centre]", trunk, 1), "utf-8")
        self.office = offices.load(self.file)
        self.run("office", "import", str(self.file))
        self.do(actions.AdoptModel, name=model)
        self.do(actions.AddUser, person="weiss", password="a long password for nobody")
        self.log = (folder / "serve.log").open("wb")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "erreichbar.cli", "serve", "--port", str(self.port)],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )

    def run(self, *command: str) -> str:
        """Run a command of the programme; it must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "erreichbar.cli", *command],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=self.folder,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def told(self) -> str:
        """Return what the server has said so far."""
        return (self.folder / "serve.log").read_text("utf-8", "replace")[-3000:]

    def is_well(self) -> bool:
        """Whether web and floor are there."""
        assert self.server.poll() is None, self.told()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(json.load(answer)["floor"] == "ok")
        except OSError:
            return False

    def child(self, module: str) -> int:
        """Return the process id of one of the server's processes."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        (found,) = [pid for pid in children if module.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return int(found)

    def pull_the_plug(self, module: str) -> None:
        """End a process of ours without any warning, and wait until another is in its place."""
        killed = self.child(module)
        os.kill(killed, signal.SIGKILL)
        until(lambda: self._is_another(module, killed), 120, f"another {module}; {self.told()}")

    def _is_another(self, module: str, than: int) -> bool:
        try:
            return self.child(module) != than
        except (ValueError, OSError):
            return False

    def do(self, action: type[actions.Action], by: str | None = None, **fields: Any) -> Any:
        """Do what a desk does."""
        return action(key=f"test.{refs.new_ref()}", by=by, **fields).run()

    def asks(self, user: str, kind: str, **args: str) -> None:
        """Ask the floor for something and wait until it has done it."""
        number = self.do(actions.AskFloor, user, kind=kind, args=args)
        until(lambda: Command.objects.get(pk=number).handled_at is not None, 120, f"{kind}; {self.told()}")
        assert Command.objects.get(pk=number).refused is None

    def close(self) -> None:
        """Stop everything that was started here."""
        self.server.send_signal(signal.SIGTERM)
        try:
            self.server.wait(60)
        finally:
            if self.server.poll() is None:
                self.server.kill()
            if running := process.noted(self.folder / "asterisk"):
                process.stop(running)
            self.log.close()


@pytest.fixture
def house_of(
    tmp_path: Path, installed: None, django_db_blocker: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], House]]:
    """Return the installed programme under an access model, on a Thursday morning."""
    made: list[House] = []
    monkeypatch.setenv(site_clock.VARIABLE, "")
    site_clock.tell_children(THURSDAY, 1.0)
    settings.RUN_FOLDER = tmp_path
    with clock.use(clock.SystemClock()), django_db_blocker.unblock(), on_file(tmp_path / "erreichbar.sqlite3"):
        site_clock.take_over()

        def make(model: str) -> House:
            made.append(House(tmp_path, model))
            until(made[0].is_well, 300, "/healthz")
            return made[0]

        yield make
        for house in made:
            house.close()


def the_call(state: CallState) -> Call:
    """Return the newest call once it is in a state."""
    until(lambda: Call.objects.filter(state=state).exists(), 120, f"a call that is {state}")
    return Call.objects.filter(state=state).latest("pk")


def attempt_ends() -> Attempt:
    until(lambda: not Attempt.objects.filter(outcome=None).exists(), 120, "the attempt's outcome")
    until(lambda: not Attempt.objects.filter(ended_at=None).exists(), 120, "the attempt to end")
    return Attempt.objects.latest("pk")


@pytest.mark.parametrize("model", ["recognisable-callback", "service-centre"])
def test_a_call_becomes_a_kept_promise(
    model: str, house_of: Callable[[str], House], sipp: Path, tmp_path: Path
) -> None:
    house = house_of(model)
    presented = PresentedNumber.CENTRE if model == "recognisable-callback" else PresentedNumber.WITHHELD
    secrets = tmp_path / "asterisk/secrets.json"
    until(secrets.exists, 120, "Asterisk's settings")
    passwords = json.loads(secrets.read_text())["seats"]
    telephones = Telephones(house.sip_port)
    people: list[Citizen] = []

    def at_home(scenario: str, *, call: bool = False) -> Citizen:
        port = free_udp_port() if call else house.trunk_port
        people.append(citizen(sipp, tmp_path, scenario, port=port, asterisk=house.sip_port if call else None))
        return people[-1]

    try:
        phone = {
            user: telephones.telephone(sip_user, passwords[sip_user])
            for user in ("arslan", "lange")
            if (sip_user := house.office.people[user].sip_user)
        }
        house.asks("arslan", "ready")
        house.asks("lange", "ready")

        # A citizen calls; floor and web are killed while she talks, and nobody notices.
        caller = at_home(calls(NUMBER, CENTRE), call=True)
        phone["arslan"].answer()
        call = the_call(CallState.TALKING)
        assert phone["arslan"].hears_its_echo() > 0
        house.pull_the_plug("erreichbar.site.floor")
        house.pull_the_plug("erreichbar.site.web")
        assert phone["arslan"].hears_its_echo() > 0, "the conversation goes on"
        until(house.is_well, 180, "/healthz")
        person = house.do(
            actions.RegisterPerson, "arslan", call=call.ref, given_name="Nadia", family_name="Albrecht",
            date_of_birth="1980-03-05", benefit_unit_number="99901BG0000100", number=NUMBER,
        )  # fmt: skip
        matter = house.do(actions.RaiseMatter, "arslan", call=call.ref, person=person, reason="payment_status")
        ref = house.do(actions.OpenTicket, "arslan", matter=matter, number=NUMBER)
        phone["arslan"].hang_up()
        caller.wait()
        the_call(CallState.ENDED)
        assert Call.objects.count() == 1, "the conversation was found again, not taken for another"
        ticket = Ticket.objects.get(ref=ref)
        assert ticket.holder is not None
        assert ticket.holder.username == "lange"
        house.asks("arslan", "ready")

        # She misses the callback.
        missed = at_home(refuses("480 Temporarily Unavailable"))
        house.asks("lange", "call_back", ticket=ref)
        phone["lange"].answer()
        attempt = attempt_ends()
        assert (attempt.outcome, attempt.presented) == ("not_answered", presented)
        missed.wait()
        check_identities(missed, house.office, presented)

        # She calls again, and lands on her ticket.
        again = at_home(calls(NUMBER, CENTRE), call=True)
        who = "lange" if model == "recognisable-callback" else "arslan"
        phone[who].answer()
        call = the_call(CallState.TALKING)
        house.do(actions.IdentifyCaller, who, call=call.ref, person=person, checks=3)
        version = queries.version(ref)
        if model == "recognisable-callback":
            assert call.ring_back_of is not None
            assert call.ring_back_of.ref == ref, "she is put through to who tried, with the ticket open"
            house.do(actions.ReachCitizen, who, ticket=ref, version=version, call=call.ref)
            phone[who].hang_up()
            again.wait()
        else:
            house.do(actions.JoinTicket, who, call=call.ref, ticket=ref)
            phone[who].hang_up()
            again.wait()
            answered = at_home(answers())
            house.asks("lange", "call_back", ticket=ref)
            phone["lange"].answer()
            until(lambda: Attempt.objects.filter(state=AttemptState.TALKING).exists(), 120, "the citizen to answer")
            assert phone["lange"].hears_its_echo() > 0
            attempt = Attempt.objects.latest("pk")
            house.do(actions.RecordAttempt, "lange", attempt=attempt.ref, outcome="reached")
            phone["lange"].hang_up()
            answered.wait()
            attempt_ends()
            check_identities(answered, house.office, presented)
            (invite,) = [message for message in answered.received if message.startswith("INVITE")][:1]
            assert header(invite, "Privacy") == "id"
        until(lambda: Seat.objects.get(user__username="lange").state != SeatState.TALKING, 120, "the seat to be free")
        house.do(actions.ResolveTicket, "lange", ticket=ref, version=queries.version(ref), outcome="settled")

        ticket = Ticket.objects.get(ref=ref)
        assert None not in (ticket.attempted_at, ticket.reached_at, ticket.resolved_at)
        assert ticket.reached_with == "responsible"
        assert Person.objects.count() == 1
        verified = json.loads(house.run("journal", "verify", "--json"))
        assert verified["ok"], verified
        assert not re.search(r"Traceback|CRITICAL", house.told()), house.told()
        assert NUMBER not in house.told(), "no number in a log"
    finally:
        for each in people:
            each.end()
        telephones.close()
