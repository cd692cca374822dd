"""Runs an experiment: the same replications for every model, until it is sure enough or as many as wished.

Jobs go through joblib: threads, unless a context (``joblib.parallel_config``) names another backend, such as Dask. What is found is
put together in the order of replications, so it does not depend on how many work at it.
"""

import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from importlib.metadata import version
from itertools import product
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

from erreichbar.access import AccessModel
from erreichbar.lab.engine import compiling
from erreichbar.lab.engine.simulating import FIRST
from erreichbar.lab.experiment import estimating, result
from erreichbar.lab.experiment.replicating import Counted, Replicate, counted
from erreichbar.lab.experiment.shown import SERVED, UNDISTURBED, Shown
from erreichbar.lab.experiment.worst import LEAST
from erreichbar.lab.office import LabOffice
from erreichbar.lab.statistics import Stopping
from erreichbar.lab.statistics.intervals import LEVEL
from erreichbar.office.faults import Fault, Faults
from erreichbar.office.text import Text

DAYS = 120
MOST_MODELS = 10
"""More cannot be told apart in a picture."""
FEWEST = 2
"""A single replication has no interval."""
_PACKAGES = ("erreichbar", "numpy", "numba", "polars", "scipy")


class CannotCompare(Faults):
    """Models that cannot be compared in this office: every reason, with what would be possible."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is asked: an office under ``models``, the first of which is the baseline, on ``days`` days from ``first`` on.

    ``stopping``: until which precision; ``replications``: or how many. Exactly one of them is given.
    """

    office: LabOffice
    models: tuple[AccessModel, ...]
    days: int = DAYS
    seed: int = 1
    first: date = FIRST
    stopping: Stopping | None = None
    replications: int | None = None

    def __post_init__(self) -> None:
        if (self.stopping is None) == (self.replications is None):
            raise ValueError("a precision or a number of replications")
        if self.days < 1 or (self.replications is not None and self.replications < FEWEST):
            raise ValueError(f"at least one day and {FEWEST} replications")
        faults = [*_wrong_models(self.models), *(one for m in self.models for one in self.office.contradictions(m))]
        if faults:
            raise CannotCompare(faults)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: ``done`` of ``wished`` replications of every model (more may be needed), and what is known so far.

    In the first replication it is told after every model: then ``first`` is that model, and ``look`` knows those until then.
    """

    done: int
    wished: int
    look: Callable[[], result.Comparison]
    first: str = ""


def run(
    experiment: Experiment,
    replicate: Replicate,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> result.Comparison:
    """Return the comparison; the same bytes for any number of ``workers``. ``progress`` hears of every replication.

    What ``progress`` raises ends the run.
    """
    runs: dict[str, list[Counted]] = {model.name: [] for model in experiment.models}
    asked = experiment
    with Parallel(n_jobs=workers, prefer="threads", return_as="generator") as parallel:
        done = 0
        while further := _further(asked, runs, done):
            jobs = (
                delayed(counted)(replicate, asked.office, model, asked.first, asked.days, asked.seed, number)
                for number, model in product(range(done, done + further), asked.models)
            )
            for place, one in enumerate(parallel(jobs), 1):
                whole, part = divmod(place, len(asked.models))
                runs[asked.models[part - 1].name].append(one)
                if progress:
                    _tell(progress, asked, runs, done + whole, done + further, part)
            done += further
    return _comparison(asked, runs)


def _tell(
    progress: Callable[[Progress], None], asked: Experiment, runs: estimating.Runs, done: int, wished: int, part: int
) -> None:
    """Tell how far it is: after every replication, and in the first one after every model (``part`` of them are done)."""
    first = runs[asked.models[part - 1].name]
    if part == 0 or len(first) == 1:
        known = asked.models[: part or None]
        so_far = {model.name: runs[model.name][: max(1, done)] for model in known}
        look = partial(_comparison, replace(asked, models=known), so_far)
        progress(Progress(done, wished, look, known[-1].name if len(first) == 1 else ""))


def _further(asked: Experiment, runs: estimating.Runs, done: int) -> int:
    """Return how many more replications of every model to run before the next look, 0 if it is enough."""
    if asked.stopping is None:
        assert asked.replications is not None
        return asked.replications - done
    if not done:
        return asked.stopping.minimum
    return max((asked.stopping.further(found) for found in _watched(asked, runs)), default=0)


def _watched(asked: Experiment, runs: estimating.Runs) -> Iterator[np.ndarray]:
    """Return what is to be known precisely under every model: matters served in time, undisturbed work, reachability, hours, euros."""
    names = _names(runs)
    for place, one in enumerate(names):
        if one.figure.name in (SERVED, UNDISTURBED, "reachability") or one.figure.name.startswith(
            ("presence_", "euros_")
        ):
            found = estimating.samples(place, one, runs, asked.office)
            yield from (each for each in found.values() if each is not None)


def _names(runs: estimating.Runs) -> Sequence[Shown]:
    return next(iter(runs.values()))[0].names


def _comparison(asked: Experiment, runs: estimating.Runs) -> result.Comparison:
    office, names = asked.office, _names(runs)
    ranges = office.ranges()
    calendar = office.office.calendar
    return result.Comparison(
        office=result.OfficeSaid(
            office.name, office.office.name, office.file.digest, office.settlement, len(office.staff)
        ),
        models=tuple(
            result.Model(model.name, model.title, model.digest, model.live, model.as_dict()["rules"])
            for model in asked.models
        ),
        baseline=asked.models[0].name,
        seed=asked.seed,
        first=asked.first.isoformat(),
        days=asked.days,
        working_days=sum(calendar.day(asked.first + timedelta(n)).is_working_day for n in range(asked.days)),
        replications=len(next(iter(runs.values()))),
        precision=asked.stopping.relative if asked.stopping else None,
        precision_reached=_reached(asked, runs),
        level=LEVEL,
        versions=versions(),
        rows=estimating.rows(runs, names, office),
        groups=estimating.groups(runs, office),
        worst=estimating.worst_groups(runs, office, LEAST),
        course={model: _course(run) for model, run in runs.items()},
        waits={model: _added([one.waits for one in run]) for model, run in runs.items()},
        served_after={
            model: None if run[0].served_after is None else _added([one.served_after or () for one in run])
            for model, run in runs.items()
        },
        assumptions=tuple(
            result.Assumption(name, value, source, ranges.get(name)) for name, value, source in office.assumptions()
        ),
    )


def _reached(asked: Experiment, runs: estimating.Runs) -> bool | None:
    rule = asked.stopping
    if rule is None:
        return None
    return all(len(found) >= rule.minimum and rule.reached(found) for found in _watched(asked, runs))


def _course(run: Sequence[Counted]) -> result.Courses:
    return result.Courses(_added([one.course.offered for one in run]), _added([one.course.answered for one in run]))


def _added(counts: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*counts, strict=True))


@cache
def versions() -> dict[str, str]:
    """Return what has to be the same for the same bytes. ``sources``: the hash of all that goes into the loop."""
    package = Path(__file__).parents[2]
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
        "sources": compiling.digest(package),
    }


def _wrong_models(models: Sequence[AccessModel]) -> Iterator[Fault]:
    if not 1 <= len(models) <= MOST_MODELS:
        yield Fault(
            "lab compare",
            "",
            "",
            f"{len(models)} Zugangsmodelle können nicht verglichen werden.",
            f"{len(models)} access models cannot be compared.",
            Text(f"1 bis {MOST_MODELS}", f"1 to {MOST_MODELS}"),
        )
    names = [model.name for model in models]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Fault(
            "lab compare",
            "",
            name,
            "Dieses Modell ist mehrmals genannt, oder zwei Dateien geben ihrem Modell denselben Namen.",
            "This model is named more than once, or two files give their model the same name.",
            Text("jedes Modell einmal", "each model once"),
        )
