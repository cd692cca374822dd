"""Time cut into stretches of one kind: open, or closed for one reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from erreichbar.office import moments
from erreichbar.office.calendar import Calendar, Day, DayKind
from erreichbar.office.periods import Period
from erreichbar.office.text import Text


class Kind(StrEnum):
    """Why time counts or does not: the codes of an explanation."""

    OPEN = "open"
    NIGHT = "night"
    BREAK = "break"
    PART_DAY = "part_day"
    WEEKEND = "weekend"
    NO_HOURS = "no_hours"
    PUBLIC_HOLIDAY = "public_holiday"
    CLOSED_DAY = "closed_day"
    CHANGE_OF_HOUR = "change_of_hour"
    OPENING_DAY = "opening_day"
    WORKING_DAY = "working_day"
    IMPOSSIBLE_BY_CALENDAR = "impossible_by_calendar"


CLOSED_ALL_DAY = {
    DayKind.WEEKEND: Kind.WEEKEND,
    DayKind.NO_HOURS: Kind.NO_HOURS,
    DayKind.PUBLIC_HOLIDAY: Kind.PUBLIC_HOLIDAY,
    DayKind.CLOSED_DAY: Kind.CLOSED_DAY,
}
"""The kind of a day without any service hours. A part day whose hours a change of hour swallowed is one, too."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time from ``start`` to ``end`` (UTC, end not included) of one kind; ``reason`` names a holiday or closed day."""

    kind: Kind
    start: datetime
    end: datetime
    reason: Text | None = None

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start


def stretches(calendar: Calendar, start: datetime, end: datetime) -> list[Stretch]:
    """Return ``[start, end)`` cut into stretches, without a gap, neighbours of one kind and reason as one."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    found: list[Stretch] = []
    day = start.astimezone(calendar.zone).date()
    while start < end:
        midnight = moments.at(day + timedelta(days=1), 0, calendar.zone)
        stop = min(midnight, end)
        for piece in _pieces(calendar, calendar.day(day), moments.at(day, 0, calendar.zone), midnight):
            begin, finish = max(piece.start, start), min(piece.end, stop)
            if begin < finish:
                found.append(replace(piece, start=begin, end=finish))
        start, day = max(start, midnight), day + timedelta(days=1)
    return joined(found)


def joined(given: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches with neighbours of one kind and reason made one."""
    found: list[Stretch] = []
    for piece in given:
        if found and (found[-1].kind, found[-1].reason) == (piece.kind, piece.reason):
            found[-1] = replace(found[-1], end=piece.end)
        else:
            found.append(piece)
    return found


def _pieces(calendar: Calendar, day: Day, start: datetime, end: datetime) -> Iterator[Stretch]:
    """Cut one whole day."""
    if not day.periods:
        yield Stretch(CLOSED_ALL_DAY.get(day.kind, Kind.PART_DAY), start, end, day.reason)
        return
    usual = calendar.regular(day.day) if day.kind == DayKind.PART_DAY else ()
    hours = (*day.periods, *usual)
    first, last = min(begin for begin, _ in hours), max(stop for _, stop in hours)
    here = start
    for opening, closing in (*day.periods, (end, end)):
        for begin, stop, missing in _without(here, opening, usual):
            if missing:
                yield Stretch(Kind.PART_DAY, begin, stop, day.reason)
            else:
                yield Stretch(Kind.BREAK if first <= begin < last else Kind.NIGHT, begin, stop)
        if opening < closing:
            yield Stretch(Kind.OPEN, opening, closing)
        here = closing


def _without(start: datetime, end: datetime, usual: Iterable[Period]) -> Iterator[tuple[datetime, datetime, bool]]:
    """Cut closed time into what would usually be open (true) and what would not."""
    here = start
    for opening, closing in usual:
        begin, stop = max(opening, here), min(closing, end)
        if begin >= stop:
            continue
        if here < begin:
            yield here, begin, False
        yield begin, stop, True
        here = stop
    if here < end:
        yield here, end, False
