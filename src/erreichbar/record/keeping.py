"""The events of keeping a promise: waits, the steps of the ladder, what is told in writing. Part of ``events``."""

from datetime import datetime
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Event, Ref, Staff, event
from erreichbar.record.words import LadderStep, MessageChannel, MessageKind


@event
class TicketPaused(Event):
    """A ticket waits for the citizen to answer. No clock stops."""

    kind: ClassVar[str] = "ticket.paused"
    ticket: Annotated[Ref, "the ticket"]
    until: Annotated[datetime, "when the wait ends by itself"]
    by: Annotated[Staff | None, "who let it wait"]


@event
class TicketResumed(Event):
    """A ticket waits no more: the citizen answered, or the wait is over."""

    kind: ClassVar[str] = "ticket.resumed"
    ticket: Annotated[Ref, "the ticket"]
    by: Annotated[Staff | None, "who ended the wait, none for the house itself"]


@event
class StepTaken(Event):
    """A step of the ladder was taken, each once a ticket."""

    kind: ClassVar[str] = "ladder.step_taken"
    ticket: Annotated[Ref, "the ticket"]
    step: Annotated[LadderStep, "which step"]


@event
class MessageQueued(Event):
    """Something is to be told in writing."""

    kind: ClassVar[str] = "message.queued"
    message: Annotated[Ref, "the message"]
    ticket: Annotated[Ref | None, "about which ticket, none for a digest"]
    about: Annotated[MessageKind, "what it says"]
    channel: Annotated[MessageChannel, "by what way"]


@event
class MessageSent(Event):
    """A message has gone out: the mail server or the SMS provider took it, or the letter was dispatched."""

    kind: ClassVar[str] = "message.sent"
    message: Annotated[Ref, "the message"]


@event
class MessageGivenUp(Event):
    """A message could not be sent; somebody of the office has to tell the citizen otherwise."""

    kind: ClassVar[str] = "message.given_up"
    message: Annotated[Ref, "the message"]
