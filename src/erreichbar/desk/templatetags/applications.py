"""``{% load applications %}``: what the citizen of a ticket applied for, and how she does."""

from typing import Any

from django import template
from django.template import Context

from erreichbar.centre import clock, queries
from erreichbar.centre.models import Ticket
from erreichbar.desk import words
from erreichbar.desk.applications import kinds, proofs, shown

register = template.Library()


@register.inclusion_tag("desk/parts/applications_of.html", takes_context=True)
def applications_of(context: Context, ticket: Ticket) -> dict[str, Any]:
    """What was applied for with a ticket, what no case file has yet as a card with what is to be done."""
    office = queries.office_in_force()
    return {
        "rows": shown(office, queries.applications_of(ticket.matter), clock.now()),
        "at": ticket.ref,
        "mistakes": [(mistake.value, said) for mistake, said in words.MISTAKES.items()],
        "benefit_unit_example": office.benefit_unit_numbers.example,
        "entered": context.get("entered"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("desk/case_worker/applies.html", takes_context=True)
def applies(context: Context, ticket: Ticket) -> dict[str, Any]:
    """The form by which the citizen of a ticket applies; nothing where the office file knows nothing to apply for."""
    return {
        "ticket": ticket,
        "kinds": kinds(queries.office_in_force()),
        "proofs": proofs(),
        "entered": context.get("entered"),
        "csrf_token": context.get("csrf_token"),
    }
