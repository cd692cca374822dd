"""What citizens do whom the office has not reached: call when they can, call again, ask about their tickets."""

from erreichbar.lab.engine.callers import caller_of, citizen_of, minute_of_day
from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.heap import first_key, key_of_citizen, push, second_key
from erreichbar.lab.engine.lines import free
from erreichbar.lab.engine.promised import (
    T_AFTER,
    T_CALLER,
    T_CHASED,
    T_CLOSED,
    T_DUE,
    T_NTH,
    T_PLACE,
    T_REACHED,
    Kept,
    Promised,
)
from erreichbar.lab.engine.rules import (
    availability_of,
    calls_after_missed_ms,
    can_telephone,
    chases_ms,
    uniform,
    when_able,
)
from erreichbar.lab.engine.shapes import CallIs, Ints, Kind, Seed, What
from erreichbar.lab.engine.state import ABOUT, CITIZEN, FAR, FREE, HEAP, IS, NOBODY, RING_BACK, TRIES, State
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
        free(state, slot)
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
    citizen = citizen_of(given, row[T_CALLER])
    after = chases_ms(given.further, seed.seed, seed.replication, citizen, row[T_NTH], row[T_CHASED])
    row[T_CHASED] += 1
    if after >= 0:
        which = second_key(ticket, What.CHASES.value, 0)
        state.n[FAR] = push(state.far, state.n[FAR], first_key(since + after, Kind.TIMER.value), which)


@apart
def asks_on(state: State, given: Promised, kept: Kept, seed: Seed, call: Ints, now: int) -> None:
    """She was told that her ticket is still open: she may ask again, if it is late."""
    ticket = call[ABOUT]
    if ticket >= 0 and kept.tickets[ticket, T_CLOSED] < 0 and now >= kept.tickets[ticket, T_DUE]:
        may_chase(state, given, kept, seed, ticket, now)


@apart
def after_missed(state: State, given: Promised, kept: Kept, seed: Seed, ticket: int, now: int) -> None:
    """The last promised attempt has missed somebody, and nobody will ring back: perhaps she whose ticket it is calls about it."""
    caller = kept.tickets[ticket, T_CALLER]
    citizen, nth = citizen_of(given, caller), kept.made[caller]
    after = calls_after_missed_ms(given.further, seed.seed, seed.replication, citizen, nth)
    if after >= 0:
        calls_about(state, given, kept, ticket, now + after)


@apart
def calls_about(state: State, given: Promised, kept: Kept, ticket: int, at: int) -> None:
    """She whose ticket it is calls about it at a moment, unless that is needless by then."""
    n, calls = state.n, state.calls
    n[FREE] -= 1
    slot, citizen = state.free[n[FREE]], citizen_of(given, kept.tickets[ticket, T_CALLER])
    calls[slot, CITIZEN], calls[slot, ABOUT], calls[slot, TRIES] = citizen, ticket, 0
    calls_later(state, citizen, slot, at)


@apart
def is_needless(kept: Kept, call: Ints) -> bool:
    """Return whether she would call about a ticket of which she has been told, or which another one stands for."""
    ticket = call[ABOUT]
    if ticket < 0:
        return False
    row = kept.tickets[ticket]
    if row[T_REACHED] >= 0:
        return True
    other = kept.at_home[row[T_PLACE] // 2, 0]
    while other >= 0:
        one = kept.tickets[other]
        if other > ticket and one[T_CALLER] == row[T_CALLER] and one[T_NTH] == row[T_NTH]:
            return True
        other = one[T_AFTER]
    return False
