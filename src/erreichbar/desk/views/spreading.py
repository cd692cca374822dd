"""Spreading tickets over those who are there: first as it would be, then, if the leader wishes it so, as one change."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from erreichbar.centre import actions, clock, queries
from erreichbar.centre.models import Ticket
from erreichbar.centre.queries.spreading import Proposal, proposed
from erreichbar.desk import words
from erreichbar.desk.acting import act, for_roles
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import who
from erreichbar.desk.views.board import done, page
from erreichbar.desk.views.suppose import name, names_of, rows
from erreichbar.office import Office
from erreichbar.record.words import Role

LEFT = {
    "gone": lazy("It is closed meanwhile, or lies with another unit."),
    "changed": lazy("Somebody has decided something about it meanwhile."),
    "in_use": lazy("Somebody is calling about it or talking of it just now."),
    "not_there": lazy("Who was to have it is not there in time."),
}
"""Why a ticket was left where it is, in words."""


@require_POST
@for_roles(Role.TEAM_LEADER)
def propose(request: HttpRequest) -> HttpResponse:
    """Show who would take which of the chosen tickets, by default of all in danger. Nothing is changed."""
    found = proposed(user_of(request), clock.now(), request.POST.getlist("chosen"))
    return page(request, proposal=_told(found, queries.office_in_force(), names_of(request)))


@require_POST
@for_roles(Role.TEAM_LEADER)
def carry_out(request: HttpRequest) -> HttpResponse:
    """Spread the tickets as it was shown; those that have become otherwise meanwhile are left and named."""
    moves = {}
    for typed in request.POST.getlist("move"):
        ref, version, person = (*typed.split(" "), "", "")[:3]
        moves[ref] = {"version": int(version) if version.isascii() and version.isdigit() else None, "holder": person}
    outcome = act(request, "spread", actions.SpreadTickets, moves=moves)
    if outcome.entered or not outcome.result["left"]:
        return done(request, outcome)
    left = outcome.result["left"]
    hers = Ticket.objects.filter(ref__in=left, unit__in=queries.units_of(user_of(request))).select_related("person")
    names = {one.ref: who(one) for one in hers}
    # Of a ticket that is none of hers any more nobody is named.
    told = [(names.get(ref, "–"), LEFT[why]) for ref, why in left.items()]
    return page(request, left=told, moved=len(outcome.result["moved"]))


def _told(found: Proposal, office: Office, names: dict[str, str]) -> dict[str, Any]:
    spread, language = found.spread, get_language() or "de"
    changed = {one.ref: one for one in found.comparison.changes}
    moved = {move.ref for move in spread.moves}
    return {
        "moves": [
            {
                "ref": move.ref,
                "version": found.tickets[move.ref].version,
                "person": move.to,
                "who": names[move.ref],
                "from": name(office, move.before),
                "to": name(office, move.to),
                "before": words.share(changed[move.ref].before.reached) if move.ref in changed else "",
                "after": words.share(found.comparison.forecast.chances[move.ref].reached),
                "why": move.why.in_(language),
            }
            for move in spread.moves
        ],
        "late_before": spread.late_before,
        "late": spread.late,
        "others": rows([one for one in found.comparison.changes if one.ref not in moved], office, names),
        "stay": [(ref, names[ref], why.in_(language)) for ref, why in spread.stay.items()],
    }
