"""Who takes the call: the agent who has been idle longest."""

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
