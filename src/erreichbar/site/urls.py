"""Every address of the house."""

from django.urls import include, path

from erreichbar.intake.api import api
from erreichbar.site.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
    path("", include("erreichbar.evidence.urls")),
    path("", include("erreichbar.desk.urls")),
]
