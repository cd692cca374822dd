"""One replication of one office under one access model: played, counted, and thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from erreichbar.access import AccessModel
from erreichbar.figures.groups import Part, by_group
from erreichbar.figures.once import asked_once
from erreichbar.figures.waiting import HalfHours, by_half_hour, served_after, waited
from erreichbar.figures.window import within
from erreichbar.lab.experiment.shown import Scene, Shown, shown
from erreichbar.lab.office import LabOffice
from erreichbar.record.tables import Tables


class Played(NamedTuple):
    """A run as the record's ``tables``, and the ``midnights`` (ms) with which its counted days begin, the last one's end included."""

    tables: Tables
    midnights: Sequence[int]


class Replicate(Protocol):
    """Whatever plays an office under a model. All that is drawn depends on seed, replication and citizen, not on the model."""

    def __call__(
        self, office: LabOffice, model: AccessModel, first: date, days: int, seed: int, replication: int
    ) -> Played:
        """Return what happened to matters that arise on ``days`` days from ``first`` on."""
        ...


@dataclass(frozen=True, slots=True)
class Counted:
    """What stays of a replication. ``figures`` (n, 3): value (NaN if there is none), numerator, denominator (NaN if none).

    ``names`` are the figures in words, only in the first replication of a model: they are the same in all.
    """

    figures: NDArray[np.float64]
    groups: dict[str, Part]
    course: HalfHours
    waits: tuple[int, ...]
    served_after: tuple[int, ...] | None
    names: tuple[Shown, ...] = ()


def counted(
    replicate: Replicate, office: LabOffice, model: AccessModel, first: date, days: int, seed: int, replication: int
) -> Counted:
    """Play one replication and count it."""
    played = replicate(office, model, first, days, seed, replication)
    window = (played.midnights[0], played.midnights[-1])
    inside = within(played.tables, window)
    with asked_once():
        names = tuple(shown(Scene(played.tables, inside, window, office, days, model.rules.centre)))
        return Counted(
            figures=np.array([numbers(one) for one in names]),
            groups=by_group(inside),
            course=by_half_hour(inside, played.midnights),
            waits=waited(inside),
            served_after=served_after(inside),
            names=names if replication == 0 else (),
        )


def numbers(one: Shown) -> tuple[float, float, float]:
    """Return a figure's value, numerator and denominator; NaN for what it has not."""
    figure, none = one.figure, float("nan")
    if not figure.recorded:
        return none, none, none
    return (
        none if figure.value is None else figure.value,
        float(figure.numerator),
        none if figure.denominator is None else float(figure.denominator),
    )
