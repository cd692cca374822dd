"""Whether the intervals of a comparison hold the truth: many experiments on a small office, and what they say together.

The truth is what the code of ``lab compare`` says of all replications of all experiments together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from erreichbar import access
from erreichbar.figures import calls, matters, promise, work
from erreichbar.figures.once import asked_once
from erreichbar.figures.waiting import HalfHours
from erreichbar.figures.window import within
from erreichbar.lab.engine.simulating import Course
from erreichbar.lab.experiment import estimating
from erreichbar.lab.experiment.replicating import Counted, numbers
from erreichbar.lab.experiment.result import Estimate, Row
from erreichbar.lab.experiment.shown import Section, Shown
from erreichbar.lab.office import LabOffice, load
from erreichbar.record.tables import Tables
from erreichbar.record.words import ClockName

MODELS = ("service-centre", "recognisable-callback")
DAYS, FIRST, SEED = 10, date(2026, 3, 2), 1
SMALL = {
    "lab.shifts.early.agents": 2,
    "lab.shifts.late.agents": 1,
    "lab.teams.benefits.teams": 1,
    "lab.teams.benefits.people": 8,
    "lab.teams.placement.teams": 2,
    "lab.teams.placement.people": 4,
    "traffic.volume.benefit_units": 1500,
}
"""Three agents, sixteen case workers, as busy as the large office: so small that a run takes hundredths of a second.

With fewer calls nearly every replication reaches nearly everybody, and a few do not: the mean of 30 such is far from normal.
"""


def office() -> LabOffice:
    """Return the small office."""
    return load("as-contracted").varied(SMALL)


def courses(small: LabOffice) -> list[Course]:
    """Return it made ready under each model."""
    return [Course(small, access.load(name), days=DAYS, first=FIRST, warm_up=0) for name in MODELS]


def figures(tables: Tables, full_week_h: float) -> Iterator[Shown]:
    """Return what is estimated of a replication."""
    yield Shown(Section.ESTIMANDS, matters.served_in_time(tables))
    yield Shown(Section.ESTIMANDS, work.undisturbed_work(tables, full_week_h))
    yield Shown(Section.CALLS, calls.reachability(tables))
    yield Shown(Section.CALLS, calls.wait_mean(tables))
    yield Shown(Section.CALLS, calls.wait_quantile(tables, 0.9), pooled=False)
    yield Shown(Section.CALLS, calls.offered(tables))
    yield Shown(Section.PROMISE, promise.kept(tables, promise.Part.REACHED, ClockName.ELAPSED))


def experiment(ready: Sequence[Course], number: int, replications: int) -> dict[str, list[Counted]]:
    """Return the replications of one experiment by model; those of no two experiments are the same."""
    found = dict[str, list[Counted]]()
    for name, course in zip(MODELS, ready, strict=True):
        run, week = course.arrays.run, course.office.lab.costs.full_week_h.value
        found[name] = []
        for replication in range(number * replications, (number + 1) * replications):
            tables = course.run(SEED, replication, rows=True).tables
            assert tables is not None
            with asked_once():
                names = tuple(figures(within(tables, (run.begins, run.ends)), week))
            found[name].append(counted(names))
    return found


def counted(names: tuple[Shown, ...]) -> Counted:
    """Return a replication with nothing but these figures."""
    return Counted(np.array([numbers(one) for one in names]), {}, HalfHours((), ()), (), None, names)


def estimates(rows: Sequence[Row]) -> dict[tuple[str, str], Estimate | None]:
    """Return every estimate of an experiment by what it is of and which figure it is."""
    return {
        (what, row.name): estimate
        for row in rows
        for model, cell in row.cells.items()
        for what, estimate in ((model, cell.estimate), ("difference", cell.difference))
        if what != "difference" or model != MODELS[0]
    }


def compared(runs: estimating.Runs, small: LabOffice) -> dict[tuple[str, str], Estimate | None]:
    """Return every estimate over some replications, as ``lab compare`` makes it."""
    return estimates(estimating.rows(runs, next(iter(runs.values()))[0].names, small))


def held(
    found: Sequence[dict[str, list[Counted]]], small: LabOffice
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Return how many experiments have an interval for each estimate, and how many of these hold the truth."""
    whole = {name: [one for each in found for one in each[name]] for name in MODELS}
    truth, there, holds = compared(whole, small), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in found:
        for key, estimate in compared(one, small).items():
            true = truth[key]
            if estimate is not None and estimate.low is not None and estimate.high is not None and true is not None:
                there[key] += 1
                holds[key] += estimate.low <= true.value <= estimate.high
    return there, holds
