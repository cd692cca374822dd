"""The vocabulary of the decision function: where it is asked, what it may answer, and what both are made of.

Everything is a scalar (int, float, bool; −1 for none), so that plain Python and compiled code read the same tuples.
"""

from enum import IntEnum
from typing import NamedTuple


class Point(IntEnum):
    """At what point of a call or a ticket the access model is asked."""

    ARRIVED = 0
    """A citizen's call has come in, on the centre's line or a direct one. Answers: ANNOUNCE_CLOSED, TURN_AWAY, QUEUE; on a
    direct line RING (whose line it is, or a colleague), too."""
    RING_BACK = 1
    """A call that is taken to answer a missed callback is about to queue. Answers: RING (who tried), QUEUE, TURN_AWAY."""
    WAITED = 2
    """A call waits and nobody is free. Answers: KEEP_WAITING (ask again after ``wait_ms``, −1: never), TURN_AWAY."""
    RUNG = 3
    """A call is about to ring at an agent's seat, for the first time or after another seat let it ring. Answer: RING."""
    DIRECT_BUSY = 4
    """A case worker's direct line is engaged. Answers: RING (a colleague), QUEUE (at the centre), ANNOUNCE_CLOSED, TURN_AWAY."""
    UNSETTLED = 5
    """Whoever answered cannot settle the matter; after a transfer, who was put through to. Answers: RING (who is
    responsible, or who is on duty; before the first transfer only), OPEN_TICKET."""
    CALLBACK = 6
    """Somebody calls a citizen back. Answer: DIAL, showing ``presented``."""
    MISSED = 7
    """A callback did not reach the citizen. Answers: TRY_AGAIN, END (no further attempt was promised)."""
    DIRECT_MISSED = 8
    """Who was rung for a direct call let it ring, or refused. Answers: RING (a colleague), QUEUE (at the centre), TURN_AWAY."""
    TRANSFER_MISSED = 9
    """Who was rung before the ticket let it ring, or refused. Answers: RING (the duty officer's deputy), OPEN_TICKET."""


class Act(IntEnum):
    """What happens next."""

    ANNOUNCE_CLOSED = 0
    """Say when the office can be reached, and end the call."""
    TURN_AWAY = 1
    """Say what ``say`` names, and end the call."""
    QUEUE = 2
    """Let the call wait for the agent who has been idle longest, before all calls of a lower ``priority``."""
    RING = 3
    """Ring at the seat named by ``ring_whom`` for ``ring_ms``."""
    KEEP_WAITING = 4
    """Let the call wait on; ask again after ``wait_ms``."""
    OPEN_TICKET = 5
    """Write the ticket for ``ticket_to``; a higher ``priority`` is dealt with first."""
    DIAL = 6
    """Call the citizen, showing the number ``presented``."""
    TRY_AGAIN = 7
    """Call the citizen again, another time."""
    END = 8
    """Nothing more happens by itself."""


class Whom(IntEnum):
    """Whose seat a call rings at, or whose a ticket is."""

    NOBODY = -1
    AGENT = 0
    """The agent who has been idle longest (``seats.longest_idle``)."""
    TRIED = 1
    """Whoever tried to call this citizen back."""
    RESPONSIBLE = 2
    """The case worker the call is for: on a direct line whose line it is, else who is responsible for the matter."""
    COLLEAGUE = 3
    """Of the free colleagues of her unit who have not been rung for this call the one idle longest."""
    DUTY = 4
    """The duty officer whose turn it is: may decide at once."""
    DUTY_DEPUTY = 5
    """Who stands in for the duty officer, and may decide, too."""


class Say(IntEnum):
    """What the caller is told by the line itself."""

    NOTHING = -1
    WELCOME = 0
    OUT_OF_HOURS = 1
    TURNED_AWAY = 2
    """All lines are taken; please call again."""
    DIRECT_NUMBERS = 3
    """There is no centre; the direct numbers stand in the office's list and in every letter."""
    CALL_AGAIN = 4
    """Nobody of this unit can answer now; please call again."""


class Readiness(IntEnum):
    """Whether somebody may be rung now. Made by ``resolve.readiness``; only FREE may."""

    NOBODY = -1
    """There is no such person (nobody is responsible, no officer is on duty)."""
    FREE = 0
    """At the telephone; what she does may be interrupted."""
    BUSY = 1
    """In a call, being rung, or writing up a call."""
    PROTECTED = 2
    """In an appointment or in protected time."""
    ABSENT = 3
    """Not at work, or not at the telephone."""
    RUNG = 4
    """Free, but has let this call ring or refused it: nobody is rung twice for one call."""


class Audience(IntEnum):
    """To whom direct numbers are given, and who is calling one: each includes all before it."""

    INTERNAL = 0
    ADVICE_CENTRES = 1
    PUBLIC = 2


class Rules(NamedTuple):
    """An access model in force, as scalars. ``model.loads`` makes it from a model file."""

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
    centre: bool
    """Whether there is a centre that answers calls."""
    transfer_ring_ms: int
    """How long it rings once at the case worker responsible before the ticket is written (ms); −1: not at all."""
    transfer_in_phone_hours: bool
    """Whether only within her telephone hours."""
    urgent_from: int
    """From which urgency on (code of ``office.Urgency``) a matter goes to the duty officer at once; −1: none does."""
    urgent_ring_ms: int
    """How long it rings at the duty officer, then at the deputy (ms); −1: not at all."""
    direct_audience: int
    """``Audience`` whose calls ring on direct lines; those of everybody else go to the centre."""
    direct_published: bool
    """Whether the direct numbers stand in a public list. Decides nothing here; demand may depend on it."""
    direct_ring_ms: int
    """How long a direct line rings, and then each colleague (ms); −1: not at all."""
    diversions: int
    """To how many colleagues a direct call is diverted that the case worker does not take."""
    phone_hours: bool
    """Whether direct lines ring within telephone hours only."""


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
    tried: int
    """``Readiness`` of whoever tried to call this citizen back."""
    attempts_made: int
    """How many attempts to call this citizen back have been made."""
    line: int
    """Which line the call came in on: code of ``record.words.Line``."""
    caller: int
    """``Audience`` the caller belongs to, as far as the number tells; whose number is unknown is the public."""
    urgency: int
    """Code of ``office.Urgency`` of the matter, −1: not known (yet)."""
    responsible: int
    """``Readiness`` of the case worker the call is for (``Whom.RESPONSIBLE``)."""
    in_phone_hours: bool
    """Whether it is one of her telephone hours (``phone_hours``)."""
    colleagues_free: int
    """How many colleagues of her unit are ``Readiness.FREE``; whom this call has rung already does not count."""
    duty: int
    """``Readiness`` of the duty officer whose turn it is."""
    duty_deputy: int
    """``Readiness`` of who stands in for the duty officer."""
    transfers_made: int
    """How many people have been rung for this matter before the ticket."""
    diversions_made: int
    """How many colleagues this direct call has rung at."""


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
    ticket_to: int
    """``Whom`` a ticket is for: RESPONSIBLE or DUTY."""
    priority: int
    """Of a waiting call or a ticket: 1 for what goes before everything of priority 0."""
