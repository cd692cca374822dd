"""Letters to citizens: printed here, and noted when they are on their way."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock, queries
from erreichbar.centre.models import Message
from erreichbar.desk.acting import REFUSED, Entered, act, for_roles
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import who
from erreichbar.desk.views.case_worker import WITH_TICKETS
from erreichbar.desk.words import MESSAGES
from erreichbar.post import letter as letters_as_pdf
from erreichbar.post.outbox import text_of
from erreichbar.record.words import Language, MessageKind


@require_GET
@for_roles(*WITH_TICKETS)
def letters(request: HttpRequest) -> HttpResponse:
    """Show what is to be printed."""
    return _page(request)


@require_GET
@for_roles(*WITH_TICKETS)
def pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a letter as PDF."""
    found = queries.letter_for(user_of(request), ref)
    if found is None:
        raise Http404
    office, now = queries.office_in_force(), clock.now()
    written, today = text_of(office, found, now), now.astimezone(office.zone).date()
    about = found.application or found.ticket
    made = letters_as_pdf.pdf(office, about.person if about else None, written, today, Language(found.language))
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="brief.pdf"'}
    )


@require_POST
@for_roles(*WITH_TICKETS)
def dispatched(request: HttpRequest, ref: str) -> HttpResponse:
    """Note that a letter is on its way."""
    outcome = act(request, "letter", actions.DispatchLetter, message=ref)
    return _page(request, outcome.entered) if outcome.entered else redirect("desk:letters")


def _page(request: HttpRequest, refused: Entered | None = None) -> HttpResponse:
    found = queries.letters_of(user_of(request))
    rows = [(one, _to(one), MESSAGES[MessageKind(one.kind)]) for one in found]
    context = {"letters": rows, "entered": refused}
    return render(request, "desk/letters.html", context, status=REFUSED if refused else 200)


def _to(letter: Message) -> str:
    """Return to whom a letter goes."""
    if letter.ticket is not None:
        return who(letter.ticket)
    return letter.application.person.name if letter.application and letter.application.person else ""
