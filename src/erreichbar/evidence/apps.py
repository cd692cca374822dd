"""Django's name for this room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The pages of figures."""

    name = "erreichbar.evidence"
    label = "evidence"
