"""The programme as it is installed, for tests over real SIP: imported and served, with the test at everybody's desk."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any

from erreichbar import office as offices
from erreichbar.centre import actions, refs
from erreichbar.centre.models import Attempt, Call, CallState, Command, PersonNumber
from erreichbar.telephone.asterisk import process
from erreichbar.telephone.asterisk.process import free_port
from tests.telephone.asterisk.sip_citizens import Citizen, citizen
from tests.telephone.asterisk.sip_telephones import Telephone, Telephones, free_udp_port, until

THURSDAY = datetime.fromisoformat("2026-03-05T10:00:00+01:00")


class House:
    """The programme as it is installed: imported, served, with this test at everybody's desk."""

    def __init__(self, folder: Path, sipp: Path, model: str, more: str = "") -> None:
        """``more`` is added to the office file."""
        self.folder = folder
        self.sipp = sipp
        self.people: list[Citizen] = []
        self.telephones: Telephones | None = None
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
        text = offices.demo().text.replace("[telephone.presented.centre]", trunk, 1)
        self.file.write_text(f"{text}\n{more}", "utf-8")
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

    def telephone(self, user: str) -> Telephone:
        """Return the registered telephone of somebody of the office, and make her ready for calls."""
        secrets, sip_user = self.folder / "asterisk/secrets.json", self.office.people[user].sip_user
        assert sip_user
        until(secrets.exists, 120, "Asterisk's settings")
        self.telephones = self.telephones or Telephones(self.sip_port)
        found = self.telephones.telephone(sip_user, json.loads(secrets.read_text())["seats"][sip_user])
        self.asks(user, "ready")
        return found

    def at_home(self, scenario: str, *, call: bool = False) -> Citizen:
        """Return a citizen's telephone that waits to be called, or calls."""
        port, asterisk = (free_udp_port(), self.sip_port) if call else (self.trunk_port, None)
        self.people.append(citizen(self.sipp, self.folder, scenario, port=port, asterisk=asterisk))
        return self.people[-1]

    def is_whole(self) -> None:
        """Assert that the journal verifies, that nothing went wrong, and that no log holds a number of a citizen."""
        verified = json.loads(self.run("journal", "verify", "--json"))
        assert verified["ok"], verified
        log = (self.folder / "serve.log").read_text("utf-8", "replace")
        assert not re.search(r"Traceback|CRITICAL", log), log[-6000:]
        for number in PersonNumber.objects.values_list("e164", flat=True):
            assert number not in log, "no number in a log"

    def close(self) -> None:
        """Stop everything that was started here."""
        for each in self.people:
            each.end()
        if self.telephones:
            self.telephones.close()
        self.server.send_signal(signal.SIGTERM)
        try:
            self.server.wait(60)
        finally:
            if self.server.poll() is None:
                self.server.kill()
            if running := process.noted(self.folder / "asterisk"):
                process.stop(running)
            self.log.close()


def the_call(state: CallState) -> Call:
    """Return the newest call once it is in a state."""
    until(lambda: Call.objects.filter(state=state).exists(), 120, f"a call that is {state}")
    return Call.objects.filter(state=state).latest("pk")


def attempt_ends() -> Attempt:
    until(lambda: not Attempt.objects.filter(outcome=None).exists(), 120, "the attempt's outcome")
    until(lambda: not Attempt.objects.filter(ended_at=None).exists(), 120, "the attempt to end")
    return Attempt.objects.latest("pk")
