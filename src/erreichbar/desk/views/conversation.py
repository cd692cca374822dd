"""What the desk of a conversation shows: the call, who is calling, what about, and how it can be dealt with."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from erreichbar.centre import clock, queries, sight
from erreichbar.centre.models import Call, CallState, Matter, Person, Ticket, User
from erreichbar.centre.queries import desk as asks
from erreichbar.desk import words
from erreichbar.desk.applications import ApplicationShown, asked, kinds, proofs, shown
from erreichbar.desk.fragments import mark
from erreichbar.desk.here import user_of
from erreichbar.desk.receipts import Receipt, receipt_of
from erreichbar.desk.sentences import Sentence, sentence, what
from erreichbar.desk.views import seat
from erreichbar.office import FirstLevel, Office
from erreichbar.office.model import ContactReason, Urgency
from erreichbar.record.words import Role, SeatState, TicketOutcome

SAFETY = "safety"
"""The contact reason whose script is always at hand; in an office file without it, the first that is immediate."""
IN_FRONT = (SeatState.TALKING, SeatState.WRAP_UP)
"""States of a seat in which a conversation is in front of it."""


@dataclass(frozen=True)
class MatterShown:
    """A matter of this call: how it stands, what the first level may do about it, what was applied for."""

    matter: Matter
    label: str
    reason: ContactReason | None
    ticket: Sentence | None
    receipt: Receipt | None
    may_settle: bool
    form: str
    applications: list[ApplicationShown]
    apply_form: str

    @property
    def undone(self) -> bool:
        """Whether it is neither settled nor a ticket."""
        return self.matter.settled_at is None and self.ticket is None

    @property
    def to_apply(self) -> bool:
        """Whether it is to be asked first if she applies."""
        return self.undone and not self.applications and self.reason is not None and self.reason.takes_applications


@dataclass(frozen=True)
class TicketShown:
    """An open ticket of the citizen in front: whether this call answers it, and what may be done about it here."""

    sentence: Sentence
    rings_back: bool
    joined: bool
    may_deal: bool
    form: str


def context_of(request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows now."""
    user, office, now = user_of(request), queries.office_in_force(), clock.now()
    context = seat.context_of(user) | {
        "desk": "agent",
        "office": office,
        "office_is_open": office.calendar.is_open(now),
    }
    mine = queries.seat_of(user)
    state = seat.state_of(mine)
    ringing = asks.call_at(user) if state is SeatState.RINGING else None
    last = queries.call_of(user)
    # What is sent without a conversation is sent from the page of the last one.
    afterwards = state not in IN_FRONT and ("last" in request.GET or request.method == "POST")
    shown = state in IN_FRONT or afterwards
    call = last if ringing is None and shown and not _calling_back(mine, last) else None
    told_of = ringing or call
    person = call.person if call else None
    matters = _matters(user, office, call, now) if call else []
    tickets = _tickets(user, office, call, person, matters, now) if call and person else []
    immediate = (reason for reason in office.reasons.values() if reason.urgency is Urgency.IMMEDIATE)
    safety = office.reasons.get(SAFETY) or next(immediate, None)
    context |= {
        "ringing": ringing,
        "last": afterwards,
        "hint": words.hint(*queries.caller_hint(told_of.ref)) if told_of else "",
        "call": call,
        "talking": call is not None and call.state == CallState.TALKING,
        "ended": words.ENDED_BY.get(call.ended_by) if call and call.ended_by else "",
        "person": person,
        "identified": call is not None and person is not None and call.checks > 0,
        "matters": matters,
        "tickets": tickets,
        "contacts": _contacts(user, office, call, person) if call and person else [],
        "undone": [one for one in matters if one.undone],
        "reasons": [(reason.id, reason.label.in_(_language())) for reason in office.reasons.values()],
        "languages": [(language.value, said) for language, said in words.LANGUAGES.items()],
        "yes_or_no": words.YES_OR_NO,
        "channels": [(channel.value, said) for channel, said in words.CHANNELS.items()],
        "application_kinds": kinds(office),
        "application_asked": asked(office, now, call.answered_at) if call else "",
        "proofs": proofs(),
        "proof_wished": person.channel if person else "",
        "mistakes": [(mistake.value, said) for mistake, said in words.MISTAKES.items()],
        "outcomes": [
            (outcome.value, said)
            for outcome, said in words.TICKET_OUTCOMES.items()
            if outcome != TicketOutcome.DONE_NOT_TOLD
        ],
        "safety": safety,
        "safety_lines": [line.in_(_language()) for line in safety.script] if safety else [],
        "may_ring_later": last is not None and call is None and ringing is None and _undone(last),
        "benefit_unit_example": office.benefit_unit_numbers.example,
    }
    context["call_mark"] = mark(
        ringing and (ringing.ref, context["hint"]), call and (call.ref, call.state, len(str(call.training_words))),
        state, context["may_ring_later"], context["office_is_open"], len(context["undone"]),
    )  # fmt: skip
    context["work_mark"] = mark(
        call and call.ref, person and person.ref, [(one.matter.ref, one.undone) for one in matters],
        [(one.code, one.state) for matter in matters for one in matter.applications],
        [(one.sentence.ticket.ref, one.sentence.ticket.version, one.joined, one.sentence.tried) for one in tickets],
    )  # fmt: skip
    return context


def _calling_back(mine: Any, last: Call | None) -> bool:
    """Whether the seat talks in a callback; then the citizen's call before it is not in front any more."""
    return mine is not None and mine.state == SeatState.TALKING and (last is None or mine.call != last.ref)


def _undone(call: Call) -> bool:
    return call.matters.filter(settled_at=None, ticket=None).exists()


def _matters(user: User, office: Office, call: Call, now: Any) -> list[MatterShown]:
    told_of = []
    for matter in asks.matters_of(user, call):
        reason, ticket = office.reasons.get(matter.reason), getattr(matter, "ticket", None)
        told = sentence(office, ticket, now) if ticket else None
        told_of.append(
            MatterShown(
                matter=matter,
                label=what(office, matter.reason),
                reason=reason,
                ticket=told,
                receipt=receipt_of(office, ticket, now) if ticket else None,
                may_settle=reason is not None
                and (user.role != Role.AGENT or reason.first_level is not FirstLevel.NONE),
                form=f"matter-{matter.ref}",
                applications=shown(office, queries.applications_of(matter), now),
                apply_form=f"application-{matter.ref}",
            )
        )
    return told_of


def _tickets(
    user: User, office: Office, call: Call, person: Person, matters: list[MatterShown], now: Any
) -> list[TicketShown]:
    """Return the citizen's open tickets but those of this call, the one that she rings back for first."""
    new = {one.ticket.ticket.pk for one in matters if one.ticket}
    tickets = [ticket for ticket in queries.open_tickets(user, person) if ticket.pk not in new]
    shown = [
        TicketShown(
            sentence=sentence(office, ticket, now),
            rings_back=call.ring_back_of_id == ticket.pk,
            joined=call.joined_id == ticket.pk,
            may_deal=_may_deal(user, office, ticket),
            form=f"ticket-{ticket.ref}",
        )
        for ticket in tickets
    ]
    return sorted(shown, key=lambda one: not one.rings_back)


def _may_deal(user: User, office: Office, ticket: Ticket) -> bool:
    if user.role != Role.AGENT:
        return sight.works_on(user, ticket, office)
    reason = office.reasons.get(ticket.reason)
    return reason is not None and reason.first_level is FirstLevel.SETTLE


def _contacts(user: User, office: Office, call: Call, person: Person) -> list[dict[str, Any]]:
    """Return what the citizen brought up before, as it ended."""
    shown = []
    for matter in asks.last_contacts(user, call, person):
        ticket = getattr(matter, "ticket", None)
        how = "settled" if matter.settled_at else "none" if ticket is None else "open" if ticket.is_open else "closed"
        shown.append({"matter": matter, "label": what(office, matter.reason), "how": how})
    return shown


def _language() -> str:
    return get_language() or "de"
