"""A day of the twin, and the days that its tickets still need."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from erreichbar.access import AccessModel
from erreichbar.office import Office
from erreichbar.record.tables import Tables
from erreichbar.record.words import Role
from erreichbar.telephone.training.colleagues import CLOSING_LOOK_MS
from erreichbar.telephone.virtual import LONGEST
from erreichbar.traffic import Citizens
from tests.lab.twin import induced
from tests.lab.twin.asking import all_ask
from tests.lab.twin.callbacks import place_anew
from tests.lab.twin.calls import arrive, be_ready, leave_wrap_up, match
from tests.lab.twin.world import EPOCH, MS, Kind, Seat, Simulated, World


def run_day(office: Office, model: AccessModel, citizens: Citizens, day: date) -> Tables:
    """Return what a day of calls and the days after it bring, until every ticket is closed, four weeks at most."""
    start = datetime.combine(day, time(), office.zone)
    world = World(office, model, citizens, start)
    midnight = world.clock.ms
    for citizen in citizens.calls_on(day):
        world.clock.at(midnight + citizen.arrives_ms, Kind.CALL_ARRIVES, partial(arrive, world, citizen))
    today = day
    while world.clock.ms < (start + LONGEST - EPOCH) // MS:
        for opens, closes in office.calendar.day(today).periods:
            for seat in world.seats.values():
                world.clock.at((opens - EPOCH) // MS, Kind.SEAT, partial(come, world, seat))
                world.clock.at((closes - EPOCH) // MS, Kind.PERSON, partial(leave, world, seat))
        today += timedelta(days=1)
        world.clock.environment.run(until=(datetime.combine(today, time(), office.zone) - EPOCH) // MS)
        if not any(ticket.is_open for ticket in world.tickets):
            break
    return world.tables()


def run_days(
    office: Office,
    model: AccessModel,
    citizens: Citizens,
    first: date,
    days: int,
    follow: int,
    lab: Simulated | None = None,
) -> Tables:
    """Return what so many days of calls bring, followed for so many days more."""
    return live(office, model, citizens, first, days, follow, lab).tables()


def live(
    office: Office,
    model: AccessModel,
    citizens: Citizens,
    first: date,
    days: int,
    follow: int,
    lab: Simulated | None = None,
    looks: Sequence[int] = (),
    look: Callable[[World], None] = lambda world: None,
) -> World:
    """Return the world after so many days of calls, followed for so many days more.

    ``looks``: when (ms) somebody takes a ``look`` at it, before anything else happens on that millisecond.
    """
    start = datetime.combine(first, time(), office.zone)
    world = World(office, model, citizens, start, lab)
    for when in looks:
        world.clock.at(when, Kind.FIRST, partial(look, world))
    for user, periods in (lab.at_work if lab else {}).items():
        for place, (comes, leaves) in enumerate(periods):
            after = periods[place + 1][0] if place + 1 < len(periods) else None
            world.clock.at(comes, Kind.SEAT, partial(come, world, world.seats[user]))
            world.clock.at(leaves, Kind.PERSON, partial(leave, world, world.seats[user], after))
    if lab:
        all_ask(world, days + follow)
    for number in range(days + follow):
        today = first + timedelta(days=number)
        midnight = (datetime.combine(today, time(), office.zone) - EPOCH) // MS
        call = citizens.calls_on(today) if number < days else []
        more = list(induced.more(world, today, call))
        world.induced += [(citizen, midnight + citizen.arrives_ms) for citizen in more]
        world.arisen += [(citizen, midnight + citizen.arrives_ms) for citizen in call]
        for citizen in [*call, *more]:
            world.clock.at(midnight + citizen.arrives_ms, Kind.CALL_ARRIVES, partial(arrive, world, citizen))
        for place, (opens, closes) in enumerate(office.calendar.day(today).periods):
            if lab and not place:
                world.clock.at((opens - EPOCH) // MS, Kind.PERSON, partial(all_anew, world))
            for seat in () if lab else world.seats.values():
                world.clock.at((opens - EPOCH) // MS, Kind.SEAT, partial(come, world, seat))
                world.clock.at((closes - EPOCH) // MS, Kind.PERSON, partial(leave, world, seat))
        tomorrow = datetime.combine(today + timedelta(days=1), time(), office.zone)
        world.clock.environment.run(until=(tomorrow - EPOCH) // MS)
    return world


def come(world: World, seat: Seat) -> None:
    if seat.state == "off":
        world.clock.after(0, Kind.SEAT, partial(be_ready, world, seat, matching=True))


def all_anew(world: World) -> None:
    for ticket in world.tickets:
        place_anew(world, ticket)


def leave(world: World, seat: Seat, comes_again: int | None = None) -> None:
    """Go, unless somebody waits for an agent or the seat is in the middle of something; not if it is time to be back."""
    if seat.state == "off" or (comes_again is not None and comes_again <= world.clock.ms):
        return
    waits = seat.role is Role.AGENT and bool(world.waiting)
    if waits or seat.state in ("talking", "ringing", "wrap_up"):
        world.clock.after(CLOSING_LOOK_MS, Kind.SEAT, partial(leave, world, seat, comes_again))
        return
    world.clock.after(0, Kind.SEAT, partial(go, world, seat))


def go(world: World, seat: Seat) -> None:
    leave_wrap_up(world, seat)
    world.does(seat, "off")
    match(world)
