"""How a call ends that nobody answers, and whether the citizen calls again."""

from erreichbar.access.points import Act, Point
from erreichbar.lab.engine import visiting, watching, writing
from erreichbar.lab.engine.asking import ask
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.heap import first_key, key_of_citizen, push, second_key
from erreichbar.lab.engine.lines import free, leave_line
from erreichbar.lab.engine.promised import Promised
from erreichbar.lab.engine.rules import duration, uniform
from erreichbar.lab.engine.shapes import Again, CallIs, Ints, Kind, Plan, Sums, What
from erreichbar.lab.engine.state import (
    ARRIVED,
    CITIZEN,
    CONTACT,
    HEAP,
    IS,
    NOBODY,
    NTH,
    RING_BACK,
    RINGINGS,
    TRIES,
    WAITING,
    State,
)
from erreichbar.traffic.draws import Stream
from erreichbar.traffic.further import NEUTRAL

# Codes of ``record.words.CallOutcome``; a test holds them equal.
WAS_ANSWERED, WAS_ABANDONED, WAS_TURNED_AWAY, WAS_OUT_OF_HOURS = 0, 1, 2, 3


@part
def call_again(state: State, plan: Plan, again: Again | None, slot: int, now: int) -> None:
    """Let a citizen call again later, or never."""
    calls, n = state.calls, state.n
    if again is not None:
        seed, citizen, nth = plan.seed, calls[slot, CITIZEN], calls[slot, NTH]
        calls[slot, TRIES] += 1
        again_if = uniform(seed.seed, seed.replication, Stream.CALLS_AGAIN.value, citizen, 2 * nth)
        if again_if < again.part and calls[slot, TRIES] < _most_calls(plan.promised):
            u = uniform(seed.seed, seed.replication, Stream.CALLS_AGAIN.value, citizen, 2 * nth + 1)
            calls[slot, IS], calls[slot, NTH] = CallIs.COMING.value, nth + 1
            comes = first_key(now + duration(again.after, u), Kind.CALL_ARRIVES.value)
            n[HEAP] = push(state.heap, n[HEAP], comes, key_of_citizen(citizen, slot))
            return
    visiting.calls_no_more(state, plan, plan.promised, state.kept, slot, now)


@part
def _most_calls(given: Promised | None) -> int:
    """Return after how many calls in vain nobody tries again."""
    if given is not None:
        return given.further.most_calls
    return NEUTRAL.most_calls


@part
def announced(state: State, plan: Plan, slot: int, now: int) -> None:
    """The announcement that all lines are taken is over."""
    call_again(state, plan, plan.again, slot, now)


@part
def turn_away(state: State, plan: Plan, again: Again | None, slot: int, now: int) -> None:
    """Tell a caller that all lines are taken."""
    n, calls = state.n, state.calls
    writing.ended(plan.rows, calls[slot, CONTACT], WAS_TURNED_AWAY, NOBODY, now, NOBODY, calls[slot, RINGINGS])
    watching.unanswered(state, plan.window, calls[slot, ARRIVED], now, Sums.TURNED_AWAY.value)
    if again is not None:
        calls[slot, IS] = CallIs.ANNOUNCED.value
        which = second_key(calls[slot, CONTACT], What.ANNOUNCED.value, slot)
        said = first_key(now + again.announcement_ms, Kind.CALL_ENDS.value)
        n[HEAP] = push(state.heap, n[HEAP], said, which)
    else:
        free(state, slot)


@part
def ask_whether_to_wait(state: State, plan: Plan, slot: int, now: int) -> None:
    """Ask the access model how long a call may wait, if it waits."""
    n, calls = state.n, state.calls
    if calls[slot, IS] != CallIs.WAITING:
        return
    waited, answers = now - calls[slot, ARRIVED], answers_callback(plan.promised, calls, slot)
    step = ask(state, plan, Point.WAITED.value, True, waited, calls[slot, RINGINGS], n[WAITING] - 1, answers)
    if step.act == Act.TURN_AWAY:
        leave_line(n, calls, slot)
        turn_away(state, plan, plan.again, slot, now)
    elif step.wait_ms > 0:
        which = second_key(calls[slot, CONTACT], What.WAITED.value, slot)
        n[HEAP] = push(state.heap, n[HEAP], first_key(now + step.wait_ms, Kind.TIMER.value), which)


@part
def answers_callback(given: Promised | None, calls: Ints, slot: int) -> bool:
    """Return whether a call is taken to answer a missed callback."""
    if given is not None:
        return bool(calls[slot, RING_BACK] >= 0)
    return False
