"""Rules, without any installation: access models, office files, the promise."""

import json
import sys
from pathlib import Path

import click

from erreichbar.cli.groups import LANGUAGE, access, office, promise, said


@access.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def access_list(as_json: bool) -> None:
    """List the access models that come with the programme."""
    from erreichbar.access import load, names

    models = [load(name) for name in names()]
    if as_json:
        titles = [{key: model.as_dict()[key] for key in ("name", "title", "live")} for model in models]
        click.echo(json.dumps(titles, ensure_ascii=False, indent=2))
        return
    for model in models:
        click.echo(f"{model.name:28} {'live' if model.live else 'lab only':9} {model.title.de} / {model.title.en}")


@access.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def access_show(name: str, as_json: bool) -> None:
    """Show an access model: what everybody experiences, and its rules. NAME is a name of the list or a file."""
    from erreichbar.access import ModelFaults, load

    try:
        model = load(name)
    except ModelFaults as faults:
        raise said(faults) from None
    if as_json:
        click.echo(json.dumps(model.as_dict(), ensure_ascii=False, indent=2))
        return
    for text in (model.title.de, model.description.de, model.title.en, model.description.en):
        click.echo(click.wrap_text(text, 100, preserve_paragraphs=True) + "\n")
    for rule, value in model.as_dict()["rules"].items():
        click.echo(f"{rule:24} {'-' if value is None else value}")
    for day, given in model.as_dict()["phone_hours"].items():
        click.echo(f"  {day:22} {given}")
    if model.refusal:
        click.echo("\n" + click.wrap_text(f"{model.refusal.de}\n\n{model.refusal.en}", 100, preserve_paragraphs=True))


@access.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--office", "office_file", type=click.Path(path_type=Path), help="Whether it fits this office, too.")
def access_check(file: Path, office_file: Path | None) -> None:
    """Check the file of an access model. Tells every fault in one go; exit 1 if it has any."""
    from erreichbar import office as offices
    from erreichbar.access import ModelFaults, contradictions, load

    try:
        model = load(file)
        if office_file and (found := contradictions(model, offices.load(office_file))):
            raise ModelFaults(found)
    except offices.Faults as faults:
        click.echo(f"{faults.in_('de')}\n{faults.in_('en')}", err=True)
        sys.exit(1)
    click.echo(f"{model.name}: {model.title.de} / {model.title.en}. In Ordnung. / No fault.")


@office.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@LANGUAGE
def office_check(file: Path, language: str) -> None:
    """Check an office file. Tells every fault in one go, with its line and what is allowed; exit 1 if it has any."""
    from erreichbar import office as offices
    from erreichbar.lab.office import of as simulated
    from erreichbar.traffic import parameters, section_faults

    faults: offices.Faults
    try:
        read = offices.load(file)
        if "traffic" in read.sections:
            parameters(read)
        if "lab" in read.sections:
            simulated(read)
    except offices.OfficeFaults as found:
        faults = offices.OfficeFaults([*found.faults, *section_faults(file)])
    except offices.Faults as found:
        faults = found
    else:
        de = f"{read.name}: {len(read.people)} Personen, {len(read.units)} Einheiten, {len(read.reasons)} Anliegen."
        en = f"{read.name}: {len(read.people)} people, {len(read.units)} units, {len(read.reasons)} contact reasons."
        click.echo(offices.Text(f"{de} Kein Fehler.", f"{en} No fault.").in_(language))
        return
    click.echo(faults.in_(language), err=True)
    click.echo(f"{'Fehler' if language == 'de' else 'Faults'}: {len(faults.faults)}", err=True)
    sys.exit(1)


@promise.command("due")
@click.argument("moment")
@click.option(
    "--clock", type=click.Choice(["elapsed", "service-hours", "working-days"]), default="elapsed", show_default=True
)
@click.option("--office", "file", type=click.Path(path_type=Path), help="Office file; default: the demo office.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@LANGUAGE
def promise_due(moment: str, clock: str, file: Path | None, as_json: bool, language: str) -> None:
    """Say when a ticket opened at MOMENT is due, and why. MOMENT is local time of the office, or has an offset."""
    from erreichbar import office as offices
    from erreichbar import promise as promises
    from erreichbar.record.words import ClockName

    try:
        read = offices.load(file) if file else offices.demo()
        opened = read.calendar.local(moment)
        due = promises.due(read.calendar, opened, clock=ClockName(clock))
    except offices.OfficeFaults as faults:
        raise click.ClickException(faults.in_(language)) from None
    except offices.AmbiguousMoment as error:
        raise click.BadParameter(error.de if language == "de" else error.en, param_hint="MOMENT") from None
    except offices.NeverOpen as error:
        raise click.ClickException(error.de if language == "de" else error.en) from None
    if as_json:
        click.echo(json.dumps(due.to_json(read.zone), ensure_ascii=False))
    else:
        click.echo(due.told(read.zone).in_(language))
