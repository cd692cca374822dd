"""Who waits, and which agents are ready: two chains through the rows of ``calls`` and ``seats``.

Waiting calls stand in the order of their arrival; a call that rang in vain goes back to its place. Ready seats stand in the
order since when they are ready, those of one millisecond by seat number, so the first is whom ``access.longest_idle`` names.
"""

from erreichbar.lab.engine.chains import enter, leave
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.doing import does
from erreichbar.lab.engine.shapes import CallIs, Ints, SeatIs
from erreichbar.lab.engine.state import (
    AFTER,
    BEFORE,
    CONTACT,
    EARLIER,
    FIRST_READY,
    FIRST_WAITING,
    FREE,
    IS,
    LAST_READY,
    LAST_WAITING,
    LATER,
    NOBODY,
    READY,
    SINCE,
    WAITING,
    State,
)


@part
def wait(n: Ints, calls: Ints, slot: int) -> None:
    """Let a call wait, in the place of its arrival."""
    after = NOBODY
    before = n[LAST_WAITING]
    while before >= 0 and calls[before, CONTACT] > calls[slot, CONTACT]:
        after, before = before, calls[before, BEFORE]
    enter(calls, slot, before, after, BEFORE, AFTER, n, FIRST_WAITING, LAST_WAITING)
    calls[slot, IS] = CallIs.WAITING.value
    n[WAITING] += 1


@part
def leave_line(n: Ints, calls: Ints, slot: int) -> None:
    """Take a waiting call out of the line."""
    leave(calls, slot, BEFORE, AFTER, n, FIRST_WAITING, LAST_WAITING)
    n[WAITING] -= 1


@part
def free(state: State, slot: int) -> None:
    """A citizen's story is over; her slot is nobody's."""
    state.calls[slot, IS] = CallIs.FREE.value
    state.free[state.n[FREE]] = slot
    state.n[FREE] += 1


@part
def be_ready(state: State, seat: int, now: int) -> None:
    """Let an agent be ready from now on."""
    n, seats = state.n, state.seats
    later = NOBODY
    earlier = n[LAST_READY]
    while earlier >= 0 and seats[earlier, SINCE] == now and earlier > seat:
        later, earlier = earlier, seats[earlier, EARLIER]
    enter(seats, seat, earlier, later, EARLIER, LATER, n, FIRST_READY, LAST_READY)
    does(state, seat, SeatIs.READY.value, NOBODY, now)
    seats[seat, SINCE] = now
    n[READY] += 1


@part
def be_ready_no_more(n: Ints, seats: Ints, seat: int) -> None:
    """Take an agent who was ready out of the chain; her state is the caller's to set."""
    leave(seats, seat, EARLIER, LATER, n, FIRST_READY, LAST_READY)
    n[READY] -= 1
