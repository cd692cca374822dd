"""Which part of the web process answers what."""

import asyncio
from typing import Any

import pytest

from erreichbar.site import asgi


@pytest.mark.parametrize(
    ("kind", "path", "by"),
    [
        ("http", "/tickets", "pages"),
        ("http", "/live", "streams"),
        ("http", "/live/more", "pages"),
        ("lifespan", "", "streams"),
    ],
)
def test_only_streams_are_answered_asynchronously(
    kind: str, path: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for name in ("pages", "streams"):

        async def answer(scope: Any, receive: Any, send: Any, name: str = name) -> None:
            asked.append(name)

        monkeypatch.setattr(asgi, name, answer)
    asyncio.run(asgi.application({"type": kind, "path": path}, None, None))
    assert asked == [by]


def test_the_stream_stands_where_the_pages_look_for_it() -> None:
    from django.urls import reverse

    assert reverse("desk:live") == asgi.STREAM
