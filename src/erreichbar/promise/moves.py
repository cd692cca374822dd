"""What may happen to a ticket, as a table. None of it restarts or stops a clock."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from erreichbar.office.text import Text

LONGEST_WAIT = timedelta(days=28)
"""So long at most a ticket waits for the citizen's answer. Assumption."""


class State(StrEnum):
    """How far a ticket is."""

    OPEN = "open"
    """The citizen has no answer yet."""
    REACHED = "reached"
    """She has spoken about it, or has her answer; the ticket is to be closed."""
    WAITING = "waiting"
    """She was reached and is to answer, such as to send papers. It has an end."""
    CLOSED = "closed"


class Move(StrEnum):
    """What somebody decides about a ticket."""

    ATTEMPT = "attempt"
    REACH = "reach"
    FORWARD = "forward"
    TAKE = "take"
    DECIDE = "decide"
    """Decide an urgent matter, or enter what its decision needs."""
    PAUSE = "pause"
    RESUME = "resume"
    RESOLVE = "resolve"
    """Close it; the citizen knows."""
    CLOSE_UNTOLD = "close_untold"
    """Close it without telling the citizen; counts as neither reached nor resolved."""
    REOPEN = "reopen"


_ANY_OPEN = {Move.ATTEMPT, Move.REACH, Move.FORWARD, Move.TAKE, Move.DECIDE, Move.CLOSE_UNTOLD}

MOVES: Mapping[State, frozenset[Move]] = {
    State.OPEN: frozenset(_ANY_OPEN),
    State.REACHED: frozenset({*_ANY_OPEN, Move.PAUSE, Move.RESOLVE}),
    State.WAITING: frozenset({*_ANY_OPEN, Move.RESUME, Move.RESOLVE}),
    State.CLOSED: frozenset({Move.REOPEN}),
}
"""How far a ticket is → what may happen to it."""


def state(*, closed: bool, reached: bool, waiting: bool) -> State:
    """Return how far a ticket is."""
    if closed:
        return State.CLOSED
    if waiting:
        return State.WAITING
    return State.REACHED if reached else State.OPEN


def refusal(at: State, move: Move) -> Text | None:
    """Return why a move is not possible, none if it is. What somebody else has just done is said otherwise."""
    if move in MOVES[at]:
        return None
    if move is Move.RESOLVE and at is State.OPEN:
        return Text(
            "Die Bürger:in weiß noch nichts davon. Tragen Sie zuerst ein, dass sie erreicht wurde, "
            "oder wählen Sie „erledigt, nicht mitgeteilt“.",
            "The citizen does not know of it yet. Record first that she was reached, or choose “done, not told”.",
        )
    if move is Move.PAUSE and at is State.OPEN:
        return Text(
            "Die Bürger:in weiß noch nicht, dass sie antworten soll. Tragen Sie zuerst ein, dass sie erreicht wurde.",
            "The citizen does not know yet that she is to answer. Record first that she was reached.",
        )
    return _REFUSALS[at]


_REFUSALS = {
    State.OPEN: Text("Dieses Ticket ist offen.", "This ticket is open."),
    State.REACHED: Text("Dieses Ticket wartet auf keine Antwort.", "This ticket waits for no answer."),
    State.WAITING: Text("Dieses Ticket wartet schon auf eine Antwort.", "This ticket waits for an answer already."),
    State.CLOSED: Text("Dieses Ticket ist abgeschlossen.", "This ticket is closed."),
}
