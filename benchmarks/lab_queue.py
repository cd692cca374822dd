"""How fast is the lab's loop? The queue M/M/80+M (20 calls a minute, 4 minutes, patience 3) beside C, SimPy and Ciw, in one run.

All on one core, in processor time. C is the same algorithm (``lab_queue.c``, gcc -O3) on the same draws, and must find the same calls and
waits; SimPy and Ciw are programs as their manuals would write them, in a virtual environment of their own, of the versions in
``requirements/peers-lab.txt``. Aims: 100 times SimPy, 250 times Ciw, half of C. Compiling is not counted, and told apart.

    python benchmarks/lab_queue.py [--calls 1000000] [--rounds 5]
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from erreichbar import access
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.engine.shapes import Law, Plan, Seed, Sums, Window
from erreichbar.lab.queue import constant_days

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
AIMS = {"SimPy": 100.0, "Ciw": 250.0, "C": 0.5}
# As ``lab queue`` would: a clock on which nothing takes less than 100,000 ticks on average.
TICKS = 100.0
RATE = 20.0 / 60_000.0 / TICKS
SERVICE, PATIENCE, SERVERS = 240_000.0 * TICKS, 180_000.0 * TICKS, 80


def plan(calls: int) -> Plan:
    """Return the plan of one replication of about so many calls."""
    horizon = round(calls / RATE)
    plain = access.load("service-centre").rules
    return Plan(
        seed=Seed(1, 0),
        days=constant_days(RATE, horizon),
        talk=Law(-1.0, SERVICE),
        rules=plain._replace(places=-1, places_per_agent=-1.0, longest_wait_ms=-1),
        window=Window(0, horizon, round(20_000 * TICKS)),
        patience=Law(-1.0, PATIENCE),
    )


def ours(calls: int) -> tuple[float, tuple[int, int, int]]:
    """Return calls a second, and what was found: calls, of them hung up, sum of waits."""
    followed = plan(calls)
    start = time.process_time()
    found = drive(followed, np.arange(SERVERS))
    taken = time.process_time() - start
    counted = found.contacts, int(found.sums[Sums.ABANDONED]), int(found.sums[Sums.WAIT_MS])
    return found.contacts / taken, counted


def in_c(program: Path, calls: int) -> tuple[float, tuple[int, int, int]]:
    """Return the same of the program in C."""
    horizon = round(calls / RATE)
    given = [1, 0, RATE.hex(), horizon, SERVICE, PATIENCE, SERVERS]
    said = subprocess.run([program, *map(str, given)], check=True, capture_output=True, text=True).stdout
    *counted, taken = said.split()
    offered, abandoned, waits = map(int, counted)
    return offered / float(taken), (offered, abandoned, waits)


def peer(name: str, calls: int) -> float:
    """Return how many calls a second a peer simulates."""
    from benchmarks.beside import environment

    said = subprocess.run(
        [environment.python("peers-lab"), HERE / "beside" / f"queue_{name.lower()}.py", str(calls)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return float(said)


def main() -> None:
    """Measure in turns, so that whatever else the machine does falls on all, and tell the median of the ratios."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--calls", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "lab_queue"
        subprocess.run(["gcc", "-O3", "-o", program, HERE / "lab_queue.c", "-lm"], check=True)
        start = time.perf_counter()
        ours(1_000)
        print(f"compiled or loaded in {time.perf_counter() - start:.1f} s")
        speeds: dict[str, list[float]] = {"lab": [], "C": [], "SimPy": [], "Ciw": []}
        for _ in range(given.rounds):
            (mine, found), (theirs, same) = ours(given.calls), in_c(program, given.calls)
            assert found == same, f"the loop found {found}, C {same}"
            for name, speed in (("lab", mine), ("C", theirs)):
                speeds[name].append(speed)
            for name in ("SimPy", "Ciw"):
                speeds[name].append(peer(name, 20_000))
    for name, others in speeds.items():
        print(f"  {name:6} {statistics.median(others):12,.0f} calls/s")
        if name in AIMS:
            ratio = statistics.median(mine / other for mine, other in zip(speeds["lab"], others, strict=True))
            print(f"ratio, the lab as fast as {name}: {ratio:.2f} times (aim {AIMS[name]:g})")


if __name__ == "__main__":
    main()
