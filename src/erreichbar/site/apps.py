"""The site as a Django application."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Sets the clock of the process."""

    name = "erreichbar.site"
    label = "erreichbar_site"

    def ready(self) -> None:
        from erreichbar.site.clock import take_over

        take_over()
