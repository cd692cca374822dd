"""What somebody at a seat is at, and a note of every change of it, if one is wished: from it ``desks`` tells whose time went where."""

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.desks import CALLING_BACK, Working, turns_to
from erreichbar.lab.engine.shapes import Ints, SeatIs
from erreichbar.lab.engine.state import (
    AT_FIRST,
    AT_SECOND,
    L_CONTACT,
    L_SEAT,
    L_SINCE,
    L_STATE,
    LEFT_FIRST,
    LEFT_SECOND,
    LOGGED,
    STATE,
    State,
)

CHANGES = 32
"""An entry of the agenda changes fewer seats than so many."""


@part
def does(state: State, seat: int, what: int, contact: int, now: int) -> None:
    """Somebody is at something from now on; ``contact``: with which, ``NOBODY`` with none."""
    _turns_to(state, seat, what, what, contact, now)


@part
def calls_back(state: State, seat: int, contact: int, now: int) -> None:
    """Somebody calls a citizen from now on."""
    _turns_to(state, seat, SeatIs.TALKING.value, CALLING_BACK, contact, now)


@part
def _turns_to(state: State, seat: int, what: int, noted: int, contact: int, now: int) -> None:
    n, seats = state.n, state.seats
    if seats[seat, STATE] == SeatIs.READY:
        seats[seat, LEFT_FIRST], seats[seat, LEFT_SECOND] = n[AT_FIRST], n[AT_SECOND]
    seats[seat, STATE] = what
    _note(n, state.log, seat, noted, contact, now)
    _works(state.working, seat, noted, contact, now)


@part
def _note(n: Ints, log: Ints | None, seat: int, what: int, contact: int, now: int) -> None:
    if log is not None:
        row = n[LOGGED]
        n[LOGGED] = row + 1
        log[row, L_SEAT], log[row, L_SINCE], log[row, L_STATE], log[row, L_CONTACT] = seat, now, what, contact


@part
def _works(working: Working | None, seat: int, noted: int, contact: int, now: int) -> None:
    if working is not None:
        turns_to(working.given, working.at[seat], seat, noted, contact, now, working.rows, 0)


@part
def is_full(n: Ints, log: Ints | None) -> bool:
    """Return whether notes are wished and there may be no room for those of one more entry."""
    if log is not None:
        return bool(n[LOGGED] + CHANGES > log.shape[0])
    return False
