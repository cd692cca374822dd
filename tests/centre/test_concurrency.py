"""Eight processes at once on one database: nothing is lost, nothing done twice, and one decision about a ticket wins."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from erreichbar.centre import journal
from erreichbar.centre.journal.head import head_file, read_head
from erreichbar.centre.models import ActionKey, Call, JournalEntry, Ticket
from tests.conftest import ROOT
from tests.house import House
from tests.typed import there

CROWD = 8
TICKETS = 4
CALLS = 2
"""How many calls each has for every ticket: with four changes a call, each makes 4 · (1 + 1 + 2 · 4) = 40."""
PATIENCE_S = 300
"""After how long a test gives up; nothing is expected to take so long."""

pytestmark = pytest.mark.slow


def crowd(house: House, tickets: list[str]) -> list[dict[str, Any]]:
    """Let everybody begin at the same moment, and return what each says."""
    environment = {**os.environ, "ERREICHBAR_RUN": str(there(head_file()).parent)}
    given = {"database": house.address, "tickets": tickets, "calls": CALLS}
    everybody = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.centre.crowd", json.dumps({**given, "number": number})],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(CROWD)
    ]  # fmt: skip
    try:
        for one in everybody:
            assert there(one.stdout).readline() == "ready\n"
        for one in everybody:
            there(one.stdin).write("go\n")
            there(one.stdin).flush()
        said = [one.communicate(timeout=PATIENCE_S)[0] for one in everybody]
        assert [one.returncode for one in everybody] == [0] * CROWD
        return [json.loads(text) for text in said]
    finally:
        for one in everybody:
            one.kill()
            one.wait()


def test_a_crowd_loses_nothing_doubles_nothing_and_overwrites_nobody(either_house: House) -> None:
    house = either_house
    tickets = [house.ticket() for _ in range(TICKETS)]
    for ticket in tickets:
        house.calls_back(ticket)
    entries, keys = journal.count(), set(ActionKey.objects.values_list("key", flat=True))
    said = crowd(house, [str(ticket) for ticket in tickets])

    # One decision about each ticket, made whole; all others were told who was faster.
    for ticket in tickets:
        (winner,) = [one for one in said if ticket in one["won"]]
        row = Ticket.objects.select_related("changed_by", "holder").get(ref=ticket)
        assert (row.version, there(row.changed_by).username) == (3, winner["decider"])
        resolved = row.changed_how == "closed"
        assert (row.is_open, there(row.holder).username) == ((False, "lange") if resolved else (True, "schwarz"))
        decided = JournalEntry.objects.filter(ticket=ticket, kind__in=["ticket.resolved", "ticket.assigned"])
        assert [entry.kind for entry in decided] == ["ticket.resolved" if resolved else "ticket.assigned"]
        losers = [one["stale"][ticket] for one in said if one is not winner]
        name = house.office.people[winner["decider"]].name
        assert [who for who, _ in losers] == [winner["decider"]] * (CROWD - 1)
        assert all(told.startswith(f"{name} has {row.changed_how} this ticket meanwhile") for _, told in losers)

    # Every call as it was told, once.
    calls = [call for one in said for call in one["calls"]]
    assert len(set(calls)) == CROWD * TICKETS * CALLS
    assert Call.objects.filter(ref__in=calls, state="ended", outcome="answered").count() == len(calls)
    for call in calls:
        kinds = list(JournalEntry.objects.filter(call=call).order_by("sequence").values_list("kind", flat=True))
        assert kinds == ["call.arrived", "call.queued", "call.answered", "call.ended"]

    # No key but those of the changes that were made; what everybody made was made once.
    made = [key for one in said for key in one["keys"]]
    assert set(ActionKey.objects.values_list("key", flat=True)) - keys == set(made)
    assert len(made) - len(set(made)) == TICKETS * (CROWD - 1)
    assert JournalEntry.objects.filter(kind="spool.replayed").count() == TICKETS

    # And the journal: exactly what was done, in one chain, with both heads at its end.
    assert journal.count() == entries + len(set(made)) == entries + TICKETS * (1 + 1) + len(calls) * 4
    found = journal.verify()
    assert found.ok, found
    assert read_head(there(head_file())).sequence == found.entries == journal.last_sequence()
