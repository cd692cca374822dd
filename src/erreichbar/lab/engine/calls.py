"""Citizens' calls: they come in, wait, end, and some of them come again."""

from erreichbar.access.points import Act, Point, Step
from erreichbar.lab.engine import callers, doors, ends, persisting, seats, through, tickets, visiting, watching, writing
from erreichbar.lab.engine.asking import ask
from erreichbar.lab.engine.callers import caller_of
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.heap import first_key, push, second_key
from erreichbar.lab.engine.lines import free, leave_line, wait
from erreichbar.lab.engine.promised import Kept, Promised
from erreichbar.lab.engine.rules import duration, uniform
from erreichbar.lab.engine.shapes import CallIs, Hours, Ints, Kind, Law, Plan, Sums, What
from erreichbar.lab.engine.state import (
    ANSWERED,
    ARRIVED,
    BUSY,
    CITIZEN,
    CONTACT,
    CONTACTS,
    HEAP,
    IS,
    NOBODY,
    NTH,
    PICKED_UP,
    RING_BACK,
    RINGINGS,
    SEAT,
    TARGET,
    THROUGH,
    WAITING,
    WITH,
    State,
)
from erreichbar.traffic.draws import Stream


@part
def is_full(contacts: int, rows: Ints | None) -> bool:
    """Return whether rows are wished and there is no room for another."""
    if rows is not None:
        return bool(contacts >= rows.shape[0])
    return False


@part
def arrives(state: State, plan: Plan, slot: int, now: int) -> None:
    """A citizen calls, for the first time or again."""
    n, calls = state.n, state.calls
    if _is_not_made(state, plan, plan.promised, state.kept, plan.given, slot, now):
        return
    contact = n[CONTACTS]
    n[CONTACTS] = contact + 1
    calls[slot, CONTACT], calls[slot, ARRIVED] = contact, now
    calls[slot, RINGINGS], calls[slot, SEAT] = 0, NOBODY
    if state.missed.shape[1] > 0:
        state.missed[slot, :] = False
    is_open = doors.is_open(n, plan.hours, now)
    _counts(plan.promised, state.kept, calls, slot)
    writing.began(plan.rows, contact, now, is_open, calls[slot, CITIZEN], calls[slot, NTH])
    _is_known(plan, plan.promised, state.kept, calls, slot, is_open, now)
    step = _asked(state, plan, plan.promised, slot, is_open, now)
    if step.act == Act.ANNOUNCE_CLOSED:
        _closed(state, plan, plan.hours, slot, now)
    elif step.act == Act.TURN_AWAY:
        _count(state, plan, now)
        ends.turn_away(state, plan, plan.again, slot, now)
    else:
        _count(state, plan, now)
        if seats.rings_on_line(state, plan, plan.promised, state.kept, step, slot, now):
            return
        writing.queued(plan.rows, contact, now)
        watching.came(state, plan.innovations, plan.window, now)
        wait(n, calls, slot)
        seats.first_at_who_tried(state, plan, plan.promised, state.kept, slot, now)


@part
def _is_not_made(
    state: State, plan: Plan, given: Promised | None, kept: Kept | None, known: Ints | None, slot: int, now: int
) -> bool:
    """Return whether she does not call now: there is no need any more, or she cannot, unless it is known that she did."""
    if given is not None and kept is not None:
        if persisting.is_needless(kept, state.calls[slot]):
            free(state, slot)
            return True
        if known is not None and kept.made[caller_of(given, state.calls[slot, CITIZEN])] == 0:
            return False
        return persisting.is_put_off(state, given, kept, plan.seed, slot, now)
    return False


@part
def _asked(state: State, plan: Plan, given: Promised | None, slot: int, is_open: bool, now: int) -> Step:
    """Ask the access model about a call that comes in, on the centre's line or a direct one."""
    calls, missed = state.calls, state.missed
    if given is not None and calls[slot, TARGET] >= 0:
        return through.ask(
            state, given, plan.rules, plan.seed, calls[slot], missed[slot], Point.ARRIVED.value, is_open, now
        )
    answers = ends.answers_callback(plan.promised, calls, slot)
    return ask(state, plan, Point.ARRIVED.value, is_open, 0, 0, state.n[WAITING], answers)


@part
def _counts(given: Promised | None, kept: Kept | None, calls: Ints, slot: int) -> None:
    """Of which call of this citizen it is, those that were made to her are counted, too."""
    if given is not None and kept is not None:
        caller = caller_of(given, calls[slot, CITIZEN])
        calls[slot, NTH] = kept.made[caller]
        kept.made[caller] += 1


@part
def _is_known(
    plan: Plan, given: Promised | None, kept: Kept | None, calls: Ints, slot: int, is_open: bool, now: int
) -> None:
    if given is not None and kept is not None:
        caller = caller_of(given, calls[slot, CITIZEN])
        calls[slot, RING_BACK] = callers.calls(
            given, kept, plan.rows, plan.rules, calls[slot, CONTACT], caller, is_open, now
        )
        through.dials(given, plan.rules, plan.seed, plan.rows, calls[slot], calls[slot, CONTACT])


@part
def _count(state: State, plan: Plan, now: int) -> None:
    if plan.window.start <= now < plan.window.end:
        state.sums[Sums.OFFERED.value] += 1.0


@part
def settles_in(state: State, plan: Plan, slot: int, now: int) -> None:
    """A call has come in, and nobody has answered it at once: she waits as long as she is patient, if that is not surely enough."""
    if state.calls[slot, IS] == CallIs.WAITING or state.calls[slot, IS] == CallIs.RINGING:
        _lose_patience_later(state, plan, plan.patience, slot, now)


@part
def _lose_patience_later(state: State, plan: Plan, patience: Law | None, slot: int, now: int) -> None:
    if patience is not None:
        n, calls = state.n, state.calls
        seed = plan.seed
        u = uniform(seed.seed, seed.replication, Stream.PATIENCE.value, calls[slot, CITIZEN], calls[slot, NTH])
        which = second_key(calls[slot, CONTACT], What.HANGS_UP.value, slot)
        gives_up = now + max(1, duration(patience, u))
        if calls[slot, IS] == CallIs.RINGING and 0 <= calls[slot, PICKED_UP] < gives_up:
            return
        n[HEAP] = push(state.heap, n[HEAP], first_key(gives_up, Kind.CALL_ENDS.value), which)


@part
def _closed(state: State, plan: Plan, hours: Hours | None, slot: int, now: int) -> None:
    """Nobody calls again who called out of hours: she is told when the office can be reached."""
    if hours is not None:
        calls = state.calls
        writing.ended(plan.rows, calls[slot, CONTACT], ends.WAS_OUT_OF_HOURS, NOBODY, now, NOBODY, 0)
        watching.unanswered(state, plan.window, now, now, Sums.OUT_OF_HOURS.value)
        visiting.calls_no_more(state, plan, plan.promised, state.kept, slot, now)


@part
def hangs_up(state: State, plan: Plan, slot: int, contact: int, now: int) -> None:
    """A citizen has waited long enough, if she still waits."""
    n, calls = state.n, state.calls
    at = calls[slot, IS]
    if calls[slot, CONTACT] != contact or (at != CallIs.WAITING and at != CallIs.RINGING):
        return
    watching.goes(state, plan.innovations, plan.window, now)
    writing.ended(plan.rows, contact, ends.WAS_ABANDONED, NOBODY, now, NOBODY, calls[slot, RINGINGS])
    watching.unanswered(state, plan.window, calls[slot, ARRIVED], now, Sums.ABANDONED.value)
    if at == CallIs.WAITING:
        leave_line(n, calls, slot)
    else:
        seats.ready_again(state, plan, plan.promised, state.kept, calls[slot, SEAT], now)
    ends.call_again(state, plan, plan.again, slot, now)


@part
def talk_ends(state: State, plan: Plan, slot: int, now: int) -> None:
    """A conversation ends, unless who answered puts it through."""
    seat = state.calls[slot, SEAT]
    if not _is_put_through(state, plan, plan.promised, state.kept, slot, seat, now):
        _finish(state, plan, slot, seat, now)


@part
def not_through(state: State, plan: Plan, slot: int, contact: int, now: int) -> None:
    """Nobody has taken the call that was to be put through: perhaps somebody else does, else the agent ends it."""
    calls = state.calls
    if calls[slot, IS] != CallIs.PUT_THROUGH or calls[slot, CONTACT] != contact:
        return
    target, agent = calls[slot, TARGET], calls[slot, WITH]
    seats.ready_again(state, plan, plan.promised, state.kept, target, now)
    state.missed[slot, target] = True
    writing.missed(plan.rows, contact)
    calls[slot, THROUGH] += 1
    if not _is_put_through(state, plan, plan.promised, state.kept, slot, agent, now):
        calls[slot, IS] = CallIs.TALKING.value
        _finish(state, plan, slot, agent, now)


@part
def _is_put_through(
    state: State, plan: Plan, given: Promised | None, kept: Kept | None, slot: int, seat: int, now: int
) -> bool:
    """Let a call ring at somebody who may settle what its agent cannot; returns whether it does."""
    if given is not None and kept is not None and seat < given.agents:
        calls = state.calls
        target, lasts = through.puts_through(
            state, given, kept, plan.rules, plan.seed, calls[slot], state.missed[slot], now
        )
        if target >= 0:
            calls[slot, IS], calls[slot, WITH], calls[slot, TARGET] = CallIs.PUT_THROUGH.value, seat, target
            seats.rings_for(state, plan, plan.ring, slot, target, lasts, now)
            out = second_key(calls[slot, CONTACT], What.NOT_THROUGH.value, slot)
            state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(now + lasts, Kind.TIMER.value), out)
            return True
    return False


@part
def _finish(state: State, plan: Plan, slot: int, seat: int, now: int) -> None:
    calls = state.calls
    watching.goes(state, plan.innovations, plan.window, now)
    state.n[BUSY] -= 1
    first = _who_answered(plan.promised, calls, slot, seat)
    writing.ended(
        plan.rows, calls[slot, CONTACT], ends.WAS_ANSWERED, calls[slot, ANSWERED], now, first, calls[slot, RINGINGS]
    )
    _conclude(state, plan, plan.promised, state.kept, slot, seat, now)
    seats.freed(state, plan, slot, seat, now)
    free(state, slot)


@part
def _who_answered(given: Promised | None, calls: Ints, slot: int, seat: int) -> int:
    """Return at which seat a call was answered that ends at this one: that of the agent, if she put it through."""
    if given is not None and seat >= given.agents and calls[slot, THROUGH] > 0:
        return int(calls[slot, WITH])
    return seat


@part
def _conclude(
    state: State, plan: Plan, given: Promised | None, kept: Kept | None, slot: int, seat: int, now: int
) -> None:
    if given is not None and kept is not None:
        tickets.concluded(state, given, kept, plan.seed, plan.rows, slot, seat, now)
