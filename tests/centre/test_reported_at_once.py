"""The same call reported by several processes at once, by API and as tables: it exists once, and all are told the same code."""

import json
import os
import subprocess
import sys

import pytest

from erreichbar.centre import journal
from erreichbar.centre.journal.head import head_file
from erreichbar.centre.models import JournalEntry, Person, Report, Ticket
from tests.conftest import ROOT
from tests.house import House
from tests.typed import there

PATIENCE_S = 300
"""After how long a test gives up; nothing is expected to take so long."""

pytestmark = pytest.mark.slow


def at_once(house: House, reports: list[tuple[str, str]]) -> list[str]:
    """Let every report (way, reference) be made by a process of its own at the same moment; return the codes told."""
    environment = {**os.environ, "ERREICHBAR_RUN": str(there(head_file()).parent)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.centre.reporter",
             json.dumps({"database": house.address, "way": way, "reference": reference})],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for way, reference in reports
    ]  # fmt: skip
    try:
        for one in processes:
            assert there(one.stdout).readline() == "ready\n"
        for one in processes:
            there(one.stdin).write("go\n")
            there(one.stdin).flush()
        said = [one.communicate(timeout=PATIENCE_S)[0] for one in processes]
        assert [one.returncode for one in processes] == [0] * len(processes)
        return [json.loads(text) for text in said]
    finally:
        for one in processes:
            one.kill()
            one.wait()


def exists_once(codes: list[str], references: int) -> None:
    ticket = Ticket.objects.get(person__family_name="Zimmer")
    assert set(codes) == {f"{ticket.code[:4]}\N{NO-BREAK SPACE}{ticket.code[4:]}"}
    assert Person.objects.filter(family_name="Zimmer").count() == 1
    assert Report.objects.filter(ticket=ticket).count() == references
    assert JournalEntry.objects.filter(kind="matter.reported", ticket=ticket.ref).count() == references
    assert JournalEntry.objects.filter(kind="ticket.opened", ticket=ticket.ref).count() == 1
    assert journal.verify().ok


def test_the_same_report_by_api_from_four_processes_exists_once(either_house: House) -> None:
    exists_once(at_once(either_house, [("api", "0815")] * 4), references=1)


def test_the_same_call_by_api_and_table_at_once_exists_once(either_house: House) -> None:
    reports = [("api", "0815"), ("api", "4711"), ("csv", ""), ("csv", "")]
    exists_once(at_once(either_house, reports), references=3)
