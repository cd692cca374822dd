"""It cannot be used to watch staff: who did how much of the past changes no page, no command and no figure.

The same past is told twice, with the work of two colleagues exchanged. Whatever a page, a part of one or a command then says
must be the same to the letter, besides what is drawn at random. A page that counted anybody's work would differ.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from erreichbar import figures
from erreichbar import office as offices
from erreichbar.centre import actions, journal
from erreichbar.centre.models import Ticket, User
from erreichbar.cli import main
from erreichbar.promise.forecast import Habits, learn
from tests.house import House, StandingClock

MUCH, LITTLE = 5, 1
RANDOM = re.compile(
    r'value="[^"]*"|"X-CSRFToken": "[^"]*"|[0-9a-hjkmnp-tv-z]{13}|\b\d{4}[\s\N{NO-BREAK SPACE}]\d{4}\b|seen=\w+|data-mark="[^"]*"'
    r"|\b0\.\d+"
)
"""What is drawn anew each time: keys, tokens, references, codes, marks made of them, and chances, whose draws go by reference."""
EXEMPT = {"desk:live", "desk:sign_out"}
"""The stream of events, which ends with its page, and the way out."""


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    settings.RUN_FOLDER = tmp_path
    (tmp_path / "erreichbar.sqlite3").touch()
    monkeypatch.setenv("ERREICHBAR_DB", str(tmp_path / "erreichbar.sqlite3"))
    return House(offices.demo(), standing).opens_for_business()


def addresses(patterns: Any = None, before: str = "", names: str = "") -> Iterator[tuple[str, str]]:
    """Yield every address of the house that needs no further word, with its name."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            yield from addresses(one.url_patterns, here, names + space)
        elif isinstance(one, URLPattern) and "<" not in here:
            yield "/" + here, f"{names}{one.name}"


def past(house: House, much: str, little: str) -> None:
    """Let two colleagues settle tickets, one many, the other few."""
    for user in [much] * MUCH + [little] * LITTLE:
        ref = house.ticket()
        for action in (actions.ReachCitizen, actions.ResolveTicket):
            version = Ticket.objects.values_list("version", flat=True).get(ref=ref)
            more = {"outcome": "settled"} if action is actions.ResolveTicket else {}
            house.do(action, user, ticket=ref, version=version, **more)
    house.ticket()


def everything_said(house: House, much: str, little: str) -> dict[str, str]:
    """Return all that pages and commands say after such a past, for one of each role, and forget the past again."""
    said: dict[str, str] = {}
    with transaction.atomic():
        past(house, much, little)
        for role in {person.role: person.id for person in house.office.people.values()}.values():
            client = Client()
            client.force_login(User.objects.get(username=role))
            for address, name in addresses():
                if name not in EXEMPT:
                    answer = client.get(address)
                    said[f"{role} {address}"] = f"{answer.status_code} {RANDOM.sub('~', answer.content.decode())}"
        for command in (("promise", "forecast", "--json"), ("journal", "verify", "--json")):
            said[" ".join(command)] = RANDOM.sub("~", CliRunner().invoke(main, command).output)
        # What the chances are made of has no draws in it.
        said["habits"] = repr(learn(journal.record_tables(), Habits(attempts=3)))
        transaction.set_rollback(True)
    return said


def test_whose_work_the_past_was_changes_nothing(house: House) -> None:
    one, other = everything_said(house, "lange", "yildiz"), everything_said(house, "yildiz", "lange")
    assert [where for where in one if one[where] != other[where]] == []
    shown = [where for where in one if where.endswith("/tickets") and one[where].startswith("200")]
    assert len(shown) >= 3  # somebody's list was looked at
    assert one["promise forecast --json"].count("attempted") == 1  # the ticket that is open


def test_a_page_that_counted_it_would_be_found(house: House, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def ranking(request: HttpRequest) -> HttpResponse:
        rows = [f"{user.username}: {Ticket.objects.filter(changed_by=user).count()}" for user in User.objects.all()]
        return HttpResponse("\n".join(rows))

    found: Callable[..., Any] = addresses
    monkeypatch.setattr("erreichbar.site.urls.urlpatterns", [path("ranking", ranking, name="ranking")])
    from django.urls import clear_url_caches

    clear_url_caches()
    try:
        assert [name for _, name in found()] == ["ranking"]
        one, other = everything_said(house, "lange", "yildiz"), everything_said(house, "yildiz", "lange")
        assert [where for where in one if one[where] != other[where]]
    finally:
        monkeypatch.undo()
        clear_url_caches()


def test_no_figure_is_asked_of_a_person() -> None:
    """No function of ``figures`` takes or returns anything by staff."""
    telling = re.compile(r"staff|user|person|agent_id|holder")
    for name, one in inspect.getmembers(figures, inspect.isfunction):
        assert not [parameter for parameter in inspect.signature(one).parameters if telling.search(parameter)], name
