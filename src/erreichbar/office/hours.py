"""Service hours as an office writes them: ``"08:00-12:00"``, several a day, up to ``24:00``."""

import re
from collections.abc import Iterable

MINUTES_A_DAY = 24 * 60

Hours = tuple[tuple[int, int], ...]
"""Periods of one day as minutes since local midnight, in order, apart from each other; 1440 is 24:00."""
Week = tuple[Hours, ...]
"""Hours of the seven weekdays, Monday first."""

_PERIOD = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s*(?:-|–|bis|to)\s*(\d{1,2})[:.](\d{2})\s*")


class NotHours(ValueError):
    """What was given are no service hours. ``de`` and ``en`` say why."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


def parse(periods: Iterable[str]) -> Hours:
    """Return the hours of one day. Periods that meet become one. Raises ``NotHours``."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(_period(text) for text in periods):
        if found and start < found[-1][1]:
            earlier, later = write([found[-1]]), write([(start, end)])
            raise NotHours(
                f"Die Zeiten {earlier} und {later} überschneiden sich.", f"The periods {earlier} and {later} overlap."
            )
        if found and start == found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def write(hours: Iterable[tuple[int, int]]) -> str:
    """Return the hours as people read them: ``08:00–12:00, 13:00–24:00``."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in hours)


def _period(text: str) -> tuple[int, int]:
    match = _PERIOD.fullmatch(text)
    if not match:
        raise NotHours(f"„{text}“ ist keine Zeitspanne.", f"“{text}” is no period.")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if start_minute > 59 or end_minute > 59 or start >= MINUTES_A_DAY or end > MINUTES_A_DAY:
        raise NotHours(
            f"„{text}“ enthält eine Uhrzeit, die es nicht gibt; der Tag geht von 00:00 bis 24:00.",
            f"“{text}” contains a time that does not exist; the day goes from 00:00 to 24:00.",
        )
    if start >= end:
        raise NotHours(
            f"„{text}“ endet nicht nach seinem Anfang; über Mitternacht bitte an beiden Tagen eintragen.",
            f"“{text}” does not end after its start; past midnight please enter it on both days.",
        )
    return start, end


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
