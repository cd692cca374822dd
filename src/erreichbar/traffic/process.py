"""When calls come on a day: functions of scalars and rows that compile unchanged (see ``arrivals``)."""

import math

from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.laws import gamma_step
from erreichbar.traffic.rows import Numbers, Room

HALF_HOUR_MS = 30 * 60 * 1000
PLACES = 1 << 16
"""More citizens than this do not call on one day, so that numbers of citizens stay apart."""
_ATTEMPTS = 64
"""So often a gamma step is tried; all being rejected has a probability under 1e-80."""
_DAY = Stream.DAY.value
_GAP = Stream.GAP.value


def luck(seed: int, replication: int, key: int, variation: float) -> float:
    """Return a day's own factor, gamma of mean 1 with this coefficient of variation. ``key`` is the day's number."""
    if variation == 0.0:
        return 1.0
    shape = 1.0 / (variation * variation)
    for nth in range(_ATTEMPTS):
        normal = uniform(seed, replication, _DAY, key, 2 * nth)
        accept = uniform(seed, replication, _DAY, key, 2 * nth + 1)
        drawn = gamma_step(normal, accept, shape)
        if drawn >= 0:
            return drawn / shape
    return 1.0


def times_of_day(
    profile: Numbers,
    nearly: float,
    total: float,
    seed: int,
    replication: int,
    key: int,
    found: Room,
) -> int:
    """Write when citizens call on a day into ``found`` (ms since local midnight, in order); return how many.

    ``profile`` is cumulated over the half hours, ``nearly`` the largest number below its end, ``total`` the day's
    expected calls, ``key`` the day's number. As many are written as ``found`` has room for; a day with more returns
    ``len(found) + 1``.
    """
    count, position = 0, 0.0
    while total > 0:
        position -= math.log(uniform(seed, replication, _GAP, key, count))
        if position >= total:
            break
        if count == len(found):
            return count + 1
        found[count] = place_in(profile, nearly, position / total)
        count += 1
    return count


def place_in(profile: Numbers, nearly: float, part: float) -> int:
    """Return the time of day (ms) before which ``part`` of a profile lies. Within a half hour calls come evenly."""
    # Below the whole, whatever rounding does, so that a half hour is always found.
    reached = min(part * profile[len(profile) - 1], nearly)
    half_hour = 0
    while profile[half_hour] <= reached:
        half_hour += 1
    before = profile[half_hour - 1] if half_hour else 0.0
    within = (reached - before) / (profile[half_hour] - before)
    return half_hour * HALF_HOUR_MS + min(int(within * HALF_HOUR_MS), HALF_HOUR_MS - 1)
