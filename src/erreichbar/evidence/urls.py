"""Addresses of the pages of figures and of the lab."""

from django.urls import path

from erreichbar.evidence import lab, provider

app_name = "evidence"

urlpatterns = [
    path("provider", provider.page, name="provider"),
    path("lab", lab.page, name="lab"),
    path("lab/<slug:id>", lab.run, name="lab_run"),
    path("lab/<slug:id>/now", lab.now, name="lab_now"),
    path("lab/<slug:id>/stop", lab.stop, name="lab_stop"),
    path("lab/<slug:id>/files/<str:name>", lab.file, name="lab_file"),
]
