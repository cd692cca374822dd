"""The result of an experiment: everything that pictures, tables and whoever wants to repeat it need, and nothing of the machine.

It holds no moment of the clock and no number of workers, so the same question gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from erreichbar.figures.figure import Unit
from erreichbar.lab.experiment.shown import Section
from erreichbar.office.text import Text


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications with its interval; a single replication has none."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure under one model: its estimate, its counts over all replications, and its difference to the baseline.

    ``numerator`` and ``denominator`` are none where counts cannot be added up (a quantile), the denominator also of a count. The
    intervals of all models' differences hold together.
    """

    estimate: Estimate | None
    numerator: int | None = None
    denominator: int | None = None
    difference: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A figure under every model, by the model's name. What is not ``recorded`` has no estimate anywhere."""

    name: str
    section: Section
    unit: Unit
    definition: Text
    recorded: bool
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """Matters of a group served in time, under every model."""

    name: str
    title: Text
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class WorstGroup:
    """The group served worst under a model: the mean share, and the ``lower`` bound that holds for all ``groups`` at once."""

    name: str
    title: Text
    share: float
    lower: float | None
    groups: int


@dataclass(frozen=True, slots=True)
class Model:
    """An access model that was compared. ``digest``: of its file."""

    name: str
    title: Text
    digest: str
    live: bool
    rules: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that went in, with its source or "assumption", and the range in which it is to be varied."""

    name: str
    value: Any
    source: str
    between: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class OfficeSaid:
    """The office that was simulated. ``digest``: of its file."""

    name: str
    title: str
    digest: str
    settlement: float
    people: int


@dataclass(frozen=True, slots=True)
class Courses:
    """Calls of all working days by half hour from midnight, added up over replications: offered and answered."""

    offered: tuple[int, ...]
    answered: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was asked and what was found. ``baseline`` is the model that differences are taken to."""

    office: OfficeSaid
    models: tuple[Model, ...]
    baseline: str
    seed: int
    first: str
    days: int
    working_days: int
    replications: int
    precision: float | None
    precision_reached: bool | None
    level: float
    versions: Mapping[str, str]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    worst: Mapping[str, WorstGroup | None]
    course: Mapping[str, Courses]
    waits: Mapping[str, tuple[int, ...]]
    served_after: Mapping[str, tuple[int, ...] | None]
    assumptions: tuple[Assumption, ...]

    def row(self, name: str) -> Row:
        """Return a figure by its name. Raises ``KeyError``."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)

    def to_json(self) -> bytes:
        """Return it as JSON text (UTF-8)."""
        return _ADAPTER.dump_json(self, indent=2)


_ADAPTER = TypeAdapter(Comparison)


def from_json(text: bytes) -> Comparison:
    """Return what ``to_json`` wrote. Raises ``ValueError`` for anything else."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as wrong:
        raise ValueError("no result of an experiment") from wrong
