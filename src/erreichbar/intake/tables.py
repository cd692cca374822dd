"""Reports as a table (CSV): a line that is wrong does not keep the others, and every line gets its answer."""

import csv
import io
from collections.abc import Iterator

from erreichbar.centre.actions import Invalid, Refused
from erreichbar.intake.reports import FIELDS, known_fields, take
from erreichbar.record.words import ReportWay

SEPARATORS = ";,\t"
ANSWER = ("line", "reference", "code", "application", "due", "last_chance", "known", "fault")
"""The columns of the answer."""


class NoTable(ValueError):
    """What was given is no table of reports. ``de`` and ``en`` say why."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


def take_table(given: bytes, *, organisation: str, way: ReportWay = ReportWay.CSV) -> Iterator[dict[str, str]]:
    """Take every line of a table and yield what became of it (``ANSWER``). Raises ``NoTable``."""
    text = decoded(given)
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = known_fields({name: name for name in rows.fieldnames or () if name})
        if "called_at" not in columns:
            raise NoTable(
                f"Das ist keine Tabelle mit Meldungen. Die erste Zeile nennt die Spalten, zum Beispiel {';'.join(FIELDS)}.",
                f"This is no table of reports. Its first line names the columns, for example {';'.join(FIELDS)}.",
            )
        for row in rows:
            named = {name: value for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}
            if any(value.strip() for value in named.values()):
                yield {"line": str(rows.line_num), **_taken(named, organisation, way)}
    except csv.Error:
        raise NoTable(
            f"Zeile {rows.line_num} der Tabelle ist nicht lesbar (Anführungszeichen?).",
            f"Line {rows.line_num} of the table cannot be read (quotation marks?).",
        ) from None


def _taken(row: dict[str, str], organisation: str, way: ReportWay) -> dict[str, str]:
    answer = dict.fromkeys(ANSWER[1:], "") | {"reference": known_fields(row).get("reference", "")}
    try:
        taken = take(row, organisation=organisation, way=way)
    except Refused as refused:
        field = f"{refused.field}: " if isinstance(refused, Invalid) else ""
        return answer | {"fault": f"{field}{refused.de} / {refused.en}"}
    return answer | {
        "code": taken.code,
        "due": taken.due,
        "last_chance": taken.last_chance or "",
        "known": "yes" if taken.known else "no",
        "application": taken.application or "",
    }


def decoded(given: bytes) -> str:
    """Return a table as text: UTF-8, else what spreadsheets of German offices write."""
    try:
        return given.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        # Every byte is some sign of it.
        return given.decode("cp1252", "replace").replace("\r\n", "\n")
