"""One hour more for callbacks: when would somebody give it?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from erreichbar.office.periods import Period, Periods, common, length, without

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class More:
    """That a ``person`` (id) has an hour more for callbacks between two moments, such as on a day."""

    person: str
    start: datetime
    end: datetime


def hour_more(free: Periods, kept: Periods | None, share: float, on: Period) -> Periods:
    """Return when she gives all of her time to callbacks, so that she has an hour more for them ``on`` a day.

    It is the first of her ``free`` time then. What the roster keeps (``kept``) is hers for that already; where it keeps none
    she gives a ``share`` of all, so that for an hour more she gives somewhat longer all. Less if she is not free so long.
    """
    rest, needed = common(free, (on,)), HOUR
    if kept is not None:
        rest = without(rest, kept)
    elif share >= 1:
        return ()
    else:
        needed = HOUR / (1 - share)
    found: list[Period] = []
    for start, end in rest:
        left = needed - length(found)
        if left > timedelta():
            found.append((start, min(end, start + left)))
    return tuple(found)
