"""Reading a TOML file so that faults can be told with their line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from erreichbar.office.faults import Fault

_HEADER = re.compile(r"\s*(\[\[|\[)\s*([^\[\]#]+?)\s*(\]\]|\])\s*(#.*)?$")
_KEY = re.compile(r"""\s*("[^"]+"|'[^']+'|[A-Za-z0-9_-]+)\s*[.=]""")
_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")

Path = tuple[str | int, ...]
"""Where something stands in a file: keys, and places in a list from 0, as ``("people", 2, "name")``."""


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file as read: its ``file`` name, its content as ``table``, and the ``lines`` its keys stand in."""

    file: str
    table: Mapping[str, Any]
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int | None:
        """Return the line in which ``path``, or what it stands in, is written; none if that cannot be told."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


class NotToml(Exception):
    """The file is no TOML. ``fault`` says where it breaks off."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.in_("en"))


def read(text: str, file: str) -> Document:
    """Return the content of a TOML text. Raises ``NotToml`` with line and column of the first place not understood."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(_syntax_fault(str(error), text, file)) from None
    return Document(file, table, _lines(text))


def _syntax_fault(message: str, text: str, file: str) -> Fault:
    found = _POSITION.search(message)
    what = message[: found.start()] if found else message
    if found and found[1]:
        line, column = int(found[1]), int(found[2])
    else:
        line, column = text.count("\n") + 1, len(text.rsplit("\n", 1)[-1]) + 1
    return Fault(
        file,
        "",
        "",
        f"Die Datei ist ab Spalte {column} nicht lesbar (TOML: {what}). Häufig fehlt ein Anführungszeichen oder eine "
        "Klammer, oder ein Schlüssel oder Abschnitt steht doppelt.",
        f"The file cannot be read from column {column} on (TOML: {what}). Often a quotation mark or a bracket is "
        "missing, or a key or section stands twice.",
        line=line,
    )


def _lines(text: str) -> dict[Path, int]:
    """Find the lines of section headers and of the keys at the start of a line.

    Texts over several lines may be taken for keys; nobody asks for such a path, so it does no harm.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    section: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            names = [name.strip().strip("\"'") for name in header[2].split(".")]
            section = _place(names, counts, new_item=header[1] == "[[")
            found.setdefault(section, number)
            found.setdefault(section[:1], number)
            continue
        key = _KEY.match(line)
        if key:
            found.setdefault((*section, key[1].strip("\"'")), number)
    return found


def _place(names: list[str], counts: dict[Path, int], *, new_item: bool) -> Path:
    place: Path = ()
    for depth, name in enumerate(names):
        place = (*place, name)
        if new_item and depth == len(names) - 1:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
