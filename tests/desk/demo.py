"""A running demo for tests, with citizens whose callback succeeds."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from erreichbar import office as offices
from erreichbar.office import Office, numbers
from erreichbar.record.words import AttemptOutcome, PresentedNumber
from erreichbar.site import demo
from erreichbar.traffic import Citizen, Citizens, parameters

KNOWN = 25
"""So many of the citizens who call next are recorded already, as an import would have left them."""
NOT_BEFORE_MS = 60_000
"""So long at least goes by until a citizen rings back whose missed callback is looked at meanwhile."""


class Callers:
    """Who calls from the demo's beginning on, for the first seed whose first callers can be called back."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.morning = demo._morning(office)
        for self.seed in count(1):
            self.citizens = Citizens(parameters(office), office, self.seed)
            self.next = self._next()
            if all(self._suits(citizen) for citizen in self.next[:3]):
                return

    def _next(self) -> list[Citizen]:
        midnight = datetime.combine(self.morning.date(), datetime.min.time(), self.office.zone)
        since_ms = (self.morning - midnight).total_seconds() * 1000
        return [one for one in self.citizens.calls_on(self.morning.date()) if one.arrives_ms >= since_ms]

    def _suits(self, citizen: Citizen) -> bool:
        person = self.citizens.person(citizen)
        outcome = self.citizens.answers_callback(citizen, 1, PresentedNumber.CENTRE, in_window=False)
        return person.number is not None and not citizen.number_withheld and outcome is AttemptOutcome.REACHED

    def rings_back(self) -> Citizen:
        """Return who misses a first callback and rings back soonest, but not before a page has been looked at.

        At a land line: she has no text messages. Her number shows, else nobody knows what she answers. Nobody else calls from it,
        so she has not called either.
        """
        return min(self._ring_back(), key=lambda found: found[0])[1]

    def _ring_back(self) -> Iterator[tuple[int, Citizen]]:
        calling, shown = {self.citizens.person(one).number for one in self.next}, PresentedNumber.CENTRE
        for place in range(0, len(self.citizens.population), 2):
            number = self.citizens.population[place].number
            if number is None or number in calling or numbers.is_mobile(number):
                continue
            citizen = self.citizens.at_number(number)
            if citizen.number_withheld:
                continue
            outcome = self.citizens.answers_callback(citizen, 0, shown, in_window=False)
            after_ms = self.citizens.rings_back_ms(citizen, 0, shown)
            if outcome is AttemptOutcome.NOT_ANSWERED and after_ms >= NOT_BEFORE_MS:
                yield after_ms, citizen

    def known(self) -> list[dict[str, Any]]:
        """Return what the office has on record of those who call next, as fields of ``RegisterPerson``."""
        people = {citizen.person: citizen for citizen in self.next[:KNOWN]}
        return [self.fields(citizen) for citizen in people.values()]

    def fields(self, citizen: Citizen) -> dict[str, Any]:
        """Return who a citizen is, as fields of ``RegisterPerson``."""
        person = self.citizens.person(citizen)
        names = ("given_name", "family_name", "benefit_unit_number", "postal_code", "number")
        told = {"date_of_birth": person.date_of_birth.isoformat(), "language": person.language.value}
        return told | {name: getattr(person, name) for name in names}


DATABASE = "var/demo/erreichbar.sqlite3"
BOOT = f"from erreichbar.site import boot\nboot.django({DATABASE!r}, demo=True)"
"""Lets a programme that runs beside the demo, in its folder, into its house."""
ACT = f"""
import json, sys
{BOOT}
from erreichbar.centre import actions, journal, refs
found = []
for name, fields in json.load(sys.stdin):
    given = {{key: found[value["of"]] if isinstance(value, dict) else value for key, value in fields.items()}}
    found.append(getattr(actions, name)(key=f"test.{{refs.new_ref()}}", **{{"at": journal.last_moment()}} | given).run())
print(json.dumps(found))
"""
"""Makes changes in the demo's house; ``{"of": 0}`` stands for what the first of them returned.

The demo's clock is not the machine's: what is changed is changed when the demo last did something.
"""


class Demo:
    """A running demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.callers = Callers(offices.demo())
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("ERREICHBAR_")}
        self.process = self._start("-m", "erreichbar.cli", "demo", "--port", "0", "--seed", str(self.callers.seed))
        said = ""
        assert self.process.stdout
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", said)):
            line = self.process.stdout.readline()
            assert line, f"the demo ended: {said}"
            said += line
        self.address = found.group()
        with urllib.request.urlopen(self.address + "/seats") as answer:  # waits until the house listens
            assert answer.status == 200
        self.act(*(("RegisterPerson", person) for person in self.callers.known()))

    def _start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str, typed: str | None = None) -> str:
        """Run Python beside the demo, in its folder, and return what it prints."""
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, env=self.environment, check=True, text=True,
            input=typed, stdout=subprocess.PIPE,
        ).stdout  # fmt: skip

    def act(self, *changes: tuple[str, dict[str, Any]]) -> list[Any]:
        """Make changes (name and fields of an action), as an import or another desk would, and return their results."""
        return list(json.loads(self.run("-c", ACT, typed=json.dumps(changes))))

    def opens_ticket(self, family_name: str, **how: str) -> str:
        """Open a ticket of a new citizen on the list of Petra Lange; ``how`` are further fields of ``OpenTicket``."""
        number = "0152 28817386"
        person = {"family_name": family_name, "given_name": "Nadia", "benefit_unit_number": "99901BG0000100"}
        return str(
            self.act(
                ("RegisterPerson", {**person, "number": number}),
                ("RaiseMatter", {"person": {"of": 0}, "reason": "payment_status"}),
                ("OpenTicket", {"matter": {"of": 1}, "number": number, **how}),
            )[2]
        )

    def verifies(self) -> None:
        """Assert that the journal is whole."""
        verified = json.loads(self.run("-m", "erreichbar.cli", "journal", "verify", "--json", "--db", DATABASE))
        assert verified["ok"], verified

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
