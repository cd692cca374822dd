"""Coming in: signing in, the seats of the demo, and the way to one's own desk."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from erreichbar.centre import actions, journal, queries, refs
from erreichbar.centre.models import User
from erreichbar.desk.here import begin, user_of, way_in
from erreichbar.desk.views.seat import AT_A_TELEPHONE
from erreichbar.record.words import Role


class SignIn(LoginView):
    """Sign in by name and password."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add that who was here before is asked again, and the address that also shows the form again."""
        return {**super().get_context_data(**kwargs), **_again(self.request)}


def start(request: HttpRequest) -> HttpResponse:
    """Send everybody to where she works."""
    if not request.user.is_authenticated:
        return redirect(way_in(expired=False))
    match user_of(request).role:
        case Role.AGENT:
            return redirect("desk:agent")
        case Role.DUTY_OFFICER:
            return redirect("desk:duty")
        case Role.CASE_WORKER | Role.TEAM_LEADER:
            return redirect("desk:case_worker")
    return _house(request)


def _house(request: HttpRequest) -> HttpResponse:
    """Show what is in force and how the journal stands, to those who look after the house."""
    begin(request)
    return render(
        request,
        "desk/house.html",
        {"model": queries.model_in_force(), "verified": journal.verify(), "floor": queries.floor_is_there()},
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave the seat and sign out. In the demo an automatic colleague takes the seat again."""
    if not request.user.is_authenticated:
        return redirect("desk:start")
    user = user_of(request)
    if user.role in AT_A_TELEPHONE:
        kind = "hand_over" if settings.ERREICHBAR_DEMO else "leave"
        actions.AskFloor(key=f"desk.{refs.new_ref()}", by=user.username, kind=kind).run()
    logout(request)
    return redirect("desk:start")


@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest) -> HttpResponse:
    """Let anybody sit down anywhere. In the demo only."""
    if not settings.ERREICHBAR_DEMO:
        raise Http404
    office = queries.office_in_force()
    if request.method == "POST":
        person = office.people.get(request.POST.get("person", ""))
        if person is None:
            raise Http404
        user = User.objects.get(username=person.id)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        if person.role in AT_A_TELEPHONE:
            actions.AskFloor(key=f"desk.{refs.new_ref()}", by=user.username, kind="take").run()
        return redirect("desk:start")
    groups: dict[Role, list[Any]] = {}
    for person in office.people.values():
        groups.setdefault(person.role, []).append(person)
    return render(request, "desk/seats.html", {"office": office, "groups": groups.items(), **_again(request)})


def _again(request: HttpRequest) -> dict[str, Any]:
    """Return whether somebody was here before and is asked again, and where this page can be fetched."""
    return {"expired": "expired" in request.GET, "here": request.get_full_path()}
