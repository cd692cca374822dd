"""Citizens who ask how their case stands, in the twin."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from erreichbar.traffic import further, who
from erreichbar.traffic.draws import Stream, uniform
from tests.lab.twin import calls, desks
from tests.lab.twin.desks import Item
from tests.lab.twin.world import EPOCH, MS, Kind, Seat, World


def all_ask(world: World, days: int) -> None:
    """Let everybody ask about every case that takes too long, in the days of the run."""
    assert world.lab
    first = world.at(world.clock.ms).date()
    periods = [one for day in range(days) for one in world.office.calendar.day(first + timedelta(days=day)).periods]
    opens, closes = ([(one[end] - EPOCH) // MS for one in periods] for end in range(2))
    for seat in world.seats.values():
        desk = world.lab.desks[seat.user]
        for item in desk.items:
            after = further.asks_after_ms(world.lab.further, world.lab.seed, 0, item.key, desk.usual)
            spread = uniform(world.lab.seed, 0, Stream.STATUS, item.key, 2)
            at = further.when_open(item.comes + after, spread, opens, closes)
            if after >= 0 and at >= 0:
                world.clock.at(at, Kind.CALL_ARRIVES, partial(asks, world, seat, item))


def asks(world: World, seat: Seat, item: Item) -> None:
    """Call about a case, unless it is done."""
    assert world.lab
    if desks.is_done(world, seat, item):
        return
    known, number = who.callers(world.citizens.parameters), further.ASKING + item.key
    u = uniform(world.lab.seed, 0, Stream.STATUS, item.key, 3)
    person = who.resident(known, world.lab.seed, item.household, u)
    world.asking[number] = seat.user
    calls.arrive(world, replace(world.citizens.citizen(number, person), matters=()))
