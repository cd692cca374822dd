"""Who of several takes a call, and which of several calls is taken next."""

from collections.abc import Sequence


def longest_idle(idle_since: Sequence[int]) -> int:
    """Return the place of the seat that has been idle longest, −1 if none can take a call.

    ``idle_since`` holds for each seat, in the order of seat numbers, since when it is ready (ms), −1 for a seat that
    cannot take this call. Ties go to the lower seat number. Compiles unchanged over an int64 array.
    """
    chosen = -1
    for seat in range(len(idle_since)):
        if idle_since[seat] >= 0 and (chosen < 0 or idle_since[seat] < idle_since[chosen]):
            chosen = seat
    return chosen


def next_call(priority: Sequence[int], arrived: Sequence[int]) -> int:
    """Return the place of the waiting call that is taken next, −1 if none waits.

    ``priority`` holds for each call, in the order of their numbers, the priority of its ``Step``, −1 for one that does not
    wait, ``arrived`` when it came in (ms). The highest priority goes first, then who came first, then the lower number.
    Compiles unchanged over int64 arrays.
    """
    chosen = -1
    for call in range(len(priority)):
        if priority[call] < 0:
            continue
        tied = chosen >= 0 and priority[call] == priority[chosen]
        if chosen < 0 or priority[call] > priority[chosen] or (tied and arrived[call] < arrived[chosen]):
            chosen = call
    return chosen
