"""Addresses of the pages of figures."""

from django.urls import path

from erreichbar.evidence import provider

app_name = "evidence"

urlpatterns = [path("provider", provider.page, name="provider")]
