"""Who is at this desk, where she is, and the way in for whom it no longer knows."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from erreichbar.centre.models import JournalEntry, User

SEEN = "erreichbar.seen"
"""Where a request keeps up to where the journal was when its page was begun."""


def user_of(request: HttpRequest) -> User:
    """Return who is signed in. Only for views that need signing in."""
    assert isinstance(request.user, User)
    return request.user


def page_of(request: HttpRequest) -> str:
    """Return an address that shows the page again: its own, or one's desk where it answered something that was sent."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:start")


def page_asked(request: HttpRequest) -> int:
    """Return the number (from 1) of the page of a list that ``?page=`` asks for; nonsense asks for the first."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def begin(request: HttpRequest) -> None:
    """Note how far the journal is before a page is read: what is written meanwhile is then told to it."""
    request.META[SEEN] = journal_head()


def seen(request: HttpRequest) -> int:
    """Return up to where a page shows the journal."""
    noted = request.META.get(SEEN)
    return noted if isinstance(noted, int) else journal_head()


def journal_head() -> int:
    """Return the number of the last journal entry."""
    return JournalEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def way_in(page: str = "", *, expired: bool = True) -> str:
    """Return where to come in (in the demo, the seats), saying that one was here before, and to which page to go on."""
    if settings.ERREICHBAR_DEMO:
        return f"{reverse('desk:seats')}?expired=1" if expired else reverse("desk:seats")
    query = ({"expired": 1} if expired else {}) | ({"next": page} if page else {})
    return f"{reverse('desk:sign_in')}?{urlencode(query)}" if query else reverse("desk:sign_in")


def send_in(request: HttpRequest) -> HttpResponse:
    """Send somebody who is not signed in to where one comes in. A part of a page takes its whole page there."""
    if "HX-Request" in request.headers:
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        return HttpResponse(
            status=204, headers={"HX-Redirect": way_in(page.path + (f"?{page.query}" if page.query else ""))}
        )
    # Only a page that can be fetched can be gone on to.
    page_again = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return redirect(way_in(page_again, expired=settings.SESSION_COOKIE_NAME in request.COOKIES))
