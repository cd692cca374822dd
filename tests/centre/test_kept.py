"""The forecast is drawn once while the record is the same, and anew as soon as anything has changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from erreichbar.centre import actions
from erreichbar.centre.queries.forecast import Supposed, compared, forecast_now
from erreichbar.centre.queries.kept import Kept
from erreichbar.promise.forecast import chances
from erreichbar.promise.presence import Entry


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """How often chances were drawn."""
    counted: list[Any] = []

    def counts(*given: Any, **more: Any) -> Any:
        counted.append(given)
        return chances(*given, **more)

    monkeypatch.setattr("erreichbar.centre.queries.forecast.chances", counts)
    return counted


def test_two_who_ask_are_told_the_same_and_it_is_drawn_once(house: Any, drawn: list[Any]) -> None:
    house.ticket()
    now = house.clock.now() + timedelta(seconds=1)
    assert forecast_now(now) is forecast_now(now + timedelta(seconds=59))
    assert len(drawn) == 1
    leader = house.user("kaminski")
    supposed = Supposed((Entry("lange", now, None),))
    assert compared(leader, now, supposed) == compared(leader, now, supposed)
    assert len(drawn) == 2


def test_whatever_changes_it_is_drawn_anew(house: Any, drawn: list[Any]) -> None:
    ref = house.ticket()
    now = house.clock.now()
    changes: list[Any] = [
        lambda: house.do(actions.TakeTime, "yildiz", person="yildiz", start=now + timedelta(hours=1),
                         end=now + timedelta(hours=2), kind="appointment"),
        lambda: house.calls_back(ref, outcome="not_answered"),
        lambda: house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit="benefits-1", holder="yildiz"),
        lambda: house.do(actions.ImportOffice, text=house.office.text + "\n# changed\n", name="demo.toml"),
        lambda: house.do(actions.AdoptModel, name="service-centre"),
        lambda: house.clock.set("2026-03-05T10:01:00+01:00"),
    ]  # fmt: skip
    for number, change in enumerate(changes, 1):
        forecast_now(house.clock.now())
        assert len(drawn) == number
        change()
        forecast_now(house.clock.now())
        assert len(drawn) == number + 1


def test_it_is_bounded_and_one_finds_out_for_all(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("erreichbar.centre.queries.kept.record_state", lambda: "the same")
    kept: Kept[int] = Kept(2)
    numbers = count()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: kept.get("a", lambda: next(numbers)), range(8))) == [0] * 8
    for what in "bc":
        kept.get(what, lambda: 2)
    assert kept.get("a", lambda: 3) == 3 and kept.get("c", lambda: 4) == 2
