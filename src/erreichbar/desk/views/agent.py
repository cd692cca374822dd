"""The desk of a conversation: left who is calling, in the middle what about, right how it is dealt with.

Agents live here; others come here when a citizen rings back. Before the identity check the page knows counts only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock, queries, sight
from erreichbar.centre.actions.fields import converters
from erreichbar.centre.errors import Refused
from erreichbar.centre.models import Call, CallState, Matter, Person, Ticket, User
from erreichbar.centre.queries import desk as asks
from erreichbar.centre.reading import benefit_unit_number
from erreichbar.desk import words
from erreichbar.desk.acting import REFUSED, Entered, act, entered, for_roles, version_of
from erreichbar.desk.fragments import mark, part
from erreichbar.desk.here import user_of
from erreichbar.desk.identity import Candidate, candidates
from erreichbar.desk.receipts import Receipt, receipt_of
from erreichbar.desk.sentences import Sentence, sentence, what
from erreichbar.desk.views import seat
from erreichbar.office import FirstLevel, Office
from erreichbar.office.model import ContactReason, Urgency
from erreichbar.record.words import Language, Role, SeatState, TicketOutcome

AT_A_TELEPHONE = seat.AT_A_TELEPHONE
SAFETY = "safety"
"""The contact reason whose script is always at hand; in an office file without it, the first that is immediate."""
IN_FRONT = (SeatState.TALKING, SeatState.WRAP_UP)
"""States of a seat in which a conversation is in front of it."""
PARTS = {"call": "desk/agent/call.html", "work": "desk/agent/work.html"}
"""The parts that renew themselves."""


@dataclass(frozen=True)
class MatterShown:
    """A matter of this call: how it stands, and what the first level may do about it."""

    matter: Matter
    label: str
    reason: ContactReason | None
    ticket: Sentence | None
    receipt: Receipt | None
    may_settle: bool
    form: str

    @property
    def undone(self) -> bool:
        """Whether it is neither settled nor a ticket."""
        return self.matter.settled_at is None and self.ticket is None


@dataclass(frozen=True)
class TicketShown:
    """An open ticket of the citizen in front: whether this call answers it, and what may be done about it here."""

    sentence: Sentence
    rings_back: bool
    joined: bool
    may_deal: bool
    form: str


@require_GET
@for_roles(*AT_A_TELEPHONE)
def agent(request: HttpRequest) -> HttpResponse:
    """The whole desk."""
    return _page(request)


@require_GET
@for_roles(*AT_A_TELEPHONE)
def panel(request: HttpRequest) -> HttpResponse:
    """A part of the desk anew (``?part=``)."""
    name = request.GET.get("part", "call")
    context = _context(request)
    return part(request, PARTS.get(name, PARTS["call"]), context, context[f"{name if name in PARTS else 'call'}_mark"])


@require_POST
@for_roles(*AT_A_TELEPHONE)
def search(request: HttpRequest) -> HttpResponse:
    """Find who is calling by what she says. Nothing of it stands in an address, and what does not fit is not shown."""
    user, office = user_of(request), queries.office_in_force()
    try:
        call = _call_in_front(user)
        typed = _typed(request, office)
        found = queries.search_persons(user, call.ref, **{name: typed[name] for name in _SEARCHED})
    except Refused as refused:
        return _page(request, entered(request, "caller", refused))
    return _page(request, found=candidates(found, typed), typed=request.POST.dict())


@require_POST
@for_roles(*AT_A_TELEPHONE)
def identify(request: HttpRequest) -> HttpResponse:
    """Record that the identity check was passed. How many answers were right is kept, the answers are not."""
    user = user_of(request)
    checks = len(set(request.POST.getlist("check")))
    try:
        call = _call_in_front(user)
    except Refused as refused:
        return _page(request, entered(request, "caller", refused))
    return _done(
        request,
        act(
            request,
            "caller",
            actions.IdentifyCaller,
            call=call.ref,
            person=request.POST.get("person", ""),
            checks=checks,
        ),
    )


@require_POST
@for_roles(*AT_A_TELEPHONE)
def register(request: HttpRequest) -> HttpResponse:
    """Record somebody who is not known yet."""
    try:
        call = _call_in_front(user_of(request))
    except Refused as refused:
        return _page(request, entered(request, "caller", refused))
    fields = {name: request.POST.get(name, "") for name in (*_SEARCHED, "postal_code")}
    language = request.POST.get("language") or Language.GERMAN
    return _done(
        request,
        act(request, "caller", actions.RegisterPerson, call=call.ref, number=call.e164, language=language, **fields),
    )


@require_POST
@for_roles(*AT_A_TELEPHONE)
def raise_matter(request: HttpRequest) -> HttpResponse:
    """Take up what the citizen calls about."""
    try:
        call = _call_in_front(user_of(request))
    except Refused as refused:
        return _page(request, entered(request, "matter", refused))
    return _done(
        request, act(request, "matter", actions.RaiseMatter, call=call.ref, reason=request.POST.get("reason", ""))
    )


@require_POST
@for_roles(*AT_A_TELEPHONE)
def settle(request: HttpRequest, matter: str) -> HttpResponse:
    """Settle a matter in the call."""
    return _done(request, act(request, f"matter-{matter}", actions.SettleMatter, matter=matter))


@require_POST
@for_roles(*AT_A_TELEPHONE)
def open_ticket(request: HttpRequest, matter: str) -> HttpResponse:
    """Turn a matter into a promise."""
    given = request.POST
    answers = {
        name.removeprefix("answer."): text for name, text in given.items() if name.startswith("answer.") and text
    }
    answers |= {name: given[name] for name in _RESPONSIBLE if given.get(name)}
    return _done(
        request,
        act(
            request,
            f"matter-{matter}",
            actions.OpenTicket,
            matter=matter,
            answers=answers,
            note=given.get("note", ""),
            number=given.get("number", ""),
            window_from=given.get("window_from", ""),
            window_to=given.get("window_to", ""),
            language=given.get("language") or None,
            channel=given.get("channel") or None,
            email=given.get("email", ""),
        ),
    )


@require_POST
@for_roles(*AT_A_TELEPHONE)
def join(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the call up on an open ticket."""
    try:
        call = _call_in_front(user_of(request))
    except Refused as refused:
        return _page(request, entered(request, f"ticket-{ref}", refused))
    return _done(request, act(request, f"ticket-{ref}", actions.JoinTicket, call=call.ref, ticket=ref))


@require_POST
@for_roles(*AT_A_TELEPHONE)
def reach(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that the matter of a ticket was spoken about in this call."""
    try:
        call, version = _call_in_front(user_of(request)), version_of(request)
    except Refused as refused:
        return _page(request, entered(request, f"ticket-{ref}", refused))
    return _done(
        request,
        act(request, f"ticket-{ref}", actions.ReachCitizen, call=call.ref, ticket=ref, version=version),
    )


@require_POST
@for_roles(*AT_A_TELEPHONE)
def resolve(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a ticket in the call, where that may be."""
    try:
        version = version_of(request)
    except Refused as refused:
        return _page(request, entered(request, f"ticket-{ref}", refused))
    return _done(
        request,
        act(
            request, f"ticket-{ref}", actions.ResolveTicket,
            ticket=ref, version=version, outcome=request.POST.get("outcome", ""),
        ),
    )  # fmt: skip


# -- the page -----------------------------------------------------------------------------------------------------------

_SEARCHED = ("family_name", "given_name", "date_of_birth", "benefit_unit_number")
_RESPONSIBLE = ("benefit_unit_number", "family_name", "postal_code")


def _page(
    request: HttpRequest,
    refused: Entered | None = None,
    *,
    found: list[Candidate] | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    context = _context(request)
    if typed is not None:
        # What was asked for stays in the fields, so that one more answer can be added.
        context["entered"] = Entered("caller", typed, Refused("", "", ""))
        context["found"] = found
    if refused is not None:
        context["entered"] = refused
    if request.method == "POST":
        context["here"] = _desk(request)
    response = render(request, "desk/agent/page.html", context, status=REFUSED if refused else 200)
    response["Cache-Control"] = "no-store"
    return response


def _done(request: HttpRequest, outcome: Any) -> HttpResponse:
    return _page(request, outcome.entered) if outcome.entered else redirect(_desk(request))


def _desk(request: HttpRequest) -> str:
    """Return the address of the desk; that of the last conversation, if it is over and entered up afterwards."""
    over = seat.state_of(queries.seat_of(user_of(request))) not in IN_FRONT
    return reverse("desk:agent") + ("?last" if over else "")


def _call_in_front(user: User) -> Call:
    call = queries.call_of(user)
    if call is None:
        raise Refused(
            "no_call",
            "Das Gespräch liegt zu weit zurück. Was nicht eingetragen war, gehört in eine Notiz oder ein neues Gespräch.",
            "The conversation was too long ago. What was not entered belongs in a note or a new conversation.",
        )
    return call


def _typed(request: HttpRequest, office: Office) -> dict[str, Any]:
    """Return what was typed about the caller, as it is stored. Raises ``Invalid`` for a date or number that cannot be."""
    given = {name: request.POST.get(name, "").strip() for name in (*_SEARCHED, "postal_code")}
    read = dict(converters(actions.RegisterPerson))["date_of_birth"]
    born: date | None = read("date_of_birth", given["date_of_birth"])
    unit = benefit_unit_number("benefit_unit_number", given["benefit_unit_number"], office)
    return {**given, "date_of_birth": born, "benefit_unit_number": unit}


def _context(request: HttpRequest) -> dict[str, Any]:
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
        "channels": [(channel.value, said) for channel, said in words.CHANNELS.items()],
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
        [(one.sentence.ticket.ref, one.sentence.ticket.version, one.joined, one.sentence.tried) for one in tickets],
    )  # fmt: skip
    return context


def _calling_back(mine: Any, last: Call | None) -> bool:
    """Whether the seat talks in a callback; then the citizen's call before it is not in front any more."""
    return mine is not None and mine.state == SeatState.TALKING and (last is None or mine.call != last.ref)


def _undone(call: Call) -> bool:
    return call.matters.filter(settled_at=None, ticket=None).exists()


def _matters(user: User, office: Office, call: Call, now: Any) -> list[MatterShown]:
    shown = []
    for matter in asks.matters_of(user, call):
        reason, ticket = office.reasons.get(matter.reason), getattr(matter, "ticket", None)
        told = sentence(office, ticket, now) if ticket else None
        shown.append(
            MatterShown(
                matter=matter,
                label=what(office, matter.reason),
                reason=reason,
                ticket=told,
                receipt=receipt_of(office, ticket, now) if ticket else None,
                may_settle=reason is not None
                and (user.role != Role.AGENT or reason.first_level is not FirstLevel.NONE),
                form=f"matter-{matter.ref}",
            )
        )
    return shown


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
