"""What every decision about a ticket has in common: whose it is, whether somebody was faster, whether it is possible."""

from dataclasses import dataclass
from typing import ClassVar

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import name_of, ticket_with
from erreichbar.centre.errors import NotAllowed, Refused, Stale
from erreichbar.centre.models import Ticket, TicketNote
from erreichbar.office import FirstLevel
from erreichbar.promise.moves import Move, State, refusal, state
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role

HOW = {
    "opened": ("angelegt", "opened"),
    "assigned": ("weitergegeben", "assigned"),
    "reached": ("als erreicht eingetragen", "recorded as reached"),
    "closed": ("abgeschlossen", "closed"),
    "paused": ("auf Antwort warten lassen", "let wait for an answer"),
    "resumed": ("wieder aufgenommen", "taken up again"),
    "reopened": ("wieder geöffnet", "reopened"),
    "facts": ("um Angaben ergänzt", "added facts to"),
    "decided": ("entschieden", "decided"),
    "withdrawn": ("wieder offen gelassen, die Entscheidung zurückgenommen", "taken back the decision about"),
    "dispatched": ("als schriftlich abgesandt eingetragen", "recorded the dispatch for"),
}
"""What made a version, in words."""


@dataclass(kw_only=True)
class TicketDecision(Action):
    """What all decisions about a ticket have in common. ``version`` is the one that was seen when it was made.

    Which ``move`` it is says the table of ``promise.moves`` whether it is possible.
    """

    move: ClassVar[Move]

    ticket: Ref
    version: int

    def found(self, move: Move | None = None) -> Ticket:
        """Return the ticket, if it may be decided on and nobody else was faster.

        ``move`` is by default the one of the class. Raises ``Stale``, ``NotAllowed``, ``Refused`` for what cannot happen to it now.
        """
        ticket, move = ticket_with(self.ticket), move or self.move
        self.check_allowed(ticket)
        if ticket.version != self.version or ticket.is_open is (move is Move.REOPEN):
            raise self._stale(ticket)
        why = refusal(state_of(ticket), move)
        if why is not None:
            raise Refused("not_possible_now", why.de, why.en)
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


def state_of(ticket: Ticket) -> State:
    """Return how far a ticket is."""
    return state(
        closed=not ticket.is_open, reached=ticket.reached_at is not None, waiting=ticket.waiting_since is not None
    )
