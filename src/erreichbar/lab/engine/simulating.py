"""An office for so many days under an access model: the entry of the lab's engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from erreichbar.access import AccessModel
from erreichbar.access.live import LACKING, Ability, needs
from erreichbar.lab.engine import desks, promises, worked
from erreichbar.lab.engine import tables as record
from erreichbar.lab.engine.arisen import matters
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.engine.planning import Planned, Prepared
from erreichbar.lab.engine.preparing import counted, months_of
from erreichbar.lab.engine.shapes import Sums
from erreichbar.lab.office import LabFaults, LabOffice
from erreichbar.office.text import Text
from erreichbar.record.tables import Tables

FIRST = date(2026, 1, 5)
"""A run begins here unless said otherwise: a Monday without holidays around it."""
CAN = frozenset(
    {Ability.TRANSFER, Ability.URGENT, Ability.DIRECT, Ability.DIVERSION, Ability.PHONE_HOURS, Ability.NO_CENTRE}
)
"""What the loop can carry out beyond queue, callback and ring-back. A model that needs more is refused."""
COUNTED: Mapping[str, Sums] = {
    "offered": Sums.OFFERED,
    "answered": Sums.ANSWERED,
    "abandoned": Sums.ABANDONED,
    "turned_away": Sums.TURNED_AWAY,
    "out_of_hours": Sums.OUT_OF_HOURS,
    "waited": Sums.WAITED,
    "waited_over_20_s": Sums.WAITED_OVER,
    "wait_ms": Sums.WAIT_MS,
    "talk_ms": Sums.TALK_MS,
}


class CannotSimulate(ValueError):
    """An access model asks for what the loop cannot carry out yet."""

    def __init__(self, model: AccessModel, missing: frozenset[Ability]) -> None:
        self.missing = missing
        named = [LACKING[ability] for ability in Ability if ability in missing]
        de, en = "; ".join(text.de for text in named), "; ".join(text.en for text in named)
        self.text = Text(
            f"„{model.name}“ kann noch nicht simuliert werden. Es fehlt: {de}.",
            f"“{model.name}” cannot be simulated yet. Missing: {en}.",
        )
        super().__init__(self.text.en)


@dataclass(frozen=True)
class Run:
    """What one replication has found.

    ``sums`` by name, over calls that arrive in the days asked for (times in ms): ``offered`` calls in service hours and of
    these ``answered``, ``abandoned``, ``turned_away``; ``out_of_hours`` beside them; ``waited``: not answered at once;
    ``waited_over_20_s``; ``wait_ms`` of all, those who hung up included; ``talk_ms``: their
    conversations' part of these days.

    Over tickets that are opened in these days: ``tickets``, ``attempted``, ``reached``, ``resolved`` (at all), and each of these
    ``_in_time``, within 48 hours; ``attempts``, ``ring_backs``, ``not_told`` (closed, the citizen not knowing), ``without_contact``
    (told in writing).
    ``tables``: ``contacts``, ``tickets``, ``matters`` and ``work`` of the whole run, warm-up included, moments in ms since its start;
    none unless rows were wished. Instead of ``work`` perhaps ``worked``, its sums over the days asked for.
    """

    sums: Mapping[str, float]
    tables: Tables | None


class Course:
    """An office and an access model made ready; every replication begins from here, and threads may share it.

    The run begins ``warm_up`` days before ``first``, goes on for ``days`` and follows what arose until ten working days after
    the last promise. Raises ``CannotSimulate`` for a model that needs what is not in ``CAN``, ``LabFaults`` for one that
    contradicts the office, ``ValueError`` for fewer than one day.
    """

    def __init__(
        self, office: LabOffice, model: AccessModel, *, days: int, first: date = FIRST, warm_up: int = 7
    ) -> None:
        missing = needs(model.rules) - CAN
        if missing:
            raise CannotSimulate(model, missing)
        faults = office.contradictions(model)
        if faults:
            raise LabFaults(faults)
        self.office, self.model = office, model
        self._prepared = Prepared(office, model, first, days, warm_up)
        self.arrays = self._prepared.arrays

    def run(self, seed: int, replication: int = 0, *, rows: bool = False, summed: bool = False) -> Run:
        """Simulate once. The same seed and replication give the same citizens and the same people in every model.

        ``summed``: of people's time only the sums are wished.
        """
        prepared, run = self._prepared, self.arrays.run
        planned = Planned(prepared, seed, replication)
        plan = planned.plan
        found = drive(
            plan,
            np.arange(len(self.office.staff)),
            rows=int(2 * self.arrays.days.expected.sum()) + 1024 if rows else 0,
            households=run.households,
            desks=planned.desks if prepared.asks else None,
            known_moves=planned.moves,
        )
        sums = {name: float(found.sums[place]) for name, place in COUNTED.items()}
        sums |= promises.sums(found, self.arrays)
        if not rows:
            return Run(sums, None)
        office = self.office.office
        assert plan.promised is not None
        months = months_of(office, prepared.course)
        named = record.Named(
            counted(office),
            list(office.units),
            months,
            self.arrays.dues,
            plan.promised,
            knows=True,
            organisations=prepared.organisations,
        )
        assert found.log is not None
        time = worked.worked(found.log, planned.desks, worked.Window(run.begins, run.ends, months)) if summed else None
        work = None if summed else desks.work(found.log, planned.desks)
        found.log = None
        arose = matters(found, plan.promised, self.arrays, planned.arose())
        return Run(sums, record.tables(found, named, arose, work, time))


def simulate(
    office: LabOffice,
    model: AccessModel,
    *,
    days: int,
    seed: int,
    replication: int = 0,
    rows: bool = False,
    first: date = FIRST,
) -> Run:
    """Simulate an office once: ``Course`` and ``Course.run`` in one. Whoever wants several replications makes one ``Course``."""
    return Course(office, model, days=days, first=first).run(seed, replication, rows=rows)
