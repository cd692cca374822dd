"""The one place where a promise is computed: three readings of "within 48 hours", each with its explanation.

The rules and worked examples stand in ``docs/algorithms/promise.md``.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from erreichbar.office import moments
from erreichbar.office.calendar import HORIZON_DAYS, Calendar, NeverOpen
from erreichbar.office.text import Text
from erreichbar.promise import explain, words
from erreichbar.promise.explain import Why
from erreichbar.promise.stretches import CLOSED_ALL_DAY, Kind, Stretch, joined, stretches
from erreichbar.record.words import ClockName

PROMISED = timedelta(hours=48)
"""What is promised: literal hours on one clock, hours of open time on another."""
WORKING_DAYS = 2
"""What is promised on the third clock: working days after the day of opening."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Due:
    """When a promise is due on one clock, and why. All moments are in UTC.

    ``last_chance`` is the start of the last staffed minute that is over by ``moment`` and does not begin before
    ``opened``; none if there is none: the promise is impossible by calendar. ``why`` covers ``opened`` to ``moment``
    without a gap.
    """

    opened: datetime
    moment: datetime
    last_chance: datetime | None
    clock: ClockName
    why: tuple[Why, ...]

    def to_json(self, zone: ZoneInfo) -> dict[str, object]:
        """Return the promise as JSON values, moments in ISO 8601 with the offset of ``zone``."""
        return {
            "opened": explain.iso(self.opened, zone),
            "due": explain.iso(self.moment, zone),
            "last_chance": explain.iso(self.last_chance, zone) if self.last_chance else None,
            "clock": self.clock.value,
            "why": [why.to_json(zone) for why in self.why],
        }

    def told(self, zone: ZoneInfo) -> Text:
        """Return the promise as people read it: opened, due, last chance, and a line for each stretch."""
        opened, moment = words.moment(self.opened, zone), words.moment(self.moment, zone, end=True)
        chance = words.moment(self.last_chance, zone) if self.last_chance else explain.NO_CHANCE
        clock = explain.CLOCKS[self.clock]
        de = [
            f"Eröffnet:            {opened.de}",
            f"Fällig:              {moment.de} ({clock.de})",
            f"Letzte Gelegenheit:  {chance.de}",
            "Warum:",
            *(f"  {why.de}" for why in self.why),
        ]
        en = [
            f"Opened:       {opened.en}",
            f"Due:          {moment.en} ({clock.en})",
            f"Last chance:  {chance.en}",
            "Why:",
            *(f"  {why.en}" for why in self.why),
        ]
        return Text("\n".join(de), "\n".join(en))


def due(
    calendar: Calendar,
    opened: datetime,
    *,
    clock: ClockName = ClockName.ELAPSED,
    staffed: Calendar | None = None,
) -> Due:
    """Return when a ticket opened at ``opened`` (aware) is due by one clock.

    ``calendar`` says when the office is open, ``staffed`` when those who call back are there (the same, if not given).
    Raises ``ValueError`` for a moment without zone and ``NeverOpen`` if the calendar has no opening in three years.
    """
    if opened.tzinfo is None:
        raise ValueError("a moment needs an offset from UTC")
    staffed = staffed or calendar
    opened = opened.astimezone(UTC)
    match clock:
        case ClockName.ELAPSED:
            moment, why = _elapsed(staffed, opened)
        case ClockName.SERVICE_HOURS:
            moment, why = _service_hours(calendar, opened)
        case ClockName.WORKING_DAYS:
            moment, why = _working_days(calendar, opened)
        case _:
            assert_never(clock)
    chance = last_chance(staffed, opened, moment)
    if chance is None:
        why.append(explain.impossible(moment, staffed.zone))
    return Due(opened, moment, chance, clock, tuple(why))


def on_all_clocks(calendar: Calendar, opened: datetime, *, staffed: Calendar | None = None) -> dict[ClockName, Due]:
    """Return the promise on each of the three clocks."""
    return {clock: due(calendar, opened, clock=clock, staffed=staffed) for clock in ClockName}


def last_chance(staffed: Calendar, opened: datetime, moment: datetime) -> datetime | None:
    """Return the start of the last whole staffed minute within ``[opened, moment]``, none if there is none."""
    for start, end in reversed(staffed.periods(opened, moment)):
        minute = end.replace(second=0, microsecond=0) - MINUTE
        if minute >= start:
            return minute
    return None


def service_hours_over(calendar: Calendar, opened: datetime) -> datetime:
    """Return when as much open time as was promised is over since ``opened``: the clock of service hours without its reasons.

    Raises ``NeverOpen`` if the calendar has no opening in three years.
    """
    left = PROMISED
    moment = opened
    for start, end in calendar.from_moment(opened):
        start = max(start, opened)
        if start >= end:
            continue
        # Due is the end of the period in which the last hour is used up, not the opening after it.
        moment = min(end, start + left)
        left -= moment - start
        if not left:
            break
    return moment


def _elapsed(staffed: Calendar, opened: datetime) -> tuple[datetime, list[Why]]:
    moment = opened + PROMISED
    changes = moments.changes_of_hour(opened, moment, staffed.zone)
    why = []
    for stretch in _cut(stretches(staffed, opened, moment), [at for at, _ in changes]):
        why.append(explain.elapsed(stretch, staffed.zone))
        why += [explain.change_of_hour(at, grows, staffed.zone) for at, grows in changes if at == stretch.end]
    return moment, why


def _service_hours(calendar: Calendar, opened: datetime) -> tuple[datetime, list[Why]]:
    moment = service_hours_over(calendar, opened)
    changes = dict(moments.changes_of_hour(opened, moment, calendar.zone))
    counted = timedelta()
    why = []
    for stretch in stretches(calendar, opened, moment):
        # A change of hour in closed time changes nothing on this clock.
        inside = [at for at in changes if stretch.kind == Kind.OPEN and stretch.start < at < stretch.end]
        for part in _cut([stretch], inside):
            counted += part.length if part.kind == Kind.OPEN else timedelta()
            why.append(explain.service_hours(part, counted, PROMISED, calendar.zone))
            why += [explain.change_of_hour(at, changes[at], calendar.zone) for at in inside if at == part.end]
    return moment, why


def _working_days(calendar: Calendar, opened: datetime) -> tuple[datetime, list[Why]]:
    day = opened.astimezone(calendar.zone).date()
    midnight = moments.at(day + timedelta(days=1), 0, calendar.zone)
    why = [explain.opening_day(Stretch(Kind.OPENING_DAY, opened, midnight), calendar.zone)]
    skipped: list[Stretch] = []
    number = 0
    for _ in range(HORIZON_DAYS):
        day += timedelta(days=1)
        found = calendar.day(day)
        start, end = midnight, moments.at(day + timedelta(days=1), 0, calendar.zone)
        midnight = end
        if not found.is_working_day:
            skipped.append(Stretch(CLOSED_ALL_DAY.get(found.kind, Kind.PART_DAY), start, end, found.reason))
            continue
        number += 1
        why += [explain.skipped_days(stretch, calendar.zone) for stretch in joined(skipped)]
        skipped = []
        last = number == WORKING_DAYS
        moment = found.periods[-1][1] if last else end
        why.append(explain.working_day(Stretch(Kind.WORKING_DAY, start, moment), number, calendar.zone, last=last))
        if last:
            return moment, why
    raise NeverOpen(opened)


def _cut(given: list[Stretch], moments_between: list[datetime]) -> list[Stretch]:
    """Cut stretches at moments inside them."""
    found = []
    for stretch in given:
        edges = [at for at in moments_between if stretch.start < at < stretch.end]
        for start, end in zip([stretch.start, *edges], [*edges, stretch.end], strict=True):
            found.append(Stretch(stretch.kind, start, end, stretch.reason))
    return found
