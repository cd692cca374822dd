"""The command line: ``erreichbar ROOM VERB``. Each command fetches its room when it is called, so floor 1 starts alone."""

import click


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
