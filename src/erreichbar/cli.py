"""The command line: ``erreichbar ROOM VERB``. Each command fetches its room when it is called, so floor 1 starts alone."""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from erreichbar.office import Fault, Office


_LANGUAGE = click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
_DB = click.option("--db", help="SQLite file or postgresql:// address, by default that of the installation.")
_FILE = click.option(
    "--office", "file", type=click.Path(path_type=Path), help="Office file; default: the one in force."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="erreichbar")
def main() -> None:
    """Erreichbar: a service centre for public offices."""


@main.group()
def office() -> None:
    """The office file: who works here, when, on what number, for which matters."""


@main.group()
def promise() -> None:
    """When is a ticket due, and why?"""


@main.group()
def access() -> None:
    """Access models: how the office can be reached."""


@main.group()
def journal() -> None:
    """The journal that proves what happened."""


@main.group()
def telephone() -> None:
    """The telephone: install it, check it."""


@main.group()
def user() -> None:
    """People who may sign in."""


# -- starting it ----------------------------------------------------------------------------------------------------

MODEL = "recognisable-callback"
"""The access model that the demo runs, unless told otherwise."""


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@click.option("--speed", default=1.0, show_default=True, help="Seconds of the office in one real second.")
@click.option("--model", default=MODEL, show_default=True, help="Access model.")
@click.option("--seed", default=1, show_default=True, help="Which citizens call.")
@click.option("--day", is_flag=True, help="Run a whole day in virtual time and print its figures.")
@click.option("--date", "on", default="2026-03-05", show_default=True, help="Which day (with --day).")
@click.option("--until", help="Stop at this moment (with --day); default: when every ticket is closed.")
@click.option("--db", type=click.Path(path_type=Path, dir_okay=False), help="Keep the database here (with --day).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (with --day).")
def demo(
    port: int,
    speed: float,
    model: str,
    seed: int,
    day: bool,
    on: str,
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
        figures = demo.run_day(_date(on), until, seed, db, model, progress=sys.stderr.isatty())
    except (PortInUse, demo.NotForTheDemo, ModelFaults, AmbiguousMoment) as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        click.echo(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            click.echo(f"{name:28} {value}")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date; write it as 2026-03-05.", param_hint="--date") from None


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True)
@_DB
@click.option("--web", default=1, show_default=True, help="How many web processes.")
@click.option(
    "--line",
    type=click.Choice(["asterisk", "training", "none"]),
    default=None,
    help="What carries the calls; default: Asterisk if the office file has a trunk, else none.",
)
def serve(host: str, port: int, db: str | None, web: int, line: str | None) -> None:
    """Run the imported office: web pages and floor, kept running until told to stop."""
    _existing(db)
    from erreichbar.site import production
    from erreichbar.site.supervise import PortInUse

    try:
        production.serve(host, port, web, line)
    except (PortInUse, production.NotReady) as problem:
        raise click.ClickException(str(problem)) from None


# -- centre -------------------------------------------------------------------------------------------------------------


def _existing(db: str | None) -> None:
    """Set up Django on a database that is there already. A wrong path must not make an empty one."""
    from erreichbar.site import boot

    address = db or os.environ.get("ERREICHBAR_DB", "var/erreichbar.sqlite3")
    if "://" not in address and not Path(address).is_file():
        raise click.ClickException(f"Dort ist keine Datenbank: {address}\nThere is no database: {address}")
    boot.django(db)


@journal.command("verify")
@_DB
@click.option("--head", type=click.Path(path_type=Path), help="A head of the journal that was put away earlier.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def journal_verify(db: str | None, head: Path | None, as_json: bool) -> None:
    """Check the journal: every entry, the chain, its head beside the database and a deposited one. Exit 1 on any fault."""
    _existing(db)
    from erreichbar.centre import journal

    found = journal.verify(head)
    if as_json:
        click.echo(json.dumps(found.to_json()))
    elif found.ok:
        click.echo(f"{found.entries} entries, the journal is whole.")
    else:
        click.echo(f"{found.entries} entries, the journal is NOT whole: {found.problem}.", err=True)
    sys.exit(0 if found.ok else 1)


@office.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_DB
def office_import(file: Path, db: str | None) -> None:
    """Let an office file be the one in force. Tells every fault and changes nothing if it has any."""
    from erreichbar import office as offices
    from erreichbar.site import boot

    try:
        read = offices.load(file)
    except offices.OfficeFaults as faults:
        raise click.ClickException(f"{faults.in_('de')}\n{faults.in_('en')}") from None
    boot.django(db)
    boot.migrate()
    from erreichbar.centre import actions, refs

    try:
        actions.ImportOffice(key=f"cli.{refs.new_ref()}", text=read.text, name=file.name).run()
    except actions.Refused as refused:
        raise click.ClickException(f"{refused.de}\n{refused.en}") from None
    click.echo(f"{read.name}: {len(read.people)} people, {len(read.units)} units, in force now.")


@user.command("add")
@click.argument("person")
@_DB
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking twice.")
def user_add(person: str, db: str | None, password_stdin: bool) -> None:
    """Let somebody of the office file (her id there) sign in, or give her a new password."""
    _existing(db)
    from erreichbar.centre import actions, queries, refs

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Passwort / password", hide_input=True, confirmation_prompt=True)
    try:
        actions.AddUser(key=f"cli.{refs.new_ref()}", person=person, password=password).run()
    except (actions.Refused, queries.NothingInForce) as refused:
        raise click.ClickException(getattr(refused, "de", "") + "\n" + str(refused)) from None
    click.echo(f"{person} may sign in.")


# -- telephone ----------------------------------------------------------------------------------------------------------


def _office_in_force_or(file: Path | None, db: str | None) -> "Office":
    """Return the office of a file, else the one in force."""
    from erreichbar import office as offices
    from erreichbar.site import boot

    if file is not None:
        # The run folder, where Asterisk's things are, hangs on the settings.
        boot.django(db)
        try:
            return offices.load(file)
        except offices.OfficeFaults as faults:
            raise click.ClickException(f"{faults.in_('de')}\n{faults.in_('en')}") from None
    _existing(db)
    from erreichbar.centre import queries

    try:
        return queries.office_in_force()
    except queries.NothingInForce as missing:
        raise click.ClickException(str(missing)) from None


@telephone.command("install")
@click.option("--refresh", is_flag=True, help="Fetch anew, even if it is there.")
def telephone_install(refresh: bool) -> None:
    """Bring a private Asterisk and its voice from Debian packages. The system stays as it is; nothing needs root."""
    from erreichbar.site import debian
    from erreichbar.telephone.asterisk import NoAsterisk, install

    try:
        trees = [debian.bring(bundle, say=click.echo, refresh=refresh) for bundle in (debian.ASTERISK, debian.ESPEAK)]
        found = install.arrange(*trees)
    except debian.CannotBring as failure:
        raise click.ClickException(str(failure)) from None
    except NoAsterisk as missing:
        raise click.ClickException(f"{missing.de}\n{missing.en}") from None
    click.echo(f"Asterisk: {found.program}")


@telephone.command("check")
@_FILE
@_DB
@_LANGUAGE
def telephone_check(file: Path | None, db: str | None, language: str) -> None:
    """Say in plain words what keeps calls from coming in or going out; exit 1 if anything does."""
    office = _office_in_force_or(file, db)
    from django.conf import settings

    from erreichbar.centre import clock
    from erreichbar.telephone.asterisk import Settings, WrongSetting, check

    try:
        told = Settings.read()
    except WrongSetting as wrong:
        raise click.ClickException(wrong.de if language == "de" else wrong.en) from None
    today = clock.now().astimezone(office.zone).date()
    signs = {check.Weight.GOOD: "+", check.Weight.HINT: "·", check.Weight.FAULT: "!"}
    faults = 0
    for finding in check.look(office, told, settings.RUN_FOLDER / "asterisk", today):
        faults += finding.weight is check.Weight.FAULT
        click.echo(f"{signs[finding.weight]} {finding.text.in_(language)}")
    sys.exit(1 if faults else 0)


@telephone.command("seats")
@_FILE
@_DB
def telephone_seats(file: Path | None, db: str | None) -> None:
    """Print what has to be entered in each telephone: whose it is, server, user, password. Keep it to yourself."""
    office = _office_in_force_or(file, db)
    from django.conf import settings

    from erreichbar.telephone.asterisk import Settings, WrongSetting, secret

    try:
        told = Settings.read()
    except WrongSetting as wrong:
        raise click.ClickException(f"{wrong.de}\n{wrong.en}") from None
    people = {person.sip_user: person.name for person in office.people.values() if person.sip_user}
    folder = settings.RUN_FOLDER / "asterisk"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    passwords = secret.secrets_of(folder, people).seats
    server = f"{told.external_host or told.sip_host}:{told.sip_port}"
    for sip_user, name in people.items():
        click.echo(f"{name:28} {server:24} {sip_user:20} {passwords[sip_user]}")


# -- access -------------------------------------------------------------------------------------------------------------


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
        click.echo(f"{model.name:24} {model.title.de} / {model.title.en}")


@access.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def access_show(name: str, as_json: bool) -> None:
    """Show an access model: what everybody experiences, and its rules. NAME is a name of the list or a file."""
    from erreichbar.access import ModelFaults, load

    try:
        model = load(name)
    except ModelFaults as faults:
        raise click.ClickException(f"{faults.in_('de')}\n{faults.in_('en')}") from None
    if as_json:
        click.echo(json.dumps(model.as_dict(), ensure_ascii=False, indent=2))
        return
    for said in (model.title.de, model.description.de, model.title.en, model.description.en):
        click.echo(click.wrap_text(said, 100, preserve_paragraphs=True) + "\n")
    for rule, value in model.as_dict()["rules"].items():
        click.echo(f"{rule:24} {'-' if value is None else value}")
    if not model.live:
        click.echo(
            "\nDas Telefon kann dieses Modell noch nicht ausführen.\nThe telephone cannot carry this model out yet."
        )


@access.command("adopt")
@click.argument("name")
@_DB
def access_adopt(name: str, db: str | None) -> None:
    """Let an access model be the one in force from now on. NAME is a name of the list or a file."""
    _existing(db)
    from erreichbar.access import ModelFaults, load
    from erreichbar.centre import actions, refs

    try:
        model = load(name)
    except ModelFaults as faults:
        raise click.ClickException(f"{faults.in_('de')}\n{faults.in_('en')}") from None
    if not model.live:
        raise click.ClickException(
            f"Das Telefon kann {model.name} noch nicht ausführen.\nThe telephone cannot carry {model.name} out yet."
        )
    actions.AdoptModel(key=f"cli.{refs.new_ref()}", name=model.name, text=model.text).run()
    click.echo(f"{model.name}: {model.title.de} / {model.title.en}")


@access.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def access_check(file: Path) -> None:
    """Check the file of an access model. Tells every fault in one go; exit 1 if it has any."""
    from erreichbar.access import ModelFaults, load

    try:
        model = load(file)
    except ModelFaults as faults:
        click.echo(f"{faults.in_('de')}\n{faults.in_('en')}", err=True)
        sys.exit(1)
    click.echo(f"{model.name}: {model.title.de} / {model.title.en}. In Ordnung. / No fault.")


# -- office and promise -------------------------------------------------------------------------------------------------


@office.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@_LANGUAGE
def office_check(file: Path, language: str) -> None:
    """Check an office file. Tells every fault in one go, with its line and what is allowed; exit 1 if it has any."""
    from erreichbar import office as offices
    from erreichbar.traffic import parameters

    faults: offices.Faults
    try:
        read = offices.load(file)
        if "traffic" in read.sections:
            parameters(read)
    except offices.OfficeFaults as found:
        faults = offices.OfficeFaults([*found.faults, *_traffic_faults(file)])
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


def _traffic_faults(file: Path) -> "list[Fault]":
    """Return the faults of ``[traffic]`` in an office file that has others, so that all stand in one list."""
    from erreichbar.office import OfficeFaults, checking, loading, toml
    from erreichbar.traffic import Parameters

    try:
        document = toml.read(loading.text_of(file), file.name)
    except (OfficeFaults, toml.NotToml):
        return []
    if "traffic" not in document.table:
        return []
    return checking.check(Parameters, document.table["traffic"], document, ("traffic",), "[traffic]")[1]


@promise.command("due")
@click.argument("moment")
@click.option(
    "--clock", type=click.Choice(["elapsed", "service-hours", "working-days"]), default="elapsed", show_default=True
)
@click.option("--office", "file", type=click.Path(path_type=Path), help="Office file; default: the demo office.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_LANGUAGE
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


if __name__ == "__main__":
    main()
