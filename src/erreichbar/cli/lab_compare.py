"""``erreichbar lab compare``: access models in one office, side by side. It needs no installation, and the extra ``[lab]``."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from erreichbar.cli.groups import LANGUAGE, NoLab, lab, said

if TYPE_CHECKING:
    from erreichbar.lab.experiment.running import Progress


class Refused(click.ClickException):
    """What was asked for cannot be."""

    exit_code = 2


class _Precision(click.ParamType[float]):
    """A part of the mean: 2% or 0.02."""

    name = "precision"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        text = str(value).strip()
        try:
            number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            number = 0.0
        if not 0.0001 <= number <= 0.5:
            self.fail(
                f"„{value}“ ist keine Genauigkeit; möglich: 0.01% bis 50%, z. B. 2% oder 0.02.\n"
                f"“{value}” is no precision; possible: 0.01% to 50%, as 2% or 0.02.",
                param,
                ctx,
            )
        return number


@lab.command("compare")
@click.argument("presets", nargs=-1, required=True, metavar="PRESET…")
@click.option("--office", default="as-contracted", show_default=True, help="as-contracted, as-audited or a file.")
@click.option("--days", default=120, show_default=True, type=click.IntRange(1, 3660), help="Days that count.")
@click.option(
    "--precision", type=_Precision(), help="Run until the intervals reach so far to either side; default: 2%."
)
@click.option("--replications", type=click.IntRange(2, 10_000), help="Run so many replications instead.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Threads; changes no figure."
)
@click.option("--cluster", help="Address of a Dask scheduler that works instead (extra lab-cluster).")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**63 - 1), help="Which citizens call.")
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--csv", "form", flag_value="csv", help="Print all figures as a table (CSV).")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False, writable=True), help="Write one page to a file."
)
@click.option(
    "--so-far", type=click.Path(path_type=Path, dir_okay=False), help="Keep the result so far in a file (JSON)."
)
@click.option("--while-asked", is_flag=True, hidden=True, help="End when the standard input is closed.")
@LANGUAGE
def lab_compare(
    presets: tuple[str, ...],
    office: str,
    days: int,
    precision: float | None,
    replications: int | None,
    workers: int,
    cluster: str | None,
    seed: int,
    form: str | None,
    html: Path | None,
    so_far: Path | None,
    while_asked: bool,
    language: str,
) -> None:
    """Compare access models in a simulated office. PRESET is a name of `erreichbar access list` or a file.

    All models meet the same citizens. Differences are to the model named first; their intervals (95 %) hold for all models of
    a figure together. The same seed gives the same result, whatever works at it.
    """
    if precision is not None and replications is not None:
        raise click.UsageError(
            "Bitte --precision oder --replications angeben, nicht beides.\n"
            "Please give --precision or --replications, not both."
        )
    for name, file in (("--html", html), ("--so-far", so_far)):
        if file and not os.access(file.absolute().parent, os.W_OK | os.X_OK):
            raise click.BadParameter(
                f"Dorthin kann nichts geschrieben werden: {file.parent}\nNothing can be written there: {file.parent}",
                param_hint=name,
            )
    if while_asked:
        from erreichbar.site.supervise import end_with_parent

        end_with_parent()
    try:
        from erreichbar.lab.engine import compiling
        from erreichbar.lab.experiment.running import Experiment, run
        from erreichbar.lab.experiment.simulated import refuse, simulated
    except ImportError:
        raise NoLab from None
    from erreichbar import access
    from erreichbar.lab import office as offices
    from erreichbar.lab.experiment.workers import NoCluster, backend
    from erreichbar.lab.report import page, tables, terminal
    from erreichbar.lab.statistics import Stopping
    from erreichbar.office import Faults

    try:
        models = tuple(access.load(name) for name in presets)
        stopping = None if replications else Stopping(precision or 0.02)
        asked = Experiment(offices.load(office), models, days, seed, stopping=stopping, replications=replications)
        refuse(asked)
    except Faults as faults:
        raise Refused(said(faults).message) from None
    if compiling.is_new():
        click.echo("Das Labor wird einmal übersetzt. / The lab is compiled, once.", err=True)
    try:
        with backend(cluster):
            found = run(asked, simulated, workers, _Told(language, so_far))
    except NoCluster as problem:
        raise Refused(f"{problem.de}\n{problem.en}") from None
    if html:
        html.write_text(page.html(found, language), encoding="utf-8")
    if form == "json":
        click.echo(found.to_json())
    elif form == "csv":
        click.echo(tables.as_csv(found), nl=False)
    else:
        click.echo(terminal.text(found, language))


class _Told:
    """Tells the progress on the terminal's error line: what the first replication says, model by model, then how far it is.

    The result so far is kept in a file, at first after every replication, then ever more seldom.
    """

    def __init__(self, language: str, so_far: Path | None) -> None:
        self.language, self.so_far, self.due = language, so_far, 1

    def __call__(self, progress: "Progress") -> None:
        from erreichbar.lab.report import terminal

        if progress.first:
            click.echo(terminal.first(progress.look(), self.language), err=True)
        if sys.stderr.isatty() or progress.done == progress.wished:
            click.echo(f"\r{progress.done} / {progress.wished}", err=True, nl=progress.done == progress.wished)
        if self.so_far and (progress.first or progress.done >= self.due):
            self.due = progress.done + max(1, progress.done // 8)
            whole = self.so_far.with_name(f"{self.so_far.name}.new")
            whole.write_bytes(progress.look().to_json())
            whole.replace(self.so_far)
