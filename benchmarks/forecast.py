"""The forecast of 10,000 tickets in 1,000 futures: how long does it take, how much memory does it need?

400 people with 25 tickets each, who call back for four days. Measured in processor time: one core, for nothing here uses more.
Peer, in the same run and on the same draws: the plain simulation of the tests (``tests/promise/plain_desk.py``), an event loop
that takes one future after another. It is run on a small part, its result held against ours, and its time multiplied up,
which is said.

    python benchmarks/forecast.py [--people 400] [--tickets 25] [--futures 1000]
"""

import argparse
import json
import resource
import sys
import time
from datetime import timedelta
from pathlib import Path

import numpy as np

from erreichbar.promise.forecast import Habits, OpenTicket, chances

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.promise.plain_desk import NOW, plainly

AIM_S, AIM_MB = 2.0, 1000
WEEK = tuple((NOW + timedelta(days=day), NOW + timedelta(days=day, hours=8)) for day in range(4))
PEER = (8, 30)
"""Desks and futures that the peer is given."""


def main() -> None:
    """Measure and print; exit 1 if the two disagree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--tickets", type=int, default=25)
    parser.add_argument("--futures", type=int, default=1000)
    chosen = parser.parse_args()
    random, habits = np.random.default_rng(1), Habits()
    desks = {
        f"p{person}": [
            OpenTicket(f"{person}.{n}", f"p{person}", "any", NOW + float(random.uniform(0.2, 48)) * timedelta(hours=1))
            for n in range(chosen.tickets)
        ]
        for person in range(chosen.people)
    }
    tickets = [ticket for held in desks.values() for ticket in held]
    times = []
    for _ in range(3):
        start = time.process_time()
        chances(tickets, dict.fromkeys(desks, WEEK), NOW, habits, futures=chosen.futures)
        times.append(time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    few, futures = list(desks)[: PEER[0]], min(PEER[1], chosen.futures)
    some = [ticket for person in few for ticket in desks[person]]
    ours = chances(some, dict.fromkeys(few, WEEK), NOW, habits, futures=futures, seed=1)
    start = time.process_time()
    plain = {ref: one for person in few for ref, one in plainly(desks[person], WEEK, habits, futures, 1).items()}
    took = time.process_time() - start
    for ref, those in plain.items():
        if not np.allclose(ours[ref], np.mean(those, axis=0), atol=1e-9):
            sys.exit(f"Ours and the plain simulation disagree about {ref}: {ours[ref]}, {np.mean(those, axis=0)}")
    work = len(tickets) * chosen.futures
    peer = took * work / (len(some) * futures)
    best = min(times)
    print(
        f"{len(tickets)} tickets x {chosen.futures} futures: {', '.join(f'{one:.2f}' for one in times)} s, {memory:.0f} MB"
    )
    print(
        f"  peer: plain event loop, {len(some)} tickets x {futures} futures in {took:.2f} s; for all, multiplied up: {peer:.0f} s"
    )
    print(f"  ratio to its peer: {best / peer:.4f} (best of three)")
    for what, value, aim, unit in (("time", best, AIM_S, "s"), ("memory", memory, AIM_MB, "MB")):
        print(f"aim, {what} under {aim:g} {unit}: {'reached' if value < aim else 'MISSED'} ({value:.2f} {unit})")
    print(json.dumps({"seconds": times, "memory_mb": round(memory), "peer_seconds": peer, "ratio": best / peer}))


if __name__ == "__main__":
    main()
