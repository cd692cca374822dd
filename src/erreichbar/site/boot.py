"""Bring up Django for a command: choose the database, then set up."""

import os
from pathlib import Path


def django(db: str | Path | None = None, *, demo: bool = False) -> None:
    """Set up Django on a database (path, ``:memory:`` or ``postgresql://`` address; default ``ERREICHBAR_DB``)."""
    if db is not None:
        os.environ["ERREICHBAR_DB"] = str(db)
    os.environ["ERREICHBAR_DEMO"] = "1" if demo else "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erreichbar.site.settings")
    from django import setup

    setup()


def migrate() -> None:
    """Bring the database to the present form."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
