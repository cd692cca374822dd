"""How fast does the lab simulate a whole office? Contacts a second, beside the SimPy twin, with one worker and two, and up to ten millions.

Contacts are calls, callbacks and visits. ``loop``: the loop alone, sums only; ``drawn``: with all that a replication draws; ``tables``:
with the record of everybody's contacts, tickets, matters and time. In processor time but for two workers; the best of several rounds.
The twin (``tests/lab/twin``) plays a small office, and the lab the same one, both with everything that they draw and tell.

    python benchmarks/lab_office.py [--rounds 5] [--most 10000000]
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count, takewhile
from pathlib import Path

import numpy as np

from erreichbar import access
from erreichbar.lab.engine.driving import Found, drive
from erreichbar.lab.engine.planning import Planned
from erreichbar.lab.engine.simulating import Course
from erreichbar.lab.office import load

sys.path.insert(0, str(Path(__file__).parents[1]))
OFFICES, PRESETS = (
    ("as-contracted", "as-audited"),
    ("service-centre", "urgent-lane", "direct-lines", "phone-hours-daily"),
)
DAYS, SHORT = 181, 20
AIM, TWO, TWIN = 1_000_000.0, 1.8, 100.0
"""Aims: contacts a second of the loop alone on one core, two workers beside one, and beside the twin."""
LEAST, MEASURE = 10_000, "--measure"


def prepared(course: Course, replication: int = 0) -> Callable[[], Found]:
    """Return the loop of a replication that has been drawn."""
    planned = Planned(course._prepared, 1, replication)
    seats, households = np.arange(len(course.office.staff)), course.arrays.run.households
    desks = planned.desks if course._prepared.asks else None
    return lambda: drive(planned.plan, seats, households=households, desks=desks, known_moves=planned.moves)


def taken(what: Callable[[], object]) -> float:
    """Return how long something takes a processor (s)."""
    start = time.process_time()
    what()
    return time.process_time() - start


def offices(rounds: int) -> None:
    """Tell contacts a second under each default office and some models."""
    slowest = np.inf
    print(f"contacts a second, {DAYS} days   {'loop':>12} {'drawn':>12} {'tables':>12}")
    for name in OFFICES:
        office = load(name)
        for model in PRESETS:
            course = Course(office, access.load(model), days=DAYS)
            loop = prepared(course)
            contacts = loop().contacts
            course.run(1, rows=True)
            best = [
                min(taken(loop) for _ in range(rounds)),
                # Another replication each time, of which nothing is drawn yet.
                min(taken(partial(course.run, 1, nth)) for nth in range(1, 1 + rounds)),
                min(taken(partial(course.run, 1, nth, rows=True)) for nth in range(101, 101 + rounds)),
            ]
            slowest = min(slowest, contacts / best[0])
            told = " ".join(f"{contacts / seconds:12,.0f}" for seconds in best)
            print(f"  {name:13} {model:17} {told}", flush=True)
    print(f"aim, {AIM:,.0f} contacts a second on one core: {_said(slowest >= AIM)} (the slowest {slowest:,.0f})")


def beside_the_twin(rounds: int) -> None:
    """Tell how much longer the twin takes for the same office, which both tell of alike."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erreichbar.site.settings")
    import django

    django.setup()
    from erreichbar.traffic import Citizens
    from tests.lab import twin
    from tests.lab.engine.test_presets import EVERYTHING, FIRST, simulated, small_office

    for model in ("service-centre", "direct-lines"):
        office, chosen = small_office(EVERYTHING), access.load(model)
        course = Course(office, chosen, days=15, first=FIRST, warm_up=0)
        mine = course.run(1, rows=True).tables
        assert mine is not None
        citizens, known = Citizens(office.parameters, office.office, 1), simulated(course, 1)
        start = time.process_time()
        theirs = twin.live(office.office, chosen, citizens, FIRST, course.arrays.run.days, 0, known).tables()
        twins = time.process_time() - start
        assert (mine.contacts.height, mine.tickets.height) == (theirs.contacts.height, theirs.tickets.height)
        ours = min(taken(partial(course.run, 1, nth, rows=True)) for nth in range(1, 1 + rounds))
        print(f"ratio, the lab as fast as the SimPy twin, {model}: {twins / ours:,.0f} times (aim {TWIN:g})")


def two_workers(rounds: int) -> None:
    """Tell how much sooner two threads are done than one, as time goes by."""
    course = Course(load("as-contracted"), access.load("service-centre"), days=DAYS)
    runs = [prepared(course, nth) for nth in range(8)]
    gone, used = (dict.fromkeys((1, 2), np.inf) for _ in range(2))
    for _ in range(rounds):
        for workers in gone:
            with ThreadPoolExecutor(workers) as pool:
                start, processors = time.perf_counter(), time.process_time()
                for _ in pool.map(lambda run: run(), runs):
                    pass
                gone[workers] = min(gone[workers], time.perf_counter() - start)
                used[workers] = min(used[workers], time.process_time() - processors)
    twice, more = gone[1] / gone[2], used[2] / used[1]
    told = f"{twice:.2f}, with {more:.2f} times the processor time; load of the machine {os.getloadavg()[0]:.1f}"
    print(f"aim, two workers {TWO:g} × one: {_said(twice >= TWO)} ({told})", flush=True)


def line(most: int) -> None:
    """Tell seconds and memory by contacts: replications with tables, one after the other, each size in a process of its own."""
    print(f"{'contacts':>12} {'replications':>13} {'ready s':>8} {'all s':>8} {'peak MB':>8}")
    for size in takewhile(lambda size: size <= most, (LEAST * 10**power for power in count())):
        said = subprocess.run(
            [sys.executable, __file__, MEASURE, str(size)], check=True, capture_output=True, text=True
        )
        print(said.stdout, end="", flush=True)


def measure(size: int) -> None:
    """Play until so many contacts have been, and tell of it."""
    start = time.process_time()
    course = Course(load("as-contracted"), access.load("service-centre"), days=SHORT if size == LEAST else DAYS)
    ready = time.process_time() - start
    contacts = replications = 0
    while contacts < size:
        found = course.run(1, replications, rows=True, summed=True).tables
        assert found is not None
        contacts, replications = contacts + found.contacts.height, replications + 1
    # What the system counts for a process begins with what the one had that started it; this is its own.
    told = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(told["VmHWM"].split()[0]) / 1024
    print(f"{contacts:12,} {replications:13,} {ready:8.1f} {time.process_time() - start:8.1f} {peak:8,.0f}")


def _said(reached: bool) -> str:
    return "reached" if reached else "MISSED"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--most", type=int, default=10_000_000, help="contacts of the longest run")
    asked.add_argument(MEASURE, type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.measure:
        measure(given.measure)
        return
    offices(given.rounds)
    beside_the_twin(given.rounds)
    two_workers(given.rounds)
    line(given.most)


if __name__ == "__main__":
    main()
