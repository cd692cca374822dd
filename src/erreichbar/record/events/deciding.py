"""What happens to an urgent matter besides its ticket: its date, the decision, the letter, the way to another body."""

from datetime import date
from typing import Annotated, ClassVar

from erreichbar.record.vocabulary import Code, Event, Ref, Staff, event
from erreichbar.record.words import DecisionOutcome, DispatchForm


@event
class DeadlineSet(Event):
    """The day by which an urgent matter must be decided became known, or another. When its ticket is due does not change."""

    kind: ClassVar[str] = "ticket.deadline_set"
    ticket: Annotated[Ref, "the ticket"]
    day: Annotated[date | None, "the day, none: no date is known any more"]
    by: Annotated[Staff | None, "who entered it, none for the house itself"]


@event
class DecisionMade(Event):
    """An urgent matter was decided. The reason stands with the ticket, never here."""

    kind: ClassVar[str] = "decision.made"
    decision: Annotated[Ref, "the decision"]
    ticket: Annotated[Ref, "about which ticket"]
    outcome: Annotated[DecisionOutcome, "what was decided"]
    authority: Annotated[Code, "by which authority of the office file"]
    complete: Annotated[bool, "whether all of the checklist had been checked"]
    staff: Annotated[Staff, "who decided"]


@event
class DecisionWithdrawn(Event):
    """A decision was taken back before it had left the office."""

    kind: ClassVar[str] = "decision.withdrawn"
    decision: Annotated[Ref, "the decision"]
    ticket: Annotated[Ref, "about which ticket"]
    staff: Annotated[Staff, "who took it back"]


@event
class DecisionDispatched(Event):
    """A decision left the office in writing, signed by hand or in its lawful electronic form."""

    kind: ClassVar[str] = "decision.dispatched"
    decision: Annotated[Ref, "the decision"]
    ticket: Annotated[Ref, "about which ticket"]
    form: Annotated[DispatchForm, "in what form"]
    staff: Annotated[Staff, "who recorded that it is on its way"]


@event
class MatterReferred(Event):
    """A matter is for another body; the citizen was told how to reach it."""

    kind: ClassVar[str] = "matter.referred"
    ticket: Annotated[Ref, "the ticket"]
    body: Annotated[Code, "which body of the office file"]
    passed_on: Annotated[bool, "whether what was applied for here has been passed on to it"]
    staff: Annotated[Staff, "who recorded it"]
