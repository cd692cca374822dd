"""Moments, stretches and durations as the explanation of a promise says them, in German and English."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from erreichbar.office.text import Text

_DAYS_DE = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(at: datetime, zone: ZoneInfo, *, end: bool = False) -> Text:
    """Return a moment as people read it; the midnight at the ``end`` of a stretch is 24:00 of the day before."""
    day, clock = _day_and_clock(at, zone, end=end)
    return Text(f"{day.de}, {clock}", f"{day.en}, {clock}")


def on_day(on: date) -> Text:
    """Return a date as people write it: 01.03.2026, 1 Mar 2026."""
    return Text(f"{on:%d.%m.%Y}", f"{on.day} {_MONTHS_EN[on.month - 1]} {on.year}")


def stretch(start: datetime, end: datetime, zone: ZoneInfo) -> Text:
    """Return a stretch as people read it: one day with two times, or two days with a time each."""
    first, from_clock = _day_and_clock(start, zone)
    last, to_clock = _day_and_clock(end, zone, end=True)
    if first == last:
        return Text(f"{first.de}, {from_clock}–{to_clock}", f"{first.en}, {from_clock}–{to_clock}")
    return Text(
        f"{first.de}, {from_clock} bis {last.de}, {to_clock}", f"{first.en}, {from_clock} to {last.en}, {to_clock}"
    )


def duration(length: timedelta) -> Text:
    """Return a length of time in hours and minutes (and seconds, if it has any)."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "Std.", "h"), (minutes, "Min.", "min"), (seconds, "Sek.", "s")]
    said = [(f"{count} {de}", f"{count} {en}") for count, de, en in parts if count] or [("0 Min.", "0 min")]
    return Text(" ".join(de for de, _ in said), " ".join(en for _, en in said))


def date_of(day: date) -> Text:
    """Return a day as people read it, with its weekday."""
    german = f"{_DAYS_DE[day.weekday()]} {day:%d.%m.%Y}"
    return Text(german, f"{_DAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}")


def _day_and_clock(at: datetime, zone: ZoneInfo, *, end: bool = False) -> tuple[Text, str]:
    local = at.astimezone(zone)
    day, clock = local.date(), f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    if end and clock == "00:00":
        day, clock = day - timedelta(days=1), "24:00"
    return date_of(day), clock
