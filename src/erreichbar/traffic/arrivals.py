"""When citizens call: a Poisson process whose rate follows weekday, half hour, time of the year, and a day's own luck.

A year's volume is spread over its working days by their factors, so the volume of the parameters is met exactly in
expectation, however the factors are chosen. A day's luck is a gamma factor of mean 1; given it, calls come as an
inhomogeneous Poisson process, made by exponential gaps in integrated time.
"""

import math
from datetime import date, timedelta
from itertools import accumulate

from erreichbar.office.calendar import Calendar, DayKind
from erreichbar.traffic.parameters import Parameters
from erreichbar.traffic.process import PLACES, luck, times_of_day

_ORIGIN = date(2000, 1, 1)
_ON_A_ROW = 14
"""So many days back a closing is looked for."""


class Arrivals:
    """The arrivals of an office's citizens. Every day is drawn for itself."""

    def __init__(self, parameters: Parameters, calendar: Calendar) -> None:
        self._volume = parameters.volume
        self._days = parameters.days
        self._calendar = calendar
        self._working = _cumulated(parameters.hours.working_day.value)
        self._closed = _cumulated(parameters.hours.closed_day.value)
        self._years: dict[int, float] = {}
        self.variation = float(parameters.days.variation.value)
        """Coefficient of variation of a day's own luck."""

    def expected(self, day: date) -> float:
        """Return how many citizens are expected to call for the first time on a day, at whatever hour."""
        ordinary = self.ordinary(day.year)
        if self._calendar.day(day).is_working_day:
            return ordinary * self.factor(day) * self._working[-1]
        return ordinary * self._closed[-1]

    def ordinary(self, year: int) -> float:
        """Return the calls of a working day of factor 1 within the part of the profile that sums to 1."""
        if year not in self._years:
            days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
            factors = sum(
                self.factor(day) for day in days if day.year == year and self._calendar.day(day).is_working_day
            )
            volume = 12.0 * self._volume.calls_per_benefit_unit_and_month.value * self._volume.benefit_units.value
            self._years[year] = volume / factors if factors > 0 else 0.0
        return self._years[year]

    def factor(self, day: date) -> float:
        """Return a working day's factor: its weekday's, times the largest of those of the calendar."""
        days = self._days
        reasons = [1.0]
        first = days.first_working_days.value
        place = self._working_days_before(day)
        if place < first:
            reasons.append(days.month_start.value)
        if (place < first and day.month in (1, 4, 7, 10)) or (
            day.month in (3, 6, 9, 12) and self._working_days_after(day) < first
        ):
            reasons.append(days.quarter_turn.value)
        if day.month == 1:
            reasons.append(days.january.value)
        if self._after_closing(day):
            reasons.append(days.after_closing.value)
        return days.weekdays.value[day.weekday()] * max(reasons)

    def times(self, day: date, seed: int, replication: int) -> list[int]:
        """Return when citizens call on a day, in ms since local midnight, in order.

        Raises ``ValueError`` if a day has more than 65,536 calls, which no office has.
        """
        profile = self.profile(day)
        key = day_number(day)
        total = self.expected(day) * luck(seed, replication, key, self.variation)
        found = [0] * PLACES
        count = times_of_day(profile, math.nextafter(profile[-1], 0.0), total, seed, replication, key, found)
        if count > PLACES:
            raise ValueError(f"more than {PLACES} calls on {day}")
        return found[:count]

    def profile(self, day: date) -> list[float]:
        """Return the cumulated profile of a day, over its 48 half hours."""
        return self._working if self._calendar.day(day).is_working_day else self._closed

    def _working_days_before(self, day: date) -> int:
        """Return how many working days of its month lie before a day."""
        return sum(self._is_working(day.replace(day=earlier)) for earlier in range(1, day.day))

    def _working_days_after(self, day: date) -> int:
        """Return how many working days of its month lie after a day."""
        count, later = 0, day + timedelta(days=1)
        while later.month == day.month:
            count += self._is_working(later)
            later += timedelta(days=1)
        return count

    def _is_working(self, day: date) -> bool:
        return self._calendar.day(day).is_working_day

    def _after_closing(self, day: date) -> bool:
        """Return whether the office was closed since the last working day for another reason than its week."""
        for back in range(1, _ON_A_ROW + 1):
            before = self._calendar.day(day - timedelta(days=back))
            if before.is_working_day:
                return False
            if before.kind in (DayKind.PUBLIC_HOLIDAY, DayKind.CLOSED_DAY):
                return True
        return True


def day_number(day: date) -> int:
    """Return the number of a day, from 0 on 1 January 2000."""
    return (day - _ORIGIN).days


def citizen_id(day: date, nth: int) -> int:
    """Return the number of the ``nth`` citizen of a day."""
    return day_number(day) * PLACES + nth


def _cumulated(weights: list[float]) -> list[float]:
    return list(accumulate(weights))
