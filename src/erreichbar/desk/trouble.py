"""When something is in the way: said in the users' words, with what was kept and what to do."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from erreichbar.centre.actions import Busy

log = logging.getLogger(__name__)


class TroubleMiddleware(MiddlewareMixin):
    """Turn a database that is away or locked into a page that says so. A change was then not made, and none is half made."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page, none for every other exception."""
        if not isinstance(error, Busy | OperationalError | InterfaceError):
            return None
        log.warning("The database did not answer a page: %s", type(error).__name__)
        response = render(None, "503.html", status=503)
        response["Retry-After"] = "2"
        return response
