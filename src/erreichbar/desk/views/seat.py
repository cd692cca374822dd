"""The seat: what one's telephone does, who waits, and what one asks of it. Part of every desk with a telephone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import queries
from erreichbar.centre.actions import AskFloor
from erreichbar.centre.models import CallState, Seat, User
from erreichbar.centre.queries import desk as asks
from erreichbar.desk import words
from erreichbar.desk.acting import Entered, act, for_roles
from erreichbar.desk.fragments import mark, part
from erreichbar.desk.here import user_of
from erreichbar.record.words import Role, SeatState

AT_A_TELEPHONE = (Role.AGENT, Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER)
CONFLICT = 409
LEVELS = {SeatState.READY: "success", SeatState.RINGING: "warning", SeatState.TALKING: "info"}
"""How a state is coloured; its word and its sign say the same."""
SIGNS = {SeatState.READY: "check", SeatState.RINGING: "warning", SeatState.TALKING: "info"}
WISHES = {"ready": lazy("Ready"), "pause": lazy("Pause"), "leave": lazy("Leave")}
"""What a seat may wish to do, in words."""
ALREADY = {"ready": SeatState.READY, "pause": SeatState.PAUSE, "leave": SeatState.OFF}


def context_of(user: User) -> dict[str, Any]:
    """Return what the part shows."""
    seat = queries.seat_of(user)
    state = SeatState(seat.state) if seat else SeatState.OFF
    queue, asked = asks.queue(), asks.asked(user)
    call = asks.rings_at(user)
    away = bool(asked and asked.pending) and not queries.floor_is_there()
    wishes = [(kind, said) for kind, said in WISHES.items() if state is not ALREADY[kind]]
    if state is SeatState.WRAP_UP:
        wishes = [("wrap_up_done", lazy("Wrap-up done")), *wishes[1:]]
    return {
        "seat": seat,
        "seat_state": words.SEAT_STATES[state],
        "seat_level": LEVELS.get(state, "default"),
        "seat_sign": SIGNS.get(state, "default"),
        "seat_since": seat.since if seat and state in (SeatState.PAUSE, SeatState.WRAP_UP) else None,
        "queue": queue,
        "queue_words": words.waiting(queue.waiting),
        "asked": asked,
        "floor_is_away": away,
        "afterwards": state is SeatState.TALKING,
        "wishes": wishes if state is not SeatState.RINGING else [],
        "call_elsewhere": call is not None and Role(user.role) is not Role.AGENT,
        "rings_here": call is not None and call.state == CallState.RINGING,
        "seat_mark": mark(_seat(seat), queue, asked, away, call and (call.call, call.state)),
    }


@require_GET
@for_roles(*AT_A_TELEPHONE)
def seat_part(request: HttpRequest) -> HttpResponse:
    """The part anew."""
    context = context_of(user_of(request)) | {"desk": request.GET.get("desk", "")}
    return part(request, "desk/parts/seat.html", context, context["seat_mark"])


@require_POST
@for_roles(*AT_A_TELEPHONE)
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask the telephone for something without further details, and go back to one's desk."""
    outcome = act(request, "ask", AskFloor, kind=kind)
    if outcome.entered is not None:
        return _back(request, outcome.entered)
    # Whoever takes a citizen's call goes where conversations are held.
    talks = kind == "accept" or request.POST.get("desk") == "agent"
    return redirect("desk:agent" if talks else home(user_of(request)))


def home(user: User) -> str:
    """Return the address of somebody's own desk."""
    return reverse("desk:agent" if user.role == Role.AGENT else "desk:case_worker")


def state_of(seat: Seat | None) -> SeatState:
    """Return what a seat does; none is signed off."""
    return SeatState(seat.state) if seat else SeatState.OFF


def _seat(seat: Seat | None) -> object:
    return seat and (seat.state, seat.since, seat.call)


def _back(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Say why the telephone was not asked, on the page that asked (it puts ``#said`` where its troubles stand)."""
    why = entered.refused.in_(get_language() or "de")
    if "HX-Request" in request.headers:
        return HttpResponse(format_html('<div id="said"><p class="kern-body">{}</p></div>', why), status=CONFLICT)
    messages.error(request, why, extra_tags="danger")
    return redirect(home(user_of(request)))
