"""What happens at agents' seats: a call rings, is taken or not, and there is work afterwards."""

from erreichbar.access.points import Act, Point, Step
from erreichbar.lab.engine import cases, ends, looks, through, watching, writing
from erreichbar.lab.engine.asking import ask
from erreichbar.lab.engine.callers import caller_of
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.doing import does
from erreichbar.lab.engine.heap import SLOTS, first_key, push, second_key
from erreichbar.lab.engine.lines import be_ready, be_ready_no_more, leave_line, wait
from erreichbar.lab.engine.promised import T_MISSED_BY, Kept, Promised
from erreichbar.lab.engine.rules import duration, longest_idle, readiness, talk_ms, uniform
from erreichbar.lab.engine.shapes import CallIs, Ints, Kind, Law, Plan, Ring, SeatIs, What
from erreichbar.lab.engine.state import (
    ANSWERED,
    ARRIVED,
    BUSY,
    CALL,
    CASE,
    CITIZEN,
    CONTACT,
    DIVERTED,
    FIRST_READY,
    FIRST_WAITING,
    HEAP,
    IS,
    LATER,
    NOBODY,
    NTH,
    NUMBER,
    ON_LINE,
    PICKED_UP,
    READY,
    RING_BACK,
    RINGINGS,
    RUNGS,
    SEAT,
    SINCE,
    STATE,
    THROUGH,
    WAITING,
    WITH,
    State,
)
from erreichbar.lab.engine.watching import answered
from erreichbar.traffic.draws import Stream


@part
def match(state: State, plan: Plan, now: int) -> None:
    """Bring waiting calls, first come first, to the agents who have been idle longest."""
    n = state.n
    while n[WAITING] > 0 and (n[READY] > 0 or cases.interrupt(state, plan.cases, now)):
        slot = n[FIRST_WAITING]
        leave_line(n, state.calls, slot)
        seat = _whose_turn(state, plan.ring, plan.scan, slot)
        be_ready_no_more(n, state.seats, seat)
        _ring(state, plan, plan.ring, slot, seat, NOBODY, now)
    cases.work(state, plan.cases, now)


@part
def _whose_turn(state: State, ring: Ring | None, scan: Ints | None, slot: int) -> int:
    """Return the seat that has been idle longest, of those where this call has not rung in vain if there is one."""
    n, seats = state.n, state.seats
    if scan is not None:
        for passed_over in (True, False):
            for seat in range(len(scan)):
                tried = ring is not None and passed_over and state.missed[slot, seat]
                free = seats[seat, STATE] == SeatIs.READY and seats[seat, CASE] < 0 and not tried
                scan[seat] = seats[seat, SINCE] if free else NOBODY
            chosen = longest_idle(scan)
            if chosen >= 0:
                return int(chosen)
    if ring is not None:
        seat = n[FIRST_READY]
        while seat >= 0:
            if not state.missed[slot, seat]:
                return int(seat)
            seat = seats[seat, LATER]
    return int(n[FIRST_READY])


@part
def _ring(state: State, plan: Plan, ring: Ring | None, slot: int, seat: int, lasts: int, now: int) -> None:
    """Let a call ring at a seat; for how long, the model is asked if ``lasts`` is ``NOBODY``."""
    n, calls, seats = state.n, state.calls, state.seats
    calls[slot, RINGINGS] += 1
    calls[slot, SEAT] = seat
    seats[seat, CALL] = slot
    if ring is not None:
        if lasts < 0:
            waited, before = now - calls[slot, ARRIVED], calls[slot, RINGINGS] - 1
            lasts = ask(state, plan, Point.RUNG.value, True, waited, before, n[WAITING]).ring_ms
        after = _picks_up_later(state, plan, ring, slot, seat, lasts, now)
        if after > 0:
            calls[slot, IS], calls[slot, PICKED_UP] = CallIs.RINGING.value, now + after
            if after > lasts:
                calls[slot, PICKED_UP] = NOBODY
                out = second_key(calls[slot, CONTACT], What.RANG_OUT.value, slot)
                n[HEAP] = push(state.heap, n[HEAP], first_key(now + lasts, Kind.TIMER.value), out)
            return
    _answer(state, plan, slot, seat, now)


@part
def _picks_up_later(state: State, plan: Plan, ring: Ring, slot: int, seat: int, lasts: int, now: int) -> int:
    """Let it ring at a seat for so long at most; returns after how long somebody would pick up."""
    n, seats = state.n, state.seats
    nth = seats[seat, RUNGS]
    seats[seat, RUNGS] = nth + 1
    u = uniform(plan.seed.seed, plan.seed.replication, Stream.PICK_UP.value, seats[seat, NUMBER], nth)
    after = duration(ring.pick_up, u)
    if after > 0:
        does(state, seat, SeatIs.RINGING.value, state.calls[slot, CONTACT], now)
        if after <= lasts:
            # Of which ringing this is stands in place of the slot: a later one at this seat is another.
            which = second_key(seat, What.PICKS_UP.value, nth & (SLOTS - 1))
            n[HEAP] = push(state.heap, n[HEAP], first_key(now + after, Kind.SEAT.value), which)
    return after


@part
def rings_for(state: State, plan: Plan, ring: Ring | None, slot: int, seat: int, lasts: int, now: int) -> None:
    """Let a call that somebody talks in ring at another seat, too."""
    if ring is not None:
        state.calls[slot, RINGINGS] += 1
        state.seats[seat, CALL] = slot
        _picks_up_later(state, plan, ring, slot, seat, lasts, now)


@part
def rings_on_line(
    state: State, plan: Plan, given: Promised | None, kept: Kept | None, step: Step, slot: int, now: int
) -> bool:
    """Let a call ring on a direct line, if the access model says so; returns whether it does."""
    if given is not None and kept is not None:
        calls = state.calls
        calls[slot, ON_LINE] = 0
        if step.act == Act.RING:
            seat = through.seat_of(state, given, kept, calls[slot], state.missed[slot], step)
            calls[slot, ON_LINE] = 1
            if calls[slot, DIVERTED] > 0:
                writing.diverted(plan.rows, calls[slot, CONTACT])
            _ring(state, plan, plan.ring, slot, seat, step.ring_ms, now)
            return True
    return False


@part
def _takes_over(state: State, plan: Plan, given: Promised | None, slot: int, seat: int, now: int) -> None:
    """Somebody takes the call that an agent puts through: the agent is free, and the two of them talk."""
    if given is not None:
        calls, n = state.calls, state.n
        freed(state, plan, slot, calls[slot, WITH], now)
        calls[slot, IS], calls[slot, SEAT] = CallIs.TALKING.value, seat
        calls[slot, THROUGH] += 1
        does(state, seat, SeatIs.TALKING.value, calls[slot, CONTACT], now)
        writing.transferred(plan.rows, calls[slot, CONTACT], now, given.people.role[seat])
        talk = _talk(plan, given, calls[slot, CITIZEN], calls[slot, NTH], seat)
        watching.talks(state, plan.window, now, talk)
        which = second_key(calls[slot, CONTACT], What.TALK_ENDS.value, slot)
        n[HEAP] = push(state.heap, n[HEAP], first_key(now + talk, Kind.CALL_ENDS.value), which)


@part
def _answer(state: State, plan: Plan, slot: int, seat: int, now: int) -> None:
    """Somebody takes the call."""
    n, calls = state.n, state.calls
    calls[slot, IS], calls[slot, ANSWERED] = CallIs.TALKING.value, now
    does(state, seat, SeatIs.TALKING.value, calls[slot, CONTACT], now)
    talk = _talk(plan, plan.promised, calls[slot, CITIZEN], calls[slot, NTH], seat)
    answered(state, plan.window, calls[slot, ARRIVED], now, talk)
    n[BUSY] += 1
    which = second_key(calls[slot, CONTACT], What.TALK_ENDS.value, slot)
    n[HEAP] = push(state.heap, n[HEAP], first_key(now + talk, Kind.CALL_ENDS.value), which)


@part
def _talk(plan: Plan, given: Promised | None, citizen: int, nth: int, seat: int) -> int:
    """Return how long a citizen and who answered talk: about one matter by the law, or about hers with somebody of this role."""
    seed = plan.seed
    if given is not None:
        matters = given.callers.matters[caller_of(given, citizen)]
        return talk_ms(given.behaviour, seed.seed, seed.replication, citizen, nth, given.people.role[seat], matters)
    return max(1, duration(plan.talk, uniform(seed.seed, seed.replication, Stream.TALK.value, citizen, nth)))


@part
def first_at_who_tried(
    state: State, plan: Plan, given: Promised | None, kept: Kept | None, slot: int, now: int
) -> None:
    """A call that answers a missed callback may ring first at who tried, before everybody else has a turn."""
    if given is not None and kept is not None:
        calls, n = state.calls, state.n
        if calls[slot, RING_BACK] >= 0:
            seat = kept.tickets[calls[slot, RING_BACK], T_MISSED_BY]
            does = state.seats[seat, STATE]
            tried = readiness(does != SeatIs.OFF, does == SeatIs.PAUSE, does != SeatIs.READY)
            step = ask(state, plan, Point.RING_BACK.value, True, 0, 0, n[WAITING], True, tried)
            if step.act == Act.RING:
                leave_line(n, calls, slot)
                _ring(state, plan, plan.ring, slot, seat, step.ring_ms, now)


@part
def ready_again(state: State, plan: Plan, given: Promised | None, kept: Kept | None, seat: int, now: int) -> None:
    """Somebody is ready from now on: an agent for the next call, a case worker for her work."""
    if given is not None and kept is not None and seat >= given.agents:
        looks.be_ready(state, given, kept, plan.seed, seat, now)
        return
    be_ready(state, seat, now)


@part
def freed(state: State, plan: Plan, slot: int, seat: int, now: int) -> None:
    """A conversation is over: the agent wraps up, or is ready at once if that takes no time; a case worker is back at her work."""
    after = 0
    if is_agent(plan.promised, seat):
        after = _work_after(plan, plan.wrap_up, state.calls[slot, CITIZEN], state.calls[slot, NTH])
    if after > 0:
        contact = state.calls[slot, CONTACT]
        does(state, seat, SeatIs.WRAP_UP.value, contact, now)
        state.seats[seat, CALL] = contact
        which = second_key(seat, What.WRAPPED_UP.value, seat)
        state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(now + after, Kind.SEAT.value), which)
    else:
        ready_again(state, plan, plan.promised, state.kept, seat, now)


@part
def is_agent(given: Promised | None, seat: int) -> bool:
    """Return whether somebody at a seat answers for the centre."""
    if given is not None:
        return bool(seat < given.agents)
    return True


@part
def _work_after(plan: Plan, wrap_up: Law | None, citizen: int, nth: int) -> int:
    if wrap_up is not None:
        return duration(wrap_up, uniform(plan.seed.seed, plan.seed.replication, Stream.WRAP_UP.value, citizen, nth))
    return 0


@part
def wrapped_up(state: State, plan: Plan, seat: int, now: int) -> None:
    """The work after a conversation is done."""
    writing.wrapped_up(plan.rows, state.seats[seat, CALL], now)
    be_ready(state, seat, now)


@part
def at_the_seat(state: State, plan: Plan, ring: Ring | None, what: int, identity: int, slot: int, now: int) -> None:
    """Somebody picks up, or has not picked up, or comes back from a pause."""
    if ring is not None:
        seats = state.seats
        if what == What.PICKS_UP:
            if seats[identity, STATE] == SeatIs.RINGING and (seats[identity, RUNGS] - 1) & (SLOTS - 1) == slot:
                if state.calls[seats[identity, CALL], IS] == CallIs.PUT_THROUGH:
                    _takes_over(state, plan, plan.promised, seats[identity, CALL], identity, now)
                else:
                    _answer(state, plan, seats[identity, CALL], identity, now)
        elif what == What.RANG_OUT:
            if state.calls[slot, IS] == CallIs.RINGING and state.calls[slot, CONTACT] == identity:
                _missed(state, plan, ring, slot, now)
                writing.missed(plan.rows, identity)
        elif seats[slot, STATE] == SeatIs.PAUSE:
            be_ready(state, slot, now)


@part
def _missed(state: State, plan: Plan, ring: Ring, slot: int, now: int) -> None:
    """Nobody took the call at this seat: it waits on in its place, an agent goes into pause, a case worker on with her work."""
    n, seat = state.n, state.calls[slot, SEAT]
    if is_agent(plan.promised, seat):
        state.missed[slot, seat] = True
        does(state, seat, SeatIs.PAUSE.value, NOBODY, now)
        which = second_key(seat, What.PAUSE_ENDS.value, seat)
        n[HEAP] = push(state.heap, n[HEAP], first_key(now + ring.pause_ms, Kind.SEAT.value), which)
    else:
        ready_again(state, plan, plan.promised, state.kept, seat, now)
        if _goes_on(state, plan, plan.promised, state.kept, slot, seat, now):
            return
    wait(n, state.calls, slot)


@part
def _goes_on(
    state: State, plan: Plan, given: Promised | None, kept: Kept | None, slot: int, seat: int, now: int
) -> bool:
    """A call that rang on a direct line goes on: to a colleague, to the centre, or nowhere; returns whether it was on one."""
    if given is not None and kept is not None and state.calls[slot, ON_LINE] == 1:
        calls, missed = state.calls, state.missed
        missed[slot, seat] = True
        step = through.ask(
            state, given, plan.rules, plan.seed, calls[slot], missed[slot], Point.DIRECT_MISSED.value, True, now
        )
        if rings_on_line(state, plan, given, kept, step, slot, now):
            return True
        if step.act == Act.QUEUE:
            writing.queued(plan.rows, calls[slot, CONTACT], now)
            wait(state.n, calls, slot)
        else:
            ends.turn_away(state, plan, plan.again, slot, now)
        return True
    return False
