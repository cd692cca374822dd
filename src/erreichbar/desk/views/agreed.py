"""What was agreed with a citizen: that she answers by a day, and how she may be called."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from erreichbar.centre import actions
from erreichbar.desk.acting import act, for_roles, yes_or_no
from erreichbar.desk.views.case_worker import WITH_TICKETS, decide, done


@require_POST
@for_roles(*WITH_TICKETS)
def pause(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a ticket wait for the citizen until a day."""
    return decide(request, ref, "pause", actions.PauseTicket, until=request.POST.get("until", ""))


@require_POST
@for_roles(*WITH_TICKETS)
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a ticket up again: the citizen has answered."""
    return decide(request, ref, "resume", actions.ResumeTicket)


@require_POST
@for_roles(*WITH_TICKETS)
def agree(request: HttpRequest, ref: str) -> HttpResponse:
    """Record how the citizen may be called."""
    given = request.POST
    fields = {
        "may_show_number": yes_or_no(request, "may_show_number"),
        "may_leave_message": yes_or_no(request, "may_leave_message"),
        "safe_from": given.get("safe_from", ""),
        "safe_to": given.get("safe_to", ""),
    }
    return done(request, ref, act(request, "agree", actions.AgreeOnCalling, ticket=ref, **fields))
