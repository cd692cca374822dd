"""When the line is open, and when agents come and go."""

from erreichbar.lab.engine import cases
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.heap import first_key, push, second_key
from erreichbar.lab.engine.lines import be_ready, be_ready_no_more
from erreichbar.lab.engine.looks import leaves_work
from erreichbar.lab.engine.seats import is_agent, ready_again
from erreichbar.lab.engine.shapes import Hours, Ints, Kind, Plan, SeatIs, What
from erreichbar.lab.engine.state import HEAP, OPEN, PRESENT, STATE, WAITING, State


@part
def begin(state: State, hours: Hours | None) -> None:
    """Before anything happens: agents are there for ever, or come with their first shift."""
    n, seats = state.n, state.seats
    if hours is None:
        for seat in range(len(seats)):
            be_ready(n, seats, seat, 0)
            n[PRESENT] += 1
    else:
        known = -1
        for shift in range(len(hours.shifts)):
            if hours.shifts[shift, 0] != known:
                known = hours.shifts[shift, 0]
                _comes_later(state, hours, shift)


@part
def is_open(n: Ints, hours: Hours | None, now: int) -> bool:
    """Return whether the line is open; moments are asked for in their order."""
    if hours is not None:
        while n[OPEN] < len(hours.periods) and hours.periods[n[OPEN], 1] <= now:
            n[OPEN] += 1
        return n[OPEN] < len(hours.periods) and bool(hours.periods[n[OPEN], 0] <= now)
    return True


@part
def at_the_door(state: State, plan: Plan, hours: Hours | None, what: int, shift: int, now: int) -> None:
    """An agent comes, or would like to leave."""
    if hours is not None:
        n, seats = state.n, state.seats
        seat = hours.shifts[shift, 0]
        if what == What.COMES:
            _leaves_later(state, shift, seat, hours.shifts[shift, 2], What.LEAVES.value, Kind.PERSON.value)
            if shift + 1 < len(hours.shifts) and hours.shifts[shift + 1, 0] == seat:
                _comes_later(state, hours, shift + 1)
            if seats[seat, STATE] == SeatIs.OFF:
                n[PRESENT] += int(is_agent(plan.promised, seat))
                ready_again(state, plan, plan.promised, state.kept, seat, now)
        elif what == What.LOOKS_AGAIN and _has_begun(hours, shift + 1, seat, now):
            return
        elif seats[seat, STATE] == SeatIs.READY or seats[seat, STATE] == SeatIs.PAUSE:
            answers = is_agent(plan.promised, seat)
            if answers and n[WAITING] > 0:
                _leaves_later(state, shift, seat, now + hours.look_ms, What.LOOKS_AGAIN.value, Kind.SEAT.value)
                return
            cases.put_down(state, plan.cases, seat, now)
            if answers and seats[seat, STATE] == SeatIs.READY:
                be_ready_no_more(n, seats, seat)
            leaves_work(n, seats, seat)
            seats[seat, STATE] = SeatIs.OFF.value
            n[PRESENT] -= int(answers)
        elif seats[seat, STATE] != SeatIs.OFF:
            _leaves_later(state, shift, seat, now + hours.look_ms, What.LOOKS_AGAIN.value, Kind.SEAT.value)


@part
def _has_begun(hours: Hours, shift: int, seat: int, now: int) -> bool:
    """Return whether somebody's next shift has begun before she could leave after the last."""
    return bool(shift < len(hours.shifts) and hours.shifts[shift, 0] == seat and hours.shifts[shift, 1] <= now)


@part
def _comes_later(state: State, hours: Hours, shift: int) -> None:
    which = second_key(hours.shifts[shift, 0], What.COMES.value, shift)
    comes = first_key(hours.shifts[shift, 1], Kind.SEAT.value)
    state.n[HEAP] = push(state.heap, state.n[HEAP], comes, which)


@part
def _leaves_later(state: State, shift: int, seat: int, at: int, what: int, kind: int) -> None:
    state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(at, kind), second_key(seat, what, shift))
