"""Twenty desks at twenty calls a minute: how long does a click take, how soon does a desk know?

The demo office runs for real: web, floor, SQLite. Its clock runs 80 times as fast, so its 15 calls an hour are 20 a minute;
automatic colleagues take them. Twenty windows listen, fetch those of their parts that a topic concerns, as the page's script does, and
click. A part that has not changed is answered with 204. Peers, measured in
the same run: for a click Django's own ``set_language`` view (a POST, CSRF, a redirect, no change of ours); for an event what a page
without server-sent events does, which is to ask once a second.

    python benchmarks/desks.py [--seconds 60] [--windows 20] [--speed 80]
"""

import argparse
import html
import http.client
import itertools
import json
import os
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from contextlib import closing
from datetime import datetime
from pathlib import Path

PEOPLE = ("brandt", "roth", "kaminski", "vogt")
"""Whose desks are open: nobody of them takes calls, so the colleagues stay at theirs."""
AIM_MS = 200.0
PART = re.compile(r'<div id="(list|incoming|seat)"[^>]*? hx-get="([^"]+)"')
TOPICS = {"list": {"tickets"}, "incoming": {"here"}, "seat": {"here", "calls", "seats"}}
"""The parts of the page, and what each is fetched for (``hx-trigger``)."""
GATHERED_S = 1.0
"""How long the page waits for more of what changed elsewhere than at its own seat (``desk.js``)."""


class Window:
    """A browser window, as far as it matters here: cookies, parts, clicks, and an ear for what changes."""

    def __init__(self, port: int, person: str) -> None:
        self.port = port
        self.person = person
        self.cookies: dict[str, str] = {}
        self.clicks: list[float] = []
        self.peers: list[float] = []
        self.parts: list[float] = []
        self.same: list[float] = []
        self.heard: list[tuple[int, float]] = []
        self.changed: set[str] = set()
        self.wakes = threading.Condition()
        page = self.ask("GET", "/seats")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:500]
        self.ask("POST", "/seats", {"person": person, "csrfmiddlewaretoken": token[1]})
        self.addresses = dict(PART.findall(self.ask("GET", "/tickets")))
        assert set(self.addresses) == set(TOPICS), self.addresses

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> str:
        """Ask once, without following; returns the text."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            body = urllib.parse.urlencode(form) if form else None
            connection.request(
                method, path, body, self.headers() | {"Content-Type": "application/x-www-form-urlencoded"}
            )
            answer = connection.getresponse()
            text = answer.read().decode()
            assert answer.status < 400, (answer.status, path, text[:300])
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return text

    def headers(self) -> dict[str, str]:
        return {
            "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            "HX-Request": "true",
        }

    def timed(self, into: list[float], method: str, path: str, form: dict[str, str] | None = None) -> None:
        start = time.monotonic()
        self.ask(method, path, form)
        into.append((time.monotonic() - start) * 1000)

    def listen(self, until: float) -> None:
        """Follow what changes, and note when it was heard."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", "/live", headers=self.headers() | {"Accept": "text/event-stream"})
            answer = connection.getresponse()
            while time.time() < until:
                line = answer.readline().decode()
                if line.startswith("id: "):
                    self.heard.append((int(line[4:]), time.time()))
                elif line.startswith("data: "):
                    with self.wakes:
                        self.changed |= set(json.loads(line[6:])["changed"])
                        self.wakes.notify()

    def renew(self, until: float) -> None:
        """Fetch what a topic concerns whenever something changed, as the page does: what comes meanwhile counts once."""
        fetched = 0.0
        while time.time() < until:
            with self.wakes:
                self.wakes.wait_for(lambda: self.changed, 1.0)
                at_once = "here" in self.changed
            if not at_once:
                time.sleep(max(0.0, fetched + GATHERED_S - time.time()))
            with self.wakes:
                changed = {"here"} if at_once else self.changed
                self.changed = self.changed - changed
            fetched = fetched if at_once else time.time()
            for name in [name for name, topics in TOPICS.items() if topics & changed]:
                self.fetch(name)

    def fetch(self, name: str) -> None:
        start = time.monotonic()
        answer = self.ask("GET", html.unescape(self.addresses[name]))
        (self.parts if answer else self.same).append((time.monotonic() - start) * 1000)
        self.addresses.update(PART.findall(answer))

    def click(self, until: float, every: float) -> None:
        """Click, and as often do what costs the framework alone."""
        count = 0
        while time.time() < until:
            count += 1
            kind = ("pause", "ready")[count % 2]
            self.timed(self.clicks, "POST", f"/seat/{kind}", {"key": f"bench.{self.person}.{id(self)}.{count}"})
            self.timed(self.peers, "POST", "/i18n/setlang/", {"language": "de", "next": "/"})
            time.sleep(every)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def told(what: str, values: list[float]) -> dict[str, float | int]:
    """Print and return median and 95th percentile (ms)."""
    found = {"n": len(values), "median_ms": round(statistics.median(values), 1), "p95_ms": round(p95(values), 1)}
    print(f"{what:44} n={found['n']:<6} median {found['median_ms']:8} ms   p95 {found['p95_ms']:8} ms", flush=True)
    return found


def main() -> None:
    """Measure and print; exit 1 if nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--windows", type=int, default=20)
    parser.add_argument("--speed", type=float, default=80)
    chosen = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="erreichbar-bench-") as folder:
        command = ["-m", "erreichbar.cli", "demo", "--port", str(port), "--speed", str(chosen.speed)]
        server = subprocess.Popen(
            [sys.executable, *command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        try:
            measure(Path(folder) / "var/demo/erreichbar.sqlite3", port, chosen, server)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def measure(db: Path, port: int, chosen: argparse.Namespace, server: "subprocess.Popen[bytes]") -> None:
    wait_for(port, server)
    windows = [Window(port, PEOPLE[n % len(PEOPLE)]) for n in range(chosen.windows)]
    print(f"{len(windows)} windows are open; measuring for {chosen.seconds:g} s", flush=True)
    until = time.time() + chosen.seconds
    work = [threading.Thread(target=window.listen, args=(until,), daemon=True) for window in windows]
    work += [threading.Thread(target=window.renew, args=(until,), daemon=True) for window in windows]
    work += [threading.Thread(target=window.click, args=(until, 5.0), daemon=True) for window in windows]
    asked: list[tuple[int, float]] = []
    work.append(threading.Thread(target=ask_each_second, args=(db, until, asked), daemon=True))
    web, tick = process_of(server.pid, "erreichbar.site.web"), os.sysconf("SC_CLK_TCK")
    used = -processor_ticks(web)
    for each in work:
        each.start()
    for each in work:
        each.join(chosen.seconds + 60)
    used += processor_ticks(web)
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as database:
        entries = database.execute("SELECT sequence, kind, moment FROM centre_journalentry").fetchall()
    environ = dict(
        part.split("=", 1)
        for part in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()[:1]
        for part in Path(f"/proc/{part}/environ").read_text().split("\0")
        if "=" in part
    )
    origin, real, speed = environ["ERREICHBAR_CLOCK"].split("|")

    def at(moment: str) -> float:
        """When the machine's clock showed a moment of the office (Unix seconds)."""
        passed = datetime.fromisoformat(moment) - datetime.fromisoformat(origin)
        return float(real) + passed.total_seconds() / float(speed)

    moments = {sequence: at(moment) for sequence, _, moment in entries}
    begun = until - chosen.seconds
    arrived = sum(kind == "call.arrived" and begun <= at(moment) <= until for _, kind, moment in entries)
    print(f"{arrived / chosen.seconds * 60:.1f} calls a minute, {len(entries)} journal entries")
    result = {
        "calls_per_minute": round(arrived / chosen.seconds * 60, 1),
        "click": told("click (a command for the floor)", [ms for window in windows for ms in window.clicks]),
        "click_peer": told("  peer: Django's set_language", [ms for window in windows for ms in window.peers]),
        "part": told("part of a page that has changed", [ms for window in windows for ms in window.parts]),
        "same": told("part that has not (204)", [ms for window in windows for ms in window.same]),
        "event": told("event: from its moment to the desk", late([window.heard for window in windows], moments)),
        "event_peer": told("  peer: asking once a second", late([asked], moments)),
    }
    # Says how much is left to the one process that answers all windows, however busy the machine is besides.
    result["web_processor_share"] = round(used / tick / chosen.seconds, 3)
    print(f"processor time of the web process: {result['web_processor_share']:.0%} of a core")
    result["click_ratio_p95"] = round(result["click"]["p95_ms"] / result["click_peer"]["p95_ms"], 2)
    result["event_ratio_p95"] = round(result["event"]["p95_ms"] / result["event_peer"]["p95_ms"], 2)
    for what in ("click", "event"):
        reached = "reached" if result[what]["p95_ms"] < AIM_MS else "MISSED"
        print(f"aim, p95 of {what} under {AIM_MS:g} ms: {reached}; ratio to its peer {result[f'{what}_ratio_p95']}")
    print(json.dumps(result))


def process_of(parent: int, name: str) -> int:
    """Return the process of a server that runs a module."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    (found,) = [int(one) for one in children if name in Path(f"/proc/{one}/cmdline").read_text().split("\0")]
    return found


def processor_ticks(process: int) -> int:
    """Return how much processor time a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit("The demo did not start.")
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
        time.sleep(0.3)
    sys.exit("The demo does not answer.")


def ask_each_second(db: Path, until: float, asked: list[tuple[int, float]]) -> None:
    """Look for the end of the journal once a second, the peer of the live page."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as database:
        while time.time() < until:
            (head,) = database.execute("SELECT max(sequence) FROM centre_journalentry").fetchone()
            asked.append((head or 0, time.time()))
            time.sleep(1)


def late(streams: list[list[tuple[int, float]]], moments: dict[int, float]) -> list[float]:
    """Return how long after its moment (ms) each entry was known to each who follows. Each stream: (last entry, when)."""
    found = []
    for stream in streams:
        for (before, _), (upto, when) in itertools.pairwise(stream):
            found += [(when - moments[entry]) * 1000 for entry in range(before + 1, upto + 1) if entry in moments]
    return found


if __name__ == "__main__":
    main()
