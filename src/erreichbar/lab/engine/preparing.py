"""From an office to the tables of what cannot be compiled: the rules of floor 1 themselves are asked, once, before a run."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from erreichbar.access import AccessModel, counts_since, intervals
from erreichbar.lab.engine import read_off
from erreichbar.lab.engine.inquiries import NO_INQUIRIES
from erreichbar.lab.engine.promised import (
    DECIDES,
    Able,
    Callers,
    Colleagues,
    Holders,
    Open,
    People,
    Promised,
    Reasons,
    Receiving,
    Staffed,
)
from erreichbar.lab.engine.shapes import Floats, Ints, Law
from erreichbar.lab.office import dues
from erreichbar.office import moments
from erreichbar.office.calendar import Calendar
from erreichbar.office.model import Office, Urgency
from erreichbar.office.periods import Periods
from erreichbar.promise import duty, stand_in
from erreichbar.promise.attempts import LOOK_AHEAD, staffed_pieces
from erreichbar.promise.ladder import Ladder
from erreichbar.promise.presence import LOOK_AHEAD as SEEN_AHEAD
from erreichbar.promise.presence import Roster
from erreichbar.record.words import Availability, Role, TicketOutcome, code
from erreichbar.traffic import behaviour
from erreichbar.traffic.citizens import WINDOWS, Window
from erreichbar.traffic.further import NEUTRAL, Further, can_telephone
from erreichbar.traffic.parameters import Parameters

MS = timedelta(milliseconds=1)
_NONE, _NONE_OF_THREE = np.zeros(0, np.int64), np.zeros((0, 3), np.int64)
NO_CALLERS = Callers(0, *3 * (_NONE,), _NONE, *3 * (_NONE_OF_THREE,), *5 * (_NONE,))
NO_PEOPLE = People(*(_NONE for _ in People._fields))
"""Those of a run are drawn anew in each replication."""


class Course(NamedTuple):
    """The stretch of time that is simulated: ``midnights`` of its days and of the day after the last, in the office's zone."""

    midnights: Sequence[datetime]

    @property
    def start(self) -> datetime:
        """The moment from which milliseconds count."""
        return self.midnights[0]

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.midnights[-1]

    def ms(self, moment: datetime) -> int:
        """Return a moment in ms since the start."""
        return (moment - self.start) // MS


class Seats(NamedTuple):
    """The people (ids): ``agents``, then ``others`` who have a seat, then all ``without`` one."""

    agents: Sequence[str]
    others: Sequence[str]
    without: Sequence[str]

    @property
    def everybody(self) -> list[str]:
        """All in one order."""
        return [*self.agents, *self.others, *self.without]


def months_of(office: Office, course: Course) -> Ints:
    """Return when the months after the first begin (ms)."""
    local = [midnight.astimezone(office.zone) for midnight in course.midnights[1:]]
    return np.array([course.ms(midnight) for midnight in local if midnight.day == 1], np.int64)


def seats_of(office: Office) -> Seats:
    """Return the people of an office in the order in which the loop knows them."""
    roles = {person.id: person.role for person in office.people.values()}
    at_a_desk = (Role.CASE_WORKER, Role.DUTY_OFFICER)
    return Seats(
        agents=[one for one, role in roles.items() if role is Role.AGENT],
        others=[one for one, role in roles.items() if role in at_a_desk],
        without=[one for one, role in roles.items() if role is not Role.AGENT and role not in at_a_desk],
    )


def promised(
    office: Office,
    parameters: Parameters,
    model: AccessModel,
    course: Course,
    pairs: Iterable[tuple[int, int]],
    settled: Floats,
    *,
    further: Further = NEUTRAL,
    anew: bool = False,
) -> Promised:
    """Return what the loop is given of tickets and callbacks, but for who calls and when people are there.

    ``pairs``: every unit and person responsible (−1: nobody single) that may come up. ``settled`` (r, WHO): part that is settled in a
    conversation. ``further``: what citizens do beyond ``[traffic]``. ``anew``: whether people may be away, so that tickets are placed anew.
    """
    seats = seats_of(office)
    windows = [_pieces(course, office.calendar, window) for window in (None, *WINDOWS)]
    periods = tuple(office.calendar.periods(course.start, course.end + LOOK_AHEAD))
    opened = _rows(course, periods)
    hours = intervals(model.hours, office, seats.everybody, course.start, course.end)
    work = behaviour.times(parameters.seats.case_work_min, behaviour.MINUTE_MS)
    return Promised(
        agents=len(seats.agents),
        stops=course.ms(course.end),
        case_work=Law(*work),
        case_work_table=read_off.table(Law(*work)),
        behaviour=behaviour.behaviour(parameters),
        callers=NO_CALLERS,
        reasons=_reasons(office, seats, settled),
        staffed=_staffed(office, course),
        holders=_holders(office, seats, course, pairs),
        people=NO_PEOPLE,
        midnight=np.array([course.ms(midnight) for midnight in course.midnights], np.int64),
        since=np.array(
            [
                course.ms(counts_since(office.calendar, midnight, model.rules.ring_back_days))
                for midnight in course.midnights
            ],
            np.int64,
        ),
        pieces=Open(
            np.cumsum([0, *(len(rows) for rows in windows)]),
            *(np.ascontiguousarray(column) for column in np.concatenate(windows).T),
        ),
        open_start=opened[:, 0].copy(),
        open_end=opened[:, 1].copy(),
        open_before=np.concatenate([[0], np.cumsum(opened[:, 1] - opened[:, 0])]),
        further=further,
        case_workers=np.flatnonzero([office.people[one].role is Role.CASE_WORKER for one in seats.everybody]),
        colleagues=_colleagues(office, seats),
        able=Able(*csr([_able(course, periods, further, one, office.zone) for one in Availability])),
        receiving=Receiving(*csr(_receiving(office, course) if further.in_person > 0 else [])),
        hours_first=np.array(hours.first, np.int64),
        hours_start=np.array(hours.starts, np.int64),
        hours_end=np.array(hours.ends, np.int64),
        anew=_first_openings(course, office.calendar) if anew else np.zeros(0, np.int64),
        inquiries=NO_INQUIRIES,
    )


def counted(office: Office) -> list[str]:
    """Return the contact reasons that citizens have (ids), in the order in which the loop numbers them."""
    return [reason.id for reason in office.reasons.values() if reason.share > 0]


def people_of(office: Office, course: Course) -> People:
    """Return everybody's time where nothing is entered against it."""
    roster, units = Roster(office), list(office.units)
    everybody = [office.people[one] for one in seats_of(office).everybody]
    end = course.end + SEEN_AHEAD
    # People of the same unit and hours are planned alike.
    alike = {(one.unit, one.hours): one.id for one in everybody}
    planned = {key: _rows(course, roster.there(one, course.start, end)) for key, one in alike.items()}
    there = free = csr([planned[one.unit, one.hours] for one in everybody])
    nothing = np.zeros(len(everybody) + 1, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    return People(
        np.array([code(one.role) for one in everybody], np.int64),
        np.array([units.index(one.unit) if one.unit in units else -1 for one in everybody], np.int64),
        *there, *free, *nothing,
    )  # fmt: skip


def _receiving(office: Office, course: Course) -> list[Ints]:
    """Return for each unit on which days from when until when its case workers are to be there."""
    roster, edges = Roster(office), [course.ms(midnight) for midnight in course.midnights]
    planned = dict[tuple[object, ...], Ints]()
    found = list[Ints]()
    for unit in office.units:
        alike = {one.hours: one.id for one in office.in_role(Role.CASE_WORKER, unit)}
        key = (id(office.calendar_of(unit)), *alike)
        if key not in planned:
            there = [_rows(course, roster.there(one, course.start, course.end)) for one in alike.values()]
            rows = np.concatenate([*there, np.zeros((0, 2), np.int64)])
            day = np.searchsorted(edges, rows[:, 0], side="right")
            planned[key] = np.array(
                [(rows[day == one, 0].min(), rows[day == one, 1].max()) for one in np.unique(day)], np.int64
            ).reshape(-1, 2)
        found.append(planned[key])
    return found


def _first_openings(course: Course, calendar: Calendar) -> Ints:
    """Return when the office opens on each of its days."""
    days = [calendar.periods(start, end) for start, end in pairwise(course.midnights)]
    return np.array([course.ms(periods[0][0]) for periods in days if periods], np.int64)


def csr(rows: Sequence[Ints]) -> tuple[Ints, Ints, Ints]:
    """Return stretches (k, 2) of several people as one: where each begins, all starts, all ends."""
    joined = np.concatenate([*rows, np.zeros((0, 2), np.int64)])
    return np.cumsum([0, *(len(row) for row in rows)]), joined[:, 0].copy(), joined[:, 1].copy()


def _rows(course: Course, periods: Periods) -> Ints:
    return np.array([(course.ms(start), course.ms(end)) for start, end in periods], np.int64).reshape(-1, 2)


def _pieces(course: Course, calendar: Calendar, window: Window | None) -> Ints:
    found = staffed_pieces(calendar, course.start, course.end + LOOK_AHEAD + timedelta(days=1), window)
    rows = [(course.ms(one.start), course.ms(one.end), one.part, int(one.in_window)) for one in found]
    return np.array(rows, np.int64).reshape(-1, 4)


def _able(course: Course, periods: Periods, further: Further, available: Availability, zone: ZoneInfo) -> Ints:
    """Return when the office is open and citizens can telephone; nothing, if everybody always can."""
    found = list[tuple[int, int]]()
    if further.before_noon + further.after_noon + further.late > 0:
        availability = code(available)

        @cache
        def stretches(minute: int, minutes: int) -> list[tuple[int, int]]:
            able = [can_telephone(availability, minute + nth) for nth in range(minutes)]
            turns = [nth for nth, (one, other) in enumerate(pairwise([False, *able, False])) if one != other]
            return list(zip(turns[::2], turns[1::2], strict=True))

        for start, end in periods:
            if start < course.end:
                local = start.astimezone(zone)
                begins = course.ms(start)
                found += [
                    (begins + one * dues.MINUTE_MS, begins + other * dues.MINUTE_MS)
                    for one, other in stretches(local.hour * 60 + local.minute, (end - start) // timedelta(minutes=1))
                ]
    return np.array(found, np.int64).reshape(-1, 2)


def _reasons(office: Office, seats: Seats, settled: Floats) -> Reasons:
    reasons = [office.reasons[reason] for reason in counted(office)]
    urgent = [reason.id for reason in reasons if reason.is_urgent]
    ends = [(reason.decision.ends_with if reason.decision else None) or TicketOutcome.DECIDED for reason in reasons]
    return Reasons(
        settled=settled,
        urgency=np.array([list(Urgency).index(reason.urgency) for reason in reasons], np.int64),
        urgent=np.array([urgent.index(reason.id) if reason.is_urgent else -1 for reason in reasons], np.int64),
        decided=np.array([reason.decision is not None for reason in reasons], np.int64),
        may=np.array(
            [[duty.may_decide(office, one, reason.id) is not None for one in seats.everybody] for reason in reasons],
            np.int64,
        ),
        ends=np.array([code(outcome) for outcome in ends], np.int64),
        same_day=np.array([bool(reason.decision and reason.decision.same_day) for reason in reasons], np.int64),
    )


def _staffed(office: Office, course: Course) -> Staffed:
    calendars = list[Calendar]()
    of_unit = []
    for unit in office.units:
        calendar = office.calendar_of(unit)
        if calendar not in calendars:
            calendars.append(calendar)
        of_unit.append(calendars.index(calendar))
    minutes = course.ms(course.end) // dues.MINUTE_MS
    same_day = next(
        (reason.id for reason in office.reasons.values() if reason.decision and reason.decision.same_day), None
    )
    chances = [dues.dues(calendar, course.start, minutes) for calendar in calendars]
    decided = [dues.decided_by(office, same_day, calendar, course.start, minutes) for calendar in calendars]
    opened = [_rows(course, calendar.periods(course.start, course.end + LOOK_AHEAD)) for calendar in calendars]
    return Staffed(
        np.array(of_unit, np.int64),
        *csr(opened),
        at_chance=np.array([found.at_last_chance for found in chances]),
        in_chance=np.array([found.in_last_chance for found in chances]),
        at_decide=np.array([at for at, _ in decided]),
        in_decide=np.array([inside for _, inside in decided]),
    )


def _holders(office: Office, seats: Seats, course: Course, pairs: Iterable[tuple[int, int]]) -> Holders:
    """Ask ``stand_in.candidates`` for every unit and person responsible that comes up, and for each stretch of the duty roster."""
    place = {one: number for number, one in enumerate(seats.everybody)}
    units, reasons = list(office.units), counted(office)
    urgent = [reason for reason in reasons if office.reasons[reason].is_urgent]
    known: dict[tuple[tuple[int, int], ...], int] = {}

    def row(unit: str, own: str | None, reason: str | None = None, at: datetime | None = None) -> int:
        order = list(stand_in.candidates(office, unit, own, {}, None, urgent=reason, at=at))
        pool = {person.id for person in office.in_role(Role.CASE_WORKER, unit)}
        in_pool = (stand_in.Level.POOL, stand_in.Level.RESPONSIBLE)
        deciders = {who for who, _ in duty.order(office, at, unit=unit, reason=reason)} if at is not None else set()
        marked = tuple(
            (place[who], DECIDES if who in deciders else int(who in pool and level in in_pool and who != own))
            for who, level in order
        )
        return known.setdefault(marked, len(known))

    plain = np.full((len(units), len(place) + 1), -1, np.int64)
    known_pairs = sorted({(unit, own) for unit, own in pairs if unit >= 0})
    for unit, own in known_pairs:
        plain[unit, own + 1] = row(units[unit], seats.everybody[own] if own >= 0 else None)
    edges = _edges(office, course)
    by_urgency = np.full((len(edges), len(urgent), len(units)), -1, np.int64)
    asked = sorted({unit for unit, _ in known_pairs})
    stretches: dict[tuple[object, int, int], int] = {}
    for number, at in enumerate(edges):
        shift = duty.shift_at(office, at) or next(duty.shifts(office, at, at + duty.LOOK_AHEAD), None)
        for nth, reason in enumerate(urgent):
            for unit in asked:
                key = (shift.duty if shift else None, nth, unit)
                if key not in stretches:
                    deciders = duty.order(office, at, unit=units[unit], reason=reason)
                    stretches[key] = row(units[unit], deciders[0][0], reason, at) if deciders else -1
                by_urgency[number, nth, unit] = stretches[key]
    rows = [np.array(marked, np.int64).reshape(-1, 2) for marked in known]
    first, who, in_pool = csr(rows)
    return Holders(
        first, who, in_pool, plain, by_urgency,
        np.array([course.ms(at) for at in edges], np.int64), Ladder.of(office).reassign,
    )  # fmt: skip


def _colleagues(office: Office, seats: Seats) -> Colleagues:
    units = list[str | None]([None, *office.units])
    workers = [number for number, one in enumerate(seats.everybody) if office.people[one].role is Role.CASE_WORKER]
    unit_of = np.array([units.index(office.people[seats.everybody[seat]].unit) for seat in workers], np.int64)
    order = np.argsort(unit_of, kind="stable")
    return Colleagues(np.searchsorted(unit_of[order], np.arange(len(units) + 1)), np.array(workers, np.int64)[order])


def _edges(office: Office, course: Course) -> list[datetime]:
    """Return the moments at which somebody else may come to be on duty, the start first."""
    shifts = duty.shifts(office, course.start, course.end)
    turns = {turn for shift in shifts for turn in (shift.start, shift.end) if turn > course.start}
    return [course.start, *sorted(turns)]


def responsible_of(
    office: Office, reasons: Ints, matters: Ints, who: Callable[[int, str], tuple[str, str | None]]
) -> tuple[Ints, Ints]:
    """Return unit and person of each caller's matters (k, 3), asked of ``who`` (caller, reason)."""
    units = {unit: number for number, unit in enumerate(office.units)}
    place = {one: number for number, one in enumerate(seats_of(office).everybody)}
    names = counted(office)
    unit, own = np.full(reasons.shape, -1, np.int64), np.full(reasons.shape, -1, np.int64)
    for caller in range(len(matters)):
        for nth in range(matters[caller]):
            named, person = who(caller, names[reasons[caller, nth]])
            unit[caller, nth] = units[named]
            own[caller, nth] = place[person] if person is not None else -1
    return unit, own


def midnights_of(office: Office, first: date, days: int) -> Course:
    """Return the course of so many days."""
    return Course([moments.at(first + timedelta(days=day), 0, office.zone) for day in range(days + 1)])
