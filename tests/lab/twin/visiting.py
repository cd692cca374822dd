"""Citizens who come in person, having not got through, in the twin."""

from functools import partial

from erreichbar import access
from erreichbar.record.words import CallOutcome, Direction, Role, code
from erreichbar.traffic import Citizen, further
from erreichbar.traffic.draws import Stream, uniform
from tests.lab.twin import calls, through
from tests.lab.twin.world import EPOCH, MS, Call, Kind, Seat, World


def instead(world: World, citizen: Citizen) -> None:
    """Whom nobody has heard will not call again: she gives up, or comes in person while the office is open, once."""
    if not world.lab or not citizen.matters or citizen.id in world.heard or citizen.id in world.coming:
        return
    lab, now = world.lab, world.clock.ms
    only = further.is_telephone_only(lab.further, lab.seed, citizen.person)
    if further.instead_of_calling(lab.further, lab.seed, 0, citizen.id, only) == further.GIVES_UP:
        world.given_up[citizen.id] = now
        return
    world.coming.add(citizen.id)
    world.given_up.pop(citizen.id, None)
    last = EPOCH + lab.authority.ends * MS
    periods = list(world.office.calendar.periods(world.at(now), last))
    opens, closes = ([(one[end] - EPOCH) // MS for one in periods] for end in range(2))
    spread = uniform(lab.seed, 0, Stream.GIVES_UP, citizen.id, 2)
    after = further.comes_after_ms(lab.further, lab.seed, 0, citizen.id)
    at = further.when_open(now + after, spread, opens, closes)
    if at >= 0:
        world.clock.at(at, Kind.CALL_ARRIVES, partial(come, world, citizen))


def come(world: World, citizen: Citizen) -> None:
    """Come to the office, unless somebody has heard her meanwhile."""
    if citizen.id in world.heard:
        return
    nth = world.made[citizen.id]
    world.made[citizen.id] += 1
    visit = Call(world.contact(Direction.VISIT, in_service_hours=True), citizen, nth, None)
    world.visitors.append(visit)
    match(world)
    if visit in world.visitors:
        today = world.office.calendar.day(world.at(world.clock.ms).date()).periods
        closes = next(end for start, end in today if start <= world.clock.moment < end)
        world.clock.at((closes - EPOCH) // MS, Kind.PERSON, partial(go, world, visit))


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
    """The office closes; who is not received goes, and gives up."""
    if visit in world.visitors:
        world.visitors.remove(visit)
        visit.row |= {"outcome": code(CallOutcome.TURNED_AWAY), "ended": world.clock.ms}
        world.given_up[visit.citizen.id] = world.clock.ms
