"""The row of a call, where rows are wished."""

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import (
    NOBODY,
    R_ANSWERED,
    R_CITIZEN,
    R_ENDED,
    R_MISSED,
    R_NTH,
    R_OPEN,
    R_OUTCOME,
    R_QUEUED,
    R_RINGS,
    R_SEAT,
    R_START,
    R_WRAPPED,
)


@part
def began(rows: Ints | None, contact: int, now: int, is_open: bool, citizen: int, nth: int) -> None:
    """A call has come in."""
    if rows is not None:
        rows[contact, :] = NOBODY
        rows[contact, R_RINGS], rows[contact, R_MISSED] = 0, 0
        rows[contact, R_START], rows[contact, R_OPEN] = now, is_open
        rows[contact, R_CITIZEN], rows[contact, R_NTH] = citizen, nth


@part
def queued(rows: Ints | None, contact: int, now: int) -> None:
    """It begins to wait."""
    if rows is not None:
        rows[contact, R_QUEUED] = now


@part
def missed(rows: Ints | None, contact: int) -> None:
    """A seat let it ring."""
    if rows is not None:
        rows[contact, R_MISSED] += 1


@part
def ended(rows: Ints | None, contact: int, outcome: int, answered: int, now: int, seat: int, rings: int) -> None:
    """It is over; ``answered`` and ``seat`` −1 if nobody answered."""
    if rows is not None:
        rows[contact, R_OUTCOME], rows[contact, R_ANSWERED], rows[contact, R_ENDED] = outcome, answered, now
        rows[contact, R_SEAT], rows[contact, R_RINGS] = seat, rings


@part
def wrapped_up(rows: Ints | None, contact: int, now: int) -> None:
    """The work after it is done."""
    if rows is not None:
        rows[contact, R_WRAPPED] = now
