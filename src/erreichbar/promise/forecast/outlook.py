"""What breaks when, if nothing changes? The open tickets by the part of the day in which their promise runs out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from erreichbar.promise.attempts import PARTS_OF_DAY


@dataclass(frozen=True, slots=True)
class Part:
    """The tickets that run out in one part of a ``day``: 0 morning, 1 midday, 2 afternoon, 3 evening; none: over already.

    ``missed`` is how many of ``count`` are expected not to be reached in time: the chances added up.
    """

    day: date | None
    part: int
    count: int
    missed: float


def outlook(tickets: Iterable[tuple[datetime, float]], now: datetime, zone: ZoneInfo) -> list[Part]:
    """Return the parts of days in which promises run out, in order; what is over already comes first.

    Of each ticket is told until when it can be reached, and with what probability it will be.
    """
    sums: dict[tuple[date | None, int], tuple[int, float]] = {}
    key: tuple[date | None, int]
    for limit, reached in sorted(tickets):
        local = limit.astimezone(zone)
        key = (local.date(), sum(local.time() >= edge for edge in PARTS_OF_DAY)) if limit >= now else (None, 0)
        count, missed = sums.get(key, (0, 0.0))
        sums[key] = (count + 1, missed + 1 - reached)
    return [Part(*key, *found) for key, found in sums.items()]
