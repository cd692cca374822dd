"""What happens to a call that comes in."""

from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Count, Event, Ref, Staff, event
from erreichbar.record.words import EndedBy, Line, Role


@event
class CallArrived(Event):
    """A citizen's call reached the office."""

    kind: ClassVar[str] = "call.arrived"
    call: Annotated[Ref, "the call"]
    person: Annotated[Ref | None, "the person, if exactly one is known under this number"]
    line: Annotated[Line, "which line it came in on"]
    number_withheld: Annotated[bool, "whether the caller's number was withheld"]
    in_service_hours: Annotated[bool, "whether the line was open"]
    ring_back_of: Annotated[Ref | None, "the open ticket this call is taken to answer, if any"]


@event
class CallQueued(Event):
    """The call waits for somebody."""

    kind: ClassVar[str] = "call.queued"
    call: Annotated[Ref, "the call"]


@event
class CallTurnedAway(Event):
    """The call was ended by an announcement, without a chance to wait."""

    kind: ClassVar[str] = "call.turned_away"
    call: Annotated[Ref, "the call"]


@event
class CallOutOfHours(Event):
    """The call came outside service hours and heard when the office can be reached."""

    kind: ClassVar[str] = "call.out_of_hours"
    call: Annotated[Ref, "the call"]


@event
class CallRang(Event):
    """The call rings at a seat."""

    kind: ClassVar[str] = "call.rang"
    call: Annotated[Ref, "the call"]
    staff: Annotated[Staff, "at whose seat"]


@event
class CallRingMissed(Event):
    """Nobody took the call at the seat; it goes on waiting, ahead of the others."""

    kind: ClassVar[str] = "call.ring_missed"
    call: Annotated[Ref, "the call"]
    staff: Annotated[Staff, "at whose seat"]


@event
class CallAnswered(Event):
    """Citizen and office talk."""

    kind: ClassVar[str] = "call.answered"
    call: Annotated[Ref, "the call"]
    staff: Annotated[Staff, "who answered"]
    role: Annotated[Role, "in what role"]


@event
class CallAbandoned(Event):
    """The citizen hung up before anybody answered."""

    kind: ClassVar[str] = "call.abandoned"
    call: Annotated[Ref, "the call"]


@event
class CallEnded(Event):
    """A conversation ended."""

    kind: ClassVar[str] = "call.ended"
    call: Annotated[Ref, "the call"]
    by: Annotated[EndedBy, "who ended it"]


@event
class CallWrappedUp(Event):
    """The work after the conversation is done."""

    kind: ClassVar[str] = "call.wrapped_up"
    call: Annotated[Ref, "the call"]
    staff: Annotated[Staff, "who did it"]


@event
class CallAdopted(Event):
    """The floor started anew and took over a conversation that had gone on meanwhile."""

    kind: ClassVar[str] = "call.adopted"
    call: Annotated[Ref, "the call"]


@event
class CallerIdentified(Event):
    """The identity check was passed. That it was, is recorded; the answers are not."""

    kind: ClassVar[str] = "caller.identified"
    call: Annotated[Ref, "the call"]
    person: Annotated[Ref, "who is calling"]
    checks: Annotated[Count, "how many pieces of knowledge were confirmed"]
