"""The duty office: what is urgent, by which day, what decides, the decision with its reason, and the letter."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from erreichbar.centre import actions, clock, queries
from erreichbar.centre.errors import Refused
from erreichbar.desk import words
from erreichbar.desk.acting import for_roles, yes_or_no
from erreichbar.desk.fragments import mark, part
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import sentence
from erreichbar.desk.urgent_shown import shown
from erreichbar.desk.views import presence
from erreichbar.desk.views.agent import AT_A_TELEPHONE
from erreichbar.desk.views.case_worker import WITH_TICKETS, decide, every_page
from erreichbar.office import Office
from erreichbar.post import decision as decisions_as_pdf
from erreichbar.promise import urgent
from erreichbar.promise.duty import OnDuty
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import DecisionOutcome, Language


@require_GET
@for_roles(*WITH_TICKETS)
def duty(request: HttpRequest) -> HttpResponse:
    """Show only what is urgent, and who decides."""
    return render(request, "desk/duty/page.html", _page(request))


@require_GET
@for_roles(*WITH_TICKETS)
def duty_part(request: HttpRequest) -> HttpResponse:
    """The list anew."""
    context = _page(request)
    return part(request, "desk/duty/list.html", context, context["duty_mark"])


@require_POST
@for_roles(*AT_A_TELEPHONE)
def competent(request: HttpRequest) -> HttpResponse:
    """Say which body is competent for the place of a new flat. The postal code comes in the body, never in an address."""
    office = queries.office_in_force()
    code = request.POST.get("new_postal_code", "")
    found = urgent.competent(office, code) if code.strip() else None
    contact = urgent.contact_of(found).in_(get_language() or "de") if found and not found.ours else ""
    told = {"code": code.strip(), "body": found, "contact": contact}
    return render(request, "desk/agent/competent.html", told)


@require_POST
@for_roles(*WITH_TICKETS)
def keep(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep what is known, for a decision later."""
    return decide(request, ref, "decide", actions.KeepUrgentFacts, **_facts(request))


@require_POST
@for_roles(*WITH_TICKETS)
def decided(request: HttpRequest, ref: str) -> HttpResponse:
    """Decide an urgent matter."""
    given = request.POST
    return decide(
        request, ref, "decide", actions.DecideMatter, **_facts(request),
        outcome=given.get("outcome", ""), reason=given.get("reason", ""),
        unchecked_why=given.get("unchecked_why", ""), assured=given.get("assured", ""),
    )  # fmt: skip


@require_POST
@for_roles(*WITH_TICKETS)
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a decision back."""
    return decide(request, ref, "withdraw", actions.WithdrawDecision, why=request.POST.get("why", ""))


@require_POST
@for_roles(*WITH_TICKETS)
def dispatched(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that a decision is on its way in writing."""
    return decide(request, ref, "dispatch", actions.DispatchDecision, how=request.POST.get("how", ""))


@require_POST
@for_roles(*WITH_TICKETS)
def refer(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a ticket because another body is competent."""
    told = "contact_told" in request.POST
    return decide(
        request, ref, "refer", actions.ReferMatter, contact_told=told, passed_on=yes_or_no(request, "passed_on")
    )


@require_GET
@for_roles(*WITH_TICKETS)
def pdf(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a decision as PDF, to be signed."""
    user = user_of(request)
    try:
        found = queries.decision_for(user, queries.ticket_for(user, Ref(ref)))
    except Refused as refused:
        raise Http404 from refused
    if found is None or found.outcome == DecisionOutcome.NOT_NEEDED:
        raise Http404
    office = queries.office_in_force()
    today = clock.now().astimezone(office.zone).date()
    made = decisions_as_pdf.pdf(office, found, today, Language(found.ticket.language))
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="entscheidung.pdf"'}
    )


def _facts(request: HttpRequest) -> dict[str, Any]:
    """Return what a form says of a matter. What it does not ask is left as it is."""
    given, found = request.POST, dict[str, Any]()
    if "facts" in given:
        found["dates"] = _starting(request, "dates.")
        found["checked"] = dict.fromkeys(given.getlist("checked"), True)
    if "new_postal_code" in given:
        found["new_postal_code"] = given["new_postal_code"]
        found["flat"] = _starting(request, "flat.")
    return found


def _starting(request: HttpRequest, with_: str) -> dict[str, str]:
    return {name.removeprefix(with_): str(text) for name, text in request.POST.items() if name.startswith(with_)}


def _page(request: HttpRequest) -> dict[str, Any]:
    user, office, now = user_of(request), queries.office_in_force(), clock.now()
    rows = [(shown(office, one, now), sentence(office, one.ticket, now)) for one in queries.duty_list(user)]
    on_duty = queries.on_duty(now)
    return (
        every_page(user)
        | presence.context_of(user)
        | _duty_said(office, on_duty, now)
        | {
            "office": office,
            "people": office.people,
            "rows": rows,
            "duty_mark": mark(
                [(one.of.ticket.ref, one.of.ticket.version, one.of.ticket.holder_id, one.left, one.state, line.tried)
                 for one, line in rows],
                on_duty.person, on_duty.next,
            ),
        }
    )  # fmt: skip


def _duty_said(office: Office, found: OnDuty, now: Any) -> dict[str, Any]:
    def name(person: str | None) -> str:
        known = office.people.get(person or "")
        return known.name if known else ""

    language = get_language() or "de"
    return {
        "duty_now": name(found.person),
        "duty_why": found.why.in_(language),
        "duty_then": name(found.then),
        "duty_next": name(found.next[0]) if found.next else "",
        "duty_next_from": words.moment(found.next[1], now, office.zone) if found.next else "",
    }
