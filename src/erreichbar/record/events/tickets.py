"""What happens to a matter, to the ticket it may become, and in the callbacks for it."""

from datetime import datetime
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Code, Event, Ref, Staff, event
from erreichbar.record.words import (
    AttemptOutcome,
    Channel,
    EndedBy,
    Language,
    PresentedNumber,
    ReportWay,
    Role,
    TalkedWith,
    TicketOutcome,
)


@event
class MatterRaised(Event):
    """A citizen brought up a matter."""

    kind: ClassVar[str] = "matter.raised"
    matter: Annotated[Ref, "the matter"]
    call: Annotated[Ref | None, "in which call, none if it came another way"]
    person: Annotated[Ref | None, "whose, none if the caller stayed unknown"]
    reason: Annotated[Code, "contact reason of the office file"]


@event
class MatterSettled(Event):
    """A matter was settled in the call that brought it, without a ticket."""

    kind: ClassVar[str] = "matter.settled"
    matter: Annotated[Ref, "the matter"]
    call: Annotated[Ref, "in which call"]


@event
class TicketOpened(Event):
    """An unsettled matter became a promise. All its moments are computed once, here."""

    kind: ClassVar[str] = "ticket.opened"
    ticket: Annotated[Ref, "the ticket"]
    matter: Annotated[Ref, "the matter"]
    call: Annotated[Ref | None, "the call it came from"]
    person: Annotated[Ref | None, "who is to be called back"]
    reason: Annotated[Code, "contact reason of the office file"]
    unit: Annotated[Code, "the unit that is responsible"]
    holder: Annotated[Staff | None, "on whose list it lies, none for the unit's pool"]
    urgent: Annotated[bool, "whether the reason is urgent or immediate"]
    channel: Annotated[Channel, "how the citizen wishes the answer"]
    language: Annotated[Language, "in what language"]
    due_elapsed: Annotated[datetime, "due, 48 literal hours"]
    due_service_hours: Annotated[datetime, "due, 48 hours of open time"]
    due_working_days: Annotated[datetime, "due, end of service on the second working day after"]
    last_chance: Annotated[datetime | None, "last staffed minute before due_elapsed, none: impossible by calendar"]


@event
class TicketAssigned(Event):
    """A ticket came onto somebody's list, or into a unit's pool. No clock restarts."""

    kind: ClassVar[str] = "ticket.assigned"
    ticket: Annotated[Ref, "the ticket"]
    unit: Annotated[Code, "the unit that is responsible from now on"]
    holder: Annotated[Staff | None, "on whose list, none for the pool"]
    by: Annotated[Staff | None, "who assigned it, none for the house itself"]


@event
class AttemptStarted(Event):
    """Somebody of the office calls the citizen back."""

    kind: ClassVar[str] = "attempt.started"
    attempt: Annotated[Ref, "the attempt, also the reference of the outgoing call"]
    ticket: Annotated[Ref, "for which ticket"]
    staff: Annotated[Staff, "who calls"]
    role: Annotated[Role, "in what role"]
    presented: Annotated[PresentedNumber, "what the citizen's telephone shows"]


@event
class AttemptConnected(Event):
    """The called telephone was answered, by whomever."""

    kind: ClassVar[str] = "attempt.connected"
    attempt: Annotated[Ref, "the attempt"]


@event
class AttemptEnded(Event):
    """The outgoing call is over."""

    kind: ClassVar[str] = "attempt.ended"
    attempt: Annotated[Ref, "the attempt"]
    by: Annotated[EndedBy, "who ended it"]


@event
class AttemptRecorded(Event):
    """What came of an attempt."""

    kind: ClassVar[str] = "attempt.recorded"
    attempt: Annotated[Ref, "the attempt"]
    ticket: Annotated[Ref, "for which ticket"]
    outcome: Annotated[AttemptOutcome, "what came of it"]


@event
class CallJoinedTicket(Event):
    """A citizen's call was taken up on an open ticket of hers."""

    kind: ClassVar[str] = "call.joined_ticket"
    call: Annotated[Ref, "the call"]
    ticket: Annotated[Ref, "the ticket"]


@event
class CitizenReached(Event):
    """The citizen spoke about the matter with somebody who may deal with it, or the answer went out as she wished."""

    kind: ClassVar[str] = "citizen.reached"
    ticket: Annotated[Ref, "for which ticket"]
    with_whom: Annotated[TalkedWith, "with whom she talked"]
    without_contact: Annotated[bool, "whether the answer went out by the channel she chose, without a conversation"]


@event
class TicketResolved(Event):
    """A ticket was closed."""

    kind: ClassVar[str] = "ticket.resolved"
    ticket: Annotated[Ref, "the ticket"]
    outcome: Annotated[TicketOutcome, "with what result; done_not_told counts as neither reached nor resolved"]
    staff: Annotated[Staff, "who closed it"]


@event
class TicketReopened(Event):
    """A closed ticket is open again. Its clock did not stop."""

    kind: ClassVar[str] = "ticket.reopened"
    ticket: Annotated[Ref, "the ticket"]
    by: Annotated[Staff | None, "who reopened it"]


@event
class MatterReported(Event):
    """Another organisation took the call and reported the matter; its ticket's clocks run from the moment of that call."""

    kind: ClassVar[str] = "matter.reported"
    ticket: Annotated[Ref, "the ticket that it became, or that was there already"]
    organisation: Annotated[Code, "which organisation reported it"]
    way: Annotated[ReportWay, "by what way"]
    known: Annotated[bool, "whether the ticket was there already"]
