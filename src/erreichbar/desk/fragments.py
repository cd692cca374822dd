"""Parts of a page that renew themselves. A part that is as the reader sees it is answered with 204: nothing moves.

A mark is worked out from as little as tells one state from another, before anything is built: of what pages fetch after each event
nearly all is as it was.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

STALE_S = 55
"""After so many seconds of the reader's time a part that tells time is built anew, with nothing written. Its page asks each minute."""


def mark(*what: object) -> str:
    """Return a short mark of what a part shows; another mark means that it would look different."""
    return sha256(repr(what).encode()).hexdigest()[:16]


def dated(content: str, now: datetime) -> str:
    """Return a mark of a part that tells time: what it shows, and when it was made."""
    return f"{content}_{int(now.timestamp())}"


def is_seen(request: HttpRequest, content: str, now: datetime) -> bool:
    """Return whether the reader has a part that tells time (``?seen=``, a ``dated`` mark), and it is not stale."""
    seen, _, made = request.GET.get("seen", "").partition("_")
    if seen != content or not (made.isascii() and made.isdigit()):
        return False
    age = timedelta(seconds=now.timestamp() - int(made[:12]))
    return timedelta() <= age < timedelta(seconds=STALE_S * settings.ERREICHBAR_SPEED)


def part(
    request: HttpRequest, template: str, context: Mapping[str, Any] | Callable[[], Mapping[str, Any]], now: str | None
) -> HttpResponse:
    """Return a part of a page, or 204 if ``?seen=`` says that it is what the reader has; then ``context`` is not called for.

    ``now`` is its present mark, none if it is to be built in any case.
    """
    if now is not None and request.GET.get("seen") == now:
        return HttpResponse(status=204)
    response = render(request, template, dict(context() if callable(context) else context))
    response["Cache-Control"] = "no-store"
    return response
