"""Shapes of configuration files: pydantic finds every fault, this says them in words a clerk understands.

A validator of its own raises ``wrong(de, en, allowed)``; what pydantic finds by itself is translated here. Used for the
office file, its ``[traffic]`` and for access models.
"""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import ErrorDetails, PydanticCustomError

from erreichbar.office.faults import Fault
from erreichbar.office.text import NOTHING, Text
from erreichbar.office.toml import Document, Path


class Shape(BaseModel):
    """What a table of a file may hold: exactly these keys, and each of exactly this type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


_S = TypeVar("_S", bound=Shape)

_WRONG = "erreichbar"
_TYPES = {
    "string_type": Text('ein Text in Anführungszeichen, z. B. "…"', 'a text in quotation marks, as "…"'),
    "bool_type": Text("true oder false", "true or false"),
    "int_type": Text("eine ganze Zahl ohne Anführungszeichen", "a whole number without quotation marks"),
    "int_from_float": Text("eine ganze Zahl", "a whole number"),
    "float_type": Text("eine Zahl ohne Anführungszeichen", "a number without quotation marks"),
    "date_type": Text(
        "ein Datum ohne Anführungszeichen, z. B. 2026-12-24", "a date without quotation marks, as 2026-12-24"
    ),
    "time_type": Text(
        "eine Uhrzeit ohne Anführungszeichen, z. B. 08:00:00", "a time without quotation marks, as 08:00:00"
    ),
    "list_type": Text('eine Liste in eckigen Klammern, z. B. ["…", "…"]', 'a list in square brackets, as ["…", "…"]'),
    "tuple_type": Text('eine Liste in eckigen Klammern, z. B. ["…", "…"]', 'a list in square brackets, as ["…", "…"]'),
    "dict_type": Text("eine Tabelle mit eigenen Schlüsseln", "a table with keys of its own"),
    "model_type": Text("eine Tabelle mit eigenen Schlüsseln", "a table with keys of its own"),
}
_BOUNDS = {
    "greater_than_equal": ("ge", Text("mindestens", "at least")),
    "greater_than": ("gt", Text("mehr als", "more than")),
    "less_than_equal": ("le", Text("höchstens", "at most")),
    "less_than": ("lt", Text("weniger als", "less than")),
}
_LENGTHS = {
    "too_short": ("min_length", Text("Einträge: mindestens {}", "entries: at least {}")),
    "too_long": ("max_length", Text("Einträge: höchstens {}", "entries: at most {}")),
    "string_too_short": ("min_length", Text("Zeichen: mindestens {}", "characters: at least {}")),
    "string_too_long": ("max_length", Text("Zeichen: höchstens {}", "characters: at most {}")),
}


def wrong(de: str, en: str, allowed: Text = NOTHING) -> PydanticCustomError:
    """Return the error a validator raises for a value that is not allowed."""
    # Pydantic fills {…} in the message; the words themselves travel in the context.
    return PydanticCustomError(_WRONG, "not allowed", {"de": de, "en": en, "allowed": allowed})


def check(
    shape: type[_S], table: object, document: Document, path: Path, section: str
) -> tuple[_S | None, list[Fault]]:
    """Return ``table`` in its shape, or none, and all its faults.

    ``path`` is where the table stands in the document, ``section`` how the faults shall name that place.
    """
    try:
        return shape.model_validate(table), []
    except ValidationError as error:
        return None, [_fault(shape, details, document, path, section) for details in error.errors(include_url=False)]


def what_fits(shape: type[_S], table: Mapping[str, Any], faults: Iterable[Fault]) -> _S | None:
    """Return ``table`` in its shape with every key left empty that is missing or has a fault; none if even that fails.

    For checking what refers to other tables although this one has faults: nothing else may read it.
    """
    bad = {fault.key.split(".")[0] for fault in faults}
    keys: dict[str, Any] = {
        name: (field.rebuild_annotation(), None) for name, field in shape.model_fields.items() if field.is_required()
    }
    lenient = create_model(shape.__name__, __base__=shape, **keys)
    try:
        return lenient.model_validate({key: value for key, value in table.items() if key not in bad})
    except ValidationError:
        return None


def did_you_mean(given: object, known: Iterable[str]) -> Text:
    """Return a sentence naming the known word that is nearest to ``given``, empty texts if none is near."""
    by_lower = {word.lower(): word for word in known}
    near = difflib.get_close_matches(str(given).lower(), list(by_lower), n=1, cutoff=0.6)
    if not near:
        return NOTHING
    word = by_lower[near[0]]
    return Text(f" Meinten Sie „{word}“?", f" Did you mean “{word}”?")


def listed(words: Iterable[object]) -> Text:
    """Return the words as the list of what is allowed."""
    joined = ", ".join(str(word) for word in words)
    return Text(joined, joined)


def shown(value: object) -> str:
    """Return a value as a fault shows it: as it stands in the file, shortened."""
    text = f"{value}" if not isinstance(value, dict | list) else ("{…}" if isinstance(value, dict) else "[…]")
    return text if len(text) <= 60 else text[:59] + "…"


def _fault(shape: type[Shape], details: ErrorDetails, document: Document, path: Path, section: str) -> Fault:
    # Pydantic adds names of its own (union members, validators) to a location; only what stands in the file counts.
    place = _in_file(details["loc"], document, path)
    key = ".".join(f"{part + 1}." if isinstance(part, int) else part for part in place).replace("..", ".").rstrip(".")
    said, allowed = _words(shape, details, place)
    return Fault(document.file, section, key, said.de, said.en, allowed, document.line((*path, *place)))


def _in_file(location: tuple[int | str, ...], document: Document, path: Path) -> Path:
    here: Any = document.table
    for part in path:
        here = here[part]
    place: Path = ()
    for number, part in enumerate(location):
        last = number == len(location) - 1
        if isinstance(here, dict) and (part in here or last):
            place, here = (*place, str(part)), here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            place, here = (*place, part), here[part]
    return place


def _words(shape: type[Shape], details: ErrorDetails, place: Path) -> tuple[Text, Text]:
    kind, value, context = details["type"], shown(details["input"]), details.get("ctx", {})
    if kind == _WRONG:
        return Text(context["de"], context["en"]), context["allowed"]
    if kind == "missing":
        return Text("Diese Angabe fehlt.", "This entry is missing."), NOTHING
    if kind == "extra_forbidden":
        known = _keys(shape, place[:-1])
        near = did_you_mean(place[-1] if place else "", known)
        return (
            Text(f"Diese Angabe gibt es nicht.{near.de}", f"There is no such entry.{near.en}"),
            listed(sorted(known)),
        )
    return Text(f"„{value}“ geht hier nicht.", f"“{value}” is not possible here."), _allowed(kind, context)


def _allowed(kind: str, context: dict[str, Any]) -> Text:
    if kind in _TYPES:
        return _TYPES[kind]
    if kind in _BOUNDS:
        limit, words = _BOUNDS[kind]
        return Text(f"{words.de} {context[limit]:g}", f"{words.en} {context[limit]:g}")
    if kind in _LENGTHS:
        limit, words = _LENGTHS[kind]
        return Text(words.de.format(context[limit]), words.en.format(context[limit]))
    if kind in ("enum", "literal_error"):
        return listed([str(context["expected"]).replace("'", "").replace(" or ", ", ")])
    if kind == "string_pattern_mismatch":
        return Text(f"ein Text nach dem Muster {context['pattern']}", f"a text like {context['pattern']}")
    return Text("ein Wert der passenden Art", "a value of the right kind")


def _keys(shape: type[BaseModel], place: Path) -> list[str]:
    """Return the keys that a nested table may have."""
    for part in place:
        if not isinstance(part, str) or part not in shape.model_fields:
            continue
        nested = _nested(shape.model_fields[part].annotation)
        if nested is None:
            return []
        shape = nested
    return [field.alias or name for name, field in shape.model_fields.items()]


def _nested(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        nested = _nested(inner)
        if nested is not None:
            return nested
    return None
