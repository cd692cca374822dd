"""Rows of the tables in the making, as the journal tells them one event after the other. Names as in ``tables``."""

from collections.abc import Mapping
from dataclasses import dataclass

from erreichbar.record.tables import CONTACTS, MATTERS, NONE, TICKETS, Column
from erreichbar.record.words import (
    AttemptOutcome,
    CallOutcome,
    Direction,
    MatterEnd,
    PresentedNumber,
    TalkedWith,
    TicketOutcome,
    code,
)


@dataclass(slots=True)
class ContactRow:
    """A row of ``contacts`` in the making. Names as there."""

    contact: int
    direction: Direction
    start: int
    line: int = NONE
    in_service_hours: bool = True
    number_withheld: bool = False
    outcome: CallOutcome | None = None
    attempt_outcome: AttemptOutcome | None = None
    presented: PresentedNumber | None = None
    queued: int = NONE
    rings: int = 0
    rings_missed: int = 0
    answered: int = NONE
    ended: int = NONE
    wrapped_up: int = NONE
    ended_by: int = NONE
    role: int = NONE
    staff: int = NONE
    person: int = NONE
    matters: int = 0
    settled: int = 0
    tickets_opened: int = 0
    reason: str = ""
    ring_back_of: int = NONE
    ticket: int = NONE

    def end(self, outcome: CallOutcome, moment: int) -> None:
        """Let the call end unanswered. The first ending counts."""
        if self.outcome is None:
            self.outcome, self.ended = outcome, moment

    def row(self, previous: "ContactRow | None") -> dict[str, object]:
        until = self.answered if self.answered >= 0 else self.ended
        return {
            **_told(self, CONTACTS),
            "direction": code(self.direction),
            "outcome": code(self.outcome),
            "attempt_outcome": code(self.attempt_outcome),
            "presented": code(self.presented),
            "wait": until - self.start if until >= 0 else NONE,
            "talk": self.ended - self.answered if self.answered >= 0 and self.ended >= 0 else NONE,
            "wrap_up": self.wrapped_up - self.ended if self.wrapped_up >= 0 and self.ended >= 0 else NONE,
            "previous": previous.contact if previous else NONE,
            "same_reason": bool(previous and self.reason and previous.reason == self.reason),
        }


@dataclass(slots=True)
class TicketRow:
    """A row of ``tickets`` in the making. Names as there."""

    ticket: int
    contact: int
    person: int
    reason: str
    unit: str
    urgent: bool
    channel: int
    language: int
    opened: int
    due_elapsed: int
    due_service_hours: int
    due_working_days: int
    last_chance: int
    first_attempt: int = NONE
    reached: int = NONE
    closed: int = NONE
    outcome: TicketOutcome | None = None
    with_whom: int = NONE
    without_contact: bool = False
    attempts: int = 0
    ring_backs: int = 0
    assignments: int = 0
    reopenings: int = 0
    matter: int = NONE

    def row(self) -> dict[str, object]:
        # Resolved requires reached, and that the citizen was told; so attempted ≤ reached ≤ resolved whatever the
        # journal says.
        told = self.outcome is not None and self.outcome is not TicketOutcome.DONE_NOT_TOLD
        resolved = max(self.closed, self.reached) if told and self.closed >= 0 and self.reached >= 0 else NONE
        tried = [moment for moment in (self.first_attempt, self.reached) if moment >= 0]
        return {
            **_told(self, TICKETS),
            "outcome": code(self.outcome),
            "resolved": resolved,
            "attempted": min(tried, default=NONE),
        }


@dataclass(slots=True)
class MatterRow:
    """A row of ``matters`` in the making. What became of it is read from its call and its ticket."""

    matter: int
    person: int
    reason: str
    arose: int
    call: ContactRow | None
    first_try: int = NONE
    tries: int = 0
    contact: int = NONE
    ticket_row: TicketRow | None = None
    settled: int = NONE

    def row(self) -> dict[str, object]:
        """Return the row; settled in its call goes before its ticket, the ticket before nothing."""
        ticket = self.ticket_row
        if self.settled >= 0:
            served, by, ended, end = self.settled, code(TalkedWith.AGENT), self.settled, code(MatterEnd.SETTLED)
        elif ticket is None:
            served, by, ended, end = NONE, NONE, NONE, NONE
        else:
            end = code(MatterEnd.TICKET) if ticket.closed >= 0 else NONE
            served, by, ended = ticket.reached, ticket.with_whom, ticket.closed
        return {
            **_told(self, MATTERS),
            "ticket": ticket.ticket if ticket else NONE,
            "urgent": bool(ticket and ticket.urgent),
            "language": ticket.language if ticket else NONE,
            "served": served,
            "served_with": by,
            "ended": ended,
            "end": end,
        }


def _told(row: object, columns: Mapping[str, Column]) -> dict[str, object]:
    """Return what a row holds, none where the live centre does not know it."""
    return {name: getattr(row, name, NONE) for name, column in columns.items() if hasattr(row, name) or not column.live}
