"""What another organisation reports of its calls, beside what we counted ourselves. Never added up, never mixed."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from erreichbar.centre import journal, queries
from erreichbar.centre.models import ProviderInterval
from erreichbar.centre.queries import provider as asks
from erreichbar.evidence import words
from erreichbar.evidence.seeing import for_roles
from erreichbar.figures import provider as figures
from erreichbar.figures.figure import Figure
from erreichbar.office import Office
from erreichbar.record.words import Role

SHOWN = timedelta(days=28)
"""How many days are shown unasked, the last that were reported."""
SEEN_BY = (Role.TEAM_LEADER, Role.MANAGER, Role.AUDITOR)


@require_GET
@for_roles(*SEEN_BY)
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures of an organisation (``?of=``) for some days (``?from=``, ``?until=``, both included)."""
    office, reporters = queries.office_in_force(), asks.reporters()
    of = request.GET.get("of", "")
    of = of if of in reporters else next(iter(reporters), "")
    span = asks.reported_span(of) if of else None
    context: dict[str, Any] = {"reporters": [(one, _name(office, one)) for one in reporters], "of": of}
    if span is not None:
        last = _day(request.GET.get("until"), (span[1] - timedelta(milliseconds=1)).astimezone(office.zone).date())
        first = _day(request.GET.get("from"), max(span[0].astimezone(office.zone).date(), last - SHOWN + timedelta(1)))
        context |= _shown(office, of, min(first, last), last)
    return render(request, "evidence/provider.html", context)


def _shown(office: Office, of: str, first: date, last: date) -> dict[str, Any]:
    rows = asks.latest(of, _midnight(first, office), _midnight(last + timedelta(days=1), office))
    intervals = [asks.interval_of(row) for row in rows]
    within = figures.thresholds(intervals)
    stretches = [(one.start, one.end) for one in intervals]
    own = figures.ours(journal.record_tables(), stretches, within) if intervals else []
    counted = {figure.name: figure for figure in own}
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "name": _name(office, of),
        "mark": figures.MARK.in_(_language()),
        "any": bool(rows),
        "counted": bool(own),
        "rows": [_row(one, counted.get(one.name)) for one in figures.reported(intervals)],
        "days": [_of_day(day, list(those)) for day, those in groupby(rows, lambda row: _local(row, office))],
        "corrections": [_correction(row, office) for row in asks.versions_of(rows)],
    }


def _row(reported: Figure, own: Figure | None) -> dict[str, str]:
    return {
        "name": words.name(reported),
        "value": words.value(reported),
        "raw": words.raw(reported),
        "definition": reported.definition.in_(_language()),
        "own": words.value(own) if own else "",
        "own_raw": words.raw(own) if own else "",
        "own_definition": own.definition.in_(_language()) if own else "",
    }


def _of_day(day: date, rows: list[ProviderInterval]) -> dict[str, Any]:
    said = figures.reported([asks.interval_of(row) for row in rows])
    share = next(figure for figure in said if figure.name == "reachability")
    return {
        "day": date_format(day, "D, j. M Y" if _language() == "de" else "D j M Y"),
        "offered": sum(row.offered for row in rows),
        "answered": sum(row.answered for row in rows),
        "abandoned": sum(row.abandoned for row in rows),
        "share": words.value(share),
        "intervals": len(rows),
        "corrected": sum(row.version > 1 for row in rows),
    }


def _correction(row: ProviderInterval, office: Office) -> dict[str, Any]:
    start, end = row.start.astimezone(office.zone), row.end.astimezone(office.zone)
    whole_day = end - start > timedelta(hours=1)
    return {
        "interval": date_format(start, "d.m.Y" if whole_day else "d.m.Y H:i"),
        "version": row.version,
        "reported": date_format(row.reported_at.astimezone(office.zone), "d.m.Y H:i"),
        "offered": row.offered,
        "answered": row.answered,
        "abandoned": row.abandoned,
    }


def _local(row: ProviderInterval, office: Office) -> date:
    return row.start.astimezone(office.zone).date()


def _midnight(day: date, office: Office) -> datetime:
    return datetime.combine(day, time(), office.zone)


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


def _name(office: Office, organisation: str) -> str:
    known = office.organisations.get(organisation)
    return known.name.in_(_language()) if known else organisation


def _language() -> str:
    return "de" if (get_language() or "de").startswith("de") else "en"
