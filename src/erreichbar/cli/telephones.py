"""The telephone: install it, check it, hand out its credentials."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from erreichbar.cli.groups import DB, FILE, LANGUAGE, existing, said, telephone

if TYPE_CHECKING:
    from erreichbar.office import Office


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
            raise said(faults) from None
    existing(db)
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
        raise said(missing) from None
    click.echo(f"Asterisk: {found.program}")


@telephone.command("check")
@FILE
@DB
@LANGUAGE
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
@FILE
@DB
def telephone_seats(file: Path | None, db: str | None) -> None:
    """Print what has to be entered in each telephone: whose it is, server, user, password. Keep it to yourself."""
    office = _office_in_force_or(file, db)
    from django.conf import settings

    from erreichbar.telephone.asterisk import Settings, WrongSetting, secret

    try:
        told = Settings.read()
    except WrongSetting as wrong:
        raise said(wrong) from None
    people = {person.sip_user: person.name for person in office.people.values() if person.sip_user}
    folder = settings.RUN_FOLDER / "asterisk"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    passwords = secret.secrets_of(folder, people).seats
    server = f"{told.external_host or told.sip_host}:{told.sip_port}"
    for sip_user, name in people.items():
        click.echo(f"{name:28} {server:24} {sip_user:20} {passwords[sip_user]}")
