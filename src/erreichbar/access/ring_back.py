"""Whether a citizen's call answers a missed callback, and which.

Several persons can share one number. The rule decides silently among the open tickets of all of them; whoever calls is
told of none before the identity check, and of no other person's ever.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from erreichbar.access.points import Rules
from erreichbar.office.calendar import Calendar

_LONGEST = timedelta(days=400)
"""Further back no working day is looked for: an office closed for more than a year has no callbacks to be answered."""


def ring_back_ticket(rules: Rules, missed_at: Sequence[int], since: int) -> int:
    """Return the place of the open ticket that a call is taken to answer, −1 for none.

    ``missed_at`` holds for each open ticket of the persons on the calling number when a callback for it was last
    missed, −1 for never; ``since`` is the earliest moment that still counts (both ms, one origin). The latest missed
    callback wins, of several at the same moment the one that stands first. Compiles unchanged over an int64 array.
    """
    chosen = -1
    for ticket in range(len(missed_at)):
        missed = missed_at[ticket]
        if rules.ring_back and missed >= 0 and missed >= since and (chosen < 0 or missed > missed_at[chosen]):
            chosen = ticket
    return chosen


def counts_since(calendar: Calendar, now: datetime, working_days: int) -> datetime:
    """Return the start of the working day that lies ``working_days`` working days before today, in the calendar's zone.

    With 0 only callbacks missed today count.
    """
    today = now.astimezone(calendar.zone).date()
    day, left = today, working_days
    while left > 0 and today - day < _LONGEST:
        day -= timedelta(days=1)
        left -= calendar.day(day).is_working_day
    return datetime.combine(day, time(), calendar.zone)
