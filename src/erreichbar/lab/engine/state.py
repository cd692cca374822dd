"""What the loop keeps while it runs, all of it in arrays, so that it can stop anywhere and go on.

``n`` holds the numbers that are one of a kind; a call is a row of ``calls``, a seat a row of ``seats``. The constants are
places in them.
"""

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from erreichbar.lab.engine.promised import Kept
from erreichbar.lab.engine.shapes import Bools, Floats, Ints, Sums

if TYPE_CHECKING:
    from erreichbar.lab.engine.desks import Working

A = TypeVar("A", Ints, Bools)

# n
HEAP, FREE, CONTACTS, WAITING, FIRST_WAITING, LAST_WAITING = 0, 1, 2, 3, 4, 5
READY, FIRST_READY, LAST_READY, PRESENT, BUSY = 6, 7, 8, 9, 10
DAY, NEXT, TODAY, OPEN, SEEN = 11, 12, 13, 14, 15
FREE_CASES, CASES, AT_CASES, AT_FIRST, AT_SECOND, MOVE, LOGGED = 16, 17, 18, 19, 20, 21, 22
FIRST_VISITOR, LAST_VISITOR, SOMEBODY_FREE, FAR = 23, 24, 25, 26
_NUMBERS = 27

# calls
CITIZEN, NTH, CONTACT, ARRIVED, IS, SEAT, RINGINGS, BEFORE, AFTER, ANSWERED = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
RING_BACK, TARGET, OUTCOME, PRESENTED, PART, DIVERTED, THROUGH, WITH, ON_LINE = 10, 11, 12, 13, 14, 15, 16, 17, 18
ABOUT, TRIES, PICKED_UP = 19, 20, 21
_CALL = 22

# seats
NUMBER, STATE, SINCE, CALL, EARLIER, LATER, RUNGS, CASE, STARTED, TURNS = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
LOOKING, WORKS, LOOKS_AT, LEFT_FIRST, LEFT_SECOND = 10, 11, 12, 13, 14
_SEAT = 15

# cases
C_CLASS, C_NUMBER, C_CAME, C_LEFT, C_LENGTH, C_BEFORE, C_AFTER = 0, 1, 2, 3, 4, 5, 6
_CASE = 7

# rows
(R_START, R_OPEN, R_OUTCOME, R_QUEUED, R_RINGS, R_MISSED, R_ANSWERED, R_ENDED, R_WRAPPED, R_SEAT, R_CITIZEN, R_NTH) = (
    range(12)
)
(
    R_DIRECTION, R_WITHHELD, R_ATTEMPT, R_PRESENTED, R_PERSON, R_MATTERS, R_SETTLED, R_OPENED, R_REASON, R_RING_BACK, R_TICKET,
    R_DIRECT, R_DIVERTED, R_MISDIRECTED, R_TRANSFERRED, R_TRANSFERRED_TO,
) = range(12, 28)  # fmt: skip
ROW = 28

# log
L_SEAT, L_SINCE, L_STATE, L_CONTACT = range(4)
LOG = 4

NOBODY = -1


class State(NamedTuple):
    """The whole memory of a run."""

    n: Ints
    heap: Ints
    far: Ints
    """A second agenda, of what is to happen to tickets a day or more later, so that the first stays small."""
    calls: Ints
    free: Ints
    """Slots of ``calls`` that are nobody's, as a stack."""
    missed: Bools
    """Whether a call (row) rang at a seat (column) and was not taken there; no columns where nothing rings."""
    seats: Ints
    moves: Ints
    """Who comes and goes, as entries of the agenda (rows, 2) in their order: known beforehand, they need not be put on it."""
    times: Ints
    """When today's citizens call (ms since midnight)."""
    sums: Floats
    cases: Ints
    free_cases: Ints
    lines: Ints
    """The first and the last of the cases that wait, by class; −1 for none."""
    case_sums: Floats
    """By class: cases done that came in the window, and how long they were there without being worked at (ms)."""
    kept: Kept | None = None
    log: Ints | None = None
    """Every change of what somebody at a seat is at: rows ``L_…``, written by ``doing``."""
    working: "Working | None" = None
    """How far everybody is with her cases, where citizens ask for that."""


def fresh(seats: Ints, moves: Ints, slots: int, rings: bool, most_a_day: int, classes: int, kept: Kept | None) -> State:
    """Return the memory of a run that begins; ``seats`` are the numbers of the seats, in order.

    ``rings``: whether it may ring in vain.
    """
    n = np.zeros(_NUMBERS, dtype=np.int64)
    n[[FIRST_WAITING, LAST_WAITING, FIRST_READY, LAST_READY, FIRST_VISITOR, LAST_VISITOR]] = NOBODY
    n[DAY] = -1
    n[FREE] = slots
    rows = np.zeros((len(seats), _SEAT), dtype=np.int64)
    rows[:, NUMBER] = seats
    rows[:, CALL] = rows[:, CASE] = rows[:, LOOKS_AT] = NOBODY
    n[FREE_CASES] = slots if classes else 0
    return State(
        n=n,
        heap=np.zeros((4 * slots, 2), dtype=np.int64),
        far=np.zeros((4 * slots, 2), dtype=np.int64),
        calls=np.zeros((slots, _CALL), dtype=np.int64),
        free=_all_free(slots),
        missed=np.zeros((slots, len(seats) if rings else 0), dtype=np.bool_),
        seats=rows,
        moves=moves,
        times=np.zeros(most_a_day, dtype=np.int64),
        sums=np.zeros(len(Sums), dtype=np.float64),
        cases=np.zeros((slots if classes else 0, _CASE), dtype=np.int64),
        free_cases=_all_free(slots if classes else 0),
        lines=np.full((classes, 2), NOBODY, dtype=np.int64),
        case_sums=np.zeros((classes, 2), dtype=np.float64),
        kept=kept,
    )


def larger(state: State) -> State:
    """Return the same memory with room for twice as many calls and cases."""
    return state._replace(
        heap=_twice(state.heap),
        far=_twice(state.far),
        calls=_twice(state.calls),
        missed=_twice(state.missed),
        free=_more_free(state.n, FREE, state.free),
        cases=_twice(state.cases),
        free_cases=_more_free(state.n, FREE_CASES, state.free_cases),
    )


def _twice(array: A) -> A:
    return np.concatenate([array, np.zeros_like(array)])


def _all_free(slots: int) -> Ints:
    return np.arange(slots - 1, -1, -1, dtype=np.int64)


def _more_free(n: Ints, place: int, free: Ints) -> Ints:
    """Return the stack of free slots of twice as many, those that were free on top; how many there are stands in ``n``."""
    slots, known = len(free), int(n[place])
    n[place] = known + slots
    new = np.arange(2 * slots - 1, slots - 1, -1, dtype=np.int64)
    return np.concatenate([new, free[:known], np.zeros(slots - known, dtype=np.int64)])
