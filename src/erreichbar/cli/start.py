"""Starting it: the demo, and an installation."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from erreichbar.cli.groups import DB, Day, existing, main

MODEL = "recognisable-callback"
"""The access model that the demo runs, unless told otherwise."""


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@click.option("--speed", default=1.0, show_default=True, help="Seconds of the office in one real second.")
@click.option("--model", default=MODEL, show_default=True, help="Access model.")
@click.option("--seed", default=1, show_default=True, help="Which citizens call.")
@click.option("--day", is_flag=True, help="Run a whole day in virtual time and print its figures.")
@click.option("--date", "on", type=Day(), default="2026-03-05", show_default=True, help="Which day (with --day).")
@click.option("--until", help="Stop at this moment (with --day); default: when every ticket is closed.")
@click.option("--db", type=click.Path(path_type=Path, dir_okay=False), help="Keep the database here (with --day).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (with --day).")
def demo(
    port: int,
    speed: float,
    model: str,
    seed: int,
    day: bool,
    on: date,
    until: str | None,
    db: Path | None,
    as_json: bool,
) -> None:
    """Run the fictional demo office: in the browser, or a whole day in virtual time."""
    from erreichbar.access import ModelFaults
    from erreichbar.office import AmbiguousMoment
    from erreichbar.site import demo
    from erreichbar.site.supervise import PortInUse

    try:
        if not day:
            demo.serve("127.0.0.1", port, speed, model, seed)
            return
        figures = demo.run_day(on, until, seed, db, model, progress=sys.stderr.isatty())
    except (PortInUse, demo.NotForTheDemo, ModelFaults, AmbiguousMoment) as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        click.echo(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            click.echo(f"{name:28} {value}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True)
@DB
@click.option("--web", default=1, show_default=True, help="How many web processes.")
@click.option(
    "--line",
    type=click.Choice(["asterisk", "training", "none"]),
    default=None,
    help="What carries the calls; default: Asterisk if the office file has a trunk, else none.",
)
def serve(host: str, port: int, db: str | None, web: int, line: str | None) -> None:
    """Run the imported office: web pages and floor, kept running until told to stop."""
    existing(db)
    from erreichbar.site import production
    from erreichbar.site.supervise import PortInUse

    try:
        production.serve(host, port, web, line)
    except (PortInUse, production.NotReady) as problem:
        raise click.ClickException(str(problem)) from None
