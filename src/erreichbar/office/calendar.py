"""When is the office open? Weekly hours, public holidays of the federal state, closed days and part days.

Every answer is computed from the office file alone: no clock, no network, the machine's zone plays no part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from dateutil.easter import easter

from erreichbar.office import moments
from erreichbar.office.hours import Hours, Week
from erreichbar.office.periods import Period
from erreichbar.office.text import Text

HORIZON_DAYS = 3 * 366
"""How far ahead an opening is looked for, in days. An office closed for three years is closed for good."""


class DayKind(StrEnum):
    """Why a day is as it is."""

    OPEN = "open"
    PART_DAY = "part_day"
    WEEKEND = "weekend"
    NO_HOURS = "no_hours"
    PUBLIC_HOLIDAY = "public_holiday"
    CLOSED_DAY = "closed_day"


class NeverOpen(ValueError):
    """The calendar has no opening in the three years asked for."""

    def __init__(self, moment: datetime) -> None:
        self.de = (
            f"Das Amt hat in den drei Jahren nach dem {moment:%d.%m.%Y} keine Servicezeit. Bitte die Zeiten prüfen."
        )
        self.en = f"The office has no service hours in the three years after {moment:%Y-%m-%d}. Please check the hours."
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar: ``periods`` in UTC, in order; ``reason`` for holidays, closed days and part days."""

    day: date
    periods: tuple[Period, ...]
    kind: DayKind
    reason: Text | None

    @property
    def is_working_day(self) -> bool:
        """Whether the office is open at all that day."""
        return bool(self.periods)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from the week: ``hours`` empty for a closed day. ``reason`` is told to citizens."""

    hours: Hours
    reason: Text


@dataclass(frozen=True)
class Calendar:
    """Weekly hours (Monday first), and what differs from them.

    Precedence on one day: public holiday, closed day, part day, weekly hours. Special days stand by their date, or come
    each year on a day of the year ``(month, day)`` or in a distance in days from Easter Sunday.
    """

    zone: ZoneInfo
    state: str | None
    week: Week
    dated: Mapping[date, SpecialDay] = field(default_factory=dict)
    yearly: Mapping[tuple[int, int], SpecialDay] = field(default_factory=dict)
    from_easter: Mapping[int, SpecialDay] = field(default_factory=dict)
    _days: dict[date, Day] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, day: date) -> Day:
        """Return what the calendar says of a day."""
        known = self._days.get(day)
        if known is None:
            # Remembered, because lab and traffic ask for the same days again and again; the answer never changes.
            known = self._days[day] = self._work_out(day)
        return known

    def day_of(self, moment: datetime) -> Day:
        """Return the day that clocks of the office show at ``moment``."""
        return self.day(moment.astimezone(self.zone).date())

    def is_open(self, moment: datetime) -> bool:
        """Return whether ``moment`` lies in service hours. Their first moment does, their last does not."""
        return any(start <= moment < end for start, end in self.day_of(moment).periods)

    def next_opening(self, moment: datetime) -> datetime:
        """Return the first moment (UTC) from ``moment`` on at which the office is open; ``moment`` itself if it is.

        Raises ``NeverOpen`` after three years.
        """
        for start, end in self.from_moment(moment):
            if moment < end:
                return max(start, moment.astimezone(UTC))
        raise NeverOpen(moment)

    def from_moment(self, moment: datetime) -> Iterator[Period]:
        """Return the periods from the day of ``moment`` on. Raises ``NeverOpen`` if three years hold none."""
        here = moment.astimezone(self.zone).date()
        empty = 0
        while empty < HORIZON_DAYS:
            periods = self.day(here).periods
            yield from periods
            empty = 0 if periods else empty + 1
            here += timedelta(days=1)
        raise NeverOpen(moment)

    def periods(self, start: datetime, end: datetime) -> tuple[Period, ...]:
        """Return the open stretches (UTC) of ``[start, end)``, in order; stretches that meet at midnight become one."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        found: list[Period] = []
        here, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while here <= last:
            for opening, closing in self.day(here).periods:
                begin, stop = max(opening, start), min(closing, end)
                if begin >= stop:
                    continue
                if found and found[-1][1] == begin:
                    found[-1] = (found[-1][0], stop)
                else:
                    found.append((begin, stop))
            here += timedelta(days=1)
        return tuple(found)

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of ``[start, end)`` is open."""
        return sum((stop - begin for begin, stop in self.periods(start, end)), timedelta())

    def regular(self, day: date) -> tuple[Period, ...]:
        """Return the periods (UTC) the day would have by its weekday alone."""
        return self._periods(day, self.week[day.weekday()])

    def local(self, text: str) -> datetime:
        """Return the moment that people typed, without offset as the office's local time.

        Raises ``moments.AmbiguousMoment`` for what is no moment, or a local time that does not exist or exists twice.
        """
        return moments.read(text, self.zone)

    def _work_out(self, day: date) -> Day:
        holiday = _public_holiday(self.state, day)
        if holiday is not None:
            return Day(day, (), DayKind.PUBLIC_HOLIDAY, holiday)
        special = self._special(day)
        if special is not None:
            kind = DayKind.PART_DAY if special.hours else DayKind.CLOSED_DAY
            return Day(day, self._periods(day, special.hours), kind, special.reason)
        regular = self.regular(day)
        if regular:
            return Day(day, regular, DayKind.OPEN, None)
        return Day(day, (), DayKind.WEEKEND if day.weekday() >= 5 else DayKind.NO_HOURS, None)

    def _special(self, day: date) -> SpecialDay | None:
        found = (
            self.dated.get(day),
            self.yearly.get((day.month, day.day)),
            self.from_easter.get((day - easter(day.year)).days),
        )
        present = [special for special in found if special is not None]
        # Closing goes before a part day, so that a further closed day can only close.
        return min(present, key=lambda special: bool(special.hours), default=None)

    def _periods(self, day: date, hours: Hours) -> tuple[Period, ...]:
        found = ((moments.at(day, start, self.zone), moments.at(day, end, self.zone, end=True)) for start, end in hours)
        # A period that a change of hour leaves out altogether is none.
        return tuple((start, end) for start, end in found if start < end)


def states() -> tuple[str, ...]:
    """Return the codes of the federal states whose public holidays are known."""
    return tuple(holidays.country_holidays("DE").subdivisions)


def _public_holiday(state: str | None, day: date) -> Text | None:
    return _public_holidays(state, day.year).get(day) if state else None


@cache
def _public_holidays(state: str, year: int) -> Mapping[date, Text]:
    german, english = (
        holidays.country_holidays("DE", subdiv=state, years=year, language=language) for language in ("de", "en_US")
    )
    return {day: Text(name, english[day]) for day, name in german.items()}
