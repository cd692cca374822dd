"""Due moments for every minute of a run, asked of ``promise.clocks`` itself.

Between two knots (an opening, a closing, or 48 hours before one) a due moment either stands still or moves with the moment
of opening. So the clocks are asked at the ends of every such stretch and in its middle, and it is halved until all agree;
what lies between is filled in. A ticket opened within a minute is due as one opened at its start, moved on by as much where
the clock runs, but for the first moment of the minute itself, which may be the end of what one period holds.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.office.calendar import Calendar
from erreichbar.office.model import Office
from erreichbar.promise import clocks, urgent
from erreichbar.record.words import ClockName

MINUTE_MS = 60_000
MS = timedelta(milliseconds=1)
PROMISED_MS = clocks.PROMISED // MS
KEPT = 16

Ints = NDArray[np.int64]


class Dues(NamedTuple):
    """By the minute in which a ticket is opened (int64, ms since the start of the run; as long as the run has minutes).

    ``at_…`` counts for the first moment of the minute, ``in_…`` for the rest of it, measured from its start: add the ms
    within the minute where ``runs`` is 1 (only the service-hours clock). −1: impossible by calendar.
    """

    at_service_hours: Ints
    in_service_hours: Ints
    runs: Ints
    working_days: Ints
    at_last_chance: Ints
    in_last_chance: Ints


_known: dict[tuple[int, datetime, int], tuple[Calendar, Dues]] = {}


def dues(calendar: Calendar, start: datetime, minutes: int) -> Dues:
    """Return the due moments of every minute from ``start`` (a whole minute) on.

    They are the same in every run of an office and take a moment to ask for, so the latest are kept.
    """
    key = (id(calendar), start, minutes)
    if key not in _known:
        for old in list(_known)[: 1 - KEPT]:
            _known.pop(old, None)
        # The calendar itself is kept, too, so that its number stays its.
        _known[key] = calendar, _asked(calendar, start, minutes)
    return _known[key][1]


def _asked(calendar: Calendar, start: datetime, minutes: int) -> Dues:
    bounds = _bounds(calendar, start, minutes)
    runs = np.zeros(minutes, np.int64)
    for begin, end in _open_minutes(calendar, start, minutes):
        runs[begin:end] = 1

    def service(moment: datetime) -> int:
        return _ms(clocks.service_hours_over(calendar, moment), start)

    def working(moment: datetime) -> int:
        return _ms(clocks.due(calendar, moment, clock=ClockName.WORKING_DAYS).moment, start)

    def chance(moment: datetime) -> int:
        found = clocks.last_chance(calendar, moment, moment + clocks.PROMISED)
        return -1 if found is None else _ms(found, start)

    days = _days(calendar, start, minutes)
    in_service = _filled(lambda moment: service(moment + MS), start, minutes, bounds)
    return Dues(
        at_service_hours=_filled(service, start, minutes, bounds),
        in_service_hours=in_service - runs,
        runs=runs,
        working_days=_filled(working, start, minutes, days),
        at_last_chance=_filled(chance, start, minutes, bounds),
        in_last_chance=_filled(lambda moment: chance(moment + MS), start, minutes, bounds),
    )


def decided_by(
    office: Office, reason: str | None, staffed: Calendar, start: datetime, minutes: int
) -> tuple[Ints, Ints]:
    """Return by when a matter that must be decided on the day has to be, for every minute from ``start`` on, as ``at_…`` and ``in_…``.

    ``reason``: any contact reason of that kind; none, if the office has none.
    """
    if reason is None:
        nothing = np.full(minutes, -1, np.int64)
        return nothing, nothing

    def decide_by(moment: datetime) -> int:
        found = urgent.deadline(office, reason, {}, moment, staffed)
        return -1 if found is None or found.decide_by is None else _ms(found.decide_by, start)

    bounds = _bounds(staffed, start, minutes)
    return (
        _filled(decide_by, start, minutes, bounds),
        _filled(lambda moment: decide_by(moment + MS), start, minutes, bounds),
    )


def due_service_hours(found: Dues, opened: Ints) -> Ints:
    """Return when tickets are due on the clock of service hours."""
    minute, rest = np.divmod(opened, MINUTE_MS)
    inside = found.in_service_hours[minute] + rest * found.runs[minute]
    return np.where(rest == 0, found.at_service_hours[minute], inside)


def last_chance(at: Ints, inside: Ints, opened: int) -> int:
    """Return the last staffed minute before 48 hours are over, −1 if there is none. Compiles unchanged."""
    if opened % MINUTE_MS == 0:
        return int(at[opened // MINUTE_MS])
    return int(inside[opened // MINUTE_MS])


def _filled(due: Callable[[datetime], int], start: datetime, minutes: int, bounds: list[int]) -> Ints:
    found = np.full(minutes, -1, np.int64)
    known: dict[int, int] = {}

    def at(minute: int) -> int:
        if minute not in known:
            known[minute] = due(start + minute * clocks.MINUTE)
        return known[minute]

    todo = [(one, other) for one, other in pairwise(bounds) if one < other]
    while todo:
        first, after = todo.pop()
        last = after - 1
        slope = at(min(first + 1, last)) - at(first)
        middle = (first + last) // 2
        straight = all(at(minute) == at(first) + slope * (minute - first) for minute in (middle, last))
        if straight or last - first < 2:
            found[first:after] = at(first) + slope * np.arange(after - first)
        else:
            todo += [(first, middle + 1), (middle + 1, after)]
    return found


def _bounds(calendar: Calendar, start: datetime, minutes: int) -> list[int]:
    """Return the minutes at which a clock may turn: openings and closings, a minute after them, and 48 hours before."""
    edges = {0, minutes}
    for begin, end in _open_minutes(calendar, start, minutes + PROMISED_MS // MINUTE_MS + 1):
        for edge in (begin, end):
            for turn in (edge, edge - PROMISED_MS // MINUTE_MS):
                edges |= {turn - 1, turn, turn + 1}
    return sorted(edge for edge in edges if 0 <= edge <= minutes)


def _days(calendar: Calendar, start: datetime, minutes: int) -> list[int]:
    found = [0]
    for minute in range(60, minutes, 60):
        moment = start + minute * clocks.MINUTE
        if moment.astimezone(calendar.zone).hour == 0 and (moment - timedelta(hours=1)).astimezone(calendar.zone).hour:
            found.append(minute)
    return [*found, minutes]


def _open_minutes(calendar: Calendar, start: datetime, minutes: int) -> list[tuple[int, int]]:
    periods = calendar.periods(start, start + minutes * clocks.MINUTE)
    return [((begin - start) // clocks.MINUTE, (end - start) // clocks.MINUTE) for begin, end in periods]


def _ms(moment: datetime, start: datetime) -> int:
    return (moment - start) // MS
