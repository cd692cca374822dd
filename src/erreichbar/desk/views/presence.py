"""Not in today, in one click, and in after all. Only the fact is asked, never why."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from erreichbar.centre import actions, clock, queries
from erreichbar.centre.models import User
from erreichbar.desk import words
from erreichbar.desk.acting import act, for_roles
from erreichbar.desk.here import user_of
from erreichbar.promise.reserved import EACH, reserved_today
from erreichbar.record.words import Role

MOMENT = timedelta(milliseconds=1)
"""An absence that ends at midnight is one of the day before."""
WITH_A_LIST = (Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER)


def context_of(user: User) -> dict[str, Any]:
    """Return what a desk says of one's own presence: entered as absent until when, and the time kept for callbacks today."""
    now, zone = clock.now(), queries.office_in_force().zone
    absence = queries.absence_now(user, now)
    until = absence.end if absence else None
    today = until is not None and (until - MOMENT).astimezone(zone).date() == now.astimezone(zone).date()
    return {
        "absence": absence,
        "absence_today": today,
        "absence_until": words.moment(until, now, zone) if until else "",
        "reserved": _reserved(user, now),
    }


def _reserved(user: User, now: datetime) -> dict[str, Any] | None:
    """Return the time that the roster keeps free for one's callbacks, as far as it is left today, in words."""
    found = reserved_today(queries.roster(now), user.username, now)
    if found is None:
        return None
    zone = queries.office_in_force().zone
    stretches = [f"{words.clock(start, zone)}–{words.clock(end, zone)}" for start, end in found.periods]
    return {"stretches": ", ".join(stretches), "fits": found.fits, "each": words.duration(EACH)}


@require_POST
@for_roles(*WITH_A_LIST)
def not_in_today(request: HttpRequest) -> HttpResponse:
    """Enter that I am not in today."""
    act(request, "presence", actions.NotInToday, person=user_of(request).username)
    return redirect("desk:case_worker")


@require_POST
@for_roles(*WITH_A_LIST)
def in_after_all(request: HttpRequest) -> HttpResponse:
    """Enter that I am in after all."""
    user = user_of(request)
    absence = queries.absence_now(user, clock.now())
    if absence is not None:
        act(request, "presence", actions.FreeTime, person=user.username, entry=absence.ref)
    return redirect("desk:case_worker")
