"""When somebody is called next, and what goes first: the rule of ``attempts`` over whole numbers; compiles unchanged.

Moments and lengths are whole numbers in one unit, whichever the caller has (``attempts``: µs since the Unix epoch, the lab:
ms since the start of its run). Staffed time comes in pieces, each in one part of one day and wholly inside or outside the window
that the citizen named, in order, from the first that is not over.
"""

from typing import Any, NamedTuple, Protocol

OTHER_TIME_OF_DAY = 0
AFTER_PAUSE = 1
BEFORE_IT_BREAKS = 2
OUTSIDE_WINDOW = 3
LATE = 4
LATE_OUTSIDE_WINDOW = 5
"""By what consideration a moment was chosen; ``attempts.Choice`` has the words."""
NEVER = -1


class Row(Protocol):
    """A row of whole numbers: a list in plain Python, a NumPy array in compiled code."""

    def __getitem__(self, place: int, /) -> Any: ...


class Pieces(NamedTuple):
    """Rows of staffed time: from ``start`` to before ``end``, in which ``part`` of the day, ``inside`` the window (1) or not (0)."""

    start: Row
    end: Row
    part: Row
    inside: Row


def next_call(
    pieces: Pieces,
    first: int,
    after: int,
    now: int,
    ends: int,
    ahead: int,
    attempts: Row,
    made: int,
    tried: int,
    pause: int,
) -> tuple[int, int]:
    """Return when the next attempt should be made, ``NEVER`` if there is no time for one, and by what consideration.

    ``pieces`` count from ``first`` to before ``after``. ``ends``: until when an attempt keeps the promise, ``ahead``: until when one is
    sought afterwards. The first ``made`` of ``attempts`` are the moments of those missed so far, ``tried`` has a bit for each part
    of the day in which one was, ``pause``: how long to wait after each.
    """
    rested = now
    for nth in range(made):
        rested = max(rested, attempts[nth] + pause)
    if now < ends:
        limit = now
        for one in range(first, after):
            if pieces.start[one] >= ends:
                break
            if pieces.inside[one] == 1:
                limit = max(limit, min(pieces.end[one], ends))
        halfway = now
        for nth in range(made):
            halfway = max(halfway, attempts[nth] + (limit - attempts[nth] + 1) // 2)
        moment = _first(pieces, first, after, rested, ends, 1, tried)
        if moment != NEVER:
            return moment, OTHER_TIME_OF_DAY
        moment = _first(pieces, first, after, rested, ends, 1, 0)
        if moment != NEVER:
            return moment, AFTER_PAUSE
        moment = _first(pieces, first, after, halfway, ends, 1, 0)
        if moment != NEVER:
            return moment, BEFORE_IT_BREAKS
        moment = _first(pieces, first, after, rested, ends, 0, 0)
        if moment == NEVER:
            moment = _first(pieces, first, after, now, ends, 0, 0)
        if moment != NEVER:
            return moment, OUTSIDE_WINDOW
    moment = _first(pieces, first, after, rested, ahead, 1, 0)
    if moment != NEVER:
        return moment, LATE
    return _first(pieces, first, after, now, ahead, 0, 0), LATE_OUTSIDE_WINDOW


def _first(pieces: Pieces, first: int, after: int, earliest: int, until: int, inside: int, tried: int) -> int:
    """Return the first moment from ``earliest`` on within the pieces before ``until``; only those inside the window, if asked."""
    for one in range(first, after):
        if pieces.start[one] >= until:
            break
        fits = pieces.inside[one] >= inside and (tried >> pieces.part[one]) & 1 == 0
        if fits and earliest < min(pieces.end[one], until):
            return int(max(pieces.start[one], earliest))
    return NEVER


def standing(is_waiting: bool, is_now: bool, can_be_kept: bool, is_near: bool) -> int:
    """Return how a ticket stands in its list (``attempts.Standing``).

    ``is_now``: callable now. ``is_near``: urgent, or less staffed time is left than would be safe.
    """
    if is_waiting:
        return 6
    place = 2
    if not can_be_kept:
        place = 1
    elif is_near:
        place = 0
    return place if is_now else place + 3


def goes_first(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Return whether a ticket stands before another in its list; both: standing, urgency (0 the most), limit, opening."""
    for nth in range(4):
        if one[nth] != other[nth]:
            return one[nth] < other[nth]
    return False
