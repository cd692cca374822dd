"""From the journal to the tables: the one way from what happened to what is counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from erreichbar.record import events
from erreichbar.record.rows import ContactRow, MatterRow, TicketRow
from erreichbar.record.tables import CONTACTS, MATTERS, NONE, TICKETS, Tables
from erreichbar.record.vocabulary import Event, Ref
from erreichbar.record.words import CallOutcome, Direction, code

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def fold(entries: Iterable[tuple[datetime, Event]], origin: datetime = _EPOCH) -> Tables:
    """Return the tables that journal entries (moment, event) tell, in their order.

    Pure. Any beginning of a journal gives the tables as they stood then, and events about calls, tickets or attempts
    whose own beginning is missing (erased by retention) are passed over. Moments count from ``origin``.
    """
    folding = _Folding(origin)
    for moment, event in entries:
        folding.take(moment, event)
    return folding.tables()


@dataclass(slots=True)
class _Folding:
    """The state of a fold: rows by reference, and people numbered as they appear."""

    origin: datetime
    contacts: dict[Ref, ContactRow] = field(default_factory=dict)
    tickets: dict[Ref, TicketRow] = field(default_factory=dict)
    matters: dict[Ref, MatterRow] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    uncounted: dict[Ref, TicketRow] = field(default_factory=dict)
    """Attempts that may not have left the office yet, with their tickets."""

    def take(self, moment: datetime, event: Event) -> None:
        """Take the next event of the journal."""
        now = (moment - self.origin) // _MILLISECOND
        match event:
            case events.CallArrived():
                self._arrived(now, event)
            case events.AttemptStarted():
                self._attempt_started(now, event)
            case events.MatterRaised():
                self._raised(now, event)
            case events.TicketOpened():
                self._opened(now, event)
            case events.AttemptConnected() | events.AttemptEnded() | events.AttemptRecorded():
                if event.attempt in self.contacts:
                    _attempt(self.contacts[event.attempt], now, event)
                    self._attempt_counts(event)
            case events.CallJoinedTicket() if event.call in self.contacts and event.ticket in self.tickets:
                self._joined(event)
            case events.CallerIdentified() if event.call in self.contacts:
                self.contacts[event.call].person = _number(self.persons, event.person)
            case events.CallAnswered() if event.call in self.contacts:
                self._answered(self.contacts[event.call], now, event)
            case events.MatterSettled():
                self._settled(now, event)
            case (
                events.CallQueued()
                | events.CallRang()
                | events.CallRingMissed()
                | events.CallAbandoned()
                | events.CallTurnedAway()
                | events.CallOutOfHours()
                | events.CallEnded()
                | events.CallWrappedUp()
            ) if event.call in self.contacts:
                _call(self.contacts[event.call], now, event)
            case (
                events.TicketAssigned() | events.CitizenReached() | events.TicketResolved() | events.TicketReopened()
            ) if event.ticket in self.tickets:
                _ticket(self.tickets[event.ticket], now, event)

    def tables(self) -> Tables:
        """Return the rows so far as tables."""
        last: dict[int, ContactRow] = {}
        contacts = []
        for contact in self.contacts.values():
            known = contact.direction is Direction.INBOUND and contact.person >= 0
            contacts.append(contact.row(last.get(contact.person) if known else None))
            if known:
                last[contact.person] = contact
        tickets = [ticket.row() for ticket in self.tickets.values()]
        matters = [matter.row() for matter in self.matters.values()]
        return Tables.of(
            {name: [row[name] for row in contacts] for name in CONTACTS},
            {name: [row[name] for row in tickets] for name in TICKETS},
            {name: [row[name] for row in matters] for name in MATTERS},
        )

    # -- calls ------------------------------------------------------------------------------------------------------

    def _arrived(self, now: int, event: events.CallArrived) -> None:
        rings_back = self.tickets.get(event.ring_back_of) if event.ring_back_of else None
        self.contacts[event.call] = ContactRow(
            len(self.contacts),
            Direction.INBOUND,
            now,
            line=code(event.line),
            in_service_hours=event.in_service_hours,
            number_withheld=event.number_withheld,
            person=_number(self.persons, event.person),
            ring_back_of=rings_back.ticket if rings_back else NONE,
        )

    def _answered(self, contact: ContactRow, now: int, event: events.CallAnswered) -> None:
        if contact.answered < 0:
            contact.outcome, contact.answered, contact.ended = CallOutcome.ANSWERED, now, NONE
            contact.role, contact.staff = code(event.role), _number(self.staff, event.staff)

    def _joined(self, event: events.CallJoinedTicket) -> None:
        ticket = self.tickets[event.ticket]
        ticket.ring_backs += 1
        self.contacts[event.call].ticket = ticket.ticket

    # -- matters and tickets ----------------------------------------------------------------------------------------

    def _raised(self, now: int, event: events.MatterRaised) -> None:
        contact = self.contacts.get(event.call) if event.call else None
        matter = MatterRow(len(self.matters), _number(self.persons, event.person), event.reason, now, contact)
        self.matters[event.matter] = matter
        if contact:
            contact.matters += 1
            contact.reason = contact.reason or event.reason
            matter.arose = matter.first_try = contact.start
            matter.contact, matter.tries = contact.contact, 1

    def _settled(self, now: int, event: events.MatterSettled) -> None:
        if event.call in self.contacts:
            self.contacts[event.call].settled += 1
        if event.matter in self.matters:
            self.matters[event.matter].settled = now

    def _opened(self, now: int, event: events.TicketOpened) -> None:
        matter = self.matters.get(event.matter)
        contact = self.contacts.get(event.call) if event.call else matter.call if matter else None
        if contact:
            contact.tickets_opened += 1
        ticket = self.tickets[event.ticket] = TicketRow(
            ticket=len(self.tickets),
            contact=contact.contact if contact else NONE,
            person=_number(self.persons, event.person),
            reason=event.reason,
            unit=event.unit,
            urgent=event.urgent,
            channel=code(event.channel),
            language=code(event.language),
            opened=now,
            due_elapsed=self._ms(event.due_elapsed),
            due_service_hours=self._ms(event.due_service_hours),
            due_working_days=self._ms(event.due_working_days),
            last_chance=self._ms(event.last_chance) if event.last_chance else NONE,
            matter=matter.matter if matter else NONE,
        )
        if matter:
            matter.ticket_row = ticket

    def _attempt_started(self, now: int, event: events.AttemptStarted) -> None:
        ticket = self.tickets.get(event.ticket)
        if ticket:
            self.uncounted[event.attempt] = ticket
        self.contacts[event.attempt] = ContactRow(
            len(self.contacts),
            Direction.CALLBACK,
            now,
            presented=event.presented,
            role=code(event.role),
            staff=_number(self.staff, event.staff),
            person=ticket.person if ticket else NONE,
            ticket=ticket.ticket if ticket else NONE,
            reason=ticket.reason if ticket else "",
        )

    def _attempt_counts(self, event: events.AttemptConnected | events.AttemptEnded | events.AttemptRecorded) -> None:
        """Count an attempt once it was answered or something came of it; before, it may never have left the office."""
        if isinstance(event, events.AttemptEnded) or event.attempt not in self.uncounted:
            return
        ticket, start = self.uncounted.pop(event.attempt), self.contacts[event.attempt].start
        ticket.attempts += 1
        ticket.first_attempt = start if ticket.first_attempt < 0 else min(start, ticket.first_attempt)

    def _ms(self, moment: datetime) -> int:
        return (moment - self.origin) // _MILLISECOND


def _call(contact: ContactRow, now: int, event: Event) -> None:
    match event:
        case events.CallQueued() if contact.queued < 0:
            contact.queued = now
        case events.CallRang():
            contact.rings += 1
        case events.CallRingMissed():
            contact.rings_missed += 1
        case events.CallAbandoned():
            contact.end(CallOutcome.ABANDONED, now)
        case events.CallTurnedAway():
            contact.end(CallOutcome.TURNED_AWAY, now)
        case events.CallOutOfHours():
            contact.end(CallOutcome.OUT_OF_HOURS, now)
        case events.CallEnded() if contact.answered >= 0 and contact.ended < 0:
            contact.ended, contact.ended_by = max(now, contact.answered), code(event.by)
        case events.CallWrappedUp() if contact.ended >= 0 and contact.wrapped_up < 0:
            contact.wrapped_up = max(now, contact.ended)


def _attempt(contact: ContactRow, now: int, event: Event) -> None:
    match event:
        case events.AttemptConnected() if contact.answered < 0:
            contact.answered = now
        case events.AttemptEnded() if contact.ended < 0:
            contact.ended, contact.ended_by = max(now, contact.answered), code(event.by)
        case events.AttemptRecorded():
            contact.attempt_outcome = event.outcome


def _ticket(ticket: TicketRow, now: int, event: Event) -> None:
    match event:
        case events.TicketAssigned():
            ticket.assignments += 1
            ticket.unit = event.unit
        case events.CitizenReached() if ticket.reached < 0:
            ticket.reached, ticket.with_whom = now, code(event.with_whom)
            ticket.without_contact = event.without_contact
        case events.TicketResolved():
            ticket.closed, ticket.outcome = now, event.outcome
        case events.TicketReopened():
            ticket.closed, ticket.outcome = NONE, None
            ticket.reopenings += 1


def _number(numbers: dict[str, int], of: str | None) -> int:
    """Return the number of somebody, the next one if she has none yet."""
    return NONE if of is None else numbers.setdefault(of, len(numbers))
