"""From an office that can be simulated to its arrays."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from erreichbar.access import PhoneHours
from erreichbar.lab.office import arrays as a
from erreichbar.lab.office.checking import NO_HOURS, protected, slots_a_week, windows
from erreichbar.lab.office.dues import MINUTE_MS, dues
from erreichbar.lab.office.items import Workload
from erreichbar.lab.office.settling import reasons
from erreichbar.lab.office.shapes import further
from erreichbar.lab.office.times import Habits, Plans, begins
from erreichbar.office import moments
from erreichbar.office.calendar import Calendar
from erreichbar.office.hours import Week
from erreichbar.office.model import Office
from erreichbar.office.periods import Periods, common
from erreichbar.promise.presence import Roster
from erreichbar.record.words import Role, code
from erreichbar.traffic.arrivals import Arrivals, day_number
from erreichbar.traffic.behaviour import MINUTE_MS as MINUTE
from erreichbar.traffic.behaviour import SECOND_MS, behaviour, times
from erreichbar.traffic.parameters import Parameters, Spread
from erreichbar.traffic.who import callers

if TYPE_CHECKING:
    from erreichbar.lab.office.model import LabOffice

Patterns = dict[tuple[int, Week], list[int]]
"""Who is planned alike (places among the staff): who shares shift or team, and telephone hours."""

HOUR_MS = 60 * MINUTE
DAY_MS = 24 * HOUR_MS
FOLLOWED = 10
"""So many working days after its 48 hours a matter is followed."""
_SCATTER = 7919
"""As in ``traffic.population``: households side by side do not share a case worker."""
_QUANTILES = tuple((n + 0.5) / 2000 for n in range(2000))
_MS = timedelta(milliseconds=1)


def arrays(
    lab: "LabOffice", first: date, days: int, warm_up: int, follow: int | None, households: int | None, free: PhoneHours
) -> a.Arrays:
    """Return the office as arrays; see ``LabOffice.arrays``."""
    if days < 1 or warm_up < 0 or (follow is not None and follow < 0):
        raise ValueError("a run has at least one day, and no negative stretch")
    calendar = lab.office.calendar
    start = first - timedelta(days=warm_up)
    beyond = _following(calendar, first + timedelta(days=days)) if follow is None else follow
    total = warm_up + days + beyond
    here = [start + timedelta(days=n) for n in range(total)]
    midnights = [moments.at(day, 0, lab.office.zone) for day in [*here, start + timedelta(days=total)]]
    origin = midnights[0]
    units = lab.parameters.volume.benefit_units.value if households is None else households
    run = a.Run(
        begins=_ms(midnights[warm_up], origin),
        ends=_ms(midnights[warm_up + days], origin),
        stops=_ms(midnights[-1], origin),
        days=total,
        first_key=day_number(start),
        households=units,
    )
    return a.Arrays(
        run=run,
        days=days_of(lab.office, lab.parameters, here, midnights),
        dues=dues(calendar, origin, run.stops // MINUTE_MS),
        reasons=reasons(lab),
        staff=_staff(lab),
        responsible=_responsible(lab, units),
        plans=_plans(lab, origin, midnights, _patterns(lab, free)),
        habits=_habits(lab, _patterns(lab, free)),
        workload=_workload(lab),
        costs=_costs(lab),
        seats=a.Seats(*times(lab.parameters.seats.pick_up_s, SECOND_MS)),
        callers=callers(lab.parameters),
        behaviour=behaviour(lab.parameters),
        further=further(lab.lab),
        languages=np.array(list(lab.parameters.people.languages.value.values()), np.float64),
    )


# -- people ---------------------------------------------------------------------------------------------------------


def _staff(lab: "LabOffice") -> a.Staff:
    staff, costs = lab.staff, lab.lab.costs
    wages = {
        Role.AGENT: costs.agent.value,
        Role.CASE_WORKER: costs.case_worker.value,
        Role.DUTY_OFFICER: costs.duty_officer.value,
    }
    place = {one.person.id: number for number, one in enumerate(staff)}
    area_first, area_end = _stretches([one.area for one in staff], len(lab.lab.teams))
    units = 1 + max((one.unit_number for one in staff), default=-1)
    unit_first, unit_end = _stretches([one.unit_number for one in staff], units)
    return a.Staff(
        role=np.array([code(one.person.role) for one in staff], np.int8),
        centre=np.array([one.centre for one in staff], np.int8),
        area=np.array([one.area for one in staff], np.int64),
        unit=np.array([one.unit_number for one in staff], np.int64),
        deputy=np.array([place.get(one.person.substitute or "", -1) for one in staff], np.int64),
        wage=np.array([wages[one.person.role] for one in staff], np.float64),
        area_first=area_first,
        area_end=area_end,
        unit_first=unit_first,
        unit_end=unit_end,
        agents=sum(one.person.role is Role.AGENT for one in staff),
        duty=np.array([number for number, one in enumerate(staff) if one.person.role is Role.DUTY_OFFICER], np.int64),
    )


def _stretches(numbers: list[int], count: int) -> tuple[a.Ints, a.Ints]:
    first = np.array([numbers.index(one) if one in numbers else 0 for one in range(count)], np.int64)
    return first, first + np.array([numbers.count(one) for one in range(count)], np.int64)


def _responsible(lab: "LabOffice", households: int) -> a.Ints:
    found = np.full((households, len(lab.lab.teams)), -1, np.int64)
    scattered = np.arange(households, dtype=np.int64) * _SCATTER % households
    first, end = _stretches([one.area for one in lab.staff], len(lab.lab.teams))
    for area, team in enumerate(lab.lab.teams):
        if team.role == "case_worker":
            found[:, area] = first[area] + scattered * (end[area] - first[area]) // households
    return found


def _patterns(lab: "LabOffice", free: PhoneHours) -> Patterns:
    found: Patterns = {}
    for place, one in enumerate(lab.staff):
        found.setdefault((one.pattern, free.week_of(one.person)), []).append(place)
    return found


def _habits(lab: "LabOffice", patterns: Patterns) -> Habits:
    staff = lab.staff
    pattern = np.zeros(len(staff), np.int64)
    for number, places in enumerate(patterns.values()):
        pattern[places] = number
    spells = [_spread(one.away.absence_days, DAY_MS) for one in staff]
    booked, slot = np.zeros(len(staff)), np.zeros(len(staff))
    for (_, free), places in patterns.items():
        area = staff[places[0]].area
        given = lab.lab.teams[area].appointments if area >= 0 else None
        if given is not None:
            slots = slots_a_week(lab.lab.teams[area], free)
            booked[places] = given.per_week.value / slots if slots else 0.0
            slot[places] = given.minutes.value * MINUTE
    return Habits(
        pattern=pattern,
        begins=np.array(
            [_begins(one.away.absence.value, *spell) for one, spell in zip(staff, spells, strict=True)], np.float64
        ),
        absence_median=np.array([median for median, _ in spells], np.float64),
        absence_mean=np.array([mean for _, mean in spells], np.float64),
        booked=booked,
        slot=slot,
        pauses=np.array([one.away.breaks.value for one in staff], np.float64),
        pause=np.array([one.away.break_min.value * MINUTE for one in staff], np.float64),
    )


@lru_cache(maxsize=64)
def _begins(share: float, median: float, mean: float) -> float:
    return begins(share, median, mean, _QUANTILES)


def _workload(lab: "LabOffice") -> Workload:
    work = [lab.lab.teams[one.area].case_work if one.area >= 0 else None for one in lab.staff]
    resume = lab.lab.interruptions.resume_min
    return Workload(
        per_day=np.array([one.items_per_week.value / 5.0 if one else 0.0 for one in work], np.float64),
        median=np.array([one.item_min.median.value * MINUTE if one else 1.0 for one in work], np.float64),
        mean=np.array([one.item_min.mean.value * MINUTE if one else 1.0 for one in work], np.float64),
        backlog=np.array([one.backlog.value if one else 0.0 for one in work], np.float64),
        usual=np.array([one.usual_days.value * DAY_MS if one else 0.0 for one in work], np.float64),
        resume_median=float(resume.median.value * MINUTE),
        resume_mean=float(resume.mean.value * MINUTE),
    )


def _costs(lab: "LabOffice") -> a.Costs:
    costs = lab.lab.costs
    return a.Costs(
        full_week=float(costs.full_week_h.value),
        purchased=bool(costs.purchased),
        centre_per_month=float(costs.centre_per_month.value),
        centre_per_call=float(costs.centre_per_call.value),
        centre_per_minute=float(costs.centre_per_minute.value),
    )


def _spread(spread: Spread, unit: float) -> tuple[float, float]:
    return float(spread.median.value * unit), float(spread.mean.value * unit)


# -- the calendar ---------------------------------------------------------------------------------------------------


def days_of(office: Office, parameters: Parameters, here: Sequence[date], midnights: Sequence[datetime]) -> a.Days:
    """Return the days of a run; ``midnights``: where each begins, and the end of the last."""
    calendar, origin = office.calendar, midnights[0]
    arrivals = Arrivals(parameters, calendar)
    profiles = [list(np.cumsum(hours.value)) for hours in (parameters.hours.closed_day, parameters.hours.working_day)]
    for day in here:
        # The very numbers that the training line draws from, not sums of our own.
        profiles[int(calendar.day(day).is_working_day)] = arrivals.profile(day)
    open_hours = calendar.periods(origin, midnights[-1])
    return a.Days(
        midnight=np.array([_ms(moment, origin) for moment in midnights], np.int64),
        working=np.array([calendar.day(day).is_working_day for day in here], np.int8),
        expected=np.array([arrivals.expected(day) for day in here], np.float64),
        profile=np.array(profiles, np.float64),
        nearly=np.array([math.nextafter(profile[-1], 0.0) for profile in profiles], np.float64),
        variation=float(arrivals.variation),
        open_start=np.array([_ms(start, origin) for start, _ in open_hours], np.int64),
        open_end=np.array([_ms(end, origin) for _, end in open_hours], np.int64),
    )


def _plans(lab: "LabOffice", origin: datetime, midnights: list[datetime], patterns: Patterns) -> Plans:
    end = midnights[-1]
    roster = Roster(lab.office)
    rows: list[tuple[int, int, int, int]] = []
    first, window_rows, protected_rows = [0], list[Periods](), list[Periods]()
    for (_, free), places in patterns.items():
        one = lab.staff[places[0]]
        planned = roster.there(one.person.id, origin, end)
        for opening, closing in planned:
            local = opening.astimezone(lab.office.zone)
            number = (local.date() - midnights[0].astimezone(lab.office.zone).date()).days
            rows.append((number, local.hour * 60 + local.minute, _ms(opening, origin), _ms(closing, origin)))
        first.append(len(rows))
        team = lab.lab.teams[one.area] if one.area >= 0 else None
        window_rows.append(_within(lab, windows(team, free) if team else NO_HOURS, planned))
        protected_rows.append(_within(lab, protected(team, free) if team else NO_HOURS, planned))
    day, minute, start, stop = (np.ascontiguousarray(row) for row in np.array(rows, np.int64).reshape(-1, 4).T)
    return Plans(
        np.array(first, np.int64), day, minute, start, stop, *_rows(window_rows, origin), *_rows(protected_rows, origin)
    )


def _within(lab: "LabOffice", hours: Week, planned: Periods) -> Periods:
    if not planned:
        return ()
    return common(planned, Calendar(lab.office.zone, None, hours).periods(planned[0][0], planned[-1][1]))


def _rows(periods: Iterable[Periods], origin: datetime) -> tuple[a.Ints, a.Ints, a.Ints]:
    first, starts, ends = [0], list[int](), list[int]()
    for row in periods:
        starts += [_ms(start, origin) for start, _ in row]
        ends += [_ms(end, origin) for _, end in row]
        first.append(len(starts))
    return np.array(first, np.int64), np.array(starts, np.int64), np.array(ends, np.int64)


def _following(calendar: Calendar, last: date) -> int:
    """Return so many days that 48 hours and ten working days after ``last`` are over."""
    day, left = last + timedelta(days=2), FOLLOWED
    while left:
        left -= calendar.day(day).is_working_day
        day += timedelta(days=1)
    return (day - last).days


def _ms(moment: datetime, origin: datetime) -> int:
    return (moment - origin) // _MS
