"""The result as one page that needs nothing else: pictures, a table beside each, assumptions, and what repeats the run."""

from collections.abc import Collection, Iterator
from html import escape
from typing import NamedTuple

from erreichbar import access
from erreichbar.lab.experiment.result import Comparison
from erreichbar.lab.experiment.shown import Section
from erreichbar.lab.office import NAMES
from erreichbar.lab.report import pictures, tables, words
from erreichbar.lab.report.tables import Table
from erreichbar.lab.report.words import number
from erreichbar.office.text import Text


class Part(NamedTuple):
    """A part of the page: an id, what it answers, a picture (SVG, "" if there is none), and the tables beside it.

    What goes into ``details`` is opened by who wants it.
    """

    id: str
    head: str
    picture: str
    tables: tuple[Table, ...]
    details: bool = False


def parts(found: Comparison, language: str) -> tuple[Part, ...]:
    """Return the parts of the page in their order; those of which nothing is known are left out."""
    main = [row for row in found.rows if row.section in (Section.ESTIMANDS, Section.COSTS)]
    said = {
        "served": Text("Rechtzeitig bedient, und um welchen Preis", "Served in time, and at what price"),
        "groups": Text("Wer am schlechtesten bedient wird", "Who is served worst"),
        "course": Text("Der Lauf des Tages", "The course of the day"),
        "waits": Text("Wer wie lange wartet", "Who waits how long"),
        "served-after": Text("Wie lange es bis zur Antwort dauert", "How long it takes until the answer"),
    }  # fmt: skip
    figures = Text("Kennzahlen mit 95-%-Bereichen", "Figures with 95 % intervals").in_(language)
    apart = Text("Unterschiede, Bereiche gelten zusammen", "Differences, intervals hold together").in_(language)
    found_parts = [
        Part(
            "served",
            said["served"].in_(language),
            pictures.served_against_undisturbed(found, language),
            (
                tables.by_model(found, main, figures, language),
                tables.by_model(found, main, apart, language, differences=True),
            ),
        ),
        Part("groups", said["groups"].in_(language), "", (tables.groups(found, language),)),
        Part(
            "course", said["course"].in_(language), pictures.course(found, language), (tables.course(found, language),)
        ),
        Part("waits", said["waits"].in_(language), pictures.waits(found, language), (tables.waits(found, language),)),
        Part(
            "served-after",
            said["served-after"].in_(language),
            pictures.served_after(found, language),
            (tables.served_after(found, language),),
        ),
    ]
    for section, head in words.SECTIONS.items():
        rows = [row for row in found.rows if row.section is section]
        told = (tables.figures(found, rows, figures, language), tables.differences(found, rows, apart, language))
        found_parts.append(Part(f"section-{section}", head.in_(language), "", told, details=True))
    kept = (part._replace(tables=tuple(table for table in part.tables if table.lines)) for part in found_parts)
    return tuple(part for part in kept if part.tables)


def run(found: Comparison, language: str) -> tuple[tuple[str, str], ...]:
    """Return what was run, and what repeats it, as pairs of a name and a value."""
    precision = "–"
    if found.precision is not None:
        how = Text("erreicht", "reached") if found.precision_reached else Text("nicht erreicht", "not reached")
        precision = f"{number(found.precision * 100, 2, language)} % ({how.in_(language)})"
    pairs = [
        (Text("Amt", "Office"), words.office(found, language)),
        (Text("Amtsdatei, SHA-256", "Office file, SHA-256"), found.office.digest),
        (Text("Im ersten Gespräch erledigt", "Settled at first level"), f"{number(found.office.settlement * 100, 1, language)} %"),
        (Text("Personen im Amt", "People of the office"), str(found.office.people)),
        *((Text(f"Modell {m.name}, SHA-256", f"Model {m.name}, SHA-256"), m.digest) for m in found.models),
        (Text("Erster Tag", "First day"), found.first),
        (Text("Tage, davon Arbeitstage", "Days, of these working days"), f"{found.days}, {found.working_days}"),
        (Text("Zufallszahl", "Seed"), str(found.seed)),
        (Text("Wiederholungen", "Replications"), str(found.replications)),
        (Text("Gewünschte Genauigkeit", "Precision wished"), precision),
        *((Text(name, name), version) for name, version in found.versions.items()),
    ]  # fmt: skip
    return tuple((name.in_(language), value) for name, value in pairs)


def command(found: Comparison) -> str:
    """Return the command that repeats the run."""
    names = " ".join(_file(model.name, access.names()) for model in found.models)
    precision, count = found.precision, found.replications
    wished = f"--replications {count}" if precision is None else f"--precision {precision * 100:g}%"
    office = _file(found.office.name, NAMES)
    return f"erreichbar lab compare {names} --office {office} --days {found.days} {wished} --seed {found.seed}"


def _file(name: str, known: Collection[str]) -> str:
    return name if name in known else f"{name}.toml"


CLAIMS = Text(
    "Was hier steht, folgt aus den Annahmen, nicht aus Messungen. Die Bereiche sagen, wie sicher die Simulation sich ihrer Mittelwerte ist "
    "(Zufall), nicht, wie sicher die Annahmen sind. Über Zufriedenheit, Rechtmäßigkeit oder die Qualität der Beratung sagt sie nichts.",
    "What stands here follows from the assumptions, not from measurements. Intervals say how sure the simulation is of its means "
    "(chance), not how sure the assumptions are. It says nothing on contentment, legality or the quality of advice.",
)
"""What the result claims, and what not."""


def html(found: Comparison, language: str) -> str:
    """Return the page."""
    title = Text(
        "Was wäre, wenn das Amt anders erreichbar wäre?", "What if the office were reached in another way?"
    ).in_(language)
    return "\n".join(_page(found, title, language)) + "\n"


def _page(found: Comparison, title: str, language: str) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)} · Erreichbar</title>'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>"
    yield f"<p>{escape(CLAIMS.in_(language))}</p>"
    for part in parts(found, language):
        yield from _part(part)
    missing = tables.unknown(found, language)
    if missing:
        head = tables.UNKNOWN.in_(language)
        yield f"<section><h2>{escape(head)}</h2><p>{escape('; '.join(missing))}</p></section>"
    again = Text("Wie sich der Lauf wiederholen lässt", "How to repeat the run").in_(language)
    yield f"<section><h2>{escape(again)}</h2><p><code>{escape(command(found))}</code></p><dl>"
    yield "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in run(found, language))
    yield "</dl></section>"
    yield f"<section><h2>{escape(tables.assumptions(found, language).caption)}</h2>"
    yield _table(tables.assumptions(found, language), "assumptions") + "</section>\n</main>\n</body>\n</html>"


def _part(part: Part) -> Iterator[str]:
    head = f'<h2 id="{part.id}">{escape(part.head)}</h2>'
    yield f"<details><summary>{head}</summary>" if part.details else f'<section aria-labelledby="{part.id}">{head}'
    yield '<div class="beside">' if part.picture else "<div>"
    if part.picture:
        yield f"<div>{part.picture}</div>"
    yield "<div>" + "\n".join(_table(table, f"{part.id}-{n}") for n, table in enumerate(part.tables)) + "</div></div>"
    yield "</details>" if part.details else "</section>"


def _table(table: Table, id: str) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    lines = "\n".join(
        f'<tr><th scope="row">{escape(line.head)}{_note(line.note)}</th>'
        + "".join(f"<td>{escape(cell)}{_note(raw)}</td>" for cell, raw in line.pairs)
        + "</tr>"
        for line in table.lines
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{id}-caption"><table><caption id="{id}-caption">'
        f"{escape(table.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>\n{lines}\n</tbody></table></div>"
    )


def _note(note: str) -> str:
    return f"<small>{escape(note)}</small>" if note else ""


_STYLE = """
body { margin: 0; font: 1rem/1.5 "Fira Sans", system-ui, sans-serif; color: #1a1a1a; background: #fff; }
main { max-width: 90rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
summary h2 { display: inline-block; margin: .5rem 0; } summary { cursor: pointer; }
.beside { display: grid; gap: 1rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr)); align-items: start; }
.picture { width: 100%; max-width: 40rem; height: auto; }
.scroll { overflow-x: auto; margin-bottom: 1rem; } .scroll:focus-visible { outline: 3px solid #171a2b; outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border-bottom: 1px solid #8a8a8a; padding: .3rem .6rem; text-align: right; vertical-align: top; }
th:first-child { text-align: left; min-width: 14rem; } thead th { vertical-align: bottom; } td { white-space: nowrap; }
small { display: block; font-weight: normal; max-width: 34rem; color: #444; }
dt { font-weight: bold; } dd { margin: 0 0 .4rem; overflow-wrap: anywhere; } code { overflow-wrap: anywhere; }
@media print { .scroll { overflow: visible; } td { white-space: normal; } }
"""
