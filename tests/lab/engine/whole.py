"""An office of a file, without ``[lab]``, as the loop is given it: everybody is there in service hours, as in the twin."""

from datetime import date, timedelta

import numpy as np

from erreichbar.access import AccessModel
from erreichbar.lab.engine import preparing
from erreichbar.lab.engine.drawing import Responsible, callers
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.engine.planning import ANNOUNCEMENT_MS, LOOK_MS, OVER_MS, PAUSE_AFTER_MISS_MS
from erreichbar.lab.engine.shapes import Again, Days, Floats, Hours, Ints, Law, Plan, Ring, Seed, Window
from erreichbar.lab.engine.tables import Named, tables
from erreichbar.lab.office.arrays import WHO, Run
from erreichbar.lab.office.build import days_of
from erreichbar.lab.office.draw import Arising
from erreichbar.lab.office.dues import dues
from erreichbar.office import Office, responsibility
from erreichbar.office.model import FirstLevel
from erreichbar.record.tables import Tables
from erreichbar.traffic import Citizens, behaviour, parameters
from erreichbar.traffic.arrivals import day_number
from erreichbar.traffic.drama_numbers import COUNT
from erreichbar.traffic.process import luck


def told(office: Office, model: AccessModel, seed: int, first: date, days: int, follow: int) -> Tables:
    """Return what the loop tells of so many days of calls, followed for so many days more; moments in ms since their start."""
    given = parameters(office)
    course = preparing.midnights_of(office, first, days + follow)
    here = [first + timedelta(days=number) for number in range(days + follow)]
    run = Run(
        0,
        course.ms(course.midnights[days]),
        course.ms(course.end),
        days,
        day_number(first),
        min(given.volume.benefit_units.value, COUNT),
    )
    described = days_of(office, given, here, course.midnights)
    shares = np.array([office.reasons[reason].share for reason in preparing.counted(office)])
    calling = callers(given, run, described, shares, seed, 0, responsible(office, Citizens(given, office, seed)))
    people = preparing.people_of(office, course)
    pairs = zip(calling.unit.ravel().tolist(), calling.own.ravel().tolist(), strict=True)
    promised = preparing.promised(
        office, given, model, course, pairs, np.repeat(settled(office)[:, np.newaxis], WHO, axis=1)
    )
    promised = promised._replace(callers=calling, people=people)
    seats = preparing.seats_of(office)
    at_work = [*seats.agents, *seats.others]
    periods = np.column_stack([described.open_start, described.open_end])
    behaves = behaviour.behaviour(given)
    fortunes = [luck(seed, 0, day_number(day), described.variation) for day in here]
    plan = Plan(
        seed=Seed(seed, 0),
        days=Days(
            keys=run.first_key + np.arange(days + follow),
            starts=described.midnight[:-1],
            totals=described.expected * np.array(fortunes) * (np.arange(days + follow) < days),
            profiles=described.working.astype(np.int64),
            cumulated=described.profile,
            tops=described.nearly,
            horizon=run.stops,
        ),
        talk=Law(*behaves.talk),
        rules=model.rules,
        window=Window(run.begins, run.ends, OVER_MS),
        patience=Law(-1.0, behaves.patience_mean),
        again=Again(behaves.calls_again, Law(*behaves.calls_again_after), ANNOUNCEMENT_MS),
        ring=Ring(Law(*behaviour.times(given.seats.pick_up_s, behaviour.SECOND_MS)), PAUSE_AFTER_MISS_MS),
        wrap_up=Law(*behaves.wrap_up),
        hours=Hours(
            periods,
            np.array([(seat, *row) for seat in range(len(at_work)) for row in periods]),
            ANNOUNCEMENT_MS,
            LOOK_MS,
        ),
        promised=promised,
    )
    numbers = {person: number for number, person in enumerate(office.people)}
    found = drive(plan, np.array([numbers[one] for one in at_work]), rows=16, households=run.households)
    named = Named(
        preparing.counted(office),
        list(office.units),
        preparing.months_of(office, course),
        dues(office.calendar, course.start, run.stops // 60_000),
        promised,
    )
    return tables(found, named)


def settled(office: Office) -> Floats:
    """Return the part of matters that agents settle, by reason."""
    matters = parameters(office).matters
    part = {
        FirstLevel.SETTLE: matters.settled_if_settle.value,
        FirstLevel.RECORD: matters.settled_if_record.value,
        FirstLevel.INFORM: matters.settled_if_inform.value,
        FirstLevel.NONE: 0.0,
    }
    return np.array([part[office.reasons[reason].first_level] for reason in preparing.counted(office)], np.float64)


def responsible(office: Office, citizens: Citizens) -> Responsible:
    """Return what asks the office who is responsible for each matter of who calls."""

    def asked(found: Arising) -> tuple[Ints, Ints]:
        def whose(caller: int, reason: str) -> tuple[str, str | None]:
            person = citizens.population[int(found.place[caller])]
            named = responsibility.responsible(
                office, reason, benefit_unit_number=person.benefit_unit_number or None, family_name=person.family_name
            )
            return named.unit, named.case_worker

        return preparing.responsible_of(office, found.reasons.astype(np.int64), found.matters.astype(np.int64), whose)

    return asked
