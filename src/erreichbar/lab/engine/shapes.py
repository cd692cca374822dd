"""What the loop is given, and what it keeps: named tuples of scalars and arrays, nothing else.

Moments are whole milliseconds since the start of the run. A feature that an office does not use is None: then the loop is
compiled without it.
"""

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.access.points import Rules

if TYPE_CHECKING:
    from erreichbar.lab.engine.promised import Promised

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Kind(IntEnum):
    """What comes first when several things fall on one millisecond, as on the agenda of the live house."""

    CALL_ENDS = 0
    SEAT = 1
    CALL_ANSWERED = 2
    CALL_ARRIVES = 3
    TIMER = 4
    PERSON = 5


class What(IntEnum):
    """What an entry of the agenda is. The numbers break ties where moment, kind and id are the same."""

    HANGS_UP = 0
    """A citizen who waits has waited long enough."""
    TALK_ENDS = 1
    ANNOUNCED = 2
    """The line has said that the office is closed or full."""
    WRAPPED_UP = 3
    PICKS_UP = 4
    PAUSE_ENDS = 5
    COMES = 6
    LOOKS_AGAIN = 7
    """An agent who could not leave at closing time looks whether she can now."""
    CALLS_AGAIN = 8
    RANG_OUT = 9
    WAITED = 10
    """A call has waited as long as the access model said when it was asked last."""
    LEAVES = 11
    CASE_DONE = 12
    CASE_COMES = 13
    LOOKS = 14
    """A case worker looks whether somebody is to be called back."""
    CALLBACK_ANSWERED = 15
    CALLBACK_ENDS = 16
    GIVES_UP = 17
    """A ticket whose last promised attempt was missed is closed."""
    PLACED_ANEW = 18
    """The office opens: every open ticket is given to who is to hold it today."""
    NOT_THROUGH = 20
    """Nobody took the call that was to be put through."""
    ASKS = 21
    """A citizen would ask how her case stands."""
    CHASES = 22
    """A citizen may call about a ticket that is late."""
    VISITS = 23
    """A citizen comes in person."""
    VISIT_ENDS = 24
    GOES_HOME = 25
    """The unit's people go: who has come in person and waits is sent away."""
    HALF_IS_OVER = 19
    """Half of a ticket's time is over: from now on only who is there may hold it."""


class SeatIs(IntEnum):
    """What an agent's seat is doing. Codes of ``record.words.SeatState``."""

    OFF = 0
    READY = 1
    RINGING = 2
    TALKING = 3
    WRAP_UP = 4
    PAUSE = 5


class CallIs(IntEnum):
    """How far a citizen's call is. FREE: the slot is nobody's."""

    FREE = 0
    WAITING = 1
    RINGING = 2
    TALKING = 3
    ANNOUNCED = 4
    COMING = 5
    """Nobody is on the line; she will call again."""
    PUT_THROUGH = 7
    """She talks with an agent while it rings at somebody else's."""
    CALLBACK = 6
    """Somebody of the office calls her."""
    VISITING = 8
    """She has come in person, and waits until somebody has time or talks with her."""


class Law(NamedTuple):
    """How long something takes (ms): log-normal by median and mean, exponential by its mean if the median is −1."""

    median: float
    mean: float


class Days(NamedTuple):
    """When citizens call for the first time. One entry a day; see ``traffic.process``."""

    keys: Ints
    """Numbers of the days."""
    starts: Ints
    """When each begins (ms)."""
    totals: Floats
    """How many calls are expected, the day's luck included."""
    profiles: Ints
    """Which row of ``cumulated`` a day follows."""
    cumulated: Floats
    """Profiles of half hours, cumulated: (profiles, half hours of a day)."""
    tops: Floats
    """Of each profile the largest number below its whole."""
    horizon: int
    """From when on (ms) nobody calls for the first time any more."""


class Seed(NamedTuple):
    """Whose draws: every draw is keyed by these and by who and what, never by the order of events."""

    seed: int
    replication: int


class Again(NamedTuple):
    """Who calls again after hanging up or being turned away."""

    part: float
    after: Law
    announcement_ms: int
    """How long the line says that all lines are taken; calling again counts from its end."""


class Ring(NamedTuple):
    """A call rings at a seat before somebody takes it. ``pause_ms``: how long who let it ring stays away."""

    pick_up: Law
    pause_ms: int


class Hours(NamedTuple):
    """When the line is open and agents are there."""

    periods: Ints
    """Open from, until (ms): (periods, 2), in order."""
    shifts: Ints
    """Seat, from, until (ms): (shifts, 3), by seat and then in order."""
    announcement_ms: int
    """How long the line says that the office is closed."""
    look_ms: int
    """How often an agent who could not leave at closing time looks again."""


class Cases(NamedTuple):
    """Case work that comes to the same people: a Poisson stream for each class, the most urgent first, exponential lengths."""

    rates: Floats
    """Cases a ms, by class."""
    means: Floats
    """Mean length (ms), by class."""
    resume_ms: int
    """How long it takes to find back into an interrupted case."""


class Window(NamedTuple):
    """Of which calls the sums are: those that came in ``[start, end)`` (ms). ``over``: the wait that is counted (ms)."""

    start: int
    end: int
    over: int


class Innovations(NamedTuple):
    """How dear one call more is, in the long run, by the number in the system: weights for the draws' own surprises.

    ``up[k]`` for a call that comes while k are there, ``down[k]`` for one that goes. Rates per ms. See ``lab.queue``.
    """

    up: Floats
    down: Floats
    arrival_rate: float
    service_rate: float
    abandon_rate: float


class Sums(IntEnum):
    """What is summed over the window, places in an array of floats."""

    OFFERED = 0
    WAITED = 1
    """Calls that were not answered at once."""
    WAIT_MS = 2
    ABANDONED = 3
    WAITED_OVER = 4
    TURNED_AWAY = 5
    OUT_OF_HOURS = 6
    ANSWERED = 7
    TALK_MS = 8
    """Conversations' part of the window."""
    SURPRISE = 9
    """Of the draws, weighted by ``Innovations``; 0 on average."""


class Plan(NamedTuple):
    """All that a run follows. What may be None is a feature; where it is None the loop is compiled without it."""

    seed: Seed
    days: Days
    talk: Law
    rules: Rules
    window: Window
    patience: Law | None = None
    again: Again | None = None
    ring: Ring | None = None
    wrap_up: Law | None = None
    hours: Hours | None = None
    cases: Cases | None = None
    scan: Ints | None = None
    """Scratch space for all seats: with it the agent is chosen by the rule itself, asked about every seat."""
    innovations: Innovations | None = None
    promised: "Promised | None" = None
    """Tickets, case workers, callbacks."""
    rows: Ints | None = None
    """A row for each call: (calls, ROW)."""
    given: Ints | None = None
    """When citizens call for the first time (ms, in order), where that is known and not drawn."""
