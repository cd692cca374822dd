"""Moments as people type them, in the office's zone, and what a change of hour does to them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1991, 2199
"""The years moments may lie in: the public holidays of all federal states are known from reunification on."""


class AmbiguousMoment(ValueError):
    """A moment that cannot be understood as it stands. ``de`` and ``en`` say why and what to write instead.

    It is no date and time, or a local time that, on the day of a change of hour, does not exist or exists twice.
    """

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


def read(text: str, zone: ZoneInfo) -> datetime:
    """Return the aware moment (in ``zone``) of an ISO 8601 text; without offset it is local time of the zone.

    Raises ``AmbiguousMoment`` for what is no moment and for a local time that no clock, or two clocks, showed.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        if len(text.strip()) <= len("2026-W10-4"):
            raise ValueError("a date alone is no moment")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError("outside the calendar")
    except ValueError:
        raise AmbiguousMoment(
            f"„{text}“ ist kein Zeitpunkt. Bitte Datum und Uhrzeit so angeben: 2026-03-05T15:00 (Ortszeit des Amtes) "
            f"oder 2026-03-05T15:00+01:00, Jahr {FIRST_YEAR} bis {LAST_YEAR}.",
            f"“{text}” is no moment. Please give date and time as 2026-03-05T15:00 (the office's local time) "
            f"or 2026-03-05T15:00+01:00, year {FIRST_YEAR} to {LAST_YEAR}.",
        ) from None
    if moment.tzinfo is not None:
        return moment.astimezone(UTC).astimezone(zone)
    first, second = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    exists = _exists(first)
    # What a nonexistent time means under either offset is itself a time that exists: name both.
    earlier, later = sorted((_with_offset(moment, first), _with_offset(moment, second)), key=datetime.fromisoformat)
    if exists:
        raise AmbiguousMoment(
            f"Die Uhrzeit {text} gibt es wegen der Zeitumstellung zweimal. Bitte mit Abstand zur Weltzeit angeben: "
            f"{earlier} (das erste Mal) oder {later} (das zweite Mal).",
            f"The time {text} exists twice because of the change of hour. Please give its offset: "
            f"{earlier} (the first time) or {later} (the second time).",
        )
    raise AmbiguousMoment(
        f"Die Uhrzeit {text} gibt es wegen der Zeitumstellung nicht. Bitte mit Abstand zur Weltzeit angeben: "
        f"{earlier} oder {later}.",
        f"The time {text} does not exist because of the change of hour. Please give its offset: {earlier} or {later}.",
    )


def at(day: date, minute: int, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """Return the moment (UTC) at which clocks of the zone show ``minute`` (0…1440) of the day.

    A time that a change of hour leaves out is the moment of the change. Of a time that exists twice the first is taken,
    and with ``end`` the second, so that a period from and to such times covers the whole of it.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if _exists(first):
        return (second if end else first).astimezone(UTC)
    changes = changes_of_hour(second.astimezone(UTC), first.astimezone(UTC), zone)
    return changes[0][0]


def changes_of_hour(start: datetime, end: datetime, zone: ZoneInfo) -> list[tuple[datetime, timedelta]]:
    """Return every moment (UTC) in ``(start, end]`` at which the zone's offset changes, and by how much it grows."""
    found = []
    here = start.astimezone(UTC)
    end = end.astimezone(UTC)
    while here < end:
        # Two changes of any zone are weeks apart, so that a day holds at most one.
        there = min(here + timedelta(days=1), end)
        grows = _offset(there, zone) - _offset(here, zone)
        if grows:
            found.append((_change(here, there, zone), grows))
        here = there
    return found


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    old = _offset(before, zone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after.replace(microsecond=0)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _exists(moment: datetime) -> bool:
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)


def _with_offset(wall: datetime, aware: datetime) -> str:
    offset = aware.utcoffset()
    assert offset is not None
    return wall.isoformat() + _written(offset)


def _written(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
