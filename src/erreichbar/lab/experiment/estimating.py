"""From counted replications to estimates: one number of each replication for each figure, never one of each call.

A pooled figure (a share, a mean) is estimated as the ratio of sums over all replications. Its replications stand for it by
value + (numerator − value · denominator) / mean denominator: their mean is the ratio, and their spread is the spread that
``statistics.ratio_interval`` takes (Cochran 1977, 6.3). So one rule serves figures, differences and the rule when to stop.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from erreichbar.figures.figure import Unit
from erreichbar.figures.groups import Part
from erreichbar.lab.experiment.replicating import Counted
from erreichbar.lab.experiment.result import Cell, Estimate, Group, Row, WorstGroup
from erreichbar.lab.experiment.shown import Shown
from erreichbar.lab.experiment.worst import worst
from erreichbar.lab.office import LabOffice
from erreichbar.lab.statistics import Interval, against_baseline, mean_interval
from erreichbar.office.text import Text
from erreichbar.record.words import Availability

Floats = NDArray[np.float64]
Runs = Mapping[str, Sequence[Counted]]
"""By model, in the order asked for: its replications in their order."""
HOUR_MS = 3_600_000

_GROUPS = {
    "language:de": Text("spricht Deutsch", "speaks German"),
    "language:other": Text("spricht eine andere Sprache", "speaks another language"),
    "telephone_only": Text("nur Telefon: weder E-Mail noch Weg ins Amt", "telephone only: neither e-mail nor a way to come"),
    "advised": Text("von einer Beratungsstelle begleitet", "helped by an advice centre"),
    f"available:{Availability.ANY}": Text("kann immer telefonieren", "can telephone at any time"),
    f"available:{Availability.BEFORE_NOON}": Text("kann nur vormittags telefonieren", "can telephone before noon only"),
    f"available:{Availability.AFTER_NOON}": Text("kann nur nachmittags telefonieren", "can telephone after noon only"),
    f"available:{Availability.LATE}": Text("kann erst ab 16 Uhr telefonieren", "can telephone from 16:00 only"),
}  # fmt: skip


def sample(figures: Floats, *, pooled: bool, factor: float = 1.0) -> Floats | None:
    """Return what each replication says of a figure; none if it cannot be said.

    ``figures`` (replications, 3) as ``Counted.figures`` has them. ``factor``: by what numerator over denominator is
    multiplied. None if nothing was counted, or a value that cannot be pooled is missing in a replication.
    """
    values, numerators, denominators = figures.T
    if not pooled or np.isnan(denominators).any():
        return None if np.isnan(values).any() else values
    if denominators.sum() <= 0:
        return None
    value = float(numerators.sum() / denominators.sum())
    found: Floats = factor * (value + (numerators - value * denominators) / denominators.mean())
    return found


def factor_of(unit: Unit, office: LabOffice) -> float:
    """Return by what numerator over denominator of a unit is multiplied: figures of a week are, by the length of a full week."""
    if unit in (Unit.MILLISECONDS_A_WEEK, Unit.PER_WEEK):
        return int(office.lab.costs.full_week_h.value * HOUR_MS)
    return 1.0


def rows(runs: Runs, names: Sequence[Shown], office: LabOffice) -> tuple[Row, ...]:
    """Return every figure under every model, with differences to the first model."""
    return tuple(_row(place, one, runs, office) for place, one in enumerate(names))


def samples(place: int, one: Shown, runs: Runs, office: LabOffice) -> dict[str, Floats | None]:
    """Return by model what its replications say of the figure at a place of the list."""
    factor = factor_of(one.figure.unit, office)
    return {
        model: sample(np.array([each.figures[place] for each in found]), pooled=one.pooled, factor=factor)
        for model, found in runs.items()
    }


def _row(place: int, one: Shown, runs: Runs, office: LabOffice) -> Row:
    found = samples(place, one, runs, office)
    figure = one.figure
    recorded = any(not np.isnan(each.figures[place, 1]) for run in runs.values() for each in run)
    totals = {
        model: tuple(_total(np.array([each.figures[place, column] for each in run])) for column in (1, 2))
        for model, run in runs.items()
    }
    cells = _cells(found, totals if one.pooled else {})
    return Row(figure.name, one.section, figure.unit, figure.definition, recorded, cells)


def _total(numbers: Floats) -> int | None:
    return None if np.isnan(numbers).any() else int(numbers.sum())


def _cells(found: Mapping[str, Floats | None], totals: Mapping[str, tuple[int | None, ...]]) -> dict[str, Cell]:
    differences = _differences(found)
    cells = {}
    for model, each in found.items():
        numerator, denominator = totals.get(model, (None, None))
        cells[model] = Cell(_estimate(each), numerator, denominator, differences.get(model))
    return cells


def _estimate(found: Floats | None) -> Estimate | None:
    if found is None:
        return None
    return Estimate(float(found.mean())) if len(found) < 2 else _said(mean_interval(found))


def _said(interval: Interval) -> Estimate:
    return Estimate(interval.value, interval.low, interval.high)


def _differences(found: Mapping[str, Floats | None]) -> dict[str, Estimate]:
    """Return the differences to the first model. The intervals of all models that say something hold together."""
    baseline, *others = found.items()
    _, against = baseline
    known = {model: each for model, each in others if each is not None}
    if against is None or not known:
        return {}
    if len(against) < 2:
        return {model: Estimate(float((each - against)[0])) for model, each in known.items()}
    intervals = against_baseline(np.array(list(known.values())), against)
    return {model: _said(one) for model, one in zip(known, intervals, strict=True)}


def groups(runs: Runs, office: LabOffice) -> tuple[Group, ...]:
    """Return the share of matters served in time of every group under every model."""
    names = [name for name in next(iter(runs.values()))[0].groups if _is_there(runs, name)]
    return tuple(_group(name, runs, office) for name in names)


def _is_there(runs: Runs, name: str) -> bool:
    return any(name in each.groups and each.groups[name].all for run in runs.values() for each in run)


def _group(name: str, runs: Runs, office: LabOffice) -> Group:
    found, totals = {}, {}
    for model, run in runs.items():
        parts = [each.groups.get(name, Part(0, 0)) for each in run]
        counts = np.array([(np.nan, part.served, part.all) for part in parts], dtype=np.float64)
        found[model] = sample(counts, pooled=True)
        totals[model] = (sum(part.served for part in parts), sum(part.all for part in parts))
    return Group(name, group_title(name, office), _cells(found, totals))


def worst_groups(runs: Runs, office: LabOffice, least: int) -> dict[str, WorstGroup | None]:
    """Return the group served worst under every model; none where no group has ``least`` matters in every replication."""
    found = {}
    for model, run in runs.items():
        one = worst([each.groups for each in run], least=least)
        lower = one.lower if one is not None and np.isfinite(one.lower) else None
        found[model] = one and WorstGroup(one.name, group_title(one.name, office), one.share, lower, one.groups)
    return found


def group_title(name: str, office: LabOffice) -> Text:
    """Return what a group is called."""
    kind, _, what = name.partition(":")
    return office.office.reasons[what].label if kind == "reason" else _GROUPS[name]
