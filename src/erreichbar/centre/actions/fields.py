"""What the fields of an action may hold: JSON values, turned into the types the action declares.

A field is a string, whole number, yes or no, word of a closed list, moment, date, time of day, or a plain object.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from erreichbar.centre.clock import to_millisecond
from erreichbar.centre.errors import Invalid

Convert = Callable[[str, Any], Any]
_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")


@cache
def converters(action: type) -> tuple[tuple[str, Convert], ...]:
    """Return the fields of an action class with the function that checks and converts a value of each."""
    hints = get_type_hints(action)
    return tuple((field.name, _converter(hints[field.name])) for field in fields(action))


def to_json(value: object) -> object:
    """Return a field's value as JSON has it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): to_json(inner) for name, inner in value.items()}
    return value


def _converter(hint: Any) -> Convert:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    (plain,) = [option for option in options if option is not NoneType]
    plain = getattr(plain, "__supertype__", plain)  # a NewType is what it stands for
    plain = get_origin(plain) or plain
    convert = _word(plain) if issubclass(plain, StrEnum) else _CONVERTERS[plain]
    if NoneType not in options:
        return convert
    empty = (None,) if plain is str else (None, "")
    return lambda name, value: None if value in empty else convert(name, value)


def _word(kind: type[StrEnum]) -> Convert:
    allowed = ", ".join(kind)

    def convert(name: str, value: Any) -> StrEnum:
        try:
            return kind(value)
        except ValueError:
            de, en = f"Bitte wählen Sie eines von: {allowed}.", f"Please choose one of: {allowed}."
            raise Invalid(name, de, en) from None

    return convert


def _of(kind: type, de: str, en: str) -> Convert:
    def convert(name: str, value: Any) -> Any:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise Invalid(name, de, en)
        return value

    return convert


def _moment(name: str, value: Any) -> datetime:
    try:
        return to_millisecond(value if isinstance(value, datetime) else datetime.fromisoformat(value))
    except (ValueError, TypeError):
        raise Invalid(
            name,
            "Dieser Zeitpunkt ist nicht lesbar. Beispiel: 2026-03-05T15:00+01:00.",
            "This moment cannot be read. Example: 2026-03-05T15:00+01:00.",
        ) from None


def to_date(name: str, value: Any) -> date:
    """Return a date as people write it, German or ISO 8601. Raises ``Invalid`` for the field."""
    try:
        if isinstance(value, date):
            return value
        if german := _GERMAN_DATE.fullmatch(value.strip()):
            day, month, year = map(int, german.groups())
            return date(year, month, day)
        return date.fromisoformat(value.strip())
    except (ValueError, TypeError, AttributeError):
        raise Invalid(
            name,
            "Dieses Datum gibt es nicht. Beispiel: 05.03.1980.",
            "There is no such date. Example: 1980-03-05.",
        ) from None


def _time(name: str, value: Any) -> time:
    try:
        return value if isinstance(value, time) else time.fromisoformat(value.strip())
    except (ValueError, TypeError, AttributeError):
        raise Invalid(
            name, "Diese Uhrzeit gibt es nicht. Beispiel: 14:30.", "There is no such time of day. Example: 14:30."
        ) from None


_CONVERTERS: Mapping[type, Convert] = {
    str: _of(str, "Hier wird ein Text erwartet.", "A text is expected here."),
    int: _of(int, "Hier wird eine ganze Zahl erwartet.", "A whole number is expected here."),
    bool: _of(bool, "Hier wird ja oder nein erwartet.", "Yes or no is expected here."),
    dict: _of(dict, "Hier werden benannte Angaben erwartet.", "Named values are expected here."),
    datetime: _moment,
    date: to_date,
    time: _time,
}
