"""Kinds of columns and constraints that several models share."""

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q

from erreichbar.centre import refs


def reference() -> Any:
    """Return a column for a random reference, drawn when the row is made."""
    return models.CharField(max_length=13, unique=True, default=refs.new_ref, editable=False)


def word(kind: type[StrEnum], *, longest: int = 20, **options: Any) -> Any:
    """Return a column for a word of a closed list. Raises ``ValueError`` if a word is longer than ``longest``."""
    if too_long := [one.value for one in kind if len(one) > longest]:
        raise ValueError(f"words of {kind.__name__} do not fit into {longest} characters: {', '.join(too_long)}")
    return models.CharField(max_length=longest, **options)


def one_of(column: str, kind: type[StrEnum], *, but: StrEnum | None = None) -> Q:
    """Return the condition that a column holds a word of the list, other than ``but``."""
    return Q(**{f"{column}__in": [word.value for word in kind if word is not but]})


def check(name: str, condition: Q) -> models.CheckConstraint:
    """Return a named rule of the table."""
    return models.CheckConstraint(name=f"centre_{name}", condition=condition)


def not_after(earlier: str, later: str) -> Q:
    """Return the condition that ``later``, if there is one, needs ``earlier`` and is not before it."""
    return Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__isnull": False, f"{later}__gte": models.F(earlier)})


def both_or_none(one: str, other: str) -> Q:
    """Return the condition that two columns are both filled or both empty."""
    return Q(**{f"{one}__isnull": True, f"{other}__isnull": True}) | Q(
        **{f"{one}__isnull": False, f"{other}__isnull": False}
    )
