"""The desk of a conversation: left who is calling, in the middle what about, right how it is dealt with.

Agents live here; others come here when a citizen rings back. Before the identity check the page knows counts only.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, queries
from erreichbar.centre.actions.fields import converters
from erreichbar.centre.errors import Refused
from erreichbar.centre.models import Call, User
from erreichbar.centre.reading import benefit_unit_number
from erreichbar.desk.acting import REFUSED, Entered, act, entered, for_roles, version_of, yes_or_no
from erreichbar.desk.fragments import part
from erreichbar.desk.here import user_of
from erreichbar.desk.identity import Candidate, candidates
from erreichbar.desk.views import conversation, seat
from erreichbar.office import Office
from erreichbar.record.words import Language

AT_A_TELEPHONE = seat.AT_A_TELEPHONE
PARTS = {"call": "desk/agent/call.html", "work": "desk/agent/work.html"}
"""The parts that renew themselves."""


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
    context = conversation.context_of(request)
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
    return done(
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
    return done(
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
    return done(
        request, act(request, "matter", actions.RaiseMatter, call=call.ref, reason=request.POST.get("reason", ""))
    )


@require_POST
@for_roles(*AT_A_TELEPHONE)
def settle(request: HttpRequest, matter: str) -> HttpResponse:
    """Settle a matter in the call."""
    return done(request, act(request, f"matter-{matter}", actions.SettleMatter, matter=matter))


@require_POST
@for_roles(*AT_A_TELEPHONE)
def open_ticket(request: HttpRequest, matter: str) -> HttpResponse:
    """Turn a matter into a promise."""
    given = request.POST
    answers = {
        name.removeprefix("answer."): text for name, text in given.items() if name.startswith("answer.") and text
    }
    answers |= {name: given[name] for name in _RESPONSIBLE if given.get(name)}
    return done(
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
            may_leave_message=yes_or_no(request, "may_leave_message"),
            safe_from=given.get("safe_from", ""),
            safe_to=given.get("safe_to", ""),
            dates={name.removeprefix("dates."): day for name, day in given.items() if name.startswith("dates.")},
            new_postal_code=given.get("new_postal_code", ""),
            contact_told="contact_told" in given,
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
    return done(request, act(request, f"ticket-{ref}", actions.JoinTicket, call=call.ref, ticket=ref))


@require_POST
@for_roles(*AT_A_TELEPHONE)
def reach(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that the matter of a ticket was spoken about in this call."""
    try:
        call, version = _call_in_front(user_of(request)), version_of(request)
    except Refused as refused:
        return _page(request, entered(request, f"ticket-{ref}", refused))
    return done(
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
    return done(
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
    context = conversation.context_of(request)
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


def done(request: HttpRequest, outcome: Any) -> HttpResponse:
    """Show the desk again after a change, or its form with why it was refused."""
    return _page(request, outcome.entered) if outcome.entered else redirect(_desk(request))


def _desk(request: HttpRequest) -> str:
    """Return the address of the desk; that of the last conversation, if it is over and entered up afterwards."""
    over = seat.state_of(queries.seat_of(user_of(request))) not in conversation.IN_FRONT
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
