"""When somebody is busy, by her calendar (iCalendar, RFC 5545).

Only busy times are taken over, joined where they meet: no title, no place, no other person, not how many events there
are. So nothing of a calendar is left but what a colleague at the door would see.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from math import prod
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar
from icalendar.cal import Component

from erreichbar.office.periods import Period, Periods, joined
from erreichbar.promise.presence import LOOK_AHEAD, Taken

LARGEST = 5_000_000
"""Bytes of a calendar that are read at most."""
MOST = 5_000
"""Events in the stretch asked for that are read at most."""
MOST_A_DAY = 24
"""As often a day one event may be repeated."""
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_FREE = ("FREE", "WORKINGELSEWHERE")


class NoCalendar(ValueError):
    """What was given cannot be read as a calendar. ``de`` and ``en`` say why and what to do."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


def coming(given: bytes, now: datetime, zone: ZoneInfo) -> dict[str, list[tuple[str, str]]]:
    """Return the ``busy`` times from the start of today on, as far as presence looks ahead, as pairs of ISO moments by kind."""
    today = datetime.combine(now.astimezone(zone).date(), time(), zone)
    found = busy(given, today, today + LOOK_AHEAD, zone)
    return {kind.value: [(start.isoformat(), end.isoformat()) for start, end in found[kind]] for kind in found}


def busy(given: bytes, start: datetime, end: datetime, zone: ZoneInfo) -> dict[Taken, Periods]:
    """Return the busy times of a calendar in ``[start, end)``: appointments, and absences if it calls them so.

    A time without a zone is of ``zone``; a whole day is from midnight to midnight there. Left out are events that leave
    their time free (``TRANSP``, ``X-MICROSOFT-CDO-BUSYSTATUS``) and cancelled ones. "Out of office" (``OOF``,
    ``BUSY-UNAVAILABLE``) is an absence. Raises ``NoCalendar``.
    """
    found: dict[Taken, list[Period]] = {Taken.ABSENT: [], Taken.APPOINTMENT: []}
    for calendar in _read(given):
        for kind, from_, to in (*_events(calendar, start, end), *_free_busy(calendar)):
            begin, stop = _moment(from_, zone), _moment(to, zone)
            found[kind].append((max(begin, start), min(stop, end)))
    return {kind: joined(periods) for kind, periods in found.items() if joined(periods)}


def _read(given: bytes) -> Sequence[Component]:
    if len(given) > LARGEST:
        raise NoCalendar(
            f"Der Kalender ist größer als {LARGEST // 1_000_000} MB. Bitte geben Sie nur die nächsten Wochen aus.",
            f"The calendar is larger than {LARGEST // 1_000_000} MB. Please export the coming weeks only.",
        )
    try:
        calendars = [found for found in Calendar.from_ical(given, multiple=True) if found.name == "VCALENDAR"]
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, UnicodeError):
        calendars = []
    if not calendars:
        raise NoCalendar(
            "Das ist kein Kalender im Format iCalendar. Bitte wählen Sie eine Datei, die auf .ics endet.",
            "This is no calendar in the format iCalendar. Please choose a file whose name ends in .ics.",
        )
    return calendars


def _events(calendar: Component, start: datetime, end: datetime) -> Iterator[tuple[Taken, date, date]]:
    for event in calendar.walk("VEVENT"):
        for rule in _list(event.get("RRULE")):
            times_a_day = prod(len(_list(rule.get(part))) or 1 for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))
            if times_a_day > MOST_A_DAY or any(str(often).upper() in _TOO_OFTEN for often in _list(rule.get("FREQ"))):
                raise NoCalendar(
                    "Ein Termin wiederholt sich mehrmals am Tag. So viele Termine werden nicht gelesen.",
                    "An event is repeated several times a day. So many events are not read.",
                )
    try:
        events = recurring_ical_events.of(calendar).between(start, end)
    except Exception as error:  # whatever a calendar from elsewhere makes the library stumble over
        raise NoCalendar(
            "Ein Termin dieses Kalenders ist nicht lesbar. Bitte geben Sie ihn neu aus.",
            "An event of this calendar cannot be read. Please export it anew.",
        ) from error
    if len(events) > MOST:
        raise NoCalendar(
            f"Der Kalender hat mehr als {MOST} Termine in vier Wochen.",
            f"The calendar has more than {MOST} events in four weeks.",
        )
    for event in events:
        status = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
        if _says(event, "STATUS", "CANCELLED") or _says(event, "TRANSP", "TRANSPARENT") or status in _FREE:
            continue
        yield (Taken.ABSENT if status == "OOF" else Taken.APPOINTMENT), event.start, event.end


def _free_busy(calendar: Component) -> Iterator[tuple[Taken, date, date]]:
    for component in calendar.walk("VFREEBUSY"):
        for row in _list(component.get("FREEBUSY")):
            told = str(row.params.get("FBTYPE", "BUSY")).upper()
            if told == "FREE":
                continue
            for period in _list(row):
                kind = Taken.ABSENT if told == "BUSY-UNAVAILABLE" else Taken.APPOINTMENT
                yield kind, period.start, period.end


def _moment(told: date, zone: ZoneInfo) -> datetime:
    if not isinstance(told, datetime):
        return datetime.combine(told, time(), zone)
    return told if told.tzinfo else told.replace(tzinfo=zone)


def _says(event: Component, name: str, word: str) -> bool:
    return str(event.get(name, "")).upper() == word


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]
