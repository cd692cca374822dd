"""When the line is open, and when agents come and go."""

import numpy as np

from erreichbar.lab.engine import cases
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.doing import does
from erreichbar.lab.engine.heap import KIND_BITS, SLOT_BITS, WHAT_BITS, first_key, push, second_key
from erreichbar.lab.engine.lines import be_ready, be_ready_no_more
from erreichbar.lab.engine.seats import is_agent, ready_again
from erreichbar.lab.engine.shapes import Hours, Ints, Kind, Plan, SeatIs, What
from erreichbar.lab.engine.state import HEAP, NOBODY, OPEN, PRESENT, STATE, WAITING, State


@part
def begin(state: State, hours: Hours | None) -> None:
    """Before anything happens: where there are no hours, agents are there for ever."""
    n, seats = state.n, state.seats
    if hours is None:
        for seat in range(len(seats)):
            be_ready(state, seat, 0)
            n[PRESENT] += 1


def moves(hours: Hours | None) -> Ints:
    """Return who comes and goes as entries of the agenda, in their order: int64[k, 2]."""
    if hours is None:
        return np.zeros((0, 2), np.int64)
    seats, comes, leaves = (hours.shifts[:, column].astype(np.int64) for column in range(3))
    places = np.arange(len(seats))
    found = np.concatenate(
        [
            np.column_stack([comes << KIND_BITS | Kind.SEAT, _entry(seats, What.COMES, places)]),
            np.column_stack([leaves << KIND_BITS | Kind.PERSON, _entry(seats, What.LEAVES, places)]),
        ]
    )
    # Of one moment and kind they already stand by seat.
    return np.asarray(found[np.argsort(found[:, 0], kind="stable")], np.int64)


def _entry(seats: Ints, what: What, places: Ints) -> Ints:
    return seats << (WHAT_BITS + SLOT_BITS) | what << SLOT_BITS | places


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
            if seats[seat, STATE] == SeatIs.OFF:
                n[PRESENT] += int(is_agent(plan.promised, seat))
                ready_again(state, plan, plan.promised, state.kept, seat, now)
        elif what == What.LOOKS_AGAIN and _has_begun(hours, shift + 1, seat, now):
            return
        elif seats[seat, STATE] == SeatIs.READY or seats[seat, STATE] == SeatIs.PAUSE:
            answers = is_agent(plan.promised, seat)
            if answers and n[WAITING] > 0:
                _looks_again(state, hours, shift, seat, now)
                return
            cases.put_down(state, plan.cases, seat, now)
            if answers and seats[seat, STATE] == SeatIs.READY:
                be_ready_no_more(n, seats, seat)
            does(state, seat, SeatIs.OFF.value, NOBODY, now)
            n[PRESENT] -= int(answers)
        elif seats[seat, STATE] != SeatIs.OFF:
            _looks_again(state, hours, shift, seat, now)


@part
def _has_begun(hours: Hours, shift: int, seat: int, now: int) -> bool:
    """Return whether somebody's next shift has begun before she could leave after the last."""
    return bool(shift < len(hours.shifts) and hours.shifts[shift, 0] == seat and hours.shifts[shift, 1] <= now)


@part
def _looks_again(state: State, hours: Hours, shift: int, seat: int, now: int) -> None:
    looks = first_key(now + hours.look_ms, Kind.SEAT.value)
    state.n[HEAP] = push(state.heap, state.n[HEAP], looks, second_key(seat, What.LOOKS_AGAIN.value, shift))
