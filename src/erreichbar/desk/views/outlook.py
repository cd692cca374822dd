"""What breaks when, if nothing changes: a picture, and the same in a table. Drawn anew only when something has changed."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from erreichbar.centre import clock, queries
from erreichbar.centre.queries.forecast import forecast_now
from erreichbar.desk import words
from erreichbar.desk.acting import for_roles
from erreichbar.desk.fragments import mark, part
from erreichbar.desk.sentences import limit_of
from erreichbar.desk.views.board import page
from erreichbar.desk.views.suppose import tickets_of
from erreichbar.office import Office, moments
from erreichbar.promise.forecast.outlook import Part, outlook
from erreichbar.record.words import Role

PARTS = (lazy("to 11:00"), lazy("11:00 to 14:00"), lazy("14:00 to 17:00"), lazy("from 17:00"))
"""The parts of a day, as ``promise`` has them."""
ROW, WIDEST = 28, 130
"""Height of a row and width of the longest bar, in the picture's units."""


@require_GET
@for_roles(Role.TEAM_LEADER)
def outlook_part(request: HttpRequest) -> HttpResponse:
    """The picture anew; without htmx the whole board with it."""
    context = _context(request)
    if "HX-Request" not in request.headers:
        return page(request, **context)
    return part(request, "desk/board/outlook.html", context, context["outlook_mark"])


def _context(request: HttpRequest) -> dict[str, Any]:
    office, now = queries.office_in_force(), clock.now()
    chances = forecast_now(now).chances
    running = [one for one in tickets_of(request) if one.reached_at is None and one.ref in chances]
    parts = outlook([(limit_of(one), chances[one.ref].reached) for one in running], now, office.zone)
    shown = [_row(number, one, max(each.count for each in parts), office, now) for number, one in enumerate(parts)]
    count, missed = len(running), sum(one.missed for one in parts)
    said = ngettext(
        "Of %(count)d running promise %(missed)s is expected to be missed.",
        "Of %(count)d running promises %(missed)s are expected to be missed.",
        count,
    )
    told = {
        "parts": shown,
        "height": ROW * len(parts),
        "said": said % {"count": count, "missed": number_format(missed, 1)},
    }
    return {"outlook": told if parts else None, "outlook_mark": mark(told)}


def _row(number: int, one: Part, most: int, office: Office, now: datetime) -> dict[str, Any]:
    width = max(2, round(WIDEST * one.count / most))
    return {
        "label": _label(one, office, now),
        "count": one.count,
        "missed": number_format(one.missed, 1),
        "y": ROW * number + 4,
        "text_y": ROW * number + 18,
        "width": width,
        "dark": round(width * round(one.missed, 1) / one.count),
        "number_x": 156 + width,
    }


def _label(one: Part, office: Office, now: datetime) -> str:
    if one.day is None:
        return _("over already")
    return f"{words.day(_noon(one.day, office), now, office.zone)} {PARTS[one.part]}"


def _noon(day: date, office: Office) -> datetime:
    return moments.at(day, 0, office.zone) + timedelta(hours=12)
