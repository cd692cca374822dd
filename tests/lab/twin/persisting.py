"""What citizens do in the twin whom the office has not reached: call when they can, call again, ask about their tickets."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice

from erreichbar.traffic import Citizen, further
from erreichbar.traffic.draws import Stream, uniform
from tests.lab.twin import calls
from tests.lab.twin.world import EPOCH, MS, Attempt, Call, Kind, Ticket, World

MINUTE = timedelta(minutes=1)


def is_put_off(world: World, citizen: Citizen, about: Ticket | None, tries: int) -> bool:
    """Let her call when she can, if she cannot telephone now, or never."""
    if not world.lab:
        return False
    seed = world.lab.seed
    available = further.availability_of(world.lab.further, seed, citizen.person)
    if further.can_telephone(available, minute_of(world)):
        return False
    coming = (stretch for stretch in stretches(world, available) if stretch[1] > world.clock.ms)
    if world.put_off.get(citizen.id, -1) > world.clock.ms:
        return True
    u = uniform(seed, 0, Stream.PUT_OFF, citizen.id, world.made[citizen.id])
    for start, end in islice(coming, 1):
        at = further.when_able([start], [end], 0, 1, world.clock.ms, u)
        world.put_off[citizen.id] = at
        world.clock.at(at, Kind.CALL_ARRIVES, partial(calls.arrive, world, citizen, about, tries))
    return True


def stretches(world: World, available: int) -> Iterator[tuple[int, int]]:
    """Yield from now on when the office is open and somebody can telephone (ms), up to the end of the run."""
    assert world.lab
    now, last = world.at(world.clock.ms), EPOCH + max(desk.ends for desk in world.lab.desks.values()) * MS
    for opens, closes in world.office.calendar.periods(now - timedelta(days=1), last):
        begins, minute = None, opens
        while minute <= closes:
            local = minute.astimezone(world.office.zone)
            can = minute < closes and further.can_telephone(available, local.hour * 60 + local.minute)
            if can and begins is None:
                begins = minute
            elif not can and begins is not None:
                yield (begins - EPOCH) // MS, (minute - EPOCH) // MS
                begins = None
            minute += MINUTE


def minute_of(world: World) -> int:
    """Return the minute of the day by the clock on the wall."""
    local = world.at(world.clock.ms)
    return 60 * local.hour + local.minute


def about(call: Call) -> Ticket | None:
    """Return about which open ticket of hers somebody calls: one that she answers, or asks about."""
    for ticket in (call.ring_back_of, call.about):
        if ticket is not None and ticket.is_open and ticket.place == call.citizen.person:
            return ticket
    return None


def may_call(world: World, attempt: Attempt, *, sees: bool, is_last: bool) -> None:
    """Who was missed may ring back, if she sees it; else, after the last attempt, she whose ticket it is may call about it."""
    after, ticket, citizen = -1, None, attempt.citizen
    if sees:
        after = world.citizens.rings_back_ms(attempt.citizen, attempt.nth, attempt.presented)
    if after < 0 and is_last and world.lab:
        ticket, citizen = attempt.ticket, attempt.ticket.citizen
        made = world.made[citizen.id]
        after = further.calls_after_missed_ms(world.lab.further, world.lab.seed, 0, citizen.id, made)
    if after >= 0:
        world.clock.after(after, Kind.CALL_ARRIVES, partial(calls.arrive, world, citizen, ticket))


def may_chase(world: World, ticket: Ticket, since: int) -> None:
    """She may ask about a promise that is not kept, so long after a moment."""
    if not world.lab:
        return
    lab, nth = world.lab, ticket.chased
    ticket.chased += 1
    after = further.chases_ms(lab.further, lab.seed, 0, ticket.citizen.id, ticket.nth, nth)
    if after >= 0:
        world.clock.at(since + after, Kind.TIMER, partial(chase, world, ticket))


def asks_on(world: World, call: Call) -> None:
    """She was told that her ticket is still open."""
    ticket = call.about
    if ticket is not None and ticket.is_open and world.clock.moment >= ticket.due:
        may_chase(world, ticket, world.clock.ms)


def chase(world: World, ticket: Ticket) -> None:
    world.clock.after(0, Kind.CALL_ARRIVES, partial(calls.arrive, world, ticket.citizen, ticket))


def is_needless(world: World, about: Ticket | None) -> bool:
    """Return whether she would call about a ticket of which she has been told, or which another one stands for."""
    if about is None:
        return False
    later = world.tickets[about.row["ticket"] + 1 :]
    anew = any(one.is_open and one.citizen.id == about.citizen.id and one.nth == about.nth for one in later)
    return about.is_reached or anew


def tries_again(world: World, tries: int) -> bool:
    """Return whether somebody tries again after so many calls in vain."""
    return not world.lab or tries < world.lab.further.most_calls
