"""The event vocabulary: everything that the journal can say, one small class an event.

References are random, codes come from the office file, people of the office stand under pseudonyms (``vocabulary``).
The moment an event happened at is the moment of its journal entry.
"""

from datetime import date, datetime
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Code, Count, Digest, Event, Ref, Staff, event
from erreichbar.record.words import (
    AttemptOutcome,
    Channel,
    EndedBy,
    LadderStep,
    Language,
    Line,
    MessageChannel,
    MessageKind,
    PresentedNumber,
    Role,
    SeatState,
    TalkedWith,
    TicketOutcome,
)

# -- the house itself --------------------------------------------------------------------------------------------------


@event
class OfficeImported(Event):
    """An office file became the one in force."""

    kind: ClassVar[str] = "office.imported"
    digest: Annotated[Digest, "SHA-256 of the office file"]


@event
class ModelAdopted(Event):
    """An access model became the one in force."""

    kind: ClassVar[str] = "model.adopted"
    model: Annotated[Code, "name of the access model"]
    digest: Annotated[Digest, "SHA-256 of the model file"]


@event
class UserAdded(Event):
    """Somebody may sign in."""

    kind: ClassVar[str] = "user.added"
    staff: Annotated[Staff, "who"]
    role: Annotated[Role, "in what role"]


@event
class NumberRightRecorded(Event):
    """The right to present a number on callbacks was checked (§ 120 TKG)."""

    kind: ClassVar[str] = "number.right_recorded"
    presented: Annotated[PresentedNumber, "which of the office's numbers"]
    by: Annotated[Staff, "who checked"]


@event
class SpoolReplayed(Event):
    """What happened while the database was away has been entered."""

    kind: ClassVar[str] = "spool.replayed"
    entries: Annotated[Count, "how many waiting changes were entered"]
    since: Annotated[datetime, "moment of the first of them"]


@event
class EntriesErased(Event):
    """Retention erased payload and salt of a stretch of entries; the chain still verifies."""

    kind: ClassVar[str] = "entries.erased"
    first: Annotated[Count, "sequence number of the first entry erased"]
    last: Annotated[Count, "sequence number of the last entry erased"]


@event
class PresenceChanged(Event):
    """When somebody of a unit is there has changed. Who it is and why stands nowhere in the journal."""

    kind: ClassVar[str] = "presence.changed"
    unit: Annotated[Code | None, "the unit, none for who belongs to none"]


# -- seats -------------------------------------------------------------------------------------------------------------


@event
class SeatChanged(Event):
    """Somebody became ready, went into pause or wrap-up, or left."""

    kind: ClassVar[str] = "seat.changed"
    staff: Annotated[Staff, "who sits there"]
    role: Annotated[Role, "in what role"]
    state: Annotated[SeatState, "what the seat does from now on"]


# -- calls -------------------------------------------------------------------------------------------------------------


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


# -- matters and tickets -----------------------------------------------------------------------------------------------


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
    ticket: Annotated[Ref, "about which ticket"]
    about: Annotated[MessageKind, "what it says"]
    channel: Annotated[MessageChannel, "by what way"]


@event
class DayClosed(Event):
    """The counts of a day, journalled before retention erases what they were counted from."""

    kind: ClassVar[str] = "day.closed"
    day: Annotated[date, "the day, in the office's zone"]
    offered: Annotated[Count, "calls offered in service hours"]
    answered: Annotated[Count, "of these, answered"]
    abandoned: Annotated[Count, "of these, abandoned"]
    turned_away: Annotated[Count, "of these, turned away"]
    out_of_hours: Annotated[Count, "calls outside service hours, beside the offered"]
    matters_settled: Annotated[Count, "matters settled at first contact"]
    tickets_opened: Annotated[Count, "tickets opened"]
    attempted_in_time: Annotated[Count, "of these, attempted within 48 literal hours"]
    reached_in_time: Annotated[Count, "of these, reached within 48 literal hours"]
    resolved_in_time: Annotated[Count, "of these, resolved within 48 literal hours"]
