"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages of the people who work here."""

    name = "erreichbar.desk"
    label = "desk"
