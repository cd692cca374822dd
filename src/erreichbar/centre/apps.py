"""The centre as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CentreConfig(AppConfig):
    """Begins the journal when the database is set up."""

    name = "erreichbar.centre"
    label = "centre"
    verbose_name = "Erreichbar"

    def ready(self) -> None:
        post_migrate.connect(_begin_journal, sender=self, dispatch_uid="centre.journal")


def _begin_journal(using: str, **_: Any) -> None:
    from erreichbar.centre.journal import begin

    begin(using)
