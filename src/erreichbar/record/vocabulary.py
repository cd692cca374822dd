"""What an event is, and what its fields may hold.

A field is one of the kinds in ``FIELD_KINDS`` and nothing else: random references, pseudonyms, codes of the office
file, closed words, moments, dates, counts, yes or no. There is no kind for free text, a name, a telephone number, or a
hash of one, so such a thing cannot be journalled by mistake. Each field carries its meaning (and unit) as ``Annotated``
text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, ClassVar, NewType, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

Ref = NewType("Ref", str)
"""Random reference of a call, person, matter, ticket or attempt: 13 characters of Crockford's base 32 (65 bits).

Not all of them digits, so that no telephone number is one.
"""
Staff = NewType("Staff", str)
"""Pseudonym of somebody of the office: a ``Ref`` that changes every month and is forgotten by retention."""
Code = NewType("Code", str)
"""Identifier from the office file or an access model: see ``CODE``. A long run of digits would be somebody's number."""
Digest = NewType("Digest", str)
"""SHA-256 of a configuration file or a chain entry, 64 hexadecimal digits. Never of personal data."""
Count = NewType("Count", int)
"""How many, from 0 to 999,999,999: too few digits for a telephone number with its area code."""

CODE = re.compile(r"(?!.*\d{5})[a-z][a-z0-9_-]{0,39}")
"""A lower-case letter, then at most 39 lower-case letters, digits, ``_`` and ``-``, never five digits in a row."""
_REF = re.compile(r"(?=.*[a-z])[0-9a-hjkmnp-tv-z]{13}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotInVocabulary(ValueError):
    """An event, a field or a value that the vocabulary does not know. The message names it and what is allowed."""


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def parse(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(f"expected text like {pattern.pattern}")
        return value

    return parse


def _moment(value: object) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset from UTC")
    return moment.astimezone(UTC)


def _date(value: object) -> date:
    return value if isinstance(value, date) and not isinstance(value, datetime) else date.fromisoformat(str(value))


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1_000_000_000:
        raise ValueError("expected a whole number from 0 to 999,999,999")
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


FIELD_KINDS: Mapping[object, Callable[[object], Any]] = {
    Ref: _matching(_REF),
    Staff: _matching(_REF),
    Code: _matching(CODE),
    Digest: _matching(_DIGEST),
    Count: _count,
    bool: _yes_or_no,
    datetime: _moment,
    date: _date,
}
"""Every kind of field besides the closed words, with the function that checks and normalises a value."""

VOCABULARY: dict[str, type["Event"]] = {}
"""Every event by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Its moment and its place in the chain belong to the journal entry, not to the event."""

    kind: ClassVar[str]

    def __init_subclass__(cls) -> None:
        VOCABULARY[cls.kind] = cls

    def __post_init__(self) -> None:
        for name, kind in field_kinds(type(self)).items():
            object.__setattr__(self, name, kind.parse(type(self), name, getattr(self, name)))

    def payload(self) -> dict[str, str | int | bool | None]:
        """Return the fields as JSON values, moments in UTC with milliseconds."""
        return {field.name: _json(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def read(cls, kind: str, payload: Mapping[str, object]) -> "Event":
        """Return the event that a journal entry holds.

        Raises ``NotInVocabulary`` for an unknown kind, and for a missing, superfluous or malformed field.
        """
        event = VOCABULARY.get(kind)
        if event is None:
            raise NotInVocabulary(f"unknown event {kind!r}; known are {', '.join(sorted(VOCABULARY))}")
        names = set(field_kinds(event))
        if names != set(payload):
            raise NotInVocabulary(f"{kind}: fields {sorted(payload)} given, {sorted(names)} expected")
        return event(**payload)


@dataclass(frozen=True, slots=True)
class FieldKind:
    """What a field may hold: ``type``, whether it may be empty, and its meaning in words."""

    type: Any
    optional: bool
    meaning: str

    def parse(self, event: type[Event], name: str, value: object) -> object:
        if value is None and self.optional:
            return None
        try:
            return self.type(value) if self._is_word else FIELD_KINDS[self.type](value)
        except ValueError as error:
            allowed = f"one of {', '.join(self.type)}" if self._is_word else str(error)
            raise NotInVocabulary(f"{event.kind}.{name}: {allowed}, not {type(value).__name__}") from None

    @property
    def _is_word(self) -> bool:
        return isinstance(self.type, type) and issubclass(self.type, StrEnum)


def field_kinds(event: type[Event]) -> dict[str, FieldKind]:
    """Return the fields of an event with what each may hold. Raises ``TypeError`` for a kind outside the whitelist."""
    if event.kind in _field_kinds:
        return _field_kinds[event.kind]
    found = {}
    for name, hint in get_type_hints(event, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            continue
        kind, meaning = get_args(hint)
        options = get_args(kind) or (kind,)
        (plain,) = [option for option in options if option is not NoneType]
        found[name] = FieldKind(plain, NoneType in options, meaning)
        if not found[name]._is_word and plain not in FIELD_KINDS:
            raise TypeError(f"{event.__name__}.{name}: {plain} is no kind of field")
    if set(found) != {field.name for field in fields(event)}:
        raise TypeError(f"{event.__name__}: every field needs its meaning as Annotated text")
    _field_kinds[event.kind] = found
    return found


_field_kinds: dict[str, dict[str, FieldKind]] = {}


def _json(value: object) -> str | int | bool | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    assert value is None or isinstance(value, str | int | bool)
    return value


_E = TypeVar("_E", bound=Event)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(cls: type[_E]) -> type[_E]:
    """Make the class an event: a frozen keyword-only dataclass, checked when made."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)
