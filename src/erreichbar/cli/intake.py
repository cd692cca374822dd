"""From outside: tables and e-mails of another organisation, and what it says of its calls."""

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


@intake.command("figures")
@click.argument("file", type=click.File("rb"))
@ORGANISATION
@DB
def intake_figures(file: BinaryIO, organisation: str, db: str | None) -> None:
    """Take a table of call figures; print a table that says what became of each interval. Exit 1 on any fault."""
    existing(db)
    from erreichbar.centre.actions import Refused
    from erreichbar.intake.figures import ANSWER, take_figures_table
    from erreichbar.intake.tables import NoTable

    answers = csv.DictWriter(sys.stdout, ANSWER, delimiter=";", lineterminator="\n")
    try:
        taken = list(take_figures_table(file.read(), organisation=organisation))
    except (NoTable, Refused) as no:
        raise said(no) from None
    answers.writeheader()
    answers.writerows(taken)
    sys.exit(1 if any(answer["fault"] for answer in taken) else 0)


@intake.command("token")
@click.argument("organisation")
def intake_token(organisation: str) -> None:
    """Draw a token for an organisation. It is shown once; the settings need its SHA-256 only."""
    token = secrets.token_urlsafe(32)
    click.echo(f"Token: {token}")
    click.echo(f"ERREICHBAR_INTAKE_TOKENS={organisation}:{sha256(token.encode()).hexdigest()}")
