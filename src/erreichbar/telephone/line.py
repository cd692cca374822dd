"""The line: the port between the floor and whatever carries the calls.

A line takes orders that return at once, and tells what happened through one function, from any thread. It knows calls by
our references, rings nobody by its own decision, and keeps talking calls alive when the floor is gone: ``recover`` says
what is still there. Callbacks are calls too; an attempt's reference is the reference of its call.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber


class Announcement(StrEnum):
    """What a caller can be told by the line itself. The texts stand in ``announcements``."""

    WELCOME = "welcome"
    OUT_OF_HOURS = "out_of_hours"
    TURNED_AWAY = "turned_away"
    RESTARTING = "restarting"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEvent:
    """Something happened to a call at ``at`` (aware, UTC)."""

    call: Ref
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(LineEvent):
    """A citizen's call came in. The line has not answered it yet."""

    number: str | None = field(repr=False)
    """The caller's number as signalled, none if withheld."""
    called: str = field(repr=False)
    """The number that was called, as signalled."""
    words: dict[str, object] = field(default_factory=dict, repr=False)
    """What a virtual citizen will say. Empty for a real call, always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced(LineEvent):
    """An announcement was played to its end."""

    what: Announcement


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedUp(LineEvent):
    """The seat picked up. An inbound call now talks; a callback now rings at the citizen's."""

    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(LineEvent):
    """The seat's telephone refused, was busy or is not there."""

    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenPickedUp(LineEvent):
    """Somebody answered the citizen's telephone; the callback talks."""

    words: dict[str, object] = field(default_factory=dict, repr=False)
    """What a virtual citizen will say. Empty for a real call, always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenMissed(LineEvent):
    """Nobody answered the citizen's telephone: ``busy``, ``not_answered`` or ``wrong_number`` (no such number).

    Also told when the office gave up while it rang there.
    """

    outcome: AttemptOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class HungUp(LineEvent):
    """The call is over for both sides."""

    by: EndedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Surviving:
    """A call that outlived the floor. ``user`` is whoever talks or is rung, ``talking`` whether both sides are joined."""

    call: Ref
    user: str | None
    talking: bool
    outbound: bool
    number: str | None = field(repr=False)
    called: str = field(default="", repr=False)


class Line(Protocol):
    """What the floor asks of a line. Orders for a call that is gone do nothing."""

    name: str
    picks_up_at_desk: bool
    """True if "accept" on the page answers the call, false if a telephone on the table does."""
    dials: bool
    """True if callbacks can be made through this line."""

    def start(self, tell: Callable[[LineEvent], None]) -> None:
        """Begin to carry calls and tell events."""

    def stop(self) -> None:
        """Stop carrying new calls. Talking calls go on where the line can."""

    def recover(self) -> list[Surviving]:
        """Return the calls that are there now; those whose other side left meanwhile are ended and not returned."""

    def announce(self, call: Ref, what: Announcement) -> None:
        """Play an announcement, then tell ``Announced``."""

    def wait(self, call: Ref) -> None:
        """Play the waiting sound until the call is answered."""

    def ring(self, call: Ref, user: str) -> None:
        """Ring the seat of ``user`` (person id of the office file) for a waiting call."""

    def stop_ringing(self, call: Ref, user: str) -> None:
        """Let the seat's telephone fall silent; the call waits on."""

    def pick_up(self, call: Ref, user: str) -> None:
        """Answer at the desk (only where ``picks_up_at_desk``)."""

    def dial(self, call: Ref, user: str, number: str, presented: PresentedNumber) -> None:
        """Ring the seat of ``user``, then the citizen at ``number`` (E.164), showing the presented number."""

    def hang_up(self, call: Ref) -> None:
        """End the call for both sides and tell ``HungUp`` by the office."""
