"""A ticket waits while the citizen is to answer, such as to send papers: seen by all, with an end. No clock stops."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.deciding import TicketDecision
from erreichbar.centre.actions.reaching import decide
from erreichbar.centre.errors import Invalid
from erreichbar.centre.models import Ticket, User
from erreichbar.promise.moves import LONGEST_WAIT, Move
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref


@dataclass(kw_only=True)
class PauseTicket(TicketDecision):
    """The citizen was reached and is to answer by a day; when the office opens on that day, the wait is over."""

    move: ClassVar[Move] = Move.PAUSE

    until: date

    def perform(self) -> None:
        ticket = self.found()
        today = self.moment.astimezone(self.office.zone).date()
        if not timedelta() < self.until - today <= LONGEST_WAIT:
            raise Invalid(
                "until",
                f"Bitte wählen Sie einen Tag ab morgen, höchstens {LONGEST_WAIT.days} Tage voraus.",
                f"Please choose a day from tomorrow on, at most {LONGEST_WAIT.days} days ahead.",
            )
        calendar = self.office.calendar_of(ticket.unit)
        ticket.waiting_since = self.moment
        ticket.waiting_until = calendar.next_opening(datetime.combine(self.until, time(), self.office.zone))
        decide(self, ticket, self.actor, "paused")
        ticket.save()
        self.journal(events.TicketWaits(ticket=self.ticket, until=ticket.waiting_until, by=self.staff_of_actor))


@dataclass(kw_only=True)
class ResumeTicket(TicketDecision):
    """The citizen has answered; the ticket waits no more."""

    move: ClassVar[Move] = Move.RESUME

    def perform(self) -> None:
        ticket = self.found()
        end_wait(self, ticket, self.actor)
        decide(self, ticket, self.actor, "resumed")
        ticket.save()


def end_wait(action: Action, ticket: Ticket, by: User | None) -> None:
    """Let a ticket wait no more, if it does."""
    if ticket.waiting_since is None:
        return
    ticket.waiting_since = ticket.waiting_until = None
    ticket.save(update_fields=["waiting_since", "waiting_until"])
    action.journal(events.TicketWaits(ticket=Ref(ticket.ref), until=None, by=action.staff(by) if by else None))
