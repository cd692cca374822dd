"""Who gives up calling, and who comes in person instead and waits until somebody of the office has time for her."""

from erreichbar.lab.engine import looks, tickets, writing
from erreichbar.lab.engine.callers import caller_of
from erreichbar.lab.engine.chains import enter, leave
from erreichbar.lab.engine.compiling import apart, part
from erreichbar.lab.engine.doing import does
from erreichbar.lab.engine.heap import first_key, key_of_citizen, push, second_key
from erreichbar.lab.engine.lines import free
from erreichbar.lab.engine.promised import COMES, GAVE_UP, HEARD, Kept, Promised
from erreichbar.lab.engine.rules import (
    comes_after_ms,
    has_passed,
    instead_of_calling,
    is_telephone_only,
    longest_idle,
    talk_ms,
    uniform,
    when_open,
)
from erreichbar.lab.engine.shapes import CallIs, Ints, Kind, Plan, SeatIs, Seed, What
from erreichbar.lab.engine.state import (
    ABOUT,
    AFTER,
    ANSWERED,
    BEFORE,
    CITIZEN,
    CONTACT,
    CONTACTS,
    FIRST_VISITOR,
    HEAP,
    IS,
    LAST_VISITOR,
    NOBODY,
    NTH,
    ON_LINE,
    RING_BACK,
    SEAT,
    SINCE,
    SOMEBODY_FREE,
    STATE,
    THROUGH,
    State,
)
from erreichbar.record.words import CallOutcome, code
from erreichbar.traffic.draws import Stream
from erreichbar.traffic.further import GIVES_UP

WAS_RECEIVED, WAS_SENT_AWAY = code(CallOutcome.ANSWERED), code(CallOutcome.TURNED_AWAY)


@part
def calls_no_more(state: State, plan: Plan, given: Promised | None, kept: Kept | None, slot: int, now: int) -> None:
    """A citizen will not call again: if nobody has heard her, she comes in person or gives up."""
    comes = False
    if given is not None and kept is not None:
        comes = _comes_later(state, given, kept, plan.seed, slot, now)
    if not comes:
        free(state, slot)


@apart
def _comes_later(state: State, given: Promised, kept: Kept, seed: Seed, slot: int, now: int) -> bool:
    """Let her come when she may, once, or note that she gives up; returns whether she comes."""
    calls = state.calls
    citizen = calls[slot, CITIZEN]
    caller = caller_of(given, citizen)
    story = kept.stories[caller]
    if given.callers.matters[caller] == 0 or story[HEARD] == 1 or story[COMES] == 1:
        return False
    only = is_telephone_only(given.further, seed.seed, given.callers.place[caller])
    if instead_of_calling(given.further, seed.seed, seed.replication, citizen, only) == GIVES_UP:
        story[GAVE_UP] = now
        return False
    story[COMES], story[GAVE_UP] = 1, NOBODY
    u = uniform(seed.seed, seed.replication, Stream.GIVES_UP.value, citizen, 2)
    after = comes_after_ms(given.further, seed.seed, seed.replication, citizen)
    starts, ends = _receiving(given, given.callers.unit[caller, 0])
    at = when_open(now + after, u, starts, ends)
    if at < 0:
        return False
    calls[slot, IS] = CallIs.COMING.value
    comes = key_of_citizen(citizen, slot, What.VISITS.value)
    state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(at, Kind.CALL_ARRIVES.value), comes)
    return True


@part
def at_the_office(
    state: State, plan: Plan, given: Promised, kept: Kept, what: int, identity: int, slot: int, now: int
) -> None:
    """Somebody comes in person, or has been spoken with, or nobody is received any more."""
    if what == What.VISIT_ENDS:
        _ended(state, given, kept, plan.seed, plan.rows, slot, now)
    elif what == What.GOES_HOME:
        _goes_home(state, given, kept, plan.rows, identity, slot, now)
    else:
        _comes(state, given, kept, plan.seed, plan.rows, slot, now)


@apart
def _comes(state: State, given: Promised, kept: Kept, seed: Seed, rows: Ints | None, slot: int, now: int) -> None:
    """She waits, unless she is received at once or somebody has heard her meanwhile; not longer than anybody is."""
    n, calls = state.n, state.calls
    caller = caller_of(given, calls[slot, CITIZEN])
    if kept.stories[caller, HEARD] == 1:
        free(state, slot)
        return
    contact = n[CONTACTS]
    n[CONTACTS] = contact + 1
    calls[slot, CONTACT], calls[slot, NTH], calls[slot, IS] = contact, kept.made[caller], CallIs.VISITING.value
    kept.made[caller] += 1
    calls[slot, SEAT] = calls[slot, RING_BACK] = calls[slot, ABOUT] = NOBODY
    calls[slot, ON_LINE] = calls[slot, THROUGH] = 0
    writing.comes_in_person(rows, contact, now, calls[slot, CITIZEN], calls[slot, NTH])
    enter(calls, slot, n[LAST_VISITOR], NOBODY, BEFORE, AFTER, n, FIRST_VISITOR, LAST_VISITOR)
    _match(state, given, kept, seed, now)
    if calls[slot, SEAT] < 0:
        _, ends = _receiving(given, given.callers.unit[caller, 0])
        home = second_key(contact, What.GOES_HOME.value, slot)
        n[HEAP] = push(state.heap, n[HEAP], first_key(ends[has_passed(ends, now)], Kind.PERSON.value), home)


@part
def _receiving(given: Promised, unit: int) -> tuple[Ints, Ints]:
    """Return from when and until when a unit receives who comes in person, on each of its days."""
    low, high = given.receiving.first[unit], given.receiving.first[unit + 1]
    return given.receiving.start[low:high], given.receiving.end[low:high]


@part
def match(state: State, plan: Plan, given: Promised | None, kept: Kept | None, now: int) -> None:
    """When somebody is free, bring who waits at the office, first come first, to who has been longest of the unit whose matter it is."""
    if given is not None and kept is not None and state.n[FIRST_VISITOR] >= 0 and state.n[SOMEBODY_FREE] == 1:
        state.n[SOMEBODY_FREE] = 0
        _match(state, given, kept, plan.seed, now)


@apart
def _match(state: State, given: Promised, kept: Kept, seed: Seed, now: int) -> None:
    calls, slot = state.calls, state.n[FIRST_VISITOR]
    while slot >= 0:
        after = calls[slot, AFTER]
        seat = _who_is_free(state.seats, given, kept, given.callers.unit[caller_of(given, calls[slot, CITIZEN]), 0])
        if seat >= 0:
            leave(calls, slot, BEFORE, AFTER, state.n, FIRST_VISITOR, LAST_VISITOR)
            _received(state, given, seed, slot, seat, now)
        slot = after


@part
def _who_is_free(seats: Ints, given: Promised, kept: Kept, unit: int) -> int:
    """Return which case worker of a unit has been free longest, ``NOBODY`` if none is."""
    since = kept.scratch[0]
    of_unit = given.colleagues.seats[given.colleagues.first[unit + 1] : given.colleagues.first[unit + 2]]
    for place in range(len(of_unit)):
        seat = of_unit[place]
        since[place] = seats[seat, SINCE] if seats[seat, STATE] == SeatIs.READY.value else NOBODY
    chosen = longest_idle(since[: len(of_unit)])
    return int(of_unit[chosen]) if chosen >= 0 else NOBODY


@part
def _received(state: State, given: Promised, seed: Seed, slot: int, seat: int, now: int) -> None:
    """Somebody has time for her, as if she called: who was at her case work is interrupted."""
    calls = state.calls
    contact, citizen = calls[slot, CONTACT], calls[slot, CITIZEN]
    calls[slot, SEAT], calls[slot, ANSWERED] = seat, now
    does(state, seat, SeatIs.TALKING.value, contact, now)
    matters = given.callers.matters[caller_of(given, citizen)]
    talk = talk_ms(
        given.behaviour, seed.seed, seed.replication, citizen, calls[slot, NTH], given.people.role[seat], matters
    )
    ends = second_key(contact, What.VISIT_ENDS.value, slot)
    state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(now + talk, Kind.CALL_ENDS.value), ends)


@apart
def _ended(state: State, given: Promised, kept: Kept, seed: Seed, rows: Ints | None, slot: int, now: int) -> None:
    call = state.calls[slot]
    writing.ended(rows, call[CONTACT], WAS_RECEIVED, call[ANSWERED], now, call[SEAT], 0)
    tickets.concluded(state, given, kept, seed, rows, slot, call[SEAT], now)
    looks.be_ready(state, given, kept, seed, call[SEAT], now)
    free(state, slot)


@apart
def _goes_home(state: State, given: Promised, kept: Kept, rows: Ints | None, contact: int, slot: int, now: int) -> None:
    """Nobody is received any more today: who waits gives up."""
    calls = state.calls
    if calls[slot, IS] == CallIs.VISITING and calls[slot, CONTACT] == contact and calls[slot, SEAT] < 0:
        kept.stories[caller_of(given, calls[slot, CITIZEN]), GAVE_UP] = now
        writing.ended(rows, contact, WAS_SENT_AWAY, NOBODY, now, NOBODY, 0)
        leave(calls, slot, BEFORE, AFTER, state.n, FIRST_VISITOR, LAST_VISITOR)
        free(state, slot)
