"""Parts of a page after an event: what is as it was is not built, and what changed is."""

import itertools
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from erreichbar.centre import actions
from erreichbar.centre.models import Attempt, Ticket
from erreichbar.centre.queries import desk as asks
from erreichbar.desk.views import case_worker, lists
from tests.desk.conftest import Window

Open = Callable[..., Window]


def address(page: str, part: str) -> str:
    found = re.search(rf'<div id="{part}"[^>]*? hx-get="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize("unit", ["", "?unit=benefits-1"])
def test_a_list_that_is_as_it_was_is_not_read(house: Any, window: Open, monkeypatch: Any, unit: str) -> None:
    house.ticket()
    desk = window("lange")
    part = address(desk.see(f"/tickets{unit}"), "list")
    house.rings(user="becker")
    monkeypatch.setattr(lists, "sentences", None)
    assert desk.get(part).status_code == 204


def test_a_list_is_built_anew_once_a_minute_for_it_says_how_much_time_is_left(house: Any, window: Open) -> None:
    house.ticket()
    desk = window("lange")
    part = address(desk.see("/tickets"), "list")
    house.clock.moment += timedelta(seconds=54)
    assert desk.get(part).status_code == 204
    house.clock.moment += timedelta(seconds=1)
    assert desk.get(part).status_code == 200
    house.clock.moment -= timedelta(seconds=60)
    assert desk.get(part).status_code == 200, "a page from a moment that has not come"


def assigns(house: Any, ref: str) -> None:
    house.do(actions.ForwardTicket, "lange", ticket=ref, version=1, unit="benefits-1", holder="yildiz")


def waits(house: Any, ref: str) -> None:
    attempt = house.calls_back(ref)
    assert attempt
    tomorrow = (house.clock.moment + timedelta(days=1)).date()
    house.do(actions.PauseTicket, "lange", ticket=ref, version=2, until=tomorrow)


def agrees(house: Any, ref: str) -> None:
    house.do(actions.AgreeOnCalling, "lange", ticket=ref, safe_from="10:00", safe_to="12:00")


def keeps_time(house: Any, ref: str) -> None:
    start = house.clock.moment + timedelta(hours=1)
    house.do(actions.TakeTime, "lange", person="lange", start=start, end=start + timedelta(hours=1), kind="protected")


def steps(house: Any, ref: str) -> None:
    house.clock.set("2026-03-06T13:30:00+01:00")
    house.do(actions.TendTickets)


@pytest.mark.parametrize(
    "change",
    [
        lambda house, ref: house.ticket(),
        lambda house, ref: house.tries(ref),
        lambda house, ref: house.calls_back(ref, outcome="busy"),
        lambda house, ref: house.calls_back(ref),
        assigns,
        waits,
        agrees,
        keeps_time,
        steps,
    ],
)
def test_a_list_that_has_changed_is_built(house: Any, window: Open, change: Callable[[Any, str], object]) -> None:
    ref, desk = house.ticket(), window("lange")
    part = address(desk.see("/tickets"), "list")
    assert desk.get(part).status_code == 204
    change(house, ref)
    assert desk.get(part).status_code == 200


def test_what_is_asked_in_short_is_what_is_shown(house: Any, window: Open) -> None:
    ref, user = house.ticket(), house.user("lange")

    def agree() -> None:
        call, attempt = asks.call_at(user), asks.attempt_of(user)
        assert asks.rings_at(user) == (asks.Rings(call.ref, call.state, call.ring_back_of_id) if call else None)
        waits = (attempt.ref, attempt.ticket.ref, attempt.ticket.is_open) if attempt else None
        assert asks.waiting_attempt(user) == waits

    agree()
    house.tries(ref)
    agree()
    attempt = Attempt.objects.get()
    house.do(actions.ConnectAttempt, attempt=attempt.ref)
    house.do(actions.EndAttempt, attempt=attempt.ref, ended_by="citizen")
    agree()
    house.rings(user="lange")
    agree()
    mark = case_worker.incoming_mark(user, "")
    assert mark != case_worker.incoming_mark(user, ref), "the ticket itself says that its callback waits"
    assert Ticket.objects.get(ref=ref).is_open


def test_each_change_at_a_seat_is_one_there_and_at_no_other(house: Any) -> None:
    ref, her, other = house.ticket(), house.user("lange").pk, house.user("yildiz").pk
    seen = [asks.at_seats().get(her)]
    before = asks.at_seats().get(other)
    house.do(actions.ChangeSeat, user="lange", state="ready")
    seen.append(asks.at_seats().get(her))
    attempt = house.dials(ref, connected=True)
    seen.append(asks.at_seats().get(her))
    house.ends(attempt)
    seen.append(asks.at_seats().get(her))
    house.do(actions.AskFloor, "lange", kind="pause")
    seen.append(asks.at_seats().get(her))
    house.rings(user="lange")
    seen.append(asks.at_seats().get(her))
    assert all(one != following for one, following in itertools.pairwise(seen))
    assert asks.at_seats().get(other) == before
