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
from erreichbar.centre.models import Message, Ticket, User
from erreichbar.cli import main
from erreichbar.post import digests
from erreichbar.promise.forecast import Habits, learn
from erreichbar.site.urls import urlpatterns
from tests.house import House, StandingClock

MUCH, LITTLE = 5, 1
RANDOM = re.compile(
    r'value="[^"]*"|"X-CSRFToken": "[^"]*"|[0-9a-hjkmnp-tv-z]{13}|\b\d{4}[\s\N{NO-BREAK SPACE}]\d{4}\b|seen=\w+|data-mark="[^"]*"'
    r"|\b[01][.,]\d+|\b\d+\s?%| width=\"\d+\"| x=\"\d+\""
)
"""What is drawn anew each time: keys, tokens, references, codes, marks made of them, and chances, whose draws go by reference."""
ON_PURPOSE = (
    # Who wrote a note stands beside it: a colleague must be able to ask her what she meant.
    re.compile(r'<p class="note__head">[^·]*·'),
    # In what relation the citizen finally spoke with somebody is part of what became of her promise (never the name).
    re.compile(r"Spoken with:[^<]*|Gesprochen mit:[^<]*"),
)
"""What a page says of who did something in the past, each with its reason. It stands at the ticket alone, and nowhere adds up."""
LOOK = ("kaminski", "lange", "schwarz", "fuchs", "brandt", "arslan", "krueger", "sommer", "weiss")
"""Who looks: leader, holder and colleague of the unit, one of another unit, duty officer, agent, manager, auditor, admin."""
EXEMPT = {"desk:live", "desk:sign_out"}
"""The stream of events, which ends with its page, and the way out."""


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    settings.RUN_FOLDER = tmp_path
    (tmp_path / "erreichbar.sqlite3").touch()
    monkeypatch.setenv("ERREICHBAR_DB", str(tmp_path / "erreichbar.sqlite3"))
    # What a letter says, instead of the PDF made of it.
    monkeypatch.setattr(
        "erreichbar.post.letter.typst.compile", lambda *_, sys_inputs, **__: sys_inputs["letter"].encode()
    )
    return House(offices.demo(), standing).opens_for_business()


def addresses(
    patterns: Any = None, before: str = "", names: str = "", *, words: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield every address of the house that needs no further word, or (``words``) those that do, with its name."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            yield from addresses(one.url_patterns, here, names + space, words=words)
        elif isinstance(one, URLPattern) and ("<" in here) is words:
            yield "/" + here, f"{names}{one.name}"


def with_words(house: House) -> Iterator[tuple[str, str]]:
    """Yield every address that needs a further word, of each ticket and letter there is, with what is the same each time."""
    tickets = list(Ticket.objects.order_by("pk").values_list("ref", flat=True))
    letters = list(Message.objects.filter(channel="letter").order_by("pk").values_list("ref", flat=True))
    others = {"<slug:matter>": "nothing", "<slug:attempt>": "nothing", "<slug:kind>": "ready"}
    for address, name in addresses(words=True):
        for other, word in others.items():
            address = address.replace(other, word)
        for nth, ref in enumerate(letters if "letter" in name else tickets if "<slug:ref>" in address else [""]):
            yield address.replace("<slug:ref>", ref), f"{name} {nth}"
    for unit in house.office.units:
        yield f"/tickets?unit={unit}", f"list of {unit}"
    for nth in (1, 2):
        yield f"/board?page={nth}", f"board {nth}"


def past(house: House, much: str, little: str) -> None:
    """Let two colleagues settle tickets, one many, the other few: they call back, miss people, write notes, close."""
    house.clock.set("2026-03-05T10:00:00+01:00")
    for user in [much] * MUCH + [little] * LITTLE:
        ref = house.ticket(channel="letter")
        house.calls_back(ref, user, outcome="not_answered")
        house.do(actions.WriteNote, user, ticket=ref, text="She is in after four.")
        for action in (actions.ReachCitizen, actions.ResolveTicket):
            version = Ticket.objects.values_list("version", flat=True).get(ref=ref)
            more = {"outcome": "settled"} if action is actions.ResolveTicket else {}
            house.do(action, user, ticket=ref, version=version, **more)
    house.ticket()
    house.clock.set("2026-03-06T09:00:00+01:00")
    house.do(actions.TendTickets)
    digests.send_due(house.clock.now())


def what_is_said(answer: Any) -> str:
    """Return an answer without what is drawn at random and what is said on purpose."""
    text = answer.content.decode()
    for pattern in (RANDOM, *ON_PURPOSE):
        text = pattern.sub("~", text)
    return f"{answer.status_code} {text}"


def everything_said(house: House, much: str, little: str) -> dict[str, str]:
    """Return all that pages and commands say after such a past, for one of each role, and forget the past again."""
    said: dict[str, str] = {}
    with transaction.atomic():
        past(house, much, little)
        forms: set[str] = set()  # addresses that show nothing, but take what is sent
        for role in LOOK:
            client = Client()
            client.force_login(User.objects.get(username=role))
            for address, name in addresses():
                if name not in EXEMPT:
                    said[f"{role} {address}"] = what_is_said(client.get(address))
            for address, name in with_words(house):
                kind = name.rpartition(" ")[0]
                if kind not in forms:
                    said[f"{role} {name}"] = told = what_is_said(client.get(address))
                    forms |= {kind} if told.startswith("405") else set()
            for address in ("/board/forecast", "/board/spread"):
                said[f"{role} asks {address}"] = what_is_said(client.post(address, {"key": "x"}))
        for command in (("promise", "forecast", "--json"), ("journal", "verify", "--json")):
            said[" ".join(command)] = RANDOM.sub("~", CliRunner().invoke(main, command).output)
        # What the chances are made of has no draws in it.
        said["habits"] = repr(learn(journal.record_tables(), Habits(attempts=3)))
        transaction.set_rollback(True)
    return said


def test_whose_work_the_past_was_changes_nothing(house: House) -> None:
    one, other = everything_said(house, "lange", "yildiz"), everything_said(house, "yildiz", "lange")
    assert [where for where in one if one[where] != other[where]] == []
    shown = [where for where in one if one[where].startswith("200")]
    for who in ("kaminski", "lange", "schwarz", "brandt"):
        assert f"{who} /tickets" in shown and f"{who} desk:letter 0" in shown
        assert len([where for where in shown if where.startswith(f"{who} desk:ticket ")]) == MUCH + LITTLE + 1
    assert "digest-led" in one["kaminski /digest"] and "digest-own" in one["lange /digest"]
    for board in ("kaminski /board", "kaminski /board/outlook", "kaminski asks /board/spread"):
        assert board in shown
    assert one["promise forecast --json"].count("attempted") == 1  # the ticket that is open


@pytest.mark.slow
def test_a_page_that_counted_it_would_be_found(house: House, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def ranking(request: HttpRequest) -> HttpResponse:
        rows = [f"{user.username}: {Ticket.objects.filter(changed_by=user).count()}" for user in User.objects.all()]
        return HttpResponse("\n".join(rows))

    found: Callable[..., Any] = addresses
    monkeypatch.setattr("erreichbar.site.urls.urlpatterns", [path("ranking", ranking, name="ranking"), *urlpatterns])
    from django.urls import clear_url_caches

    clear_url_caches()
    try:
        assert ("/ranking", "ranking") in found()
        one, other = everything_said(house, "lange", "yildiz"), everything_said(house, "yildiz", "lange")
        assert {where.split()[1] for where in one if one[where] != other[where]} == {"/ranking"}
    finally:
        monkeypatch.undo()
        clear_url_caches()


@pytest.mark.slow
def test_a_ticket_that_told_who_had_dealt_with_it_would_be_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of one ticket counts nothing, but all of them together would be a history."""
    monkeypatch.setattr(
        "erreichbar.desk.sentences.who", lambda ticket: ticket.changed_by.username if ticket.changed_by else "nobody"
    )
    one, other = everything_said(house, "lange", "yildiz"), everything_said(house, "yildiz", "lange")
    assert [where for where in one if "desk:ticket" in where and one[where] != other[where]]


def test_no_figure_is_asked_of_a_person() -> None:
    """No function of ``figures`` takes or returns anything by staff."""
    telling = re.compile(r"staff|user|person|agent_id|holder")
    for name, one in inspect.getmembers(figures, inspect.isfunction):
        assert not [parameter for parameter in inspect.signature(one).parameters if telling.search(parameter)], name
