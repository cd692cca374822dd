"""The result on a terminal: the figures that it comes down to, model by model, with the differences to the baseline."""

from collections.abc import Iterator

from erreichbar.lab.experiment.result import Comparison, Row
from erreichbar.lab.experiment.shown import SERVED, UNDISTURBED, Section
from erreichbar.lab.report import tables, words
from erreichbar.lab.report.page import CLAIMS
from erreichbar.office.text import Text

KEY = (
    "reachability", "wait_mean", "wait_p90", "settled_at_first_contact", "tickets_opened", "attempted_in_time_elapsed",
    "reached_in_time_elapsed", "resolved_in_time_elapsed", "attempts_until_reached", "misdirected", "interruptions",
)  # fmt: skip
"""Figures that are printed beside the estimands and costs; the others stand in the files."""
_FIRST = (SERVED, UNDISTURBED, "reachability")


def text(found: Comparison, language: str) -> str:
    """Return the result as lines of text."""
    return "\n".join(_lines(found, language))


def first(found: Comparison, language: str) -> str:
    """Return a line of what the first replication says of the model that was played last."""
    model, title = found.models[-1], tables.titles(found, language)[-1]
    told = [
        f"{words.name(row, language)} {words.number(one.value * words.scale(row, found).factor, 1, language)} "
        f"{words.unit(row, found, language)}"
        for row in found.rows
        if row.name in _FIRST and (one := row.cells[model.name].estimate)
    ]
    so_far = Text("erster Blick", "first look").in_(language)
    return f"{so_far}: {title:60.60} {'; '.join(told)}"


def _lines(found: Comparison, language: str) -> Iterator[str]:
    office = words.office(found, language)
    said = Text(
        f"{office}: {found.days} Tage ab {found.first}, {found.replications} Wiederholungen, Zufallszahl {found.seed}",
        f"{office}: {found.days} days from {found.first}, {found.replications} replications, seed {found.seed}",
    )
    yield said.in_(language)
    for row in found.rows:
        if row.section in (Section.ESTIMANDS, Section.COSTS) or row.name in KEY:
            yield from _row(found, row, language)
    yield from _worst(found, language)
    missing = tables.unknown(found, language)
    if missing:
        yield ""
        yield f"{tables.UNKNOWN.in_(language)}: {'; '.join(missing)}"
    assumed = sum(one.source == tables.ASSUMED for one in found.assumptions)
    yield ""
    yield Text(
        f"[ ; ]: 95-%-Bereiche; die der Unterschiede gelten für alle Modelle einer Kennzahl zusammen. {assumed} von "
        f"{len(found.assumptions)} Werten sind Annahmen. Alle Kennzahlen, Definitionen und Annahmen: --html, --csv, --json.",
        f"[ ; ]: 95 % intervals; those of differences hold for all models of a figure together. {assumed} of "
        f"{len(found.assumptions)} values are assumptions. All figures, definitions and assumptions: --html, --csv, --json.",
    ).in_(language)
    yield CLAIMS.in_(language)


def _row(found: Comparison, row: Row, language: str) -> Iterator[str]:
    if not any(cell.estimate for cell in row.cells.values()):
        return
    scale, unit = words.scale(row, found), words.unit(row, found, language)
    yield ""
    yield f"{words.name(row, language)}{', ' if unit else ''}{unit}"
    for place, (model, title) in enumerate(zip(found.models, tables.titles(found, language), strict=True), 1):
        cell = row.cells[model.name]
        difference = words.estimate(cell.difference, scale, language, sign=True) if cell.difference else ""
        yield f"  {place:2} {title:60.60} {words.estimate(cell.estimate, scale, language):>26} {difference:>28}".rstrip()


def _worst(found: Comparison, language: str) -> Iterator[str]:
    table = tables.groups(found, language)
    if not table.lines:
        return
    yield ""
    yield f"{table.caption}: {table.lines[-1].head}"
    for place, (title, cell) in enumerate(zip(table.heads[1:], table.lines[-1].cells, strict=True), 1):
        yield f"  {place:2} {title:60.60} {cell}"
