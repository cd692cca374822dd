"""Matters that arise because direct numbers are published: each beside one that arises anyway, in the same household."""

from typing import NamedTuple

import numpy as np

from erreichbar.lab.compiling import compiled
from erreichbar.lab.engine.shapes import Floats
from erreichbar.lab.office.arrays import Days
from erreichbar.lab.office.draw import Arising
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.further import INDUCED, Further, is_induced
from erreichbar.traffic.process import PLACES, place_in
from erreichbar.traffic.who import MOST_MATTERS, Callers, matters_of, resident


class Published(NamedTuple):
    """What is asked of citizens where numbers are published, and of the days on which they call."""

    further: Further
    callers: Callers
    shares: Floats
    days: Days
    first_key: int
    seed: int
    replication: int


def induced(published: Published, found: Arising) -> Arising:
    """Return who has a matter more, beside those who are ``found`` anyway, in their order."""
    rows = len(found.citizen) if published.further.induced > 0 else 0
    room = Arising(
        citizen=np.zeros(rows, np.int64),
        arises=np.zeros(rows, np.int64),
        place=np.zeros(rows, np.int64),
        matters=np.ones(rows, np.int8),
        reasons=np.full((rows, MOST_MATTERS), -1, np.int16),
    )
    count = compiled(fill)(published, found, room) if rows else 0
    return Arising(*(getattr(room, name)[:count] for name in Arising._fields))


def fill(published: Published, found: Arising, room: Arising) -> int:
    """Write who has a matter more into ``room``; return how many do. Compiles unchanged."""
    seed, replication, days, count = published.seed, published.replication, published.days, 0
    reasons = np.zeros(MOST_MATTERS, np.int64)
    for nth in range(len(found.citizen)):
        citizen = found.citizen[nth]
        if is_induced(published.further, seed, replication, citizen):
            day = citizen // PLACES - published.first_key
            kind = int(days.working[day])
            at = uniform(seed, replication, Stream.INDUCED.value, citizen, 1)
            whose = uniform(seed, replication, Stream.INDUCED.value, citizen, 2)
            matters_of(published.callers, published.shares, seed, replication, INDUCED + citizen, reasons)
            room.citizen[count] = INDUCED + citizen
            room.arises[count] = days.midnight[day] + place_in(days.profile[kind], days.nearly[kind], at)
            room.place[count] = resident(published.callers, seed, found.place[nth] // 2, whose)
            room.reasons[count, 0] = reasons[0]
            count += 1
    return count
