"""Who of several is to hold a ticket, and by when she must be there: the rule of ``stand_in`` and ``ladder`` over whole numbers.

Compiles unchanged. Those who may hold it stand in rows, in the order in which they are asked. Moments and lengths are whole numbers
in one unit, the same for all that is given.
"""

import math
from collections.abc import Sequence

NOBODY = -1
OVER = -(1 << 62)


def share_moment(
    starts: Sequence[int], ends: Sequence[int], first: int, opened: int, last: int, until: int, share: float
) -> int:
    """Return the staffed moment by which a share of the staffed time in ``[opened, until)`` is over, at most ``last``.

    ``starts`` and ``ends`` are staffed periods in order, from the place ``first`` on those that are not over at ``opened``.
    """
    total = 0
    for one in range(first, len(starts)):
        if starts[one] >= until:
            break
        total += min(ends[one], until) - max(starts[one], opened)
    # What is left of a unit counts whole; what floats leave of one does not.
    left = math.ceil(share * total - 0.001)
    for one in range(first, len(starts)):
        if starts[one] >= until:
            break
        start = max(starts[one], opened)
        if left < min(ends[one], until) - start:
            return min(start + left, last)
        left -= min(ends[one], until) - start
    return last


def limit(half: int, ends: int, now: int) -> int:
    """Return before when whoever holds a ticket must be there: half of its time, then its end; ``OVER`` if that is over."""
    if now >= ends:
        return OVER
    return half if now < half else ends


def will_do(asked_last: bool, free_before: int, needed: int) -> bool:
    """Return whether somebody holds a ticket without anybody after her being looked at."""
    return not asked_last and free_before >= needed


def in_time(asked_last: Sequence[bool], free_before: Sequence[int], count: int, needed: int) -> int:
    """Return the place of the first who is free for so long before the limit, else for any time; ``NOBODY`` if none is.

    Of both, who is asked last (away for the rest of the day; not there, where she must be there at once) comes after the others.
    """
    for least in (needed, 1):
        for last in (False, True):
            for place in range(count):
                if asked_last[place] == last and free_before[place] >= least:
                    return place
    return NOBODY


def soonest(free_from: Sequence[int], count: int) -> int:
    """Return the place of the first who is free first (−1: never), ``NOBODY`` if nobody ever is."""
    chosen = NOBODY
    for place in range(count):
        if free_from[place] >= 0 and (chosen < 0 or free_from[place] < free_from[chosen]):
            chosen = place
    return chosen
