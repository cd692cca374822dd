"""The groups of commands, and what commands share. Each command fetches its room when it is called, so floor 1 starts alone."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from erreichbar.centre.actions import Refused
    from erreichbar.intake.tables import NoTable
    from erreichbar.office import Faults
    from erreichbar.telephone.asterisk import NoAsterisk, WrongSetting


class Day(click.ParamType[date]):
    """A day as people type it: 2026-03-05."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(
                f"„{value}“ ist kein Tag; zum Beispiel 2026-03-05.\n“{value}” is no day; for example 2026-03-05.",
                param,
                ctx,
            )


LANGUAGE = click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
DB = click.option("--db", help="SQLite file or postgresql:// address, by default that of the installation.")
FILE = click.option("--office", "file", type=click.Path(path_type=Path), help="Office file; default: the one in force.")


class NoLab(click.ClickException):
    """What the lab needs is not installed."""

    def __init__(self) -> None:
        super().__init__(
            'Das Labor braucht Numba und joblib. Bitte installieren: pip install "erreichbar[lab]"\n'
            'The lab needs Numba and joblib. Please install them: pip install "erreichbar[lab]"'
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
    """When is a ticket due, and why? Can the promises still be kept?"""


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
def intake() -> None:
    """Tickets that another organisation reports."""


@main.group()
def lab() -> None:
    """What would happen? The simulated office."""


@main.group()
def user() -> None:
    """People who may sign in."""


def said(problem: "Faults | NoTable | Refused | NoAsterisk | WrongSetting") -> click.ClickException:
    """Return the error that tells a problem in German and in English."""
    de, en = (problem.in_("de"), problem.in_("en")) if hasattr(problem, "in_") else (problem.de, problem.en)
    return click.ClickException(f"{de}\n{en}")


def existing(db: str | None) -> None:
    """Set up Django on a database that is there already. A wrong path must not make an empty one."""
    from erreichbar.site import boot

    address = db or os.environ.get("ERREICHBAR_DB", "var/erreichbar.sqlite3")
    if "://" not in address and not Path(address).is_file():
        raise click.ClickException(f"Dort ist keine Datenbank: {address}\nThere is no database: {address}")
    boot.django(db)
