"""Citizens who come in person, having not got through, in the twin."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from erreichbar import access
from erreichbar.office import moments
from erreichbar.promise.presence import Roster
from erreichbar.record.words import CallOutcome, Direction, Role, code
from erreichbar.traffic import Citizen, further
from erreichbar.traffic.draws import Stream, uniform
from tests.lab.twin import calls, through
from tests.lab.twin.world import EPOCH, MS, Call, Kind, Seat, World


def instead(world: World, citizen: Citizen) -> None:
    """Whom nobody has heard will not call again: she gives up, or comes in person once, when she may."""
    if not world.lab or not citizen.matters or citizen.id in world.heard or citizen.id in world.coming:
        return
    lab, now = world.lab, world.clock.ms
    only = further.is_telephone_only(lab.further, lab.seed, citizen.person)
    if further.instead_of_calling(lab.further, lab.seed, 0, citizen.id, only) == further.GIVES_UP:
        world.given_up[citizen.id] = now
        return
    world.coming.add(citizen.id)
    world.given_up.pop(citizen.id, None)
    visit = Call({}, citizen, 0, None)
    days = list(receiving(world, through.responsible(world, visit, 0).unit))
    opens, closes = ([one[end] for one in days] for end in range(2))
    spread = uniform(lab.seed, 0, Stream.GIVES_UP, citizen.id, 2)
    after = further.comes_after_ms(lab.further, lab.seed, 0, citizen.id)
    at = further.when_open(now + after, spread, opens, closes)
    if at >= 0:
        goes = next(end for end in closes if at < end)
        world.clock.at(at, Kind.CALL_ARRIVES, partial(come, world, citizen, goes))


def receiving(world: World, unit: str) -> Iterator[tuple[int, int]]:
    """Yield from now on from when until when (ms) on each day the case workers of a unit are to be there."""
    assert world.lab
    roster, day = Roster(world.office), world.at(world.clock.ms).date()
    workers = [one.id for one in world.office.in_role(Role.CASE_WORKER, unit)]
    midnight = moments.at(day, 0, world.office.zone)
    while (midnight - EPOCH) // MS < world.lab.authority.ends:
        day += timedelta(days=1)
        tomorrow = moments.at(day, 0, world.office.zone)
        there = [stretch for one in workers for stretch in roster.there(one, midnight, tomorrow)]
        if there:
            yield (min(there)[0] - EPOCH) // MS, (max(end for _, end in there) - EPOCH) // MS
        midnight = tomorrow


def come(world: World, citizen: Citizen, goes: int) -> None:
    """Come to the office, unless somebody has heard her meanwhile, and wait until it is time to go."""
    if citizen.id in world.heard:
        return
    nth = world.made[citizen.id]
    world.made[citizen.id] += 1
    visit = Call(world.contact(Direction.VISIT, in_service_hours=True), citizen, nth, None)
    world.visitors.append(visit)
    match(world)
    if visit in world.visitors:
        world.clock.at(goes, Kind.PERSON, partial(go, world, visit))


def match(world: World) -> None:
    """Bring who waits to who has been free longest of the unit whose first matter it is."""
    for visit in list(world.visitors):
        unit = through.responsible(world, visit, 0).unit
        free = [
            seat
            for seat in world.seats.values()
            if seat.role is Role.CASE_WORKER and seat.state == "ready" and world.office.people[seat.user].unit == unit
        ]
        chosen = access.longest_idle([seat.idle_since for seat in free])
        if chosen >= 0:
            receive(world, visit, free[chosen])


def receive(world: World, visit: Call, seat: Seat) -> None:
    world.visitors.remove(visit)
    world.does(seat, "talking", visit)
    visit.row |= {
        "outcome": code(CallOutcome.ANSWERED),
        "answered": world.clock.ms,
        "role": code(seat.role),
        "staff": world.staff_number(seat.user),
    }
    talk = world.citizens.talk_ms(visit.citizen, visit.nth, seat.role)
    world.clock.after(talk, Kind.CALL_ENDS, partial(calls.conclude, world, visit, seat))


def go(world: World, visit: Call) -> None:
    """Nobody is received any more; who waits goes, and gives up."""
    if visit in world.visitors:
        world.visitors.remove(visit)
        visit.row |= {"outcome": code(CallOutcome.TURNED_AWAY), "ended": world.clock.ms}
        world.given_up[visit.citizen.id] = world.clock.ms
