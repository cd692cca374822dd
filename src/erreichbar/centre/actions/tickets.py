"""Tickets after they were opened: forward, take, reach, resolve, reopen. None of it restarts a clock."""

from dataclasses import dataclass, field
from typing import ClassVar

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import call_with, name_of, ticket_with, user_named
from erreichbar.centre.actions.reaching import decide, mark_reached
from erreichbar.centre.actions.tending import Placing
from erreichbar.centre.errors import Invalid, NotAllowed, Refused, Stale
from erreichbar.centre.models import Ticket, TicketNote
from erreichbar.centre.reading import note_text
from erreichbar.office import FirstLevel
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import Channel, Role, TalkedWith, TicketOutcome

HOW = {
    "opened": ("angelegt", "opened"),
    "assigned": ("weitergegeben", "assigned"),
    "reached": ("als erreicht eingetragen", "recorded as reached"),
    "closed": ("abgeschlossen", "closed"),
    "reopened": ("wieder geöffnet", "reopened"),
}
"""What made a version, in words."""


@dataclass(kw_only=True)
class TicketDecision(Action):
    """What all decisions about a ticket have in common. ``version`` is the one that was seen when it was made."""

    needs_open: ClassVar[bool] = True

    ticket: Ref
    version: int

    def found(self) -> Ticket:
        """Return the ticket, if it may be decided on and nobody else was faster. Raises ``Stale``, ``NotAllowed``."""
        ticket = ticket_with(self.ticket)
        self.check_allowed(ticket)
        if ticket.version != self.version or ticket.is_open is not self.needs_open:
            raise self._stale(ticket)
        return ticket

    def check_allowed(self, ticket: Ticket) -> None:
        """Raise ``NotAllowed`` if the ticket is not this person's to deal with.

        An agent deals with the ticket of the citizen in front of her, where the first level may settle the matter.
        """
        if self.actor is None or self.actor.role != Role.AGENT:
            sight.require_work_on(self.actor, ticket, self.office)
            return
        if not sight.has_on_the_line(self.actor, ticket, self.moment):
            raise NotAllowed(
                "Das geht nur im Gespräch mit dieser Person.",
                "This is possible only in the conversation with this person.",
            )
        reason = self.office.reasons.get(ticket.reason)
        if reason is None or reason.first_level is not FirstLevel.SETTLE:
            raise NotAllowed(
                "Dieses Anliegen darf nur die Sachbearbeitung klären.",
                "This matter may only be settled by a case worker.",
                "first_level_may_not",
            )

    def keep_note(self, ticket: Ticket, text: str) -> None:
        """Keep what was written to colleagues."""
        if text:
            TicketNote.objects.create(ticket=ticket, author=self.actor, written_at=self.moment, text=text)

    def _stale(self, ticket: Ticket) -> Stale:
        who = name_of(self.office, ticket.changed_by)
        when = ticket.changed_at.astimezone(self.office.zone)
        de, en = HOW[ticket.changed_how]
        return Stale(
            f"{who.de} hat dieses Ticket inzwischen {de} ({when:%d.%m.%Y, %H:%M} Uhr). Es wurde nichts überschrieben.",
            f"{who.en} has {en} this ticket meanwhile ({when:%Y-%m-%d, %H:%M}). Nothing was overwritten.",
            who=ticket.changed_by.username if ticket.changed_by else None,
            when=ticket.changed_at,
        )


@dataclass(kw_only=True)
class ReachCitizen(TicketDecision):
    """The citizen spoke about the matter with who makes this change, or (``without_contact``) the answer went out.

    ``call`` is the citizen's own call, if it was that.
    """

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

    outcome: TicketOutcome
    note: str = field(default="", repr=False)

    def perform(self) -> None:
        ticket = self.found()
        if self.actor is None:
            raise NotAllowed("Das kann nur ein Mensch.", "Only a person can do this.")
        told = self.outcome is not TicketOutcome.DONE_NOT_TOLD
        if told and ticket.reached_at is None:
            raise Refused(
                "not_reached",
                "Die Bürger:in weiß noch nichts davon. Tragen Sie zuerst ein, dass sie erreicht wurde, "
                "oder wählen Sie „erledigt, nicht mitgeteilt“.",
                "The citizen does not know of it yet. Record first that she was reached, or choose “done, not told”.",
            )
        note = note_text("note", self.note)
        # On two machines the clocks may differ by a moment.
        self.at = max(self.moment, ticket.reached_at or self.moment)
        ticket.closed_at, ticket.outcome = self.moment, self.outcome
        ticket.resolved_at = self.moment if told else None
        decide(self, ticket, self.actor, "closed")
        ticket.save()
        self.keep_note(ticket, note)
        self.journal(events.TicketResolved(ticket=self.ticket, outcome=self.outcome, staff=self.staff(self.actor)))


@dataclass(kw_only=True)
class ReopenTicket(TicketDecision):
    """Open a closed ticket again. Its clock did not stop; who was reached stays reached."""

    needs_open: ClassVar[bool] = False

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
