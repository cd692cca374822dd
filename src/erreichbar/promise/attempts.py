"""When should a citizen be called back next, and in what order does a list of open tickets stand?

Missed people are best tried again at another time of day, in the window they named, and in any case before the promise
breaks. The parts of the day and the lengths of time here are assumptions: no figures were found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum, StrEnum
from itertools import pairwise

from erreichbar.office.calendar import Calendar
from erreichbar.office.model import Urgency
from erreichbar.office.text import Text
from erreichbar.promise import calling
from erreichbar.promise.clocks import MINUTE

PAUSE = timedelta(hours=2)
"""How long to wait after a missed attempt. Assumption."""
DANGER = timedelta(hours=4)
"""With less staffed time than this before the last chance a promise is in danger. Assumption."""
PARTS_OF_DAY = (time(11), time(14), time(17))
"""Where morning, midday, afternoon and evening part, office time. Assumption."""
LOOK_AHEAD = timedelta(days=14)
"""How far ahead an attempt is sought once the promise is broken; service hours end every gap shorter than this."""


@dataclass(frozen=True, slots=True)
class Callback:
    """What the order of a list rests on. ``window`` is when the citizen wishes to be called, office time, on any day.

    Outside the ``safe`` times, given the same way, nobody calls. ``attempts`` are the moments of the attempts missed so
    far; ``last_chance`` none: impossible by calendar. ``waiting``: the citizen is to answer, nobody needs to call.
    ``decide_by`` is the last staffed minute before the date of an urgent matter, none: it has none.
    """

    ref: str
    opened: datetime
    due: datetime
    last_chance: datetime | None
    urgency: Urgency = Urgency.NORMAL
    window: tuple[time, time] | None = None
    safe: tuple[time, time] | None = None
    attempts: tuple[datetime, ...] = ()
    waiting: bool = False
    decide_by: datetime | None = None


class Choice(StrEnum):
    """By what consideration the moment of an attempt was chosen, best first."""

    OTHER_TIME_OF_DAY = "other_time_of_day"
    AFTER_PAUSE = "after_pause"
    BEFORE_IT_BREAKS = "before_it_breaks"
    OUTSIDE_WINDOW = "outside_window"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class NextAttempt:
    """When to call next (UTC), whether the promise is kept by it, and by what consideration."""

    moment: datetime
    in_time: bool
    in_window: bool
    choice: Choice
    why: Text


class Standing(IntEnum):
    """How a ticket stands in its list; the smallest comes first."""

    DANGER_NOW = 0
    LATE_NOW = 1
    NOW = 2
    DANGER_LATER = 3
    LATE_LATER = 4
    LATER = 5
    WAITING = 6


def can_still_be_kept(callback: Callback, now: datetime) -> bool:
    """Return whether an attempt can still begin in time."""
    return callback.last_chance is not None and now < callback.last_chance + MINUTE


def next_attempt(callback: Callback, calendar: Calendar, now: datetime, *, pause: timedelta = PAUSE) -> NextAttempt:
    """Return when the next attempt should be made, from ``now`` on.

    Before the last chance: in the window at a part of the day not yet tried and after a pause; else in the window after
    a pause; else in the window when half of the time left is over; else outside it. A broken promise is not forgotten:
    then as soon as window and pause allow. Never outside the safe times.

    Raises ``NeverOpen`` if the calendar has no opening in three years.
    """
    now = now.astimezone(UTC)
    kept = callback.last_chance + MINUTE if callback.last_chance is not None else now
    if now < kept:
        found = _next(callback, calendar, now, kept, kept, pause)
        if found is not None and found.in_time:
            return found
    opening = calendar.next_opening(now)
    # Two weeks, of which usually the first piece will do.
    found = _next(callback, calendar, now, now, opening + LOOK_AHEAD, pause)
    if found is not None:
        return found
    # Safe times in which nobody is there for two weeks: looked at again then, for calling at others is no way out.
    never = opening if callback.safe is None else opening + LOOK_AHEAD
    return NextAttempt(never, False, False, Choice.LATE, _WHY[Choice.LATE])


def _next(
    callback: Callback, calendar: Calendar, now: datetime, ends: datetime, ahead: datetime, pause: timedelta
) -> NextAttempt | None:
    """Ask ``calling.next_call``, which knows numbers only."""
    pieces = list(staffed_pieces(calendar, now, ahead, callback.window, callback.safe))
    tried = 0
    for attempt in callback.attempts:
        tried |= 1 << _part_of_day(attempt, calendar)
    moment, code = calling.next_call(
        calling.Pieces(
            [_us(piece.start) for piece in pieces],
            [_us(piece.end) for piece in pieces],
            [piece.part for piece in pieces],
            [int(piece.in_window) for piece in pieces],
        ),
        0, len(pieces), _us(now), _us(ends), _us(ahead),
        [_us(attempt) for attempt in callback.attempts], len(callback.attempts), tried, pause // _US,
    )  # fmt: skip
    if moment == calling.NEVER:
        return None
    choice, in_time, in_window = _CHOICES[code]
    return NextAttempt(_EPOCH + moment * _US, in_time, in_window, choice, _WHY[choice])


def callable_now(callback: Callback, calendar: Calendar, now: datetime, *, pause: timedelta = PAUSE) -> bool:
    """Return whether now is when the next attempt should be made."""
    return (
        not callback.waiting
        and calendar.is_open(now)
        and next_attempt(callback, calendar, now, pause=pause).moment <= now
    )


def standing(
    callback: Callback,
    calendar: Calendar,
    now: datetime,
    *,
    danger: timedelta = DANGER,
    coming: NextAttempt | None = None,
) -> Standing:
    """Return how a ticket stands. Urgent matters are in danger from the start.

    ``coming`` is its next attempt by the same calendar, for whoever knows it already.
    """
    now_or_later = calendar.is_open(now) and (coming or next_attempt(callback, calendar, now)).moment <= now
    kept = callback.last_chance is not None and can_still_be_kept(callback, now)
    near = callback.urgency in (Urgency.URGENT, Urgency.IMMEDIATE)
    if kept and not near and callback.last_chance is not None:
        near = calendar.open_time(now, callback.last_chance + MINUTE) < danger
    return Standing(calling.standing(callback.waiting, now_or_later, kept, near))


def danger_until(calendar: Calendar, now: datetime, *, danger: timedelta = DANGER) -> datetime:
    """Return before when (UTC) a last chance lies that is in danger by the time left, or over."""
    left, end = danger, now.astimezone(UTC)
    for start, end in calendar.periods(now, calendar.next_opening(now) + LOOK_AHEAD):
        if end - start >= left:
            return start + left - MINUTE
        left -= end - start
    return end


def urgency_order(
    callback: Callback, calendar: Calendar, now: datetime, *, danger: timedelta = DANGER
) -> tuple[int, int, datetime, datetime]:
    """Return the sort key of a ticket in its list: what is in danger and callable now first, then by time left.

    Among equals immediate goes before urgent before the others, then the earlier last chance (or due moment, or own date),
    then the earlier opening; what is equal in all of this (two matters of one call) stays in the order in which it was given.
    """
    urgency = list(Urgency)[::-1].index(callback.urgency)
    limit = min(callback.last_chance or callback.due, callback.decide_by or callback.due)
    return standing(callback, calendar, now, danger=danger), urgency, limit, callback.opened


def next_callback(callbacks: Iterable[Callback], calendar: Calendar, now: datetime) -> Callback | None:
    """Return the ticket to call back now, none if none can be."""
    ready = [callback for callback in callbacks if callable_now(callback, calendar, now)]
    return min(ready, key=lambda callback: urgency_order(callback, calendar, now), default=None)


@dataclass(frozen=True, slots=True)
class Piece:
    """Staffed time in one part of one day, wholly inside or outside the window."""

    start: datetime
    end: datetime
    part: int
    in_window: bool


def staffed_pieces(
    calendar: Calendar,
    start: datetime,
    end: datetime,
    window: tuple[time, time] | None,
    safe: tuple[time, time] | None = None,
) -> Iterator[Piece]:
    """Return the pieces of staffed time in ``[start, end)`` and inside the ``safe`` times, as ``next_attempt`` looks through them."""
    zone = calendar.zone
    edges = [*PARTS_OF_DAY, *(window or ()), *(safe or ())]
    for begin, stop in calendar.periods(start, end):
        day, last = begin.astimezone(zone).date(), stop.astimezone(zone).date()
        cuts = {begin, stop}
        while day <= last:
            cuts |= {datetime.combine(day, edge, zone).astimezone(UTC) for edge in edges}
            day += timedelta(days=1)
        between = sorted(cut for cut in cuts if begin <= cut <= stop)
        for one, other in pairwise(between):
            if within(safe, one, calendar):
                yield Piece(one, other, _part_of_day(one, calendar), within(window, one, calendar))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)


def _us(moment: datetime) -> int:
    return (moment - _EPOCH) // _US


def _part_of_day(moment: datetime, calendar: Calendar) -> int:
    clock = moment.astimezone(calendar.zone).time()
    return sum(clock >= edge for edge in PARTS_OF_DAY)


def within(times: tuple[time, time] | None, moment: datetime, calendar: Calendar) -> bool:
    """Return whether a moment lies between two times of day (office time), the first included; none is always."""
    if times is None:
        return True
    start, end = times
    return start <= moment.astimezone(calendar.zone).time() < end


_CHOICES = {
    calling.OTHER_TIME_OF_DAY: (Choice.OTHER_TIME_OF_DAY, True, True),
    calling.AFTER_PAUSE: (Choice.AFTER_PAUSE, True, True),
    calling.BEFORE_IT_BREAKS: (Choice.BEFORE_IT_BREAKS, True, True),
    calling.OUTSIDE_WINDOW: (Choice.OUTSIDE_WINDOW, True, False),
    calling.LATE: (Choice.LATE, False, True),
    calling.LATE_OUTSIDE_WINDOW: (Choice.LATE, False, False),
}
"""What is chosen, whether the promise is kept by it, and whether inside the window."""
_WHY = {
    Choice.OTHER_TIME_OF_DAY: Text(
        "Zu dieser Tageszeit wurde noch nicht angerufen.", "At this time of day nobody has called yet."
    ),
    Choice.AFTER_PAUSE: Text(
        "Alle Tageszeiten sind versucht; nach einer Pause noch einmal.",
        "All times of day were tried; once more after a pause.",
    ),
    Choice.BEFORE_IT_BREAKS: Text(
        "Für eine Pause reicht die Zeit nicht mehr; die Zusage läuft ab.",
        "There is no time for a pause; the promise runs out.",
    ),
    Choice.OUTSIDE_WINDOW: Text(
        "Im gewünschten Zeitfenster ist vor Ablauf der Zusage niemand da; deshalb außerhalb.",
        "Nobody is there in the wished window before the promise runs out; so outside it.",
    ),
    Choice.LATE: Text(
        "Die Zusage ist nicht mehr einzuhalten; so bald wie möglich anrufen.",
        "The promise can no longer be kept; call as soon as possible.",
    ),
}
