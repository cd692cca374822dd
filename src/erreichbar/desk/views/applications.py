"""Applications made by telephone: taken down in a conversation or at a ticket, taken over into the file, proved."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock, queries
from erreichbar.centre.errors import Refused
from erreichbar.desk import words
from erreichbar.desk.acting import REFUSED, Entered, act, for_roles
from erreichbar.desk.applications import shown
from erreichbar.desk.here import user_of
from erreichbar.desk.views import agent, seat
from erreichbar.desk.views.case_worker import WITH_TICKETS, done
from erreichbar.post import letter as letters_as_pdf
from erreichbar.post.proof import proof
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Language, MessageChannel


@require_POST
@for_roles(*seat.AT_A_TELEPHONE)
def record(request: HttpRequest, matter: str) -> HttpResponse:
    """Take down that the caller applies."""
    fields = {"matter": matter, **_given(request)}
    return agent.done(request, act(request, f"application-{matter}", actions.RecordApplication, **fields))


@require_POST
@for_roles(*seat.AT_A_TELEPHONE)
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw, in the conversation, what was taken down by mistake."""
    mistake = request.POST.get("mistake", "")
    outcome = act(request, f"mistake-{ref}", actions.WithdrawApplication, application=ref, mistake=mistake)
    return agent.done(request, outcome)


@require_POST
@for_roles(*WITH_TICKETS)
def record_at_ticket(request: HttpRequest, ref: str) -> HttpResponse:
    """Take down that the citizen of a ticket applies."""
    try:
        found = queries.ticket_for(user_of(request), Ref(ref))
    except Refused as refused:
        raise Http404 from refused
    fields = {"matter": found.matter.ref, **_given(request)}
    return done(request, ref, act(request, "application", actions.RecordApplication, **fields))


@require_GET
@for_roles(*WITH_TICKETS)
def applications(request: HttpRequest) -> HttpResponse:
    """Show what no case file has yet."""
    return _page(request)


@require_POST
@for_roles(*WITH_TICKETS)
def taken_over(request: HttpRequest, ref: str) -> HttpResponse:
    """Note that an application stands in the case file now."""
    return _back(request, ref, act(request, f"taken-{ref}", actions.TakeOverApplication, application=ref))


@require_POST
@for_roles(*WITH_TICKETS)
def withdrawn(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw what was taken down by mistake."""
    mistake = request.POST.get("mistake", "")
    outcome = act(request, f"mistake-{ref}", actions.WithdrawApplication, application=ref, mistake=mistake)
    return _back(request, ref, outcome)


@require_POST
@for_roles(*WITH_TICKETS)
def identified(request: HttpRequest, ref: str) -> HttpResponse:
    """Say who had applied."""
    names = ("family_name", "given_name", "date_of_birth", "benefit_unit_number", "postal_code")
    fields = {name: request.POST.get(name, "") for name in names}
    return _back(request, ref, act(request, f"who-{ref}", actions.IdentifyApplicant, application=ref, **fields))


@require_GET
@for_roles(*seat.AT_A_TELEPHONE)
def pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the proof of an application as PDF."""
    try:
        found = queries.application_for(user_of(request), ref)
    except Refused as refused:
        raise Http404 from refused
    office, now = queries.office_in_force(), clock.now()
    language = Language(found.person.language) if found.person else Language.GERMAN
    written = proof(office, found, MessageChannel.LETTER, language)
    today = now.astimezone(office.zone).date()
    made = letters_as_pdf.pdf(office, found.person, written, today, language)
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="antrag.pdf"'}
    )


def _given(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    return {"kind": given.get("kind", ""), "proof": given.get("proof") or None, "email": given.get("email", "")}


def _back(request: HttpRequest, ref: str, outcome: Any) -> HttpResponse:
    """Go back to the ticket that the form stood at, else to the list."""
    if outcome.entered:
        return _page(request, outcome.entered)
    ticket = request.POST.get("ticket", "")
    return redirect("desk:ticket", ticket) if ticket else redirect("desk:applications")


def _page(request: HttpRequest, refused: Entered | None = None) -> HttpResponse:
    user, office, now = user_of(request), queries.office_in_force(), clock.now()
    context = seat.context_of(user) | {
        "desk": "case_worker",
        "here": reverse("desk:applications"),
        "rows": shown(office, queries.pending_applications(user), now),
        "mistakes": [(mistake.value, said) for mistake, said in words.MISTAKES.items()],
        "benefit_unit_example": office.benefit_unit_numbers.example,
        "entered": refused,
    }
    return render(request, "desk/applications.html", context, status=REFUSED if refused else 200)
