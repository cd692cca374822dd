"""What pages are told: the topics that changed since the entry they name, and nothing about anybody."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient

from erreichbar.centre import actions
from erreichbar.centre.models import JournalEntry, User
from erreichbar.desk import live

PATIENCE_S = 60
"""After how long a test gives up; nothing is expected to take so long."""


def head() -> int:
    return JournalEntry.objects.latest("sequence").sequence


def told(address: str, last: int | None = None, meanwhile: Callable[[], object] = lambda: None) -> dict[str, Any]:
    """Listen as somebody who is signed in, and return the first message with its id."""
    return async_to_sync(_told)(address, last, meanwhile)


async def _told(address: str, last: int | None, meanwhile: Callable[[], object]) -> dict[str, Any]:
    browser = AsyncClient()
    await browser.aforce_login(await User.objects.aget(username="lange"))
    answer: Any = await browser.get(address, headers={} if last is None else {"last-event-id": str(last)})
    assert answer.headers["Content-Type"] == "text/event-stream"
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _message(aiter(answer.streaming_content), meanwhile)
    finally:
        tail = live._tails.pop(asyncio.get_running_loop())
        assert tail._task is not None
        tail._task.cancel()
        await asyncio.gather(tail._task, return_exceptions=True)


async def _message(stream: AsyncIterator[bytes], meanwhile: Callable[[], object]) -> dict[str, Any]:
    from asgiref.sync import sync_to_async

    assert await anext(stream) == b"retry: 1000\n\n"
    await sync_to_async(meanwhile)()
    async for message in stream:
        if message.startswith(b"id: "):
            first, second, *rest = message.decode().splitlines()
            assert rest == [""]
            return {"id": int(first.removeprefix("id: ")), **json.loads(second.removeprefix("data: "))}
    raise AssertionError("the stream ended")


def test_a_page_that_goes_away_at_whatever_moment_holds_up_no_other() -> None:
    async def scene() -> list[bool]:
        tail = live.Tail()
        for turns in range(8):
            leaving, staying = (asyncio.create_task(tail.wait_beyond(tail.sequence, PATIENCE_S)) for _ in range(2))
            for turn in range(8):
                await asyncio.sleep(0)
                if turn >= turns:
                    leaving.cancel()  # a server cancels once more while the first is being obeyed
            tail.moved_to(tail.sequence + 1)
            await asyncio.gather(leaving, return_exceptions=True)
            assert await asyncio.wait_for(staying, PATIENCE_S)
        tail.moved_to(tail.sequence + 1)
        return [await tail.wait_beyond(0, PATIENCE_S)]

    assert asyncio.run(scene()) == [True]


def test_a_page_that_was_away_is_told_what_it_missed(house: Any) -> None:
    before = head()
    house.ticket()
    assert told("/live", last=before) == {"id": head(), "changed": ["calls", "here", "seats", "tickets"]}


def test_only_what_came_after_is_told(house: Any) -> None:
    house.ticket()
    before = head()
    house.rings(user="becker")
    assert told("/live", last=before) == {"id": head(), "changed": ["calls", "here", "seats"]}


def test_what_the_browser_saw_last_goes_before_what_the_page_was_made_of(house: Any) -> None:
    made = head()
    house.ticket()
    seen = head()
    house.rings(user="becker")
    assert told(f"/live?after={made}", last=seen)["changed"] == ["calls", "here", "seats"]
    assert told(f"/live?after={made}")["changed"] == ["calls", "here", "seats", "tickets"]


def test_what_happens_while_somebody_listens_is_told(house: Any) -> None:
    def ring() -> None:
        house.rings(user="becker")

    found = told("/live", last=head(), meanwhile=ring)
    assert found["changed"] == ["calls", "seats"] and found["id"] == head()


def test_what_happens_at_ones_own_seat_is_told_apart(house: Any) -> None:
    def at_hers() -> None:
        house.do(actions.ChangeSeat, user="lange", state="ready")

    assert told("/live", last=head(), meanwhile=at_hers)["changed"] == ["here", "seats"]


def test_who_was_away_for_longer_than_is_remembered_is_told_all_the_same(house: Any) -> None:
    async def scene() -> list[set[str]]:
        tail = live.Tail()
        found = []
        for kept in ([], [(upto - 1, "seat.changed"), (upto, "seat.changed")], [(begun + 1, "ticket.opened")]):
            tail._last.clear()
            tail._last.extend(kept)
            tail.sequence = upto
            found.append(await tail.topics_after(begun))
        return found

    begun = head()
    house.ticket()
    upto = head()
    everything = {"calls", "seats", "tickets"}
    assert async_to_sync(scene)() == [everything, everything, {"tickets"}], "read anew but where all is remembered"


@pytest.mark.parametrize("told_last", ["", "x", "-1", "１"])
def test_an_id_that_is_none_begins_now(house: Any, told_last: str) -> None:
    def ring() -> None:
        house.rings(user="becker")

    house.ticket()
    found = told(f"/live?after={told_last}", meanwhile=ring)
    assert found["changed"] == ["calls", "seats"]


def test_who_is_not_signed_in_is_told_nothing(house: Any) -> None:
    answer = async_to_sync(AsyncClient().get)("/live")
    assert (answer.status_code, answer.content) == (204, b""), "which tells the browser not to ask again"


@pytest.mark.parametrize(("kinds", "changed"), [
    (["call.received"], {"calls"}), (["seat.changed"], {"seats"}), (["ticket.opened"], {"tickets"}),
    (["attempt.started"], {"calls", "tickets"}), (["citizen.reached"], {"calls", "tickets"}),
    (["call.joined_ticket"], {"calls", "tickets"}), (["matter.raised"], {"calls"}), (["office.imported"], {"house"}),
])  # fmt: skip
def test_what_a_kind_of_event_changes(kinds: list[str], changed: set[str]) -> None:
    assert live.topics(kinds) == changed
