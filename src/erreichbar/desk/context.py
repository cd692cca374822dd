"""What every page of the desk knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from erreichbar.centre import clock, queries
from erreichbar.centre.models import JournalEntry


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return the office, whether this is the demo, who is here, and up to where the journal has been read."""
    user = getattr(request, "user", None)
    found: dict[str, Any] = {
        "is_demo": settings.ERREICHBAR_DEMO,
        "now_ms": int(clock.now().timestamp() * 1000),
        "speed": settings.ERREICHBAR_SPEED,
    }
    if user is not None and user.is_authenticated:
        office = queries.office_in_force()
        found["office"] = office
        found["me"] = office.people.get(user.username)
        found["sequence"] = JournalEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    return found
