"""An installation: its office file, its access model, its people, its journal."""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import click

from erreichbar.cli.groups import DB, Day, access, existing, journal, office, promise, said, user


@journal.command("verify")
@DB
@click.option("--head", type=click.Path(path_type=Path), help="A head of the journal that was put away earlier.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def journal_verify(db: str | None, head: Path | None, as_json: bool) -> None:
    """Check the journal: every entry, the chain, its head beside the database and a deposited one. Exit 1 on any fault."""
    existing(db)
    from erreichbar.centre import journal

    found = journal.verify(head)
    if as_json:
        click.echo(json.dumps(found.to_json()))
    elif found.ok:
        click.echo(f"{found.entries} entries, the journal is whole.")
    else:
        click.echo(f"{found.entries} entries, the journal is NOT whole: {found.problem}.", err=True)
    sys.exit(0 if found.ok else 1)


@promise.command("forecast")
@DB
@click.option("--at", help="From when on, ISO 8601; default: the moment of the last journal entry.")
@click.option(
    "--absent", multiple=True, help="As if somebody (her id in the office file) were not in on the day of --on."
)
@click.option("--hour-more", multiple=True, help="As if somebody had an hour more for callbacks on the day of --on.")
@click.option("--on", type=Day(), help="A day, such as 2026-03-06.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def promise_forecast(
    db: str | None, at: str | None, absent: tuple[str, ...], hour_more: tuple[str, ...], on: date | None, as_json: bool
) -> None:
    """Say with what probability each open ticket is dealt with in time, and prove when promises must break.

    The tickets lie as they lie now; --at says only from which moment on to look.
    """
    existing(db)
    from erreichbar import office as offices
    from erreichbar.centre import journal, queries
    from erreichbar.centre.queries.forecast import Supposed, forecast
    from erreichbar.office import moments
    from erreichbar.promise.forecast import More
    from erreichbar.promise.presence import Entry

    read = queries.office_in_force()
    people, supposed = {*absent, *hour_more}, Supposed()
    try:
        moment = read.calendar.local(at) if at else journal.last_moment()
        if people or on is not None:
            if not people or not people <= set(read.people) or on is None:
                known = ", ".join(read.people)
                raise click.UsageError(
                    f"--absent PERSON or --hour-more PERSON, and --on DATE, belong together. Known are: {known}."
                )
            start = moments.at(on, 0, read.zone)
            end = start + timedelta(days=1)
            supposed = Supposed(
                tuple(Entry(one, start, end) for one in absent), tuple(More(one, start, end) for one in hour_more)
            )
    except offices.AmbiguousMoment as error:
        raise click.UsageError(f"{error.de}\n{error.en}") from None
    if moment is None:
        raise click.ClickException("Es ist noch nichts geschehen.\nNothing has happened yet.")
    found = forecast(moment, supposed)
    if as_json:
        click.echo(json.dumps(found.to_json(read.zone), ensure_ascii=False))
    else:
        click.echo(found.told(read.zone))


@office.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@DB
def office_import(file: Path, db: str | None) -> None:
    """Let an office file be the one in force. Tells every fault and changes nothing if it has any."""
    from erreichbar import office as offices
    from erreichbar.site import boot

    try:
        read = offices.load(file)
    except offices.OfficeFaults as faults:
        raise said(faults) from None
    boot.django(db)
    boot.migrate()
    from erreichbar.centre import actions, refs

    try:
        actions.ImportOffice(key=f"cli.{refs.new_ref()}", text=read.text, name=file.name).run()
    except actions.Refused as refused:
        raise said(refused) from None
    click.echo(f"{read.name}: {len(read.people)} people, {len(read.units)} units, in force now.")


@user.command("add")
@click.argument("person")
@DB
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking twice.")
def user_add(person: str, db: str | None, password_stdin: bool) -> None:
    """Let somebody of the office file (her id there) sign in, or give her a new password."""
    existing(db)
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


@access.command("adopt")
@click.argument("name")
@DB
def access_adopt(name: str, db: str | None) -> None:
    """Let an access model be the one in force from now on. NAME is a name of the list or a file."""
    existing(db)
    from erreichbar.access import ModelFaults, load
    from erreichbar.centre import actions, refs

    try:
        model = load(name)
    except ModelFaults as faults:
        raise said(faults) from None
    try:
        actions.AdoptModel(key=f"cli.{refs.new_ref()}", name=model.name, text=model.text).run()
    except actions.Refused as refused:
        raise click.ClickException(f"{refused.de}\n{refused}") from None
    click.echo(f"{model.name}: {model.title.de} / {model.title.en}")
