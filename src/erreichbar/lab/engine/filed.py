"""An office of a file as it stands, without ``[lab]``, as the loop is given it: who is there, and who calls, in one replication.

Nobody has appointments, case work by items or absences; what citizens do is said by ``[traffic]``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from erreichbar.access import AccessModel
from erreichbar.lab.engine import preparing
from erreichbar.lab.engine.drawing import Responsible, callers, with_all_that_is_hers
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.engine.planning import ANNOUNCEMENT_MS, LOOK_MS, OVER_MS, PAUSE_AFTER_MISS_MS
from erreichbar.lab.engine.promised import Callers
from erreichbar.lab.engine.shapes import Again, Days, Floats, Hours, Ints, Law, Plan, Ring, Seed, Window
from erreichbar.lab.engine.standing import Standing
from erreichbar.lab.engine.tables import Named, tables
from erreichbar.lab.office.arrays import WHO, Run
from erreichbar.lab.office.build import days_of
from erreichbar.lab.office.draw import Arising
from erreichbar.lab.office.dues import dues
from erreichbar.lab.office.settling import first_level
from erreichbar.office import Office, responsibility
from erreichbar.promise.presence import Roster
from erreichbar.record.tables import Tables
from erreichbar.traffic import Citizens, behaviour, parameters
from erreichbar.traffic.arrivals import day_number
from erreichbar.traffic.drama_numbers import COUNT
from erreichbar.traffic.further import NEUTRAL, Further
from erreichbar.traffic.process import luck


@dataclass(frozen=True, slots=True)
class Known:
    """Who really called for the first time, in order; what is not known of her is drawn as ever.

    ``arising``: who, when (ms since the start) and about what; ``withheld`` (k): whether her number was (0 or 1); ``telephone`` (k):
    whether she has one (0 or 1, −1: not known).
    """

    arising: Arising
    withheld: Ints
    telephone: Ints


class Filed:
    """An office under an access model, made ready for ``days`` days from ``first`` on, followed for ``follow`` more.

    ``further``: what citizens do beyond ``[traffic]``. ``settled`` (r, WHO): the part of matters settled in a conversation, by default
    for everybody what the file says of agents. ``by_roster``: people are there in their hours, else all of them in service hours.
    """

    def __init__(
        self,
        office: Office,
        model: AccessModel,
        first: date,
        days: int,
        follow: int,
        *,
        further: Further = NEUTRAL,
        settled: Floats | None = None,
        by_roster: bool = False,
    ) -> None:
        self.office, self.model, self.further, self.first = office, model, further, first
        self.parameters = parameters(office)
        self.course = preparing.midnights_of(office, first, days + follow)
        self.days, self.all_days = days, days + follow
        units = min(self.parameters.volume.benefit_units.value, COUNT)
        ends, stops = self.course.ms(self.course.midnights[days]), self.course.ms(self.course.end)
        self.run = Run(0, ends, stops, days, day_number(first), units)
        here = [first + timedelta(days=number) for number in range(self.all_days)]
        self.described = days_of(office, self.parameters, here, self.course.midnights)
        self.people = preparing.people_of(office, self.course)
        self.seats = preparing.seats_of(office)
        self.shifts = self._shifts(by_roster)
        self.settled = np.repeat(agents_settle(office)[:, np.newaxis], WHO, axis=1) if settled is None else settled

    def draws(self, seed: int, replication: int) -> Callers:
        """Return who calls, as drawn."""
        shares = np.array([self.office.reasons[reason].share for reason in preparing.counted(self.office)])
        asked = self._responsible(seed)
        return callers(self.parameters, self.run, self.described, shares, seed, replication, asked)

    def knows(self, known: Known, seed: int, replication: int) -> Callers:
        """Return who really called."""
        found = with_all_that_is_hers(
            self.parameters, self.run, known.arising, seed, replication, self._responsible(seed)
        )
        telephone = np.where(known.telephone < 0, found.telephone, known.telephone)
        return found._replace(withheld=known.withheld, telephone=telephone)

    def play(
        self, seed: int, replication: int = 0, known: Known | None = None, standing: Standing | None = None
    ) -> Tables:
        """Return the record of one replication, moments in ms since its start.

        With ``standing`` it goes on from there: its open tickets come first in the record, then those that are opened; of contacts it has
        those under way and what follows. Citizens of whom it tells are among the ``known``, or drawn.
        """
        calling = self.draws(seed, replication) if known is None else self.knows(known, seed, replication)
        pairs = zip(calling.unit.ravel().tolist(), calling.own.ravel().tolist(), strict=True)
        promised = preparing.promised(
            self.office, self.parameters, self.model, self.course, pairs, self.settled, further=self.further
        )._replace(callers=calling, people=self.people)
        numbers = {person: number for number, person in enumerate(self.office.people)}
        at_work = np.array([numbers[one] for one in self._at_work])
        found = drive(
            self._plan(seed, replication)._replace(promised=promised, given=known.arising.arises if known else None),
            at_work,
            rows=16,
            households=self.run.households,
            standing=standing,
        )
        named = Named(
            preparing.counted(self.office),
            list(self.office.units),
            preparing.months_of(self.office, self.course),
            dues(self.office.calendar, self.course.start, self.run.stops // 60_000),
            promised,
        )
        return tables(found, named)

    @property
    def _at_work(self) -> Sequence[str]:
        return [*self.seats.agents, *self.seats.others]

    def _shifts(self, by_roster: bool) -> Ints:
        periods = np.column_stack([self.described.open_start, self.described.open_end])
        if not by_roster:
            return np.array([(seat, *row) for seat in range(len(self._at_work)) for row in periods])
        roster, ms = Roster(self.office), self.course.ms
        there = [
            (seat, ms(start), ms(end))
            for seat, one in enumerate(self._at_work)
            for start, end in roster.there(one, self.course.start, self.course.end)
        ]
        return np.array(there, np.int64).reshape(-1, 3)

    def _plan(self, seed: int, replication: int) -> Plan:
        described, behaves, seats = self.described, behaviour.behaviour(self.parameters), self.parameters.seats
        keys = self.run.first_key + np.arange(self.all_days)
        fortunes = np.array([luck(seed, replication, int(key), described.variation) for key in keys])
        return Plan(
            seed=Seed(seed, replication),
            days=Days(
                keys=keys,
                starts=described.midnight[:-1],
                totals=described.expected * fortunes * (np.arange(self.all_days) < self.days),
                profiles=described.working.astype(np.int64),
                cumulated=described.profile,
                tops=described.nearly,
                horizon=self.run.stops,
            ),
            talk=Law(*behaves.talk),
            rules=self.model.rules,
            window=Window(self.run.begins, self.run.ends, OVER_MS),
            patience=Law(-1.0, behaves.patience_mean),
            again=Again(behaves.calls_again, Law(*behaves.calls_again_after), ANNOUNCEMENT_MS),
            ring=Ring(Law(*behaviour.times(seats.pick_up_s, behaviour.SECOND_MS)), PAUSE_AFTER_MISS_MS),
            wrap_up=Law(*behaves.wrap_up),
            hours=Hours(
                np.column_stack([described.open_start, described.open_end]), self.shifts, ANNOUNCEMENT_MS, LOOK_MS
            ),
        )

    def _responsible(self, seed: int) -> Responsible:
        population = Citizens(self.parameters, self.office, seed).population

        def asked(found: Arising) -> tuple[Ints, Ints]:
            def whose(caller: int, reason: str) -> tuple[str, str | None]:
                person = population[int(found.place[caller])]
                named = responsibility.responsible(
                    self.office, reason, benefit_unit_number=person.benefit_unit_number or None,
                    family_name=person.family_name,
                )  # fmt: skip
                return named.unit, named.case_worker

            reasons, matters = found.reasons.astype(np.int64), found.matters.astype(np.int64)
            return preparing.responsible_of(self.office, reasons, matters, whose)

        return asked


def agents_settle(office: Office) -> Floats:
    """Return the part of matters that agents settle, by reason."""
    part = first_level(parameters(office))
    return np.array([part[office.reasons[reason].first_level] for reason in preparing.counted(office)], np.float64)
