"""``erreichbar lab replay``: a real day of the journal under another access model. It needs an installation and the extra ``[lab]``."""

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from erreichbar.cli.groups import DB, LANGUAGE, Day, NoLab, existing, lab, said
from erreichbar.cli.lab_compare import Refused

if TYPE_CHECKING:
    from erreichbar.lab.replay import Replayed


@lab.command("replay")
@click.argument("day", type=Day())
@click.option("--model", required=True, help="A name of `erreichbar access list` or a file.")
@DB
@click.option(
    "--replications", default=20, show_default=True, type=click.IntRange(2, 1000), help="How often it is played."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**63 - 1), help="What is drawn of it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@LANGUAGE
def lab_replay(
    day: date, model: str, db: str | None, replications: int, seed: int, as_json: bool, language: str
) -> None:
    """Let the citizens who called on DAY meet another access model. Tells what of the answer is observed, what is modelled."""
    existing(db)
    from erreichbar import access
    from erreichbar.centre import journal, queries
    from erreichbar.centre.office_in_force import model_in_force_at
    from erreichbar.office import Faults, moments

    try:
        from erreichbar.lab import replay
    except ImportError:
        raise NoLab from None
    office = queries.office_in_force()

    def told(done: int) -> None:
        if sys.stderr.isatty() or done == replications:
            click.echo(f"\r{done} / {replications}", err=True, nl=done == replications)

    try:
        in_force = model_in_force_at(moments.at(day + timedelta(days=1), 0, office.zone))
        found = replay.replay(
            office, in_force, access.load(model), journal.record_tables(), day,
            replications=replications, seed=seed, progress=told,
        )  # fmt: skip
    except Faults as faults:
        raise Refused(said(faults).message) from None
    click.echo(found.to_json() if as_json else text(found, language))


def text(found: "Replayed", language: str) -> str:
    """Return a replayed day as lines of text."""
    from erreichbar.figures.figure import Unit
    from erreichbar.lab.experiment.result import Estimate
    from erreichbar.lab.replay import MODELLED, OBSERVED
    from erreichbar.lab.report import words
    from erreichbar.office.text import Text

    scales = {
        Unit.SHARE: words.Scale(Text(", %", ", %"), 100.0, 1),
        Unit.MILLISECONDS: words.Scale(Text(", s", ", s"), 1e-3, 1),
        Unit.RATIO: words.Scale(Text("", ""), 1.0, 2),
    }
    heads = Text("beobachtet", "observed"), found.in_force.title, found.other.title, Text("Unterschied", "difference")
    lines = [
        Text(
            f"{found.day}: {found.first_calls} Bürger:innen riefen zum ersten Mal an; "
            f"zu Beginn waren {found.open_tickets} Tickets offen; {found.replications} Wiederholungen.",
            f"{found.day}: {found.first_calls} citizens called for the first time; "
            f"{found.open_tickets} tickets were open when it began; {found.replications} replications.",
        ).in_(language)
    ]
    for one in found.figures:
        scale = scales.get(one.observed.unit, words.Scale(Text("", ""), 1.0, 1))
        value = one.observed.value
        lines += ["", f"{words.NAMES[one.observed.name].in_(language)}{scale.unit.in_(language)}"]
        observed = words.estimate(None if value is None else Estimate(value), scale, language)
        simulated = [
            Estimate(each.value, each.low, each.high) if each else None
            for each in (one.in_force, one.other, one.difference)
        ]
        rows = [observed, *(words.estimate(each, scale, language, sign=each is simulated[2]) for each in simulated)]
        lines += [f"  {head.in_(language):56.56} {row:>26}" for head, row in zip(heads, rows, strict=True)]
    for head, parts in (
        (Text("Beobachtet ist", "Observed is"), OBSERVED),
        (Text("Simuliert ist", "Simulated is"), MODELLED),
    ):
        lines += ["", f"{head.in_(language)}:", *(f"  - {part.in_(language)}" for part in parts)]
    return "\n".join(lines)
