"""What every page of the desk knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from erreichbar.centre import clock, queries
from erreichbar.desk.here import page_of, seen, way_in


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return the office, whether this is the demo, who is here and where, and up to where the journal has been read."""
    user = getattr(request, "user", None)
    here = page_of(request)
    found: dict[str, Any] = {
        "is_demo": settings.ERREICHBAR_DEMO,
        "now_ms": int(clock.now().timestamp() * 1000),
        "speed": str(settings.ERREICHBAR_SPEED),  # for a program: not "1,0" in German
        "here": here,
    }
    if user is not None and user.is_authenticated:
        office = queries.office_in_force()
        found["office"] = office
        found["me"] = office.people.get(user.username)
        found["sequence"] = seen(request)
        found["away"] = way_in(here)
    return found
