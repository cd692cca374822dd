"""Addresses of the desk. Citizens appear in none of them but by random reference."""

from django.urls import path

from erreichbar.desk.live import live
from erreichbar.desk.views import entrance

app_name = "desk"

urlpatterns = [
    path("", entrance.start, name="start"),
    path("sign-in", entrance.SignIn.as_view(), name="sign_in"),
    path("sign-out", entrance.sign_out, name="sign_out"),
    path("seats", entrance.seats, name="seats"),
    path("live", live, name="live"),
]
