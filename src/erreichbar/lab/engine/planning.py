"""From an office that can be simulated to what the loop follows in one replication."""

from datetime import date, timedelta

import numpy as np

from erreichbar.access import AccessModel
from erreichbar.figures.work import organisation_code
from erreichbar.lab.engine import arisen, preparing
from erreichbar.lab.engine.desks import Desks
from erreichbar.lab.engine.doors import moves
from erreichbar.lab.engine.drawing import callers, together
from erreichbar.lab.engine.drawn import Drawn, drawn
from erreichbar.lab.engine.induced import Published, induced
from erreichbar.lab.engine.inquiries import NO_INQUIRIES, NOBODY_ELSE, Asked, inquiries, who_ask, with_those
from erreichbar.lab.engine.presence import Present, afterwards, present
from erreichbar.lab.engine.promised import Callers, Inquiries
from erreichbar.lab.engine.shapes import Again, Days, Hours, Ints, Law, Plan, Ring, Seed, Window
from erreichbar.lab.office import LabOffice
from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.checking import NO_PHONE_HOURS
from erreichbar.lab.office.draw import Arising, arising_of, items_of, times_of
from erreichbar.lab.office.people import Staff
from erreichbar.office.model import OrganisationKind
from erreichbar.traffic.process import luck

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

    def plan(self, desks: Desks) -> Plan:
        """Return what the replication follows whose ``desks`` these are."""
        arrays, behaves, seed, replication = self.arrays, self.arrays.behaviour, desks.seed, desks.replication
        asking = self._asking(desks)
        more = self._induced(seed, replication)
        others = together(more, who_ask(asking))
        known = self.drawn(seed, replication)
        calling = (
            self._callers(seed, replication, others)
            if self.has_others
            else known.once("callers", lambda: self._callers(seed, replication, others))
        )
        self._name_whom_they_ask(calling, asking)
        here = self._present(desks)
        return Plan(
            seed=Seed(seed, replication),
            days=known.once("days", lambda: _days(arrays, seed, replication)),
            talk=Law(*behaves.talk),
            rules=self.model.rules,
            window=Window(arrays.run.begins, arrays.run.ends, OVER_MS),
            patience=Law(-1.0, behaves.patience_mean),
            again=Again(behaves.calls_again, Law(*behaves.calls_again_after), ANNOUNCEMENT_MS),
            ring=Ring(Law(arrays.seats.pick_up_median, arrays.seats.pick_up_mean), PAUSE_AFTER_MISS_MS),
            wrap_up=Law(*behaves.wrap_up),
            hours=self._hours(here),
            promised=self.promised._replace(callers=calling, people=here.people, inquiries=with_those(asking, more)),
        )

    def desks(self, seed: int, replication: int) -> Desks:
        """Return what one replication draws of people's time and case work."""
        arrays, known = self.arrays, self.drawn(seed, replication)
        return Desks(
            arrays.staff.agents,
            arrays.run.stops,
            seed,
            replication,
            known.once(("times", self.kept_free), lambda: times_of(arrays, seed, replication)),
            known.once("items", lambda: items_of(arrays, seed, replication)),
            arrays.workload,
        )

    def moves(self, desks: Desks) -> Ints:
        """Return who comes and goes in the replication whose ``desks`` these are, as ``doors.moves`` has it."""
        known = self.drawn(desks.seed, desks.replication)
        return known.once(("moves", self.kept_free), lambda: moves(self._hours(self._present(desks))))

    def arose(self, plan: Plan) -> Ints:
        """Return what is drawn of the matters that arise in a replication, as ``arisen.drawn`` has it."""
        given, seed, replication = plan.promised, plan.seed.seed, plan.seed.replication
        assert given is not None
        if self.has_others:
            return arisen.drawn(given, self.arrays, seed, replication)
        known = self.drawn(seed, replication)
        return known.once("matters", lambda: arisen.drawn(given, self.arrays, seed, replication))

    def drawn(self, seed: int, replication: int) -> Drawn:
        """Return what is drawn of a replication whatever the model."""
        return drawn(self.office, self.arrays.run, seed, replication)

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

    def _present(self, desks: Desks) -> Present:
        known = self.drawn(desks.seed, desks.replication)
        return known.once(("present", self.kept_free), lambda: present(self.arrays, desks.times, self.after))

    def _hours(self, here: Present) -> Hours:
        days = self.arrays.days
        return Hours(np.column_stack([days.open_start, days.open_end]), here.shifts, ANNOUNCEMENT_MS, LOOK_MS)

    def _callers(self, seed: int, replication: int, others: Arising) -> Callers:
        arrays = self.arrays
        known = self.office.parameters, arrays.run, arrays.days, arrays.reasons.share
        return callers(*known, seed, replication, self._responsible, others)

    def _asking(self, desks: Desks) -> Inquiries:
        arrays = self.arrays
        if not self.asks:
            return NO_INQUIRIES
        open_start, open_end, stops = arrays.days.open_start, arrays.days.open_end, arrays.run.stops
        known = arrays.further, arrays.callers, desks.load, desks.items, open_start, open_end, stops
        return inquiries(Asked(*known, desks.seed, desks.replication))

    def _induced(self, seed: int, replication: int) -> Arising:
        arrays = self.arrays
        if not self.induces:
            return NOBODY_ELSE
        known = arrays.further, arrays.callers, arrays.reasons.share, arrays.days, arrays.run.first_key
        return induced(Published(*known, seed, replication), arising_of(arrays, seed, replication))

    def _name_whom_they_ask(self, calling: Callers, asking: Inquiries) -> None:
        """Write who has the cases: who may be rung on her own line, if she is a case worker."""
        seat = asking.seat[np.argsort(asking.citizen)]
        of_days = len(calling.place) - len(seat)
        calling.unit[of_days:, 0] = self.unit_of[seat]
        calling.own[of_days:, 0] = np.where(np.isin(seat, self.promised.case_workers), seat, -1)

    def _responsible(self, found: Arising) -> tuple[Ints, Ints]:
        area = np.where(found.reasons >= 0, self.arrays.reasons.area[found.reasons], -1)
        home = (found.place // 2)[:, np.newaxis]
        own = np.where(area >= 0, self.arrays.responsible[home, area], -1).astype(np.int64)
        return np.where(own >= 0, self.unit_of[own], -1), own


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
