"""Is the house up?"""

from django.db import Error
from django.http import HttpRequest, JsonResponse

from erreichbar.centre import queries


def healthz(request: HttpRequest) -> JsonResponse:
    """Say whether web, database and floor are there. 503 if the database is not; no personal data, no login."""
    try:
        entries = queries.journal_entries()
        floor = queries.floor_is_there()
    except Error:
        return JsonResponse({"web": "ok", "database": "away", "floor": "unknown"}, status=503)
    return JsonResponse({"web": "ok", "database": "ok", "floor": "ok" if floor else "away", "journal_entries": entries})
