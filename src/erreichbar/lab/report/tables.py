"""The result as plain tables: what stands beside each picture, on the terminal and in a file."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from erreichbar.figures.figure import Unit
from erreichbar.figures.waiting import SERVED_H, WAITED_S
from erreichbar.lab.experiment.result import Assumption, Cell, Comparison, Estimate, Row
from erreichbar.lab.report import words
from erreichbar.lab.report.words import number
from erreichbar.office.text import Text

ASSUMED = "assumption"
HOUR_MS = 3_600_000
_HALF_HOURS = range(48)


class Line(NamedTuple):
    """A line of a table: what it is about, its cells, a definition, and the raw counts of each cell (or none at all)."""

    head: str
    cells: tuple[str, ...]
    note: str = ""
    raws: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each cell with its raw counts."""
        return tuple(zip_longest(self.cells, self.raws, fillvalue=""))


class Table(NamedTuple):
    """A table in words: its caption, the heads of its columns (the first is that of the line's head), its lines."""

    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def titles(found: Comparison, language: str) -> tuple[str, ...]:
    """Return the models' titles; the baseline is marked."""
    mark = Text(" (Vergleich)", " (baseline)").in_(language)
    return tuple(model.title.in_(language) + (mark if model.name == found.baseline else "") for model in found.models)


def figures(found: Comparison, rows: Sequence[Row], caption: str, language: str) -> Table:
    """Return figures under every model with intervals, definition and raw counts. Those of which nothing is known are left out."""
    lines = []
    for row in rows:
        if _is_unknown(row):
            continue
        scale, unit = words.scale(row, found), words.unit(row, found, language)
        cells = tuple(words.estimate(row.cells[model.name].estimate, scale, language) for model in found.models)
        raws = tuple(_raw(row, row.cells[model.name], language) for model in found.models)
        lines.append(Line(_with(words.name(row, language), unit), cells, row.definition.in_(language), raws))
    return Table(caption, (Text("Kennzahl", "Figure").in_(language), *titles(found, language)), tuple(lines))


def _raw(row: Row, cell: Cell, language: str) -> str:
    """Return the counts over all replications: how many of how many, of how many a mean was taken, hours of people's time."""
    if cell.numerator is None or row.unit is Unit.EUROS:
        return ""
    counted, of = number(cell.numerator, 0, language), number(cell.denominator or 0, 0, language)
    hours, in_hours = (f"{number((one or 0) / HOUR_MS, 0, language)}" for one in (cell.numerator, cell.denominator))
    if row.name.startswith("presence_"):
        return Text("{} Std.", "{} h").in_(language).format(hours)
    if row.name.startswith("time_") or row.unit is Unit.MILLISECONDS_A_WEEK:
        return Text("{} von {} Std.", "{} of {} h").in_(language).format(hours, in_hours)
    if row.unit is Unit.PER_WEEK:
        return Text("{} in {} Std.", "{} in {} h").in_(language).format(counted, in_hours)
    if row.unit is Unit.MILLISECONDS:
        return f"n = {of}"
    return counted if cell.denominator is None else Text("{} von {}", "{} of {}").in_(language).format(counted, of)


def differences(found: Comparison, rows: Sequence[Row], caption: str, language: str) -> Table:
    """Return differences to the baseline, with intervals that hold for all models of a line together."""
    others = [(model, title) for model, title in zip(found.models, titles(found, language), strict=True)][1:]
    lines = []
    for row in rows:
        scale, unit = words.scale(row, found), words.unit(row, found, language, difference=True)
        told = [row.cells[model.name].difference for model, _ in others]
        if any(told):
            cells = tuple(words.estimate(one, scale, language, sign=True) for one in told)
            lines.append(Line(_with(words.name(row, language), unit), cells))
    heads = (Text("Unterschied zum Vergleich", "Difference to the baseline").in_(language), *(t for _, t in others))
    return Table(caption, heads, tuple(lines))


def by_model(
    found: Comparison, rows: Sequence[Row], caption: str, language: str, *, differences: bool = False
) -> Table:
    """Return a line for each model and a column for each recorded figure, or for its difference to the baseline."""
    known = [row for row in rows if any(_told(row, model.name, differences) for model in found.models)]
    heads = [
        _with(words.name(row, language), words.unit(row, found, language, difference=differences)) for row in known
    ]
    lines = []
    for place, (model, title) in enumerate(zip(found.models, titles(found, language), strict=True), 1):
        if not differences or model.name != found.baseline:
            told = [(_told(row, model.name, differences), words.scale(row, found)) for row in known]
            cells = tuple(words.estimate(one, scale, language, sign=differences) for one, scale in told)
            lines.append(Line(f"{place} {title}", cells))
    return Table(caption, (Text("Zugangsmodell", "Access model").in_(language), *heads), tuple(lines) if known else ())


def _told(row: Row, model: str, differences: bool) -> Estimate | None:
    return row.cells[model].difference if differences else row.cells[model].estimate


def unknown(found: Comparison, language: str) -> tuple[str, ...]:
    """Return the names of figures that the simulation does not record, or for which there was nothing to count."""
    return tuple(words.name(row, language) for row in found.rows if _is_unknown(row))


def _is_unknown(row: Row) -> bool:
    return not any(cell.estimate for cell in row.cells.values())


UNKNOWN = Text("Nicht aufgezeichnet, oder es gab nichts zu zählen", "Not recorded, or there was nothing to count")


def groups(found: Comparison, language: str) -> Table:
    """Return which groups are served in time, and the worst-served one with its bound."""
    percent = words.Scale(Text("%", "%"), 100.0, 1)
    lines = [
        Line(
            _with(group.title.in_(language), "%"),
            tuple(words.estimate(group.cells[model.name].estimate, percent, language) for model in found.models),
        )
        for group in found.groups
    ]
    if lines:
        head = Text("am schlechtesten bedient, mindestens", "served worst, at least").in_(language)
        lines.append(Line(head, tuple(_worst(found, model.name, language) for model in found.models)))
    caption = Text("Rechtzeitig bedient, nach Gruppen", "Served in time, by group").in_(language)
    return Table(caption, (Text("Gruppe", "Group").in_(language), *titles(found, language)), tuple(lines))


def _worst(found: Comparison, model: str, language: str) -> str:
    one = found.worst[model]
    if one is None or one.lower is None:
        return "–"
    return f"{number(one.lower * 100, 1, language)} % ({one.title.in_(language)})"


def course(found: Comparison, language: str) -> Table:
    """Return calls of a working day by half hour, answered of offered, where there are any."""
    per = 1 / max(1, found.working_days * found.replications)
    lines = []
    for place in _HALF_HOURS:
        if not any(one.offered[place] for one in found.course.values()):
            continue
        cells = tuple(
            f"{number(one.answered[place] * per, 1, language)} / {number(one.offered[place] * per, 1, language)}"
            for one in (found.course[model.name] for model in found.models)
        )
        lines.append(Line(f"{place // 2}:{place % 2 * 30:02}", cells))
    caption = Text("Anrufe je Arbeitstag: angenommen / angeboten", "Calls of a working day: answered / offered")
    return Table(caption.in_(language), (Text("ab", "from").in_(language), *titles(found, language)), tuple(lines))


def wait_classes(language: str) -> tuple[str, ...]:
    """Return what the classes of waits are called."""
    until = Text("bis", "up to").in_(language)
    said = [f"{until} {limit} s" if limit < 120 else f"{until} {limit // 60} min" for limit in WAITED_S]
    return (*said, Text("länger", "longer").in_(language))


def served_classes(language: str) -> tuple[str, ...]:
    """Return what the classes of times until served are called."""
    until, hours = Text("bis", "up to").in_(language), Text("Std.", "h").in_(language)
    said = [f"{until} {limit} {hours}" for limit in SERVED_H]
    return (*said, Text("später", "later").in_(language), Text("nie", "never").in_(language))


def waits(found: Comparison, language: str) -> Table:
    """Return offered calls by how long they waited, in percent."""
    counts = {model: tuple(each) for model, each in found.waits.items()}
    caption = Text("Wie lange angebotene Anrufe warten, in Prozent", "How long offered calls wait, in per cent")
    return _classes(found, caption, wait_classes(language), counts, language)


def served_after(found: Comparison, language: str) -> Table:
    """Return matters by how long it took until they were served, in percent."""
    counts = {model: each or () for model, each in found.served_after.items()}
    caption = Text(
        "Wie lange es dauert, bis ein Anliegen bedient ist, in Prozent",
        "How long it takes until a matter is served, in per cent",
    )
    return _classes(found, caption, served_classes(language), counts, language)


def _classes(
    found: Comparison, caption: Text, classes: Sequence[str], counts: dict[str, tuple[int, ...]], language: str
) -> Table:
    lines = []
    for place, said in enumerate(classes):
        cells = tuple(_part(counts[model.name], place, language) for model in found.models)
        if any(cell != "–" for cell in cells):
            lines.append(Line(said, cells))
    head = Text("Dauer", "Length").in_(language)
    return Table(caption.in_(language), (head, *titles(found, language)), tuple(lines))


def _part(counts: tuple[int, ...], place: int, language: str) -> str:
    return number(100 * counts[place] / sum(counts), 1, language) if sum(counts) else "–"


def assumptions(found: Comparison, language: str) -> Table:
    """Return every value that went in, with its source; assumptions are marked, with the range in which to vary them."""
    heads = Text("Wert|Quelle|Spanne", "value|source|range").in_(language).split("|")
    caption = Text("Annahmen und Quellen", "Assumptions and sources").in_(language)
    lines = tuple(Line(one.name, (_value(one.value), _source(one, language), _range(one))) for one in found.assumptions)
    return Table(caption, (Text("Name", "Name").in_(language), *heads), lines)


def _source(one: Assumption, language: str) -> str:
    return Text("Annahme", "assumption").in_(language) if one.source == ASSUMED else one.source


def _range(one: Assumption) -> str:
    return "{:g} … {:g}".format(*one.between) if one.between else ""


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_value(part)}" for key, part in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _with(name: str, unit: str) -> str:
    return f"{name}, {unit}" if unit else name


COLUMNS = (
    "model", "section", "figure", "unit", "value", "low", "high", "numerator", "denominator",
    "difference", "difference_low", "difference_high",
)  # fmt: skip
"""Columns of the file: values as ``figures`` has them (ms, parts of one, cents in numerators); empty: none."""


def as_csv(found: Comparison) -> str:
    """Return every figure under every model as a table for other programmes (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in found.rows:
        for model in found.models:
            cell = row.cells[model.name]
            said = (
                model.name,
                row.section,
                row.name,
                row.unit,
                *_ends(cell.estimate),
                cell.numerator,
                cell.denominator,
            )
            writer.writerow([*said, *_ends(cell.difference)])
    return out.getvalue()


def _ends(one: Estimate | None) -> Iterator[float | None]:
    yield from (None, None, None) if one is None else (one.value, one.low, one.high)
