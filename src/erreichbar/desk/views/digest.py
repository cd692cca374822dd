"""The morning's digest in the desk, on top of list and board, until it is put away or the day is over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock
from erreichbar.centre.models import Ticket, User
from erreichbar.centre.queries.digests import shown_digest, still_running
from erreichbar.desk.acting import act, for_roles
from erreichbar.desk.fragments import mark, part
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import limit_of, who
from erreichbar.desk.views.presence import WITH_A_LIST


@require_GET
@for_roles(*WITH_A_LIST)
def digest_part(request: HttpRequest) -> HttpResponse:
    """The digest anew."""
    context = context_of(user_of(request))
    return part(request, "desk/digest.html", context, context["digest_mark"])


@require_POST
@for_roles(*WITH_A_LIST)
def dismiss(request: HttpRequest) -> HttpResponse:
    """Put the digest of today away."""
    act(request, "digest", actions.DismissDigest)
    return redirect("desk:case_worker")


def context_of(user: User) -> dict[str, Any]:
    """Return what the part shows: the tickets of the digest of which something still runs out."""
    found = shown_digest(user, clock.now())
    if found is None:
        return {"digest": None, "digest_mark": mark(None)}
    left = still_running([*found.tickets["own"], *found.tickets["led"]])
    told = set(found.tickets["told"])
    digest = {name: _rows([left[ref] for ref in found.tickets[name] if ref in left], told) for name in ("own", "led")}
    return {"digest": digest if left else None, "digest_mark": mark(found.ref, digest)}


def _rows(tickets: list[Ticket], told: set[str]) -> list[dict[str, Any]]:
    return [
        {"ref": one.ref, "code": one.code, "who": who(one), "limit": limit_of(one), "told": one.ref in told}
        for one in tickets
    ]
