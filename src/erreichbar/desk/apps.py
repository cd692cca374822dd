"""The desk as a Django application."""

import logging

from django.apps import AppConfig

log = logging.getLogger(__name__)


class DeskConfig(AppConfig):
    """Pages of the people who work here."""

    name = "erreichbar.desk"
    label = "desk"

    def ready(self) -> None:
        """Compile the German catalogue where it is newer than what was compiled of it (a clone holds its source only)."""
        from erreichbar.desk import catalogue

        try:
            catalogue.compiled()
        except OSError as error:
            # An installation that may not write here brings the compiled catalogue with it.
            log.warning("The German catalogue could not be compiled: %s", error)
