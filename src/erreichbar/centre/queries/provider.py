"""Call figures that other organisations reported of themselves."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Min

from erreichbar.centre.models import ProviderInterval
from erreichbar.record.provider import Interval


def latest(organisation: str, start: datetime, end: datetime, *, lock: bool = False) -> list[ProviderInterval]:
    """Return the latest version of every interval that shares a moment with a stretch, in their order."""
    rows = ProviderInterval.objects.filter(organisation=organisation, start__lt=end, end__gt=start)
    if lock:
        rows = rows.select_for_update()
    found = {(row.start, row.end): row for row in rows.order_by("start", "version")}
    return list(found.values())


def interval_of(row: ProviderInterval) -> Interval:
    """Return a row as the rules and figures know it."""
    return Interval(*(getattr(row, name) for name in Interval._fields))


def versions_of(rows: Iterable[ProviderInterval]) -> list[ProviderInterval]:
    """Return every version, the earlier ones too, of the intervals among ``rows`` that were corrected, oldest first."""
    corrected = [row for row in rows if row.version > 1]
    found: list[ProviderInterval] = []
    for row in corrected:
        same = ProviderInterval.objects.filter(organisation=row.organisation, start=row.start, end=row.end)
        found += same.order_by("version")
    return found


def reported_span(organisation: str) -> tuple[datetime, datetime] | None:
    """Return from when until when an organisation has reported figures, none if never."""
    span = ProviderInterval.objects.filter(organisation=organisation).aggregate(first=Min("start"), last=Max("end"))
    return (span["first"], span["last"]) if span["first"] else None


def reporters() -> list[str]:
    """Return the organisations that have reported figures."""
    return list(ProviderInterval.objects.order_by("organisation").values_list("organisation", flat=True).distinct())
