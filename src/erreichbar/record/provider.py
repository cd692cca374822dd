"""Call figures that another organisation reports of itself: which there are, and when they cannot be true.

They are counts of whole intervals, a half hour or a day, not calls: so they never become part of ``contacts``.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

HALF_HOUR = timedelta(minutes=30)
MOST = 1_000_000
"""Larger numbers in one interval are a slip of the pen (the largest German line has far fewer calls a day). Assumption."""
COUNTS = ("offered", "answered", "abandoned", "answered_within")
SECONDS = ("within_s", "mean_wait_s", "mean_talk_s")


class Untrue(ValueError):
    """An interval that cannot be as reported. ``field`` is at fault, ``de`` and ``en`` say why."""

    def __init__(self, field: str, de: str, en: str) -> None:
        self.field, self.de, self.en = field, de, en
        super().__init__(en)


class Interval(NamedTuple):
    """What a provider counted from ``start`` until before ``end``, by its own definitions.

    ``answered_within`` of the answered were answered within ``within_s`` seconds; both none: not reported. Mean wait (of
    the answered) and mean talk in seconds, none: not reported.
    """

    start: datetime
    end: datetime
    offered: int
    answered: int
    abandoned: int
    answered_within: int | None = None
    within_s: int | None = None
    mean_wait_s: int | None = None
    mean_talk_s: int | None = None

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Return whether it shares a moment with another stretch."""
        return self.start < end and start < self.end


def check(interval: Interval, now: datetime, zone: ZoneInfo) -> None:
    """Raise ``Untrue`` for an interval that cannot be: parts larger than the whole, the future, odd limits."""
    for name, number in zip(Interval._fields[2:], interval[2:], strict=True):
        if isinstance(number, int) and not 0 <= number <= MOST:
            raise Untrue(name, f"Eine Zahl von 0 bis {MOST} ist nötig.", f"A number from 0 to {MOST} is needed.")
    if interval.answered + interval.abandoned > interval.offered:
        raise Untrue(
            "offered",
            "Es können nicht mehr Anrufe angenommen und aufgelegt worden sein, als ankamen.",
            "No more calls can have been answered and abandoned than were offered.",
        )
    if (interval.answered_within is None) != (interval.within_s is None):
        raise Untrue(
            "within_s" if interval.within_s is None else "answered_within",
            "Rechtzeitig angenommene Anrufe und die Sekunden dafür gehören zusammen.",
            "Calls answered in time and the seconds for it belong together.",
        )
    if interval.answered_within is not None and interval.answered_within > interval.answered:
        raise Untrue(
            "answered_within",
            "Es können nicht mehr Anrufe rechtzeitig angenommen worden sein als angenommen.",
            "No more calls can have been answered in time than were answered.",
        )
    if not _is_half_hour(interval, zone) and not _is_day(interval, zone):
        raise Untrue(
            "interval",
            "Ein Zeitraum ist ein Tag oder eine halbe Stunde ab der vollen oder halben Stunde.",
            "An interval is a day, or a half hour from the full or half hour.",
        )
    if interval.end > now:
        raise Untrue("interval", "Dieser Zeitraum ist noch nicht vorbei.", "This interval is not over yet.")


def contradictions(intervals: Mapping[int, Interval], known: Iterable[tuple[datetime, datetime]]) -> dict[int, Untrue]:
    """Return, by line, which intervals overlap another line or one ``known`` (start, end), or say two things of one.

    The same interval as one known is no contradiction: it is known, or corrects it. Of two lines at odds the later is at
    fault.
    """
    faults: dict[int, Untrue] = {}
    taken = sorted(known)  # disjoint, as is what is added to it
    said: dict[tuple[datetime, datetime], Interval] = {}
    for line, one in sorted(intervals.items()):
        stretch = (one.start, one.end)
        at = bisect_left(taken, stretch)
        if said.setdefault(stretch, one) != one:
            faults[line] = Untrue(
                "interval",
                "Dieser Zeitraum steht zweimal da, mit verschiedenen Zahlen.",
                "This interval stands there twice, with different numbers.",
            )
        elif any(other != stretch and one.overlaps(*other) for other in taken[max(at - 1, 0) : at + 2]):
            faults[line] = Untrue(
                "interval",
                "Dieser Zeitraum überschneidet sich mit einem anderen (Tag und halbe Stunde?).",
                "This interval overlaps another one (day and half hour?).",
            )
        elif stretch not in taken[at : at + 1]:
            taken.insert(at, stretch)
    return faults


def _is_half_hour(interval: Interval, zone: ZoneInfo) -> bool:
    start = interval.start.astimezone(zone)
    on_time = start.minute in (0, 30) and not start.second and not start.microsecond
    return on_time and interval.end - interval.start == HALF_HOUR


def _is_day(interval: Interval, zone: ZoneInfo) -> bool:
    start, end = interval.start.astimezone(zone), interval.end.astimezone(zone)
    midnight = not (start.hour or start.minute or start.second or start.microsecond)
    return midnight and end.replace(tzinfo=None) - start.replace(tzinfo=None) == timedelta(days=1)
