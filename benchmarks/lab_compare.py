"""How long does ``erreichbar lab compare`` take, and how much memory? The command itself, its code compiled already, in the default office.

What one worker and two find of all presets in 8 replications of 30 days has to be the same bytes. The whole, 9 presets × 100
replications × 6 months on two workers, is run as it is. In time as it goes by, so it should be alone on the machine: how busy others
kept it is told, and so is processor time, which they disturb less.

    python benchmarks/lab_compare.py [--replications 100]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from erreichbar.lab.experiment.simulated import possible

FIRST_S, ALL_S, TWO, PEAK_MB = 3.0, 120.0, 1.8, 300
"""Aims: the first result, everything on two cores, two workers beside one, and memory where only aggregates are wished."""
PRESETS, REPLICATIONS, DAYS = 9, 100, 181
SMALL = ("--replications", "8", "--days", "30")


@dataclass(frozen=True)
class Measured:
    """A command that ran: what it ``printed``; seconds until its first result, as they went by and of processors; its peak (MB)."""

    printed: bytes
    first: float
    wall: float
    processors: float
    peak: float


def compare(*arguments: str) -> Measured:
    """Run the command and measure it."""
    command = [sys.executable, "-m", "erreichbar.cli", "lab", "compare", *possible(), *arguments, "--json"]
    # Compiled modules of Python lie where they are installed, as for whoever uses it.
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder, Path(folder, "json").open("w+b") as printed:
        start = time.perf_counter()
        running = subprocess.Popen(command, stdout=printed, stderr=subprocess.PIPE, text=True, env=around)
        assert running.stderr is not None
        told = [(time.perf_counter() - start, line) for line in running.stderr]
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        first = next((when for when, line in told if line.startswith("erster Blick")), None)
        if running.returncode or first is None:
            sys.exit(f"lab compare does not work: {told}")
        printed.seek(0)
        return Measured(printed.read(), first, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=REPLICATIONS, help="of the whole; fewer are multiplied up")
    replications = parser.parse_args().replications
    compare("--replications", "2", "--days", "1")
    told = min(compare("--replications", "2").first for _ in range(3))
    few = {workers: compare(*SMALL, "--workers", str(workers)) for workers in (1, 2)}
    if few[1].printed != few[2].printed:
        sys.exit("Two workers find something else than one.")
    print(f"{len(possible())} of {PRESETS} presets can be simulated; load of the machine {os.getloadavg()[0]:.1f}")
    for workers, one in few.items():
        print(f"  8 replications of 30 days, workers {workers}: {said(one)}")
    taken = {workers: a_replication(workers) for workers in (1, 2)}
    twice = taken[1] / taken[2]
    print(f"  a replication of {DAYS} days: {taken[1]:.3f} s with one worker, {taken[2]:.3f} s with two")
    whole = compare("--replications", str(replications), "--days", str(DAYS), "--workers", "2")
    print(f"  {replications} replications of {DAYS} days, workers 2: {said(whole)}")
    all_s = whole.wall * REPLICATIONS / replications
    multiplied = "" if replications == REPLICATIONS else ", multiplied up"
    for what, value, reached in (
        (f"first result within {FIRST_S:g} s", f"{told:.1f} s", told <= FIRST_S),
        (f"all within {ALL_S:g} s on two cores", f"{all_s:.0f} s{multiplied}", all_s <= ALL_S),
        (f"two workers {TWO:g} × one", f"{twice:.2f}", twice >= TWO),
        (
            f"at most {PEAK_MB} MB",
            f"{few[1].peak:.0f} MB, whole {whole.peak:.0f} MB",
            max(few[1].peak, whole.peak) <= PEAK_MB,
        ),
    ):
        print(f"aim, {what}: {'reached' if reached else 'MISSED'} ({value})")


def a_replication(workers: int) -> float:
    """Return how long a replication takes (s), without start and preparation: the difference of two numbers of them."""
    fewer, more = (
        compare("--replications", str(count), "--days", str(DAYS), "--workers", str(workers)) for count in (2, 10)
    )
    return (more.wall - fewer.wall) / 8 / len(possible())


def said(one: Measured) -> str:
    """Return a measurement in words."""
    return f"{one.wall:.1f} s, {one.processors:.1f} s of processors, {one.peak:.0f} MB"


if __name__ == "__main__":
    main()
