"""When something is in the way: the page says so, and a part of a page finds the words where it looks for them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from erreichbar.centre import actions, queries
from erreichbar.centre.errors import Busy

Open = Callable[..., Any]


def said(page: str) -> str:
    """Return what a page puts where htmx looks for it (``#said``)."""
    (words,) = re.findall(r'<div id="said">(.*?)</div>', page, re.DOTALL)
    return str(words)


@pytest.mark.parametrize("trouble", [OperationalError("database is locked"), Busy()])
def test_a_database_that_is_away_is_said(
    house: Any, window: Open, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def away(*_: object) -> object:
        raise trouble

    monkeypatch.setattr(queries, "list_page", away)
    answer = window("lange").get("/tickets")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "503.html", "403_csrf.html"])
def test_every_page_of_trouble_has_its_words_in_their_place(name: str) -> None:
    from django.template.loader import render_to_string

    assert "kern-body" in said(render_to_string(name))


def test_a_page_from_before_signing_in_is_told_to_load_anew(house: Any) -> None:
    answer = Client(enforce_csrf_checks=True, headers={"accept-language": "en"}).post("/sign-in", {})
    assert answer.status_code == 403 and "reload the page" in said(answer.content.decode())


def test_why_the_telephone_was_not_asked_is_said_on_the_page_that_asked(
    house: Any, window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(self: object) -> None:
        raise actions.Refused("no", "Das geht <jetzt> nicht.", "Not <now>.")

    monkeypatch.setattr(actions.AskFloor, "run", refuses)
    answer = window("arslan", "de").post("/seat/ready", {"key": "one"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409 and "Das geht &lt;jetzt&gt; nicht." in said(answer.content.decode())
    page = window("arslan", "de").send("/seat/ready", desk="agent").content.decode()
    assert "Das geht &lt;jetzt&gt; nicht." in page, "without htmx it stands on the desk"
