"""Parts of a page that renew themselves. A part that is as the reader sees it is answered with 204: nothing moves."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def mark(*what: object) -> str:
    """Return a short mark of what a part shows; another mark means that it would look different."""
    return sha256(repr(what).encode()).hexdigest()[:16]


def part(request: HttpRequest, template: str, context: Mapping[str, Any], now: str) -> HttpResponse:
    """Return a part of a page, or 204 if ``?seen=`` says that it is what the reader has."""
    if request.GET.get("seen") == now:
        return HttpResponse(status=204)
    response = render(request, template, dict(context))
    response["Cache-Control"] = "no-store"
    return response
