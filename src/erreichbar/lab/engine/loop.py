"""The event loop: one office, one replication, from the first call to the last. Compiled once for each set of features.

What it does stands in ``docs/algorithms/lab.md``; what it decides is asked of ``access``; every chance is a keyed draw.
"""

from enum import IntEnum

from erreichbar.lab.engine import (
    callbacks,
    calls,
    cases,
    doing,
    doors,
    ends,
    inquiries,
    persisting,
    seats,
    tickets,
    visiting,
    watching,
)
from erreichbar.lab.engine.borrowing import borrowed_plan, borrowed_state
from erreichbar.lab.engine.boxes import boxed
from erreichbar.lab.engine.compiling import compiled, part
from erreichbar.lab.engine.heap import KIND_BITS, NEVER, SLOT_BITS, SLOTS, WHAT_BITS, drop, first_key, second_key
from erreichbar.lab.engine.promised import Kept, Promised, is_full
from erreichbar.lab.engine.rules import times_of_day
from erreichbar.lab.engine.shapes import Days, Ints, Kind, Plan, Seed, What
from erreichbar.lab.engine.state import (
    ABOUT,
    AT_FIRST,
    AT_SECOND,
    CITIZEN,
    CONTACT,
    CONTACTS,
    DAY,
    FAR,
    FREE,
    HEAP,
    MOVE,
    NEXT,
    NOBODY,
    NTH,
    TODAY,
    TRIES,
    State,
)

_ROOM = 12
"""An entry of the agenda makes fewer than so many others, beside a look at each seat."""


class Ended(IntEnum):
    """Why the loop has stopped."""

    DONE = 0
    NEEDS_ROOM = 1
    """More goes on at once than there is room for."""
    NEEDS_ROWS = 2
    NEEDS_PLACES = 3
    """More citizens call on one day than there is room for."""
    NEEDS_NOTES = 4
    NEEDS_TICKETS = 5


@compiled
def run(state: State, plan: Plan) -> int:
    """Go on until everything is over or there is no more room; returns ``Ended``."""
    return _run(
        borrowed_state(state, boxed(state.kept), boxed(state.working)), borrowed_plan(plan, boxed(plan.promised))
    )


@part
def _run(state: State, plan: Plan) -> int:
    n, heap, far, days = state.n, state.heap, state.far, plan.days
    if n[DAY] < 0:
        doors.begin(state, plan.hours)
        cases.begin(state, plan, plan.cases)
        _begin(state, plan.promised)
        n[DAY], n[NEXT], n[TODAY] = 0, 0, 0
    while True:
        if n[HEAP] + len(state.seats) + _ROOM > heap.shape[0] or n[FREE] < 1 or cases.is_full(state, plan.cases):
            return Ended.NEEDS_ROOM.value
        if n[FAR] + _ROOM > far.shape[0]:
            return Ended.NEEDS_ROOM.value
        if is_full(state.kept):
            return Ended.NEEDS_TICKETS.value
        if calls.is_full(n[CONTACTS], plan.rows):
            return Ended.NEEDS_ROWS.value
        if doing.is_full(n, state.log):
            return Ended.NEEDS_NOTES.value
        if not first_calls(n, state.times, days, plan.seed, plan.given):
            return Ended.NEEDS_PLACES.value
        first, second = _next_first_call(n, state.times, days)
        calls_first = True
        if n[MOVE] < len(state.moves) and _is_before(state.moves, n[MOVE], first, second):
            first, second = state.moves[n[MOVE], 0], state.moves[n[MOVE], 1]
            calls_first = False
        is_far = n[FAR] > 0 and _is_before(far, 0, first, second)
        if is_far:
            first, second = far[0, 0], far[0, 1]
        if n[HEAP] > 0 and _is_before(heap, 0, first, second):
            first, second = heap[0, 0], heap[0, 1]
            n[HEAP] = drop(heap, n[HEAP])
        elif is_far:
            n[FAR] = drop(far, n[FAR])
        elif first == NEVER:
            watching.until(state, plan.innovations, plan.window, plan.window.end)
            return Ended.DONE.value
        elif calls_first:
            n[NEXT] += 1
            n[FREE] -= 1
            citizen, slot = second >> (SLOT_BITS + WHAT_BITS), state.free[n[FREE]]
            state.calls[slot, CITIZEN], state.calls[slot, NTH] = citizen, 0
            state.calls[slot, ABOUT], state.calls[slot, TRIES] = NOBODY, 0
            second |= slot
        else:
            n[MOVE] += 1
        now, what = first >> KIND_BITS, second >> SLOT_BITS & ((1 << WHAT_BITS) - 1)
        identity, slot = second >> (SLOT_BITS + WHAT_BITS), second & (SLOTS - 1)
        if _is_over(plan.promised, now):
            return Ended.DONE.value
        watching.until(state, plan.innovations, plan.window, now)
        n[AT_FIRST], n[AT_SECOND] = first, second
        _happens(state, plan, now, what, identity, slot)
        seats.match(state, plan, now)
        visiting.match(state, plan, plan.promised, state.kept, now)
        if what == What.CALLS_AGAIN:
            calls.settles_in(state, plan, slot, now)
        if what == What.CALLS_AGAIN or (
            (what == What.WAITED or what == What.RANG_OUT) and state.calls[slot, CONTACT] == identity
        ):
            ends.ask_whether_to_wait(state, plan, slot, now)


@part
def _happens(state: State, plan: Plan, now: int, what: int, identity: int, slot: int) -> None:
    """Let one thing of the agenda happen."""
    if what == What.TALK_ENDS:
        calls.talk_ends(state, plan, slot, now)
    elif what == What.CALLS_AGAIN:
        calls.arrives(state, plan, slot, now)
    elif what == What.HANGS_UP:
        calls.hangs_up(state, plan, slot, identity, now)
    elif what == What.ANNOUNCED:
        ends.announced(state, plan, slot, now)
    elif what == What.WRAPPED_UP:
        seats.wrapped_up(state, plan, slot, now)
    elif what == What.PICKS_UP or what == What.RANG_OUT or what == What.PAUSE_ENDS:
        seats.at_the_seat(state, plan, plan.ring, what, identity, slot, now)
    elif what == What.CASE_DONE:
        cases.done(state, plan, plan.cases, identity, slot, now)
    elif what == What.CASE_COMES:
        cases.comes(state, plan, plan.cases, slot, identity, now)
    elif what >= What.LOOKS:
        _of_promises(state, plan, plan.promised, state.kept, what, identity, slot, now)
    elif what != What.WAITED:
        doors.at_the_door(state, plan, plan.hours, what, slot, now)


@part
def _of_promises(
    state: State, plan: Plan, given: Promised | None, kept: Kept | None, what: int, identity: int, slot: int, now: int
) -> None:
    """What happens with tickets and callbacks."""
    if given is not None and kept is not None:
        if what == What.LOOKS:
            callbacks.look(state, plan, given, kept, slot, now)
        elif what == What.CALLBACK_ANSWERED:
            callbacks.answered(state, plan, given, kept, slot, now)
        elif what == What.CALLBACK_ENDS:
            callbacks.ended(state, plan, given, kept, slot, now)
        elif what == What.GIVES_UP:
            tickets.gives_up(kept, identity - len(given.people.role), now)
        elif what == What.NOT_THROUGH:
            calls.not_through(state, plan, slot, identity, now)
        elif what == What.CHASES:
            persisting.calls_about(state, given, kept, identity, now)
        elif what == What.PLACED_ANEW:
            tickets.all_anew(state, given, kept, plan.seed, identity, now)
        elif what == What.ASKS:
            inquiries.asks(state, given, state.working, identity, now)
        elif what >= What.VISITS:
            visiting.at_the_office(state, plan, given, kept, what, identity, slot, now)
        else:
            tickets.place_anew(state, given, kept, plan.seed, identity - len(given.people.role), now)


@part
def _begin(state: State, given: Promised | None) -> None:
    """Before anything happens: when tickets will be placed anew, and when somebody would ask first."""
    if given is not None:
        tickets.anew_later(given, state.n, state.heap, 0)
        inquiries.ask_later(given, state.n, state.heap, 0)


@part
def _is_over(given: Promised | None, now: int) -> bool:
    """Return whether nothing is followed any more."""
    if given is not None:
        return bool(now >= given.stops)
    return False


@part
def _next_first_call(n: Ints, times: Ints, days: Days) -> tuple[int, int]:
    """Return as an entry of the agenda that the next citizen calls for the first time; ``NEVER`` if nobody does any more."""
    if n[NEXT] < n[TODAY]:
        day = n[DAY] - 1
        first = first_key(days.starts[day] + times[n[NEXT]], Kind.CALL_ARRIVES.value)
        return first, second_key((days.keys[day] << 16) + n[NEXT], What.CALLS_AGAIN.value, 0)
    return NEVER, 0


@part
def first_calls(n: Ints, times: Ints, days: Days, seed: Seed, given: Ints | None) -> bool:
    """Find the next first call, if there is one: its day's calls are drawn. Returns false if there is no room for them."""
    while n[NEXT] >= n[TODAY] and n[DAY] < len(days.keys):
        day = n[DAY]
        found = _calls_of(times, days, seed, day, given)
        if found > len(times):
            return False
        while found > 0 and days.starts[day] + times[found - 1] >= days.horizon:
            found -= 1
        n[DAY], n[NEXT], n[TODAY] = day + 1, 0, found
    return True


@part
def _calls_of(times: Ints, days: Days, seed: Seed, day: int, given: Ints | None) -> int:
    """Write when citizens call for the first time on a day (ms since midnight); returns how many there are."""
    if given is not None:
        found, until = 0, days.starts[day + 1] if day + 1 < len(days.starts) else NEVER
        for place in range(given.shape[0]):
            if days.starts[day] <= given[place] < until:
                if found < len(times):
                    times[found] = given[place] - days.starts[day]
                found += 1
        return found
    profile = days.profiles[day]
    return int(
        times_of_day(
            days.cumulated[profile], days.tops[profile], days.totals[day], seed.seed, seed.replication, days.keys[day],
            times,
        )
    )  # fmt: skip


@part
def _is_before(entries: Ints, which: int, first: int, second: int) -> bool:
    """Return whether an entry comes before another one."""
    return bool(entries[which, 0] < first or (entries[which, 0] == first and entries[which, 1] < second))
