"""Case work: what people of the office do when nobody calls. A call interrupts it, and so does a more urgent case.

An interrupted case waits with the work that is left, in the place in which it came, and goes on when somebody has time
(preemptive-resume). Classes count from 0, the most urgent; every call goes before every case.
"""

from erreichbar.lab.engine import chains
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.heap import SLOTS, first_key, push, second_key
from erreichbar.lab.engine.lines import be_ready, be_ready_no_more
from erreichbar.lab.engine.rules import exponential_ms, uniform
from erreichbar.lab.engine.shapes import Cases, Ints, Kind, Plan, What
from erreichbar.lab.engine.state import (
    AT_CASES,
    C_AFTER,
    C_BEFORE,
    C_CAME,
    C_CLASS,
    C_LEFT,
    C_LENGTH,
    C_NUMBER,
    CASE,
    CASES,
    FIRST_READY,
    FREE_CASES,
    HEAP,
    NOBODY,
    READY,
    STARTED,
    TURNS,
    State,
)
from erreichbar.traffic.draws import Stream


@part
def begin(state: State, plan: Plan, cases: Cases | None) -> None:
    """Before anything happens: the first case of each class is on its way."""
    if cases is not None:
        for urgency in range(len(cases.rates)):
            _comes_later(state, plan, cases, urgency, 0, 0)


@part
def is_full(state: State, cases: Cases | None) -> bool:
    """Return whether there is no room for another case."""
    if cases is not None:
        return bool(state.n[FREE_CASES] < 1)
    return False


@part
def comes(state: State, plan: Plan, cases: Cases | None, urgency: int, nth: int, now: int) -> None:
    """A case of a class comes to the office, the ``nth`` of it."""
    if cases is not None:
        n, rows = state.n, state.cases
        _comes_later(state, plan, cases, urgency, nth + 1, now)
        n[FREE_CASES] -= 1
        slot = state.free_cases[n[FREE_CASES]]
        u = uniform(plan.seed.seed, plan.seed.replication, Stream.CASE_LENGTH.value, urgency, nth)
        length = exponential_ms(u, cases.means[urgency])
        rows[slot, C_CLASS], rows[slot, C_NUMBER], rows[slot, C_CAME] = urgency, n[CASES], now
        rows[slot, C_LEFT], rows[slot, C_LENGTH] = length, length
        n[CASES] += 1
        wait(state, slot)
        if n[READY] == 0:
            _disturb(state, cases, urgency + 1, now)


@part
def work(state: State, cases: Cases | None, now: int) -> None:
    """Whoever is ready while nobody calls takes up the most urgent case that came first."""
    if cases is not None:
        n, rows = state.n, state.cases
        while n[READY] > 0:
            slot = _first(state.lines)
            if slot < 0:
                return
            seat = n[FIRST_READY]
            be_ready_no_more(n, state.seats, seat)
            chains.leave(rows, slot, C_BEFORE, C_AFTER, state.lines[rows[slot, C_CLASS]], 0, 1)
            state.seats[seat, CASE], state.seats[seat, STARTED] = slot, now
            turn = state.seats[seat, TURNS] + 1
            state.seats[seat, TURNS] = turn
            n[AT_CASES] += 1
            done = first_key(now + rows[slot, C_LEFT], Kind.SEAT.value)
            n[HEAP] = push(state.heap, n[HEAP], done, second_key(seat, What.CASE_DONE.value, turn & (SLOTS - 1)))


@part
def interrupt(state: State, cases: Cases | None, now: int) -> bool:
    """Free somebody for a call, if anybody is at a case; returns whether somebody was."""
    if cases is not None:
        return _disturb(state, cases, 0, now)
    return False


@part
def done(state: State, plan: Plan, cases: Cases | None, seat: int, turn: int, now: int) -> None:
    """A case is done, if it was not interrupted meanwhile."""
    if cases is not None:
        seats, rows = state.seats, state.cases
        slot = seats[seat, CASE]
        if slot >= 0 and seats[seat, TURNS] & (SLOTS - 1) == turn:
            came, urgency = rows[slot, C_CAME], rows[slot, C_CLASS]
            if plan.window.start <= came < plan.window.end:
                state.case_sums[urgency, 0] += 1.0
                state.case_sums[urgency, 1] += now - came - rows[slot, C_LENGTH]
            seats[seat, CASE] = NOBODY
            state.n[AT_CASES] -= 1
            state.free_cases[state.n[FREE_CASES]] = slot
            state.n[FREE_CASES] += 1
            be_ready(state, seat, now)


@part
def _disturb(state: State, cases: Cases, least: int, now: int) -> bool:
    """Interrupt the least urgent case, of those the one at the first seat, if its class is ``least`` or less urgent."""
    seats, rows = state.seats, state.cases
    chosen, urgency = NOBODY, least - 1
    for seat in range(len(seats)):
        slot = seats[seat, CASE]
        if slot >= 0 and rows[slot, C_CLASS] > urgency:
            chosen, urgency = seat, rows[slot, C_CLASS]
    if chosen < 0:
        return False
    put_down(state, cases, chosen, now)
    return True


@part
def put_down(state: State, cases: Cases | None, seat: int, now: int) -> None:
    """Interrupt the case that somebody is at, if she is at one; she is ready then. To find back into it costs time, too."""
    if cases is not None:
        seats, rows = state.seats, state.cases
        slot = seats[seat, CASE]
        if slot >= 0:
            rows[slot, C_LEFT] += cases.resume_ms - (now - seats[seat, STARTED])
            seats[seat, CASE] = NOBODY
            state.n[AT_CASES] -= 1
            wait(state, slot)
            be_ready(state, seat, now)


@part
def _comes_later(state: State, plan: Plan, cases: Cases, urgency: int, nth: int, now: int) -> None:
    u = uniform(plan.seed.seed, plan.seed.replication, Stream.CASE_COMES.value, urgency, nth)
    comes_at = now + exponential_ms(u, 1.0 / cases.rates[urgency])
    if comes_at < plan.days.horizon:
        which = second_key(nth, What.CASE_COMES.value, urgency)
        state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(comes_at, Kind.TIMER.value), which)


@part
def _first(lines: Ints) -> int:
    """Return the first case of the most urgent class that has one, −1 if nothing waits."""
    for urgency in range(len(lines)):
        if lines[urgency, 0] >= 0:
            return int(lines[urgency, 0])
    return NOBODY


@part
def wait(state: State, slot: int) -> None:
    """Put a case into the line of its class, in the place in which it came."""
    rows, lines = state.cases, state.lines
    urgency = rows[slot, C_CLASS]
    before, after = NOBODY, lines[urgency, 0]
    if lines[urgency, 1] >= 0 and rows[lines[urgency, 1], C_NUMBER] < rows[slot, C_NUMBER]:
        before, after = lines[urgency, 1], NOBODY
    while after >= 0 and rows[after, C_NUMBER] < rows[slot, C_NUMBER]:
        before, after = after, rows[after, C_AFTER]
    chains.enter(rows, slot, before, after, C_BEFORE, C_AFTER, lines[urgency], 0, 1)
