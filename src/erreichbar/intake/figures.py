"""Call figures of another organisation, as a table (CSV) or by API: named values in, what became of each interval out."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from erreichbar.centre import actions, queries, refs
from erreichbar.intake.tables import SEPARATORS, NoTable, decoded
from erreichbar.office import moments
from erreichbar.record.provider import HALF_HOUR
from erreichbar.record.words import ReportWay

FIELDS: Mapping[str, tuple[str, ...]] = {
    "interval": ("zeitraum",),
    "offered": ("angeboten",),
    "answered": ("angenommen",),
    "abandoned": ("aufgelegt",),
    "answered_within": ("rechtzeitig",),
    "within_s": ("rechtzeitig_s",),
    "mean_wait_s": ("wartezeit_s",),
    "mean_talk_s": ("gespräch_s", "gespraech_s"),
}
"""The named values of an interval → other names they may come under. Capital letters do not matter."""
ANSWER = ("line", "interval", "version", "known", "fault")
"""The columns of the answer."""
_BY_NAME = {name: field for field, others in FIELDS.items() for name in (field, *others)}


def take_figures(
    lines: Mapping[int, Mapping[str, Any]], *, organisation: str, way: ReportWay
) -> Iterator[dict[str, str]]:
    """Take intervals, by line number, and yield what became of each (``ANSWER``). Raises ``Refused`` for an unknown organisation.

    ``interval`` is a date, or the ISO moment at which a half hour begins; without an offset it is the office's local time.
    """
    zone = queries.office_in_force().zone
    read: dict[str, Any] = {}
    faults: dict[int, str] = {}
    for number, given in lines.items():
        try:
            read[str(number)] = _read(given, zone)
        except actions.Invalid as no:
            faults[number] = f"{no.field}: {no.de} / {no.en}"
    key = f"figures.{refs.new_ref()}"
    done = actions.ReportFigures(key=key, organisation=organisation, way=way, lines=read).run()
    for number, given in lines.items():
        answer = dict.fromkeys(ANSWER, "") | {"line": str(number), "interval": str(given.get("interval", ""))}
        found = done.get(str(number))
        if found is None:
            yield answer | {"fault": faults[number]}
        elif "de" in found:
            yield answer | {"fault": f"{found['field']}: {found['de']} / {found['en']}"}
        else:
            yield answer | {"version": str(found["version"]), "known": "yes" if found["known"] else "no"}


def take_figures_table(given: bytes, *, organisation: str) -> Iterator[dict[str, str]]:
    """Take every line of a table. Raises ``NoTable``, and ``Refused`` for an unknown organisation."""
    text = decoded(given)
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = {_BY_NAME.get(str(name).strip().lower()) for name in rows.fieldnames or ()}
        if not {"interval", "offered"} <= columns:
            raise NoTable(
                f"Das ist keine Tabelle mit Anrufzahlen. Die erste Zeile nennt die Spalten, zum Beispiel {';'.join(FIELDS)}.",
                f"This is no table of call figures. Its first line names the columns, for example {';'.join(FIELDS)}.",
            )
        lines = {number: row for number, row in ((rows.line_num, _named(row)) for row in rows) if row}
    except csv.Error:
        raise NoTable(
            f"Zeile {rows.line_num} der Tabelle ist nicht lesbar (Anführungszeichen?).",
            f"Line {rows.line_num} of the table cannot be read (quotation marks?).",
        ) from None
    yield from take_figures(lines, organisation=organisation, way=ReportWay.CSV)


def _named(row: Mapping[Any, Any]) -> dict[str, str]:
    named = {_BY_NAME.get(str(name).strip().lower()): str(value).strip() for name, value in row.items() if value}
    return {field: value for field, value in named.items() if field and value}


def _read(given: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """Return an interval as the action takes it. Raises ``Invalid``."""
    start, end = _stretch(str(given.get("interval") or ""), zone)
    values: dict[str, Any] = {"start": start.isoformat(), "end": end.isoformat()}
    for name in list(FIELDS)[1:]:
        value = given.get(name)
        if isinstance(value, str):
            if value and not (value.isascii() and value.isdigit() and len(value) < 10):
                raise actions.Invalid(name, "Hier wird eine ganze Zahl erwartet.", "A whole number is expected here.")
            value = int(value) if value else None
        values[name] = value
    return values


def _stretch(text: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when an interval begins and ends. Raises ``Invalid``."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            de, en = "Diesen Tag gibt es nicht.", "There is no such day."
            raise actions.Invalid("interval", de, en) from None
        return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)
    try:
        start = moments.read(text, zone)
    except moments.AmbiguousMoment as no:
        raise actions.Invalid("interval", no.de, no.en) from None
    return start, start + HALF_HOUR
