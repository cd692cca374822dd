"""What citizens do whom the office has not reached: call when they can, call again, ask about their tickets."""

from erreichbar.lab.engine.callers import caller_of, citizen_of, minute_of_day
from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.heap import first_key, key_of_citizen, push, second_key
from erreichbar.lab.engine.promised import (
    M_NTH,
    T_AFTER,
    T_CALLER,
    T_CHASED,
    T_CLOSED,
    T_DUE,
    T_MATTER,
    T_PLACE,
    T_REACHED,
    Kept,
    Promised,
)
from erreichbar.lab.engine.rules import availability_of, can_telephone, chases_ms, uniform, when_able
from erreichbar.lab.engine.shapes import CallIs, Ints, Kind, Seed, What
from erreichbar.lab.engine.state import ABOUT, CITIZEN, FREE, HEAP, IS, NOBODY, RING_BACK, TRIES, State
from erreichbar.traffic.draws import Stream


@apart
def calls_later(state: State, citizen: int, slot: int, at: int) -> None:
    """Let a citizen call at a moment."""
    state.calls[slot, IS] = CallIs.COMING.value
    which = key_of_citizen(citizen, slot)
    state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(at, Kind.CALL_ARRIVES.value), which)


@apart
def is_put_off(state: State, given: Promised, kept: Kept, seed: Seed, slot: int, now: int) -> bool:
    """Let her call when she can, if she cannot telephone now: once, whatever about, or never. Returns whether it is not now."""
    further, calls = given.further, state.calls
    if further.before_noon + further.after_noon + further.late <= 0.0:
        return False
    citizen = calls[slot, CITIZEN]
    caller = caller_of(given, citizen)
    available = availability_of(further, seed.seed, given.callers.place[caller])
    if can_telephone(available, minute_of_day(given, kept, now)):
        return False
    u = uniform(seed.seed, seed.replication, Stream.PUT_OFF.value, citizen, kept.made[caller])
    able = given.able
    at = when_able(able.start, able.end, able.first[available], able.first[available + 1], now, u)
    if at < 0 or kept.put_off[caller] > now:
        calls[slot, IS] = CallIs.FREE.value
        state.free[state.n[FREE]] = slot
        state.n[FREE] += 1
    else:
        kept.put_off[caller] = at
        calls_later(state, citizen, slot, at)
    return True


@apart
def about(given: Promised, kept: Kept, call: Ints, place: int) -> int:
    """Return about which open ticket of hers somebody calls, ``NOBODY`` for none: one that she answers, or asks about."""
    for ticket in (call[RING_BACK], call[ABOUT]):
        if ticket >= 0 and kept.tickets[ticket, T_CLOSED] < 0 and kept.tickets[ticket, T_PLACE] == place:
            return int(ticket)
    return NOBODY


@apart
def may_chase(state: State, given: Promised, kept: Kept, seed: Seed, ticket: int, since: int) -> None:
    """She may ask about a promise that is not kept, so long after a moment."""
    row = kept.tickets[ticket]
    citizen, matter = citizen_of(given, row[T_CALLER]), kept.matters[row[T_MATTER], M_NTH]
    after = chases_ms(given.further, seed.seed, seed.replication, citizen, matter, row[T_CHASED])
    row[T_CHASED] += 1
    if after >= 0:
        which = second_key(ticket, What.CHASES.value, 0)
        state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(since + after, Kind.TIMER.value), which)


@apart
def asks_on(state: State, given: Promised, kept: Kept, seed: Seed, call: Ints, now: int) -> None:
    """She was told that her ticket is still open: she may ask again, if it is late."""
    ticket = call[ABOUT]
    if ticket >= 0 and kept.tickets[ticket, T_CLOSED] < 0 and now >= kept.tickets[ticket, T_DUE]:
        may_chase(state, given, kept, seed, ticket, now)


@apart
def chases(state: State, given: Promised, kept: Kept, ticket: int, now: int) -> None:
    """She calls about her ticket, unless she was reached meanwhile, or a later ticket stands for it."""
    row = kept.tickets[ticket]
    if row[T_REACHED] >= 0 or _is_open_anew(kept, ticket):
        return
    n, calls = state.n, state.calls
    n[FREE] -= 1
    slot, citizen = state.free[n[FREE]], citizen_of(given, row[T_CALLER])
    calls[slot, CITIZEN], calls[slot, ABOUT], calls[slot, TRIES] = citizen, ticket, 0
    calls_later(state, citizen, slot, now)


@apart
def _is_open_anew(kept: Kept, ticket: int) -> bool:
    row = kept.tickets[ticket]
    other = kept.at_home[row[T_PLACE] // 2, 0]
    while other >= 0:
        one = kept.tickets[other]
        same = kept.matters[one[T_MATTER], M_NTH] == kept.matters[row[T_MATTER], M_NTH]
        if other > ticket and one[T_CALLER] == row[T_CALLER] and same:
            return True
        other = one[T_AFTER]
    return False
