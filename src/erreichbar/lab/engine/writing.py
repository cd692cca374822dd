"""The row of a call, where rows are wished."""

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import (
    NOBODY,
    R_ANSWERED,
    R_ATTEMPT,
    R_CITIZEN,
    R_DIRECT,
    R_DIRECTION,
    R_DIVERTED,
    R_ENDED,
    R_MATTERS,
    R_MISDIRECTED,
    R_MISSED,
    R_NTH,
    R_OPEN,
    R_OPENED,
    R_OUTCOME,
    R_PERSON,
    R_PRESENTED,
    R_QUEUED,
    R_REASON,
    R_RING_BACK,
    R_RINGS,
    R_SEAT,
    R_SETTLED,
    R_START,
    R_TICKET,
    R_TRANSFERRED,
    R_TRANSFERRED_TO,
    R_WITHHELD,
    R_WRAPPED,
)
from erreichbar.record.words import Direction, code

CALLBACK, VISIT = code(Direction.CALLBACK), code(Direction.VISIT)


@part
def began(rows: Ints | None, contact: int, now: int, is_open: bool, citizen: int, nth: int) -> None:
    """A call has come in."""
    if rows is not None:
        rows[contact, :] = NOBODY
        for count in (
            R_RINGS,
            R_MISSED,
            R_DIRECTION,
            R_DIRECT,
            R_DIVERTED,
            R_MISDIRECTED,
            R_WITHHELD,
            R_MATTERS,
            R_SETTLED,
            R_OPENED,
        ):
            rows[contact, count] = 0
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


@part
def shown(rows: Ints | None, contact: int, withheld: int, known: int) -> None:
    """Whether her number is withheld, and whose it is known to be (−1: nobody's, or several persons')."""
    if rows is not None:
        rows[contact, R_WITHHELD], rows[contact, R_PERSON] = withheld, known


@part
def known(rows: Ints | None, contact: int, person: int) -> None:
    """She has said who she is, and was recorded before."""
    if rows is not None:
        rows[contact, R_PERSON] = person


@part
def rings_back(rows: Ints | None, contact: int, ticket: int) -> None:
    """Her call is taken to answer a missed callback."""
    if rows is not None:
        rows[contact, R_RING_BACK] = ticket


@part
def joined(rows: Ints | None, contact: int, ticket: int) -> None:
    """It was about a ticket that is there already."""
    if rows is not None:
        rows[contact, R_TICKET] = ticket


@part
def raised(rows: Ints | None, contact: int, reason: int, settled: bool) -> None:
    """A matter was raised, and settled or turned into a ticket."""
    if rows is not None:
        rows[contact, R_MATTERS] += 1
        if rows[contact, R_REASON] < 0:
            rows[contact, R_REASON] = reason
        rows[contact, R_SETTLED if settled else R_OPENED] += 1


@part
def calls_back(
    rows: Ints | None, contact: int, now: int, seat: int, presented: int, ticket: int, person: int, reason: int
) -> None:
    """Somebody calls a citizen back."""
    if rows is not None:
        began(rows, contact, now, True, NOBODY, NOBODY)
        rows[contact, R_DIRECTION], rows[contact, R_SEAT], rows[contact, R_PRESENTED] = CALLBACK, seat, presented
        rows[contact, R_TICKET], rows[contact, R_PERSON], rows[contact, R_REASON] = ticket, person, reason


@part
def comes_in_person(rows: Ints | None, contact: int, now: int, citizen: int, nth: int) -> None:
    """A citizen has come in person."""
    if rows is not None:
        began(rows, contact, now, True, citizen, nth)
        rows[contact, R_DIRECTION] = VISIT


@part
def called_back(rows: Ints | None, contact: int, outcome: int, answered: int, now: int) -> None:
    """It is over; ``answered`` −1 if nobody did."""
    if rows is not None:
        rows[contact, R_ATTEMPT], rows[contact, R_ANSWERED], rows[contact, R_ENDED] = outcome, answered, now


@part
def dialled(rows: Ints | None, contact: int) -> None:
    """She has dialled somebody's direct line."""
    if rows is not None:
        rows[contact, R_DIRECT] = 1


@part
def diverted(rows: Ints | None, contact: int) -> None:
    """Her call goes on to somebody else than whose line she dialled."""
    if rows is not None:
        rows[contact, R_DIVERTED] = 1


@part
def misdirected(rows: Ints | None, contact: int) -> None:
    """Who answers may not deal with her first matter."""
    if rows is not None:
        rows[contact, R_MISDIRECTED] = 1


@part
def transferred(rows: Ints | None, contact: int, now: int, role: int) -> None:
    """Somebody else of the office takes the call that is put through."""
    if rows is not None:
        rows[contact, R_TRANSFERRED], rows[contact, R_TRANSFERRED_TO] = now, role
