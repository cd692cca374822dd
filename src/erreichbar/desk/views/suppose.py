"""What would become of the leader's tickets, if something were so. Nothing is changed by asking."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from erreichbar.centre import clock, queries, sight
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.models import Ticket
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.queries.forecast import Comparison, Supposed, compared
from erreichbar.desk import words
from erreichbar.desk.acting import entered, for_roles
from erreichbar.desk.days import midnight_after, moment_typed
from erreichbar.desk.here import user_of
from erreichbar.desk.sentences import limit_of, who
from erreichbar.desk.views.board import coming, page
from erreichbar.office import Office
from erreichbar.promise.forecast import Change, More, Tipping, tipping
from erreichbar.promise.forecast.chances import FUTURES
from erreichbar.promise.presence import Entry
from erreichbar.record.words import Role


@require_POST
@for_roles(Role.TEAM_LEADER)
def forecast(request: HttpRequest) -> HttpResponse:
    """Say what becomes of the open tickets, if some were not in on a day, or had an hour more for callbacks."""
    office, now = queries.office_in_force(), clock.now()
    try:
        supposed = _supposed(request, office, now)
    except Refused as refused:
        return page(request, entered(request, "forecast", refused))
    found = compared(user_of(request), now, supposed)
    tickets = tickets_of(request)
    names = {one.ref: who(one) for one in tickets}
    more: dict[str, Any] = {"supposed": bool(supposed)}
    if supposed:
        tips = tipping([one for one in found.changes if one.ref in names], {one.ref: limit_of(one) for one in tickets})
        more["in_short"] = in_short(tips, office, supposed, now)
    return page(request, **told(found, office, names), **more)


def tickets_of(request: HttpRequest) -> list[Ticket]:
    """Return the leader's open tickets, those due first."""
    hers = Ticket.objects.filter(OPEN, unit__in=queries.units_of(user_of(request))).select_related("person")
    return list(hers.order_by("due_elapsed", "pk"))


def names_of(request: HttpRequest) -> dict[str, str]:
    """Return who waits for an answer, by ticket."""
    return {one.ref: who(one) for one in tickets_of(request)}


def in_short(tips: Tipping, office: Office, supposed: Supposed, now: datetime) -> tuple[str, str]:
    """Return in two sentences what something supposed would do: what tips over and when first, what would be kept."""
    if_so = ", ".join(_conditions(office, supposed, now))
    if_so = if_so[:1].upper() + if_so[1:]
    count = len(tips.lost)
    if tips.first is None:
        said = _("%(if_so)s: no ticket tips over.") % {"if_so": if_so}
    else:
        first = words.moment(tips.first, now, office.zone)
        text = ngettext(
            "%(if_so)s: %(count)d ticket tips over, %(first)s.",
            "%(if_so)s: %(count)d tickets tip over, the first %(first)s.",
            count,
        )
        said = text % {"if_so": if_so, "count": count, "first": first}
    saved = len(tips.saved)
    kept = ngettext(
        "%(count)d that would be missed is kept.", "%(count)d that would be missed are kept.", saved
    ) % {"count": saved}  # fmt: skip
    return said, kept if saved else _("None that would be missed is kept by it.")


def _conditions(office: Office, supposed: Supposed, now: datetime) -> list[str]:
    found = []
    for text, given in (
        (_("without %(names)s %(day)s"), supposed.absences),
        (_("with an hour more for %(names)s %(day)s"), supposed.more),
    ):
        if given:
            names = ", ".join(office.people[one.person].name for one in given)
            found.append(text % {"names": names, "day": words.day(given[0].start, now, office.zone)})
    return found


def rows(changes: list[Change], office: Office, names: dict[str, str]) -> list[dict[str, str]]:
    """Return what changes for tickets, in words."""
    language = get_language() or "de"
    return [
        {
            "ref": one.ref,
            "who": names[one.ref],
            "from": name(office, one.holder_before),
            "to": name(office, one.holder),
            "before": words.share(one.before.reached),
            "after": words.share(one.after.reached),
            "cause": one.cause.in_(language),
        }
        for one in changes
        if one.ref in names
    ]


def name(office: Office, person: str | None) -> str:
    """Return how somebody of the office is called, or that it is nobody."""
    return office.people[person].name if person is not None and person in office.people else _("nobody")


def told(found: Comparison, office: Office, names: dict[str, str]) -> dict[str, Any]:
    """Return the forecast of the leader's tickets; of those of other units only how many are in the way."""
    said, language, now = found.forecast, get_language() or "de", clock.now()
    broken = said.first_break
    return {
        "forecast": [
            (ref, who_waits, *(words.share(one) for one in said.chances[ref]))
            for ref, who_waits in names.items()
            if ref in said.chances
        ],
        "changes": rows(found.changes, office, names),
        "futures": FUTURES,
        "broken_at": words.moment(broken.at, now, office.zone) if broken else "",
        "in_the_way": len(broken.in_the_way) if broken else 0,
        "in_the_way_here": [(ref, names[ref]) for ref in broken.in_the_way if ref in names] if broken else [],
        "sources": [(_SOURCES[which](), text.in_(language)) for which, text in said.learnt.sources.items()],
    }


def _supposed(request: HttpRequest, office: Office, now: datetime) -> Supposed:
    """Return what is supposed. Raises ``Invalid`` for a day that is none, or somebody who is not the leader's."""
    given, led = request.POST, sight.led_by(user_of(request), office)
    away = given.getlist("away")
    units = set(queries.units_of(user_of(request))) & set(given.getlist("more_unit"))
    more = {*given.getlist("more"), *(person for person in led if office.people[person].unit in units)}
    if not {*away, *more} <= set(led):
        raise Invalid("away", "Diese Person gehört nicht zu Ihren Stellen.", "This person is not of your units.")
    absences: tuple[Entry, ...] = ()
    if away:
        start = moment_typed(office, "on", given.get("on", ""), "on", "")
        absences = tuple(Entry(person, start, midnight_after(start, office)) for person in away)
    days = {day.date().isoformat(): day for day in coming(office, now)}
    day = days.get(given.get("more_on", ""), now)
    end = midnight_after(day, office)
    return Supposed(absences, tuple(More(person, day, end) for person in led if person in more))


_SOURCES = {
    "answers": lambda: _("Whether citizens answer"),
    "settles": lambda: _("Whether a talk settles the matter"),
    "talk": lambda: _("How long a talk takes"),
}
