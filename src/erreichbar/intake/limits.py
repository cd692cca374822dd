"""How much an organisation may send by API: so many requests a minute, so many bytes a request."""

from threading import local
from typing import Any

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.http import HttpRequest
from ninja.throttling import AuthRateThrottle


class PerMinute(local, AuthRateThrottle):
    """So many requests of an organisation in a minute (``ERREICHBAR_INTAKE_PER_MINUTE``).

    What was counted stands in files beside the database (moments only), so all web processes of a machine count together.
    Several machines count each for itself. It counts without a lock, as Django Ninja does: under load a few more may pass.
    django-ninja keeps a request's count in the object itself; each thread has its own, so that two organisations do not mix.
    """

    def __init__(self) -> None:
        super().__init__("1/m")

    def allow_request(self, request: HttpRequest) -> bool:
        """Return whether one more request of this organisation may be answered now."""
        self.num_requests = settings.ERREICHBAR_INTAKE_PER_MINUTE
        self.cache: Any = FileBasedCache(str(settings.RUN_FOLDER / "limits"), {})
        return super().allow_request(request)
