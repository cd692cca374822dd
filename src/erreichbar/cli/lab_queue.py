"""What would happen? The lab's commands. They need no installation, and the extra ``[lab]``."""

import json
import math
import sys
from typing import Any

import click

from erreichbar.cli.groups import NoLab, lab

_NAMES = {
    "p_wait": ("Anteil, der wartet", "part that waits"),
    "mean_wait_s": ("mittlere Wartezeit, s", "mean wait, s"),
    "p_abandon": ("Anteil, der auflegt", "part that hangs up"),
    "p_wait_over_20s": ("Anteil über 20 s", "part over 20 s"),
    "occupancy": ("Auslastung", "occupancy"),
}


class _Positive(click.ParamType[float]):
    """A finite number above 0."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 < number < math.inf:
            self.fail(
                f"„{value}“ ist keine Zahl über 0; ein Dezimalpunkt, kein Komma.\n"
                f"“{value}” is no number above 0; a decimal point, no comma.",
                param,
                ctx,
            )
        return number


@lab.command("queue")
@click.option("--arrivals-per-hour", required=True, type=_Positive(), help="Calls in an hour, on average.")
@click.option("--service", required=True, type=_Positive(), help="Mean length of a conversation in seconds.")
@click.option("--servers", required=True, type=click.IntRange(1, 10_000), help="Agents.")
@click.option("--patience", type=_Positive(), help="Mean time in seconds before callers hang up; default: never.")
@click.option(
    "--calls", default=1_000_000, show_default=True, type=click.IntRange(2_000, 1_000_000_000), help="Measured."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**63 - 1), help="Which calls come.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Threads; changes no figure."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def lab_queue(
    arrivals_per_hour: float,
    service: float,
    servers: int,
    patience: float | None,
    calls: int,
    seed: int,
    workers: int,
    as_json: bool,
) -> None:
    """Simulate the queue M/M/n (or M/M/n+M) with the office's loop, beside what can be calculated.

    Means are over all calls, those of callers who hung up included. Intervals (95 %) are over 100 independent replications
    after warm-up.
    """
    try:
        from erreichbar.lab import queue
        from erreichbar.lab.engine import compiling
    except ImportError:
        raise NoLab from None
    if compiling.is_new():
        click.echo("Das Labor wird einmal übersetzt. / The lab is compiled, once.", err=True)
    question = queue.Question(arrivals_per_hour, service, servers, patience, calls, seed)
    try:
        found = queue.ask(question, workers, _progress if sys.stderr.isatty() else None)
    except queue.CannotAsk as problem:
        raise click.ClickException(f"{problem.de}\n{problem.en}") from None
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    click.echo(f"{'':44} {'simuliert / simulated':36} berechnet / exact")
    for name, (de, en) in _NAMES.items():
        one, exact = found["simulated"][name], found["exact"][name]["value"]
        low, high = one["ci95"]
        click.echo(f"{de + ' / ' + en:44} {one['value']:.6f}  [{low:.6f}, {high:.6f}]  {exact:.6f}")


def _progress(done: int, of: int) -> None:
    click.echo(f"\r{done} / {of}", err=True, nl=done == of)
