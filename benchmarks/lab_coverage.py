"""Do intervals of 95 % cover in 95 % of cases? Two thousand independent experiments on queues of which the truth is known.

Each experiment asks ``lab queue`` with another seed and looks whether each figure's interval holds the calculated value. Aim: between
93 and 97 % for every figure of every queue, with controls and without.

    python benchmarks/lab_coverage.py [--experiments 2000] [--workers 2]
"""

import argparse
from collections import Counter
from dataclasses import replace

from joblib import Parallel, delayed

from erreichbar.lab.queue import FIGURES, Question, ask

QUEUES = (
    Question(120, 240, 8, 180, calls=20_000),
    Question(60, 240, 6, calls=40_000),
)


def experiment(question: Question) -> list[tuple[str, str]]:
    """Return which intervals of one experiment hold the truth."""
    found = ask(question)
    return [
        (estimate, name)
        for estimate in ("simulated", "plain")
        for name in FIGURES
        if found[estimate][name]["ci95"][0] <= found["exact"][name]["value"] <= found[estimate][name]["ci95"][1]
    ]


def main() -> None:
    """Count, and print how often each interval holds the truth."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--experiments", type=int, default=2_000)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    covers = []
    for question in QUEUES:
        experiment(question)
        jobs = (delayed(experiment)(replace(question, seed=seed)) for seed in range(given.experiments))
        held = Counter(one for found in Parallel(n_jobs=given.workers, prefer="threads")(jobs) for one in found)
        print(question)
        for estimate in ("simulated", "plain"):
            for name in FIGURES:
                if question.patience_s is None and name == "p_abandon":
                    continue
                covered = held[estimate, name] / given.experiments
                covers.append(covered)
                print(f"  {estimate:10} {name:16} {covered:.1%}")
    print(f"aim, intervals of 95 % cover in 93 to 97 %: they do in {min(covers):.1%} to {max(covers):.1%}")


if __name__ == "__main__":
    main()
