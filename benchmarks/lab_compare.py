"""How long does a comparison of access models take? The first result, the whole, and two workers beside one.

All presets that the lab can simulate, in the default office. The whole is 9 presets × 100 replications × 6 months; it is measured on
fewer replications and multiplied up. In time as it goes by, so it should be alone on the machine: how busy others kept it is told.

    python benchmarks/lab_compare.py [--replications 10]
"""

import argparse
import os
import subprocess
import sys
import time

from erreichbar import access
from erreichbar.lab.experiment.running import Experiment, run
from erreichbar.lab.experiment.simulated import possible, simulated
from erreichbar.lab.office import load

FIRST_S, ALL_S, TWO = 3.0, 120.0, 1.8
"""Aims: the first result on a warm cache, everything on two cores, and two workers beside one."""
PRESETS, REPLICATIONS, DAYS = 9, 100, 181


def first(presets: list[str]) -> float:
    """Return after how many seconds the first result stands on the terminal."""
    command = [sys.executable, "-m", "erreichbar.cli", "lab", "compare", *presets, "--replications", "2"]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        taken = time.perf_counter() - start
        running.stderr.read()
    if running.returncode or not line.startswith("erster Blick"):
        sys.exit(f"lab compare does not work: {line}")
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=10)
    replications = parser.parse_args().replications
    presets = list(possible())
    asked = Experiment(load("as-contracted"), tuple(map(access.load, presets)), DAYS, replications=replications)
    # Compiled, and the office made ready.
    run(Experiment(asked.office, asked.models, DAYS, replications=2), simulated)
    taken, bytes_of = {}, {}
    for workers in (1, 2):
        start = time.perf_counter()
        bytes_of[workers] = run(asked, simulated, workers).to_json()
        taken[workers] = (time.perf_counter() - start) / replications / len(presets)
    if bytes_of[1] != bytes_of[2]:
        sys.exit("Two workers find something else than one.")
    told = min(first(presets) for _ in range(3))
    whole, twice = taken[2] * PRESETS * REPLICATIONS, taken[1] / taken[2]
    print(f"{len(presets)} of {PRESETS} presets can be simulated; load of the machine {os.getloadavg()[0]:.1f}")
    print(f"  a replication of {DAYS} days: {taken[1]:.3f} s with one worker, {taken[2]:.3f} s with two")
    for what, value, reached in (
        (f"first result within {FIRST_S:g} s", f"{told:.1f} s", told <= FIRST_S),
        (f"all within {ALL_S:g} s on two cores", f"{whole:.0f} s, multiplied up", whole <= ALL_S),
        (f"two workers {TWO:g} × one", f"{twice:.2f}", twice >= TWO),
    ):
        print(f"aim, {what}: {'reached' if reached else 'MISSED'} ({value})")


if __name__ == "__main__":
    main()
