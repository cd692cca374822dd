"""A unit's list among 100,000 open tickets, and what is done about them each minute: how long does it take, how much memory does it need?

Peer, in the same run, asked in turn with us: django-helpdesk, in an environment of its own (``requirements/peers.txt``), with as many
tickets on SQLite, its own ticket list and its ``escalate_tickets``. Processor time of one process each; medians. What either does:

- **List.** Ours is the first page of the unit's list: 50 tickets, those in danger first, in the order of what can be reached now, each
  with why it is due, and how many there are. Theirs is a page and the rows it fetches, by age: as many as ours, and as many as it shows
  by itself (25).
- **Run.** Ours looks whether each open ticket still lies with who is there in time, moves those that do not, and takes each step of
  the ladder that is due, journalled, of 1,000 tickets in a transaction; what the citizen is to be told is put down and sent later.
  Theirs raises the priority of what is older than two days and notes it; it would send e-mails at once, but has no addresses here. It
  knows no absences, and of calendars excluded days only. A minute on, done is what fell due in that minute; after two days' stop it is
  every ticket.

    python benchmarks/lists.py [--tickets 100000] [--units 40] [--people 10] [--rounds 11]
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
AIM_LIST_MS, AIM_RUN_S, AIM_MB = 50.0, 10.0, 1000
STOPPED = 2 * 1440
"""Minutes of the long stop: two days, after which everything of the peer is due."""


def main() -> None:
    """Measure and print; exit 1 if something could not be run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=40)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=11)
    chosen = parser.parse_args()
    from benchmarks.beside import environment

    with tempfile.TemporaryDirectory(prefix="erreichbar-bench-") as folder:
        tell(f"making {chosen.tickets:,} open tickets, twice")
        sizes = [str(one) for one in (chosen.tickets, chosen.units, chosen.people)]
        command = [environment.python(), str(ROOT / "benchmarks/beside/django_helpdesk.py"), f"{folder}/peer.sqlite3"]
        peer = subprocess.Popen([*command, *sizes], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            measure(Ours(Path(folder), chosen), peer, chosen)
        finally:
            assert peer.stdin is not None
            peer.stdin.close()
            peer.wait(60)


class Ours:
    """The house with many tickets, its clock at ``big_office.NOW``."""

    def __init__(self, folder: Path, chosen: argparse.Namespace) -> None:
        from erreichbar.site import boot

        os.environ["DJANGO_SETTINGS_MODULE"] = "erreichbar.site.settings"
        boot.django(folder / "erreichbar.sqlite3", demo=True)
        boot.migrate()
        from django.test import Client

        from benchmarks.beside import big_office
        from erreichbar.centre import actions, clock, journal, queries
        from erreichbar.centre.models import User

        self.moment = big_office.NOW
        clock.use(self)
        text = big_office.text_of(chosen.units, chosen.people)
        actions.ImportOffice(key="bench.office", text=text, name="office.toml").run()
        actions.AdoptModel(key="bench.model", name="recognisable-callback").run()
        start = time.process_time()
        big_office.fill(queries.office_in_force(), chosen.tickets)
        tell(f"ours made in {time.process_time() - start:.0f} s; verifying {journal.count():,} journal entries")
        if not journal.verify().ok:
            sys.exit("The journal does not verify.")
        if moved := self.run(0)["found"]:
            sys.exit(f"The house would have placed {moved} tickets otherwise.")
        self.client = Client()
        self.client.force_login(User.objects.get(username="p1-0"))

    def now(self) -> Any:
        return self.moment

    def list(self) -> dict[str, Any]:
        """Ask for the page of a unit's list."""
        return self._measured(self._list)

    def run(self, minutes: int) -> dict[str, Any]:
        """Do what is due so many minutes later."""
        from benchmarks.beside import big_office
        from erreichbar.centre import actions, refs
        from erreichbar.centre.actions.steps import any_due
        from erreichbar.centre.models import StepTaken

        self.moment = big_office.NOW + timedelta(minutes=minutes)
        before = StepTaken.objects.count()
        parts = [self._measured(actions.TendTickets(key=f"bench.{refs.new_ref()}").run)]
        while any_due(self.moment):
            parts.append(self._measured(actions.TakeSteps(key=f"bench.{refs.new_ref()}").run))
        sums = {name: sum(one[name] for one in parts) for name in ("ms", "queries")}
        longest = max(one["ms"] for one in parts)
        return parts[0] | sums | {"longest_ms": longest, "steps": StepTaken.objects.count() - before}

    def _list(self) -> int:
        answer = self.client.get("/tickets?unit=team-1", HTTP_HOST="127.0.0.1")
        if answer.status_code != 200:
            sys.exit(f"The list answers {answer.status_code}.")
        return answer.content.count(b'class="line ')

    def _measured(self, what: Callable[[], Any]) -> dict[str, Any]:
        from django.db import connection

        queries = 0

        def count(execute: Any, *given: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*given)

        start = time.process_time()
        with connection.execute_wrapper(count):
            found = what()
        took = (time.process_time() - start) * 1000
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"ms": took, "queries": queries, "found": found, "mb": memory}


def measure(ours: Ours, peer: "subprocess.Popen[str]", chosen: argparse.Namespace) -> None:
    """Ask both in turn and print what came of it."""
    said = answer(peer)
    assert said.get("ready"), said
    lists, theirs, shown = [], [], []
    for _ in progress("lists", range(chosen.rounds)):
        lists.append(ours.list())
        theirs.append(ask(peer, "list 50"))
        shown.append(ask(peer, "list 25"))
    found = {"list": pair(lists, theirs), "list_25": pair(lists, shown)}
    idle, their_idle, minute, their_minute = [], [], [], []
    for number in progress("runs", range(chosen.rounds)):
        minute.append(ours.run(number))
        their_minute.append(ask(peer, f"run {number}"))
        idle.append(ours.run(number))
        their_idle.append(ask(peer, f"run {number}"))
    found |= {"minute": pair(minute[1:], their_minute[1:]), "idle": pair(idle, their_idle)}
    for _ in progress("after two days' stop", range(1)):
        ran = ours.run(STOPPED)
        found["stopped"] = pair([ran], [ask(peer, f"run {STOPPED}")]) | {"longest_ms": ran["longest_ms"]}
    told(found, chosen.tickets)
    print(json.dumps(found))


def pair(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the medians of both, their ratio, and what they came to."""
    one, other = (statistics.median(each["ms"] for each in those) for those in (ours, theirs))
    last, their_last = ours[-1], theirs[-1]
    return {"ms": one, "peer_ms": other, "ratio": one / other, "queries": last["queries"],
            "peer_queries": their_last["queries"], "found": last.get("steps", last["found"]), "peer_found": their_last["found"],
            "mb": max(each["mb"] for each in ours)}  # fmt: skip


def told(found: dict[str, dict[str, Any]], tickets: int) -> None:
    """Print the table and whether the aims are reached."""
    print(f"{tickets:,} open tickets; processor time, medians")
    print(f"{'':44}{'ours':>12}{'queries':>9}{'done':>9}   {'peer':>12}{'queries':>9}{'done':>9}{'ratio':>9}")
    for name, what in WHAT.items():
        one = found[name]
        print(
            f"{what:44}{one['ms']:9.1f} ms{one['queries']:9}{one['found']:9}   "
            f"{one['peer_ms']:9.1f} ms{one['peer_queries']:9}{one['peer_found']:9}{one['ratio']:9.2f}"
        )
    memory = found["stopped"]["mb"]
    for what, value, aim, unit in (
        ("a unit's list", found["list"]["ms"], AIM_LIST_MS, "ms"),
        ("run of an ordinary minute", found["minute"]["ms"] / 1000, AIM_RUN_S, "s"),
        ("run after two days' stop", found["stopped"]["ms"] / 1000, AIM_RUN_S, "s"),
        ("memory", memory, AIM_MB, "MB"),
    ):
        print(f"aim, {what} under {aim:g} {unit}: {'reached' if value < aim else 'MISSED'} ({value:.1f} {unit})")
    print(f"after the stop nobody waits longer than {found['stopped']['longest_ms'] / 1000:.1f} s for a part of it")
    ratios = ", ".join(f"{name} {found[name]['ratio']:.2f}" for name in WHAT)
    print(f"ratio to django-helpdesk: {ratios}")


WHAT = {
    "list": "a unit's list; the peer's of 50 rows",
    "list_25": "a unit's list; the peer's of 25 rows",
    "idle": "run: nothing is due",
    "minute": "run: an ordinary minute",
    "stopped": "run: after two days' stop, all is due",
}


def ask(peer: "subprocess.Popen[str]", what: str) -> dict[str, Any]:
    """Ask the peer and return what it measured."""
    assert peer.stdin is not None
    peer.stdin.write(what + "\n")
    peer.stdin.flush()
    return answer(peer)


def answer(peer: "subprocess.Popen[str]") -> dict[str, Any]:
    """Return the next line of the peer."""
    assert peer.stdout is not None
    line = peer.stdout.readline()
    if not line:
        sys.exit("The peer has ended.")
    return dict(json.loads(line))


def progress(what: str, rounds: range) -> Any:
    """Go through rounds and say how far it is."""
    for number in rounds:
        tell(f"{what}: {number + 1} of {len(rounds)}")
        yield number


def tell(what: str) -> None:
    """Say what is going on."""
    print(f"  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
