"""Matters that arise in the twin because direct numbers are published."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from erreichbar.traffic import Citizen, further, who
from erreichbar.traffic.arrivals import Arrivals
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.process import place_in
from tests.lab.twin.world import World


def more(world: World, day: date, citizens: list[Citizen]) -> Iterator[Citizen]:
    """Yield who has a matter more on a day, beside those who call anyway."""
    lab = world.lab
    if lab is None or not world.model.rules.direct_published:
        return
    known = world.citizens.parameters
    profile = Arrivals(known, world.office.calendar).profile(day)
    for citizen in citizens:
        if further.is_induced(lab.further, lab.seed, 0, citizen.id):
            at, whose = (uniform(lab.seed, 0, Stream.INDUCED, citizen.id, nth) for nth in (1, 2))
            place = who.resident(who.callers(known), lab.seed, citizen.person // 2, whose)
            found = world.citizens.citizen(further.INDUCED + citizen.id, place)
            arrives = place_in(profile, math.nextafter(profile[-1], 0.0), at)
            yield replace(found, arrives_ms=arrives, matters=found.matters[:1])
