"""The desk of case work: one ticket with the next right thing to do, and what every page of this desk shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from erreichbar import access
from erreichbar.access import Point
from erreichbar.centre import actions, clock, queries, sight
from erreichbar.centre.errors import Refused
from erreichbar.centre.models import Attempt, AttemptState, Call, CallState, Ticket, User
from erreichbar.centre.presenting import check_presenting, presented_to
from erreichbar.centre.queries import desk as asks
from erreichbar.desk import by_hand, urgent_shown, words
from erreichbar.desk.acting import REFUSED, Entered, Outcome, act, entered, for_roles, key_of, version_of
from erreichbar.desk.answers import answers
from erreichbar.desk.fragments import mark, part
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import limit_of, sentence, who
from erreichbar.desk.told import told
from erreichbar.desk.views import seat
from erreichbar.office import Office
from erreichbar.promise.moves import LONGEST_WAIT
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, Channel, PresentedNumber, Role, SeatState

WITH_TICKETS = (Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER)


# -- one ticket ---------------------------------------------------------------------------------------------------------


@require_GET
@for_roles(*WITH_TICKETS)
def ticket(request: HttpRequest, ref: str) -> HttpResponse:
    """A ticket: whom to call, what about, by when, what was tried, and what to do next."""
    return _page(request, ref)


@require_GET
@for_roles(*WITH_TICKETS)
def ticket_part(request: HttpRequest, ref: str) -> HttpResponse:
    """What is being done about a ticket, anew."""
    context = _ticket(request, ref)
    return part(request, "desk/case_worker/doing.html", context, context["doing_mark"])


@require_POST
@for_roles(*WITH_TICKETS)
def call_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the telephone to call the citizen back."""
    user, office = user_of(request), queries.office_in_force()
    try:
        found = queries.ticket_for(user, Ref(ref))
        check_presenting(presented_to(found.person, _presented()), user, office, clock.now())
    except Refused as refused:
        return _page(request, ref, entered(request, "call", refused))
    return done(request, ref, act(request, "call", actions.AskFloor, kind="call_back", args={"ticket": ref}))


@require_POST
@for_roles(*WITH_TICKETS)
def hang_up(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the telephone to end the callback."""
    return done(request, ref, act(request, "call", actions.AskFloor, kind="hang_up"))


@require_POST
@for_roles(*WITH_TICKETS)
def record(request: HttpRequest, ref: str, attempt: str) -> HttpResponse:
    """Say what came of a callback."""
    outcome = request.POST.get("outcome", "")
    return done(request, ref, act(request, "record", actions.RecordAttempt, attempt=attempt, outcome=outcome))


@require_POST
@for_roles(*WITH_TICKETS)
def enter_attempt(request: HttpRequest, ref: str) -> HttpResponse:
    """Enter a callback that was made from another telephone, with what came of it."""
    given = request.POST
    try:
        by_hand.enter(key_of(request), user_of(request), Ref(ref), given.get("presented", ""), given.get("outcome", ""))
    except Refused as refused:
        return _page(request, ref, entered(request, "by-hand", refused))
    return done(request, ref, Outcome())


@require_POST
@for_roles(*WITH_TICKETS)
def reached(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that the citizen has her answer without a callback from here: spoken otherwise, or in writing."""
    without = "without_contact" in request.POST
    return decide(request, ref, "reached", actions.ReachCitizen, without_contact=without)


@require_POST
@for_roles(*WITH_TICKETS)
def resolve(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a ticket."""
    given = request.POST
    return decide(
        request, ref, "resolve", actions.ResolveTicket, outcome=given.get("outcome", ""), note=given.get("note", "")
    )


@require_POST
@for_roles(*WITH_TICKETS)
def forward(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a ticket to another unit, or to somebody there. ``to`` is ``unit`` or ``unit/person``."""
    unit, _slash, holder = request.POST.get("to", "").partition("/")
    return decide(
        request, ref, "forward", actions.ForwardTicket,
        unit=unit, holder=holder or None, note=request.POST.get("note", ""),
    )  # fmt: skip


@require_POST
@for_roles(*WITH_TICKETS)
def take(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a ticket onto one's own list."""
    return decide(request, ref, "take", actions.TakeTicket)


@require_POST
@for_roles(*WITH_TICKETS)
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    """Open a closed ticket again."""
    return decide(request, ref, "reopen", actions.ReopenTicket)


@require_POST
@for_roles(*WITH_TICKETS)
def note(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a note to colleagues."""
    return done(request, ref, act(request, "note", actions.WriteNote, ticket=ref, text=request.POST.get("text", "")))


def decide(request: HttpRequest, ref: str, form: str, action: type[actions.Action], **fields: Any) -> HttpResponse:
    """Make a decision about the version of a ticket that the form showed, and show the ticket again."""
    try:
        version = version_of(request)
    except Refused as refused:
        return _page(request, ref, entered(request, form, refused))
    return done(request, ref, act(request, form, action, ticket=ref, version=version, **fields))


def done(request: HttpRequest, ref: str, outcome: Any) -> HttpResponse:
    """Show a ticket again after a change, or its form with why it was refused."""
    if outcome.entered:
        return _page(request, ref, outcome.entered)
    found = Ticket.objects.filter(ref=ref).first()
    if found is not None and not _sees(user_of(request), found):
        return redirect("desk:case_worker")  # forwarded to where it is none of her business any more
    return redirect("desk:ticket", ref)


def _page(request: HttpRequest, ref: str, refused: Entered | None = None) -> HttpResponse:
    context = _ticket(request, ref)
    context["entered"], context["checked_now"] = refused, request.POST.getlist("checked")
    return render(request, "desk/case_worker/ticket.html", context, status=REFUSED if refused else 200)


def _ticket(request: HttpRequest, ref: str) -> dict[str, Any]:
    user, office, now = user_of(request), queries.office_in_force(), clock.now()
    try:
        found = queries.ticket_for(user, Ref(ref))
    except Refused as refused:
        raise Http404 from refused
    line = sentence(office, found, now)
    attempts = asks.attempts_of(user, found) if _works_on(user, found) else []
    running = next((one for one in reversed(attempts) if one.outcome is None and one.user_id == user.pk), None)
    elsewhere = next((one for one in attempts if one.ended_at is None and one.user_id != user.pk), None)
    reason, written = office.reasons.get(found.reason), told(found, office, now)
    mine = queries.seat_of(user)
    every = every_page(user, found.ref)
    pending = every["asked"] is not None and every["asked"].pending
    return every | urgent_shown.context_of(user, found, office, now) | {
        "office": office,
        "here": reverse("desk:ticket", args=[found.ref]),
        "ticket": found,
        "line": line,
        "person": found.person,
        "reason": reason,
        "answers": answers(office, found),
        "papers": [paper.in_(_language()) for paper in reason.papers] if reason else [],
        "told": written,
        "notes": found.notes.select_related("author").order_by("written_at", "pk"),
        "people": office.people,
        "unit_name": office.units[found.unit].name.in_(_language()) if found.unit in office.units else found.unit,
        "assigned_why": found.assigned_why.get(_language(), found.assigned_why.get("en", "")),
        "attempts": [_attempt(number, one, now, office) for number, one in enumerate(attempts, 1)],
        "running": running,
        "dialling": running is not None and running.state == AttemptState.DIALLING,
        "talks": running is not None and running.ended_at is None,
        "over": running is not None and running.ended_at is not None,
        "elsewhere": elsewhere,
        "in_a_call": seat.state_of(mine) in (SeatState.TALKING, SeatState.RINGING) and running is None,
        "presented": words.PRESENTED[presented_to(found.person, _presented())],
        "waiting_until": words.moment(found.waiting_until, now, office.zone) if found.waiting_until else "",
        "first_day": (now.astimezone(office.zone).date() + timedelta(days=1)).isoformat(),
        "last_day": (now.astimezone(office.zone).date() + LONGEST_WAIT).isoformat(),
        "next_at": words.moment(line.next.moment, now, office.zone) if line.next and line.next.moment > now else "",
        "next_why": line.next.why.in_(_language()) if line.next else "",
        "due": words.moment(found.due_elapsed, now, office.zone),
        "limit_share": _share(found, now),
        "attempt_outcomes": _outcomes(running),
        "by_hand_outcomes": [(one.value, said) for one, said in words.ATTEMPT_OUTCOMES.items()],
        "by_hand_shown": [(one.value, words.PRESENTED[one]) for one in by_hand.presentable(user)],
        "yes_or_no": words.YES_OR_NO,
        "no_telephone": _has_no_telephone(office, user),
        "places": _places(office, found),
        "may_write": found.channel != Channel.TELEPHONE or found.number is None,
        "reached_with": words.TALKED_WITH.get(found.reached_with) if found.reached_with else "",
        "outcome": words.TICKET_OUTCOMES.get(found.outcome) if found.outcome else "",
        "holder": office.people.get(found.holder.username) if found.holder else None,
        "is_mine": found.holder_id == user.pk,
        "doing_mark": mark(
            pending, found.version, found.holder_id, found.attempts_made, [(one.ref, one.state, one.outcome) for one in attempts],
            running and len(str(running.training_words)), elsewhere is not None, seat.state_of(mine),
            [(one.ref, one.state) for one in written],
        ),
    }  # fmt: skip


def every_page(user: User, at: str = "") -> dict[str, Any]:
    """Return what every page of this desk shows: the seat, a ringing call, a callback that waits for its outcome.

    ``at`` is the reference of the ticket in front, which says itself that its callback waits.
    """
    now = incoming_mark(user, at)  # before it is read: what changes meanwhile is then fetched once more
    call, attempt = asks.call_at(user), asks.attempt_of(user)
    left_open = attempt if attempt and attempt.ticket.is_open and attempt.ticket.ref != at else None
    return seat.context_of(user) | {
        "desk": "case_worker",
        "at": at,
        "incoming": _incoming(call) if call else None,
        "left_open": left_open,
        "left_open_who": who(left_open.ticket) if left_open else "",
        "incoming_mark": now,
    }


def incoming_mark(user: User, at: str) -> str:
    """Return a mark of what rings here, or waits elsewhere than at ticket ``at``."""
    waits = asks.waiting_attempt(user)
    return mark(asks.rings_at(user), waits[0] if waits and waits[2] and waits[1] != at else None)


def _incoming(call: Call) -> dict[str, Any]:
    """Return what may be said of a citizen's call at a case worker's seat: on which ticket of hers it is taken to answer."""
    return {"call": call, "ticket": call.ring_back_of, "rings": call.state == CallState.RINGING}


def _presented() -> PresentedNumber:
    """Return which number a callback shows, by the access model in force."""
    rules = queries.model_in_force().rules
    return access.presented(access.decide(rules, access.moment(Point.CALLBACK)))


def _has_no_telephone(office: Office, user: User) -> bool:
    """Whether the office file knows no telephone of somebody; she calls from another one."""
    person = office.people.get(user.username)
    return person is None or (person.extension is None and person.sip_user is None)


def _works_on(user: User, found: Ticket) -> bool:
    return sight.works_on(user, found, queries.office_in_force())


def _sees(user: User, found: Ticket) -> bool:
    return sight.may_see(user, found, queries.office_in_force(), clock.now())


def _attempt(number: int, one: Attempt, now: datetime, office: Office) -> dict[str, Any]:
    outcome = AttemptOutcome(one.outcome) if one.outcome else None
    shown = {True: "success", False: "info"}[outcome is AttemptOutcome.REACHED]
    return {"said": words.attempt(number, one.started_at, outcome, now, office.zone), "level": shown,
            "presented": words.PRESENTED[PresentedNumber(one.presented)]}  # fmt: skip


def _outcomes(running: Attempt | None) -> Sequence[tuple[str, object]]:
    """Return what may have come of a callback: nobody is reached who never picked up."""
    answered = running is not None and running.connected_at is not None
    return [
        (one.value, said)
        for one, said in words.ATTEMPT_OUTCOMES.items()
        if answered or one is not AttemptOutcome.REACHED
    ]


def _places(office: Office, found: Ticket) -> list[dict[str, Any]]:
    """Return where a ticket can be forwarded: to every unit and its people, but not where it lies."""
    language = _language()
    here = (found.unit, found.holder.username if found.holder else "")
    places = []
    for unit in office.units.values():
        options = [(unit.id, _("Whoever is free"))] if here != (unit.id, "") else []
        others = [one for one in colleagues(office, unit.id) if here != (unit.id, one[0])]
        options += [(f"{unit.id}/{member}", name) for member, name in others]
        places.append({"name": unit.name.in_(language), "options": options})
    return places


def colleagues(office: Office, unit: str) -> list[tuple[str, str]]:
    """Return who of a unit deals with tickets: id and name; nobody of a unit that the office no longer has."""
    members = office.units[unit].members if unit in office.units else ()
    return [(one, office.people[one].name) for one in members if office.people[one].role in WITH_TICKETS]


def _share(found: Ticket, now: datetime) -> int:
    """Return how much of the promised time is gone, in per cent."""
    whole = (limit_of(found) - found.opened_at).total_seconds()
    gone = (now - found.opened_at).total_seconds()
    return round(100 * min(1.0, max(0.0, gone / whole))) if whole > 0 else 100


def _language() -> str:
    return "de" if (get_language() or "de").startswith("de") else "en"
