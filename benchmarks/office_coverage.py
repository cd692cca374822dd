"""Do the intervals of a comparison of a whole office cover in 95 % of cases? Two thousand independent experiments of 30 replications.

Each experiment estimates figures under two access models, and their differences, with the code of ``lab compare``. The truth is what the
same code says of all 60,000 replications together. Aim: between 93 and 97 % for every figure of either model and every difference.

    python benchmarks/office_coverage.py [--experiments 2000] [--workers 2]
"""

import argparse
import sys
import time
from pathlib import Path

from joblib import Parallel, delayed

from erreichbar.lab.engine.simulating import Course
from erreichbar.lab.experiment.replicating import Counted

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.lab.experiment.covering import DAYS, MODELS, courses, experiment, held, office

REPLICATIONS = 30
_ready: list[Course] = []


def _experiment(number: int) -> dict[str, list[Counted]]:
    if not _ready:
        _ready.extend(courses(office()))
    return experiment(_ready, number, REPLICATIONS)


def main() -> None:
    """Count, and print how often each interval holds the truth."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--experiments", type=int, default=2_000)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    # Compiled once, before several processes would do so at the same time.
    _experiment(0)
    start = time.perf_counter()
    found = list(
        Parallel(n_jobs=given.workers, return_as="generator")(
            delayed(_experiment)(number) for number in range(given.experiments)
        )
    )
    taken = time.perf_counter() - start
    runs = given.experiments * REPLICATIONS * len(MODELS)
    there, holds = held(found, office())
    print(
        f"{given.experiments} experiments of {REPLICATIONS} replications of {DAYS} days: {runs} runs in {taken:.0f} s"
    )
    covers = []
    for (what, name), count in there.items():
        covers.append(holds[what, name] / count)
        print(f"  {what:22} {name:24} {covers[-1]:.1%}" + (f" of {count}" if count < given.experiments else ""))
    print(f"aim, intervals of 95 % cover in 93 to 97 %: they do in {min(covers):.1%} to {max(covers):.1%}")


if __name__ == "__main__":
    main()
