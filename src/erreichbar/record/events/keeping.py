"""What the house does so that a promise is kept, and is told where it was not."""

from datetime import datetime
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Event, Ref, Staff, event
from erreichbar.record.words import LadderStep, MessageChannel, MessageKind, MessageProblem


@event
class TicketWaits(Event):
    """A ticket waits for the citizen to answer, or waits no more. No clock stops."""

    kind: ClassVar[str] = "ticket.waits"
    ticket: Annotated[Ref, "the ticket"]
    until: Annotated[datetime | None, "when the wait ends by itself, none: it is over"]
    by: Annotated[Staff | None, "who decided it, none for the house itself"]


@event
class StepTaken(Event):
    """A step of the ladder was taken, each once a ticket."""

    kind: ClassVar[str] = "ladder.step_taken"
    ticket: Annotated[Ref, "the ticket"]
    step: Annotated[LadderStep, "which step"]


@event
class MessageQueued(Event):
    """A citizen is to be told something in writing."""

    kind: ClassVar[str] = "message.queued"
    message: Annotated[Ref, "the message"]
    ticket: Annotated[Ref | None, "about which ticket, none: about an application without one"]
    about: Annotated[MessageKind, "what it says"]
    channel: Annotated[MessageChannel, "by what way"]


@event
class MessageSent(Event):
    """A written message went out: taken by the mail server or the SMS provider, or a letter given to the post."""

    kind: ClassVar[str] = "message.sent"
    message: Annotated[Ref, "the message"]
    ticket: Annotated[Ref | None, "about which ticket, none: about an application without one"]
    channel: Annotated[MessageChannel, "by what way"]
    by: Annotated[Staff | None, "who dispatched a letter, none for the house itself"]


@event
class MessageFailed(Event):
    """A written message did not go out, and is not tried again."""

    kind: ClassVar[str] = "message.failed"
    message: Annotated[Ref, "the message"]
    ticket: Annotated[Ref | None, "about which ticket, none: about an application without one"]
    channel: Annotated[MessageChannel, "by what way it was tried"]
    problem: Annotated[MessageProblem, "why"]
