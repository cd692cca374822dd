"""From an office that can be simulated to what the loop follows in one replication."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from erreichbar.access import AccessModel, PhoneHours
from erreichbar.figures.work import organisation_code
from erreichbar.lab.engine import arisen, preparing
from erreichbar.lab.engine.desks import Desks
from erreichbar.lab.engine.doors import moves
from erreichbar.lab.engine.drawing import callers, together
from erreichbar.lab.engine.induced import Published, induced
from erreichbar.lab.engine.inquiries import NO_INQUIRIES, NOBODY_ELSE, Asked, inquiries, who_ask, with_those
from erreichbar.lab.engine.presence import afterwards, present
from erreichbar.lab.engine.promised import Callers, Inquiries, People
from erreichbar.lab.engine.shapes import Again, Days, Hours, Ints, Law, Plan, Ring, Seed, Window
from erreichbar.lab.engine.shared import shared
from erreichbar.lab.office import LabOffice
from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.checking import NO_PHONE_HOURS
from erreichbar.lab.office.draw import Arising, arising_of, items_of, times_of
from erreichbar.lab.office.people import Staff
from erreichbar.lab.office.times import Times, without_first
from erreichbar.office.model import OrganisationKind
from erreichbar.traffic.process import luck

T = TypeVar("T")

ANNOUNCEMENT_MS = 6_000
PAUSE_AFTER_MISS_MS = 60_000
LOOK_MS = 30_000
"""As in training: how long an announcement takes, who let a call ring stays away, and who cannot leave looks again."""
OVER_MS = 20_000
"""The wait that is counted: the share of calls answered within 20 seconds is what centres are bought by."""


class Prepared:
    """All of an office under an access model that is the same in every replication."""

    def __init__(self, office: LabOffice, model: AccessModel, first: date, days: int, warm_up: int) -> None:
        self.office, self.model = office, model
        self.kept_free = model.hours if model.rules.phone_hours else NO_PHONE_HOURS
        self.arrays = arrays = office.arrays(first, days, warm_up=warm_up, free=self.kept_free)
        self.course = preparing.midnights_of(office.office, first - timedelta(days=warm_up), arrays.run.days)
        self.seats = preparing.seats_of(office.office)
        units = {unit: number for number, unit in enumerate(office.office.units)}
        self.unit_of = np.array([units.get(one.person.unit or "", -1) for one in office.staff], np.int64)
        """Of each person the number of her unit among the office's."""
        pairs = {(int(self.unit_of[own]), int(own)) for own in np.unique(arrays.responsible) if own >= 0}
        settled = arrays.reasons.settles.copy()
        self.organisations = np.array([organisation_code(_employer(one)) for one in office.staff], np.int64)
        self.promised = preparing.promised(
            office.office, office.parameters, model, self.course, pairs, settled, further=arrays.further, anew=True
        )
        everybody = preparing.people_of(office.office, self.course)
        self.after = afterwards(everybody, len(office.staff), arrays.run.stops)
        # What is large is the same under every model.
        ready = shared(office, arrays.run)
        self.promised = self.promised._replace(staffed=ready.once("staffed", lambda: self.promised.staffed))
        self.after = ready.once("after", lambda: self.after)

    @property
    def time_by(self) -> tuple[PhoneHours, bool]:
        """Return by what people's time differs from model to model: telephone hours, and whether there is a centre."""
        return self.kept_free, self.model.rules.centre

    @property
    def asks(self) -> bool:
        """Return whether anybody ever asks how a case stands."""
        return self.arrays.further.status_elasticity > 0

    @property
    def induces(self) -> bool:
        """Return whether more matters may arise because numbers are published."""
        return self.arrays.further.induced > 0 and self.model.rules.direct_published

    @property
    def has_others(self) -> bool:
        """Return whether anybody may call under this model beside those who call under all."""
        return self.asks or self.induces

    def responsible(self, found: Arising) -> tuple[Ints, Ints]:
        area = np.where(found.reasons >= 0, self.arrays.reasons.area[found.reasons], -1)
        home = (found.place // 2)[:, np.newaxis]
        own = np.where(area >= 0, self.arrays.responsible[home, area], -1).astype(np.int64)
        return np.where(own >= 0, self.unit_of[own], -1), own


class Planned:
    """One replication of what is prepared: what is drawn of people's time and case work, and what the loop follows.

    What does not depend on the access model is drawn for all models together.
    """

    def __init__(self, prepared: Prepared, seed: int, replication: int) -> None:
        self._prepared, self._seed, self._replication = prepared, seed, replication
        arrays = prepared.arrays
        self._drawn = shared(prepared.office, arrays.run, seed, replication)
        self.desks = Desks(
            arrays.staff.agents,
            arrays.run.stops,
            seed,
            replication,
            self._drawn.once(("times", *prepared.time_by), self._times),
            self._drawn.once("items", lambda: items_of(arrays, seed, replication)),
            arrays.workload,
        )
        here = self._drawn.once(
            ("present", *prepared.time_by), lambda: present(arrays, self.desks.times, prepared.after)
        )
        periods = np.column_stack([arrays.days.open_start, arrays.days.open_end])
        self.plan = self._plan(here.people, Hours(periods, here.shifts, ANNOUNCEMENT_MS, LOOK_MS))
        self.moves = self._drawn.once(("moves", *prepared.time_by), lambda: moves(self.plan.hours))
        """Who comes and goes."""

    def arose(self) -> Ints:
        """Return what is drawn of the matters that arise, as ``arisen.drawn`` has it."""
        return self._of_all("matters", lambda: arisen.drawn(self.plan, self._prepared.arrays))

    def _times(self) -> Times:
        """Draw when people are there and what takes their time; where there is no centre nobody answers for it."""
        arrays = self._prepared.arrays
        times = times_of(arrays, self._seed, self._replication)
        return times if self._prepared.model.rules.centre else without_first(times, arrays.staff.agents)

    def _plan(self, people: People, hours: Hours) -> Plan:
        arrays, behaves = self._prepared.arrays, self._prepared.arrays.behaviour
        asking, more = self._asking(), self._induced()
        calling = self._of_all("callers", lambda: self._callers(together(more, who_ask(asking))))
        self._name_whom_they_ask(calling, asking)
        return Plan(
            seed=Seed(self._seed, self._replication),
            days=self._drawn.once("days", lambda: _days(arrays, self._seed, self._replication)),
            talk=Law(*behaves.talk),
            rules=self._prepared.model.rules,
            window=Window(arrays.run.begins, arrays.run.ends, OVER_MS),
            patience=Law(-1.0, behaves.patience_mean),
            again=Again(behaves.calls_again, Law(*behaves.calls_again_after), ANNOUNCEMENT_MS),
            ring=Ring(Law(arrays.seats.pick_up_median, arrays.seats.pick_up_mean), PAUSE_AFTER_MISS_MS),
            wrap_up=Law(*behaves.wrap_up),
            hours=hours,
            promised=self._prepared.promised._replace(
                callers=calling, people=people, inquiries=with_those(asking, more)
            ),
        )

    def _of_all(self, name: str, draw: Callable[[], T]) -> T:
        """Return what is drawn of all citizens: for all models together, unless others call under this one."""
        return draw() if self._prepared.has_others else self._drawn.once(name, draw)

    def _callers(self, others: Arising) -> Callers:
        prepared, arrays = self._prepared, self._prepared.arrays
        known = prepared.office.parameters, arrays.run, arrays.days, arrays.reasons.share
        return callers(*known, self._seed, self._replication, prepared.responsible, others)

    def _asking(self) -> Inquiries:
        arrays = self._prepared.arrays
        if not self._prepared.asks:
            return NO_INQUIRIES
        open_start, open_end, stops = arrays.days.open_start, arrays.days.open_end, arrays.run.stops
        known = arrays.further, arrays.callers, self.desks.load, self.desks.items, open_start, open_end, stops
        return inquiries(Asked(*known, self._seed, self._replication))

    def _induced(self) -> Arising:
        arrays = self._prepared.arrays
        if not self._prepared.induces:
            return NOBODY_ELSE
        known = arrays.further, arrays.callers, arrays.reasons.share, arrays.days, arrays.run.first_key
        drawn = arising_of(arrays, self._seed, self._replication)
        return induced(Published(*known, self._seed, self._replication), drawn)

    def _name_whom_they_ask(self, calling: Callers, asking: Inquiries) -> None:
        """Write who has the cases: who may be rung on her own line, if she is a case worker."""
        prepared = self._prepared
        seat = asking.seat[np.argsort(asking.citizen)]
        of_days = len(calling.place) - len(seat)
        calling.unit[of_days:, 0] = prepared.unit_of[seat]
        calling.own[of_days:, 0] = np.where(np.isin(seat, prepared.promised.case_workers), seat, -1)


def _employer(one: Staff) -> OrganisationKind:
    return OrganisationKind.CENTRE if one.centre else OrganisationKind.OFFICE


def _days(arrays: Arrays, seed: int, replication: int) -> Days:
    run, days = arrays.run, arrays.days
    keys = run.first_key + np.arange(run.days)
    fortunes = np.array([luck(seed, replication, int(key), days.variation) for key in keys])
    return Days(
        keys=keys,
        starts=days.midnight[:-1],
        totals=days.expected * fortunes,
        profiles=days.working.astype(np.int64),
        cumulated=days.profile,
        tops=days.nearly,
        horizon=run.stops,
    )
