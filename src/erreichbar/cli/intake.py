"""Tickets from outside: tables and e-mails of another organisation."""

import csv
import secrets
import sys
from hashlib import sha256
from typing import BinaryIO

import click

from erreichbar.cli.groups import DB, existing, intake, said

ORGANISATION = click.option("--organisation", required=True, help="Who reports, by its id in the office file.")


@intake.command("csv")
@click.argument("file", type=click.File("rb"))
@ORGANISATION
@DB
def intake_csv(file: BinaryIO, organisation: str, db: str | None) -> None:
    """Take a table of reports; print a table that says of each line which ticket it is, or what is wrong. Exit 1 on any fault."""
    existing(db)
    from erreichbar.intake.tables import ANSWER, NoTable, take_table

    answers = csv.DictWriter(sys.stdout, ANSWER, delimiter=";", lineterminator="\n")
    answers.writeheader()
    faults = 0
    try:
        for answer in take_table(file.read(), organisation=organisation):
            answers.writerow(answer)
            faults += bool(answer["fault"])
    except NoTable as no:
        raise said(no) from None
    sys.exit(1 if faults else 0)


@intake.command("email")
@click.argument("file", type=click.File("rb"), default="-")
@ORGANISATION
@DB
def intake_email(file: BinaryIO, organisation: str, db: str | None) -> None:
    """Take the reports of an e-mail, by default from standard input; print the reply. Exit 1 if any was not taken."""
    existing(db)
    from erreichbar.intake.mails import take_mail

    answered = take_mail(file.read(), organisation=organisation)
    click.echo(answered.reply.as_bytes(), nl=False)
    sys.exit(0 if answered.ok else 1)


@intake.command("token")
@click.argument("organisation")
def intake_token(organisation: str) -> None:
    """Draw a token for an organisation. It is shown once; the settings need its SHA-256 only."""
    token = secrets.token_urlsafe(32)
    click.echo(f"Token: {token}")
    click.echo(f"ERREICHBAR_INTAKE_TOKENS={organisation}:{sha256(token.encode()).hexdigest()}")
