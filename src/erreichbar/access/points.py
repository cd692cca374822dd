"""The vocabulary of the decision function: where it is asked, what it may answer, and what both are made of.

Everything is a scalar (int, float, bool; −1 for none), so that plain Python and compiled code read the same tuples.
"""

from enum import IntEnum
from typing import NamedTuple


class Point(IntEnum):
    """At what point of a call or a ticket the access model is asked."""

    ARRIVED = 0
    """A citizen's call has come in. Answers: ANNOUNCE_CLOSED, TURN_AWAY, QUEUE."""
    RING_BACK = 1
    """A call that is taken to answer a missed callback is about to queue. Answers: RING (who tried), QUEUE."""
    WAITED = 2
    """A call waits and nobody is free. Answers: KEEP_WAITING (ask again after ``wait_ms``, −1: never), TURN_AWAY."""
    RUNG = 3
    """A call is about to ring at a seat, for the first time or after another seat let it ring. Answer: RING."""
    DIRECT_BUSY = 4
    """A case worker's direct line is engaged. Answers: QUEUE (at the centre), ANNOUNCE_CLOSED, TURN_AWAY."""
    UNSETTLED = 5
    """Whoever answered cannot settle the matter. Answer: OPEN_TICKET."""
    CALLBACK = 6
    """Somebody calls a citizen back. Answer: DIAL, showing ``presented``."""
    MISSED = 7
    """A callback did not reach the citizen. Answers: TRY_AGAIN, END (no further attempt was promised)."""


class Act(IntEnum):
    """What happens next."""

    ANNOUNCE_CLOSED = 0
    """Say when the office can be reached, and end the call."""
    TURN_AWAY = 1
    """Say that all lines are taken, and end the call."""
    QUEUE = 2
    """Let the call wait for the agent who has been idle longest."""
    RING = 3
    """Ring at the seat named by ``ring_whom`` for ``ring_ms``."""
    KEEP_WAITING = 4
    """Let the call wait on; ask again after ``wait_ms``."""
    OPEN_TICKET = 5
    """Write the ticket."""
    DIAL = 6
    """Call the citizen, showing the number ``presented``."""
    TRY_AGAIN = 7
    """Call the citizen again, another time."""
    END = 8
    """Nothing more happens by itself."""


class Whom(IntEnum):
    """Whose seat a call rings at."""

    NOBODY = -1
    AGENT = 0
    """The agent who has been idle longest (``seats.longest_idle``)."""
    TRIED = 1
    """Whoever tried to call this citizen back."""


class Say(IntEnum):
    """What the caller is told by the line itself."""

    NOTHING = -1
    WELCOME = 0
    OUT_OF_HOURS = 1
    TURNED_AWAY = 2


class Rules(NamedTuple):
    """An access model in force, as scalars. ``model.rules`` makes it from a model file."""

    places: int
    """How many calls may wait at once; −1: any number."""
    places_per_agent: float
    """How many calls may wait for each agent signed in; −1: any number. The stricter of both limits holds."""
    longest_wait_ms: int
    """After how long a waiting caller is asked to call again (ms); −1: never."""
    ring_ms: int
    """How long a call rings at an agent's seat (ms)."""
    presented: int
    """What a callback shows: code of ``record.words.PresentedNumber``."""
    attempts: int
    """How many attempts to call back are promised, at least 1."""
    ring_back: bool
    """Whether the call of somebody who missed a callback lands on her open ticket."""
    ring_back_days: int
    """Until how many working days after the missed attempt."""
    ring_back_first_ms: int
    """How long such a call rings first at whoever tried (ms); 0: not at all."""


class Moment(NamedTuple):
    """What the decision may depend on. Made by ``moment.moment`` only, so that every field has its one type."""

    point: int
    is_open: bool
    """Whether the line is open (telephone hours of the office)."""
    waiting: int
    """How many other calls wait."""
    agents_present: int
    """How many agents are signed in, whatever they do."""
    agents_free: int
    """How many of them are ready."""
    waited_ms: int
    """How long this call has waited (ms)."""
    ringings: int
    """At how many seats it has rung so far."""
    is_ring_back: bool
    """Whether it is taken to answer a missed callback (``ring_back.ring_back_ticket``)."""
    tried_is_free: bool
    """Whether whoever tried is signed in and ready."""
    tried_is_protected: bool
    """Whether whoever tried is in an appointment or in protected time."""
    attempts_made: int
    """How many attempts to call this citizen back have been made."""


class Step(NamedTuple):
    """What happens next. Fields that an act does not need are −1."""

    act: int
    """``Act``."""
    ring_whom: int
    """``Whom``."""
    ring_ms: int
    """How long to ring (ms)."""
    wait_ms: int
    """After how long to ask again (ms)."""
    say: int
    """``Say``."""
    presented: int
    """Code of ``record.words.PresentedNumber``."""
    attempts: int
    """How many attempts are still promised."""
