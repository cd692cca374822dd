"""What of today the roster keeps free for callbacks, and how many of them fit into it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from erreichbar.office import moments
from erreichbar.office.periods import Periods
from erreichbar.promise.forecast.shapes import Habits
from erreichbar.promise.presence import Roster

EACH = timedelta(minutes=Habits().talk.mean_min)
"""So long a callback takes that reaches the citizen. Assumption, the same that the forecast begins with."""


class Reserved(NamedTuple):
    """The stretches (UTC) that are left today, and how many callbacks of ``EACH`` fit into them."""

    periods: Periods
    fits: int


def reserved_today(roster: Roster, person: str, now: datetime) -> Reserved | None:
    """Return what the roster keeps free for somebody's callbacks from ``now`` to midnight, none if nothing is left.

    A callback fits only into one stretch. What an absence, an appointment or protected time takes is not left.
    """
    known = roster.office.people.get(person)
    if known is None or known.callback_hours is None:
        return None
    zone = roster.office.zone
    midnight = moments.at(now.astimezone(zone).date() + timedelta(days=1), 0, zone)
    periods = roster.for_callbacks(person, now, midnight)
    return Reserved(periods, sum((end - start) // EACH for start, end in periods)) if periods else None
