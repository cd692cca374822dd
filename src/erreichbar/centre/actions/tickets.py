"""Tickets after they were opened: forward, take, reach, resolve, reopen. None of it restarts a clock."""

from dataclasses import dataclass, field
from typing import ClassVar

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.deciding import TicketDecision
from erreichbar.centre.actions.found import call_with, name_of, ticket_with, user_named
from erreichbar.centre.actions.reaching import decide, mark_reached
from erreichbar.centre.actions.tending import Placing
from erreichbar.centre.actions.urgency import check_closing
from erreichbar.centre.actions.waiting import end_wait
from erreichbar.centre.errors import Invalid, NotAllowed
from erreichbar.centre.models import TicketNote
from erreichbar.centre.reading import note_text
from erreichbar.promise.moves import Move
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import Channel, TalkedWith, TicketOutcome


@dataclass(kw_only=True)
class ReachCitizen(TicketDecision):
    """The citizen spoke about the matter with who makes this change, or (``without_contact``) the answer went out.

    ``call`` is the citizen's own call, if it was that.
    """

    move: ClassVar[Move] = Move.REACH

    without_contact: bool = False
    call: Ref | None = None

    def perform(self) -> None:
        ticket = self.found()
        if self.actor is None:
            raise NotAllowed("Das kann nur ein Mensch eintragen.", "Only a person can record this.")
        if self.call is not None:
            call = call_with(self.call)
            if call.person_id is None or call.person_id != ticket.person_id:
                raise NotAllowed(
                    "Dieses Ticket gehört nicht zu der Person im Gespräch.",
                    "This ticket does not belong to the person in this call.",
                    "other_person",
                )
        if self.without_contact and ticket.channel == Channel.TELEPHONE:
            raise Invalid(
                "without_contact",
                "Gewünscht ist ein Anruf. Erreicht ist, wer gesprochen hat.",
                "A call was wished for. Reached is who has spoken.",
            )
        whom = TalkedWith.NOBODY if self.without_contact else sight.talked_with(self.actor, ticket, self.office)
        mark_reached(self, ticket, whom, self.actor, without_contact=self.without_contact)


@dataclass(kw_only=True)
class ForwardTicket(TicketDecision):
    """Give a ticket to another unit, or to somebody of a unit, with a note. The promise stays what it was."""

    move: ClassVar[Move] = Move.FORWARD

    unit: str
    holder: str | None = None
    note: str = field(default="", repr=False)

    def perform(self) -> None:
        ticket = self.found()
        if self.unit not in self.office.units:
            raise Invalid("unit", "Diese Stelle gibt es nicht.", "There is no such unit.")
        holder = user_named(self.holder) if self.holder else None
        if holder is not None and not (holder.is_active and sight.is_of_unit(holder, self.unit, self.office)):
            raise Invalid("holder", "Diese Person gehört nicht zu der Stelle.", "This person is not of that unit.")
        note = note_text("note", self.note)
        if ticket.unit == self.unit and ticket.holder_id == (holder.pk if holder else None):
            raise Invalid("holder", "Dort liegt das Ticket schon.", "The ticket lies there already.")
        ticket.unit, ticket.holder, ticket.responsible = self.unit, holder, holder
        by = name_of(self.office, self.actor)
        why = {"de": f"Weitergegeben von {by.de}.", "en": f"Forwarded by {by.en}."}
        ticket.assigned_why = why
        if Placing(self).place(ticket):
            ticket.assigned_why = {
                language: f"{said} {ticket.assigned_why[language]}" for language, said in why.items()
            }
        decide(self, ticket, self.actor, "assigned")
        ticket.save()
        self.keep_note(ticket, note)
        self.journal(
            events.TicketAssigned(
                ticket=self.ticket,
                unit=Code(self.unit),
                holder=self.staff(ticket.holder) if ticket.holder else None,
                by=self.staff_of_actor,
            )
        )


@dataclass(kw_only=True)
class TakeTicket(TicketDecision):
    """Take a ticket of one's unit onto one's own list."""

    move: ClassVar[Move] = Move.TAKE

    def perform(self) -> None:
        ticket = self.found()
        if self.actor is None:
            raise NotAllowed("Das kann nur ein Mensch.", "Only a person can do this.")
        if ticket.holder_id == self.actor.pk:
            return
        ticket.holder = ticket.responsible = self.actor
        by = name_of(self.office, self.actor)
        ticket.assigned_why = {"de": f"Übernommen von {by.de}.", "en": f"Taken by {by.en}."}
        decide(self, ticket, self.actor, "assigned")
        ticket.save()
        staff = self.staff(self.actor)
        self.journal(events.TicketAssigned(ticket=self.ticket, unit=Code(ticket.unit), holder=staff, by=staff))


@dataclass(kw_only=True)
class ResolveTicket(TicketDecision):
    """Close a ticket. Resolved requires reached; what was settled without telling the citizen is ``done_not_told``."""

    move: ClassVar[Move] = Move.RESOLVE

    outcome: TicketOutcome
    note: str = field(default="", repr=False)

    def perform(self) -> None:
        told = self.outcome is not TicketOutcome.DONE_NOT_TOLD
        ticket = self.found(Move.RESOLVE if told else Move.CLOSE_UNTOLD)
        if self.actor is None:
            raise NotAllowed("Das kann nur ein Mensch.", "Only a person can do this.")
        check_closing(self.office, ticket, self.outcome)
        note = note_text("note", self.note)
        # On two machines the clocks may differ by a moment.
        self.at = max(self.moment, ticket.reached_at or self.moment)
        ticket.closed_at, ticket.outcome = self.moment, self.outcome
        ticket.resolved_at = self.moment if told else None
        end_wait(self, ticket, self.actor)
        decide(self, ticket, self.actor, "closed")
        ticket.save()
        self.keep_note(ticket, note)
        self.journal(events.TicketResolved(ticket=self.ticket, outcome=self.outcome, staff=self.staff(self.actor)))


@dataclass(kw_only=True)
class ReopenTicket(TicketDecision):
    """Open a closed ticket again. Its clock did not stop; who was reached stays reached."""

    move: ClassVar[Move] = Move.REOPEN

    def perform(self) -> None:
        ticket = self.found()
        ticket.closed_at = ticket.outcome = ticket.resolved_at = None
        decide(self, ticket, self.actor, "reopened")
        ticket.save()
        self.journal(events.TicketReopened(ticket=self.ticket, by=self.staff_of_actor))


@dataclass(kw_only=True)
class WriteNote(Action):
    """Write something to colleagues about a ticket. Notes are never journalled."""

    ticket: Ref
    text: str = field(repr=False)

    def perform(self) -> None:
        ticket = ticket_with(self.ticket)
        sight.require_work_on(self.actor, ticket, self.office)
        text = note_text("text", self.text)
        if not text:
            raise Invalid("text", "Bitte schreiben Sie etwas.", "Please write something.")
        TicketNote.objects.create(ticket=ticket, author=self.actor, written_at=self.moment, text=text)
