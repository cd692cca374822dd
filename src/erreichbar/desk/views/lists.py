"""Lists of tickets: mine, and those of my units; and what rings while one reads them.

A list is made of sentences, in the order of what is in danger and can be reached now.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from erreichbar.centre import clock, queries
from erreichbar.centre.models import User
from erreichbar.desk.acting import for_roles
from erreichbar.desk.fragments import dated, is_seen, mark, part
from erreichbar.desk.here import page_asked, user_of
from erreichbar.desk.sentences import limit_of, sentences, who
from erreichbar.desk.views import presence
from erreichbar.desk.views.case_worker import WITH_TICKETS, every_page, incoming_mark


@require_GET
@for_roles(*WITH_TICKETS)
def case_worker(request: HttpRequest) -> HttpResponse:
    """My list, or (``?unit=``) the one of a unit of mine, page by page (``?page=``)."""
    return render(request, "desk/case_worker/lists.html", _lists(request))


@require_GET
@for_roles(*WITH_TICKETS)
def list_part(request: HttpRequest) -> HttpResponse:
    """The list anew. What is as it was is not built; once a minute it is, because it says how much time is left."""
    user, now = user_of(request), clock.now()
    if is_seen(request, _mark(user, _unit(request, user), now, page_asked(request)), now):
        return HttpResponse(status=204)
    return part(request, "desk/case_worker/list.html", lambda: _lists(request), None)


@require_GET
@for_roles(*WITH_TICKETS)
def incoming_part(request: HttpRequest) -> HttpResponse:
    """What rings here, anew; ``?at=`` names the ticket whose page shows it."""
    user, at = user_of(request), request.GET.get("at", "")
    return part(request, "desk/case_worker/incoming.html", lambda: every_page(user, at), incoming_mark(user, at))


def _unit(request: HttpRequest, user: User) -> str | None:
    unit = request.GET.get("unit") or None
    if unit is not None and unit not in queries.units_of(user):
        raise Http404
    return unit


def _mark(user: User, unit: str | None, now: datetime, number: int) -> str:
    """Return a mark of what a list shows, but for the time that passes."""
    office = queries.office_in_force().digest
    listed = queries.state_of_list(user, unit, now, number)
    if unit is not None:
        return mark(office, get_language(), unit, listed)
    own = [(one.pk, one.start, one.end, one.kind) for one in queries.entries_of([user.username], now)]
    called_for = [one.ref for one in queries.called_for(user)]
    return mark(office, get_language(), listed, own, called_for)


def _lists(request: HttpRequest) -> dict[str, Any]:
    user, office, now, number = user_of(request), queries.office_in_force(), clock.now(), page_asked(request)
    unit, units = _unit(request, user), queries.units_of(user)
    # Before the list is read: what changes meanwhile is then fetched once more.
    list_mark = dated(_mark(user, unit, now, number), now)
    page = queries.list_page(user, unit, now, number)
    called_for = [] if unit else queries.called_for(user)
    return (
        every_page(user)
        | presence.context_of(user)
        | {
            "office": office,
            "lines": sentences(office, page.tickets, now),
            "page": page,
            "unit": unit or "",
            "tabs": [
                ("", _("My list")),
                *((one, office.units[one].name.in_(get_language() or "de")) for one in units),
            ],
            "people": office.people,
            "called_for": [(one, who(one), limit_of(one)) for one in called_for],
            "list_mark": list_mark,
        }
    )
