"""``{% load desk %}``: words of the house in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erreichbar.centre import clock, queries
from erreichbar.centre.models import Ticket
from erreichbar.desk import words
from erreichbar.office import Person, Text, numbers
from erreichbar.promise import receipt
from erreichbar.record.words import ClockName, Role

register = template.Library()


@register.simple_tag
def text(said: Text | None) -> str:
    """Return a text of the office file in the reader's language."""
    return said.in_(get_language() or "de") if said else ""


@register.filter
def phone(e164: str | None) -> str:
    """Return a telephone number as DIN 5008 writes it."""
    return numbers.din5008(e164) if e164 else ""


@register.filter
def code(digits: str) -> str:
    """Return the code of a ticket as it is read aloud."""
    return receipt.shown(digits)


@register.simple_tag
def person_name(people: Mapping[str, Person], username: str) -> str:
    """Return how somebody of the office is called."""
    return people[username].name if username in people else username


@register.filter
def when(moment: datetime) -> str:
    """Return a moment as people say it, from now."""
    return words.moment(moment, clock.now(), queries.office_in_force().zone)


@register.filter
def why(ticket: Ticket) -> list[str]:
    """Return why a ticket is due when it is, on the clock of the promise."""
    language = "de" if (get_language() or "de").startswith("de") else "en"
    return [step[language] for step in ticket.due_why.get(ClockName.ELAPSED, [])]


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """Return a date as people write it; in English with the month in letters, for 03/05 is two dates."""
    return date_format(value, "d.m.Y" if (get_language() or "de").startswith("de") else "j F Y") if value else ""


@register.inclusion_tag("desk/digest.html", takes_context=True)
def morning_digest(context: Context) -> dict[str, Any]:
    """The digest of the morning of who is here; nothing if she has none."""
    from erreichbar.desk.views.digest import context_of  # views are read after the tags that their pages need

    return {**context_of(context["user"]), "csrf_token": context.get("csrf_token")}


@register.simple_tag
def role(which: Role | str) -> str:
    """Return a role in words."""
    return {
        Role.AGENT: _("Service centre"),
        Role.CASE_WORKER: _("Case work"),
        Role.DUTY_OFFICER: _("Duty office (may decide at once)"),
        Role.TEAM_LEADER: _("Team lead"),
        Role.MANAGER: _("Management"),
        Role.AUDITOR: _("Audit"),
        Role.ADMIN: _("Administration"),
    }[Role(which)]
