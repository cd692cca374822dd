"""``{% load form %}``: fields with label, hint and error, and the hidden key that lets a form act once."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from erreichbar.centre import refs
from erreichbar.centre.errors import Refused
from erreichbar.desk.acting import Entered

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """Return the hidden key of a form."""
    return format_html('<input type="hidden" name="key" value="{}">', refs.new_ref())


@register.filter
def said(refused: Refused | None) -> str:
    """Return why something was refused, in the reader's language."""
    return refused.in_(get_language() or "de") if refused else ""


@register.inclusion_tag("desk/parts/field.html", takes_context=True)
def field(context: Context, form: str, name: str, label: str, value: Any = "", **options: Any) -> dict[str, Any]:
    """A field of a form. Options: ``type`` (also ``textarea``), ``hint``, ``optional``, ``min``, ``max`` and HTML's ``auto…``."""
    return {"type": "text", **options, **_state(context, form, name, value), "label": label}


@register.inclusion_tag("desk/parts/field.html", takes_context=True)
def question_field(context: Context, form: str, number: int, label: str) -> dict[str, Any]:
    """A field for the answer to the so-many-eth question of a contact reason."""
    return {"type": "text", **_state(context, form, f"answer.{number}", ""), "label": label, "optional": True}


@register.inclusion_tag("desk/parts/choice.html", takes_context=True)
def choice(
    context: Context, form: str, name: str, label: str, choices: Any, value: Any = "", **options: Any
) -> dict[str, Any]:
    """A field to choose in: ``choices`` are pairs of value and text. ``radios`` shows them all."""
    return {**options, **_state(context, form, name, value), "label": label, "choices": choices}


@register.inclusion_tag("desk/parts/trouble.html", takes_context=True)
def trouble(context: Context, form: str, fields: str = "") -> dict[str, Any]:
    """Why a form was refused as a whole, or for a field it does not show (``fields``: those it shows, by spaces)."""
    entered: Entered | None = context.get("entered")
    shown = entered is not None and entered.form == form and entered.field not in fields.split()
    return {"refused": entered.refused if entered is not None and shown else None}


def _state(context: Context, form: str, name: str, value: Any) -> dict[str, Any]:
    entered: Entered | None = context.get("entered")
    mine = entered is not None and entered.form == form
    return {
        "id": f"{form}-{name}",
        "name": name,
        "value": entered.values.get(name, "") if entered is not None and mine else value,
        "error": entered.refused if entered is not None and mine and entered.field == name else None,
    }
