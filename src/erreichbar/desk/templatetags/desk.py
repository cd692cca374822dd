"""``{% load desk %}``: words of the house in the reader's language."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erreichbar.office import Text, numbers
from erreichbar.record.words import Role

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
def day(value: date | None) -> str:
    """Return a date as people write it."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


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
