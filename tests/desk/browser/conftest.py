"""The demo in a browser: its windows, and how a page is looked at.

Nothing is timed: each step waits for what the page shows. Every page is searched for barriers (axe) and must not scroll
sideways on a telephone (360 px) and at 400 % zoom (320 CSS px).
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.desk.demo import Demo
from tests.desk.keyboard import SECOND, TWICE, WIDER

PATIENCE_MS = 120_000
"""After how long a test gives up waiting for what a page is to show; nothing is expected to take so long."""
NARROW = (360, 320)
"""CSS pixels: a telephone; 1280 pixels at 400 % zoom."""
Shown = Callable[..., None]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("demo"))
    try:
        yield running
    finally:
        running.stop()


# -- windows --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def window(browser: Any, house: Demo) -> Callable[..., Any]:
    """Open a window of a person of her own, and return its page."""

    def open_one(language: str) -> Any:
        context = browser.new_context(
            base_url=house.address, locale=language, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"{page.url}: {error}"))
        return page

    return open_one


@pytest.fixture
def check(axe: Callable[[Any], None]) -> Shown:
    """Assert that a page has no barrier and does not scroll sideways where it is narrow.

    With ``ERREICHBAR_SHOTS`` (a folder), keep pictures of it under a name.
    """
    folder = os.environ.get("ERREICHBAR_SHOTS")

    def look(page: Any, name: str) -> None:
        assert "NaN" not in page.locator("body").inner_text(), "a number that is none"
        twice = page.evaluate(TWICE)
        assert not twice, f"{name} holds a part of itself twice: {twice}"
        name = f"{name}-{page.evaluate('document.documentElement.lang')}"
        size = page.viewport_size
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 640})
            too_wide = page.evaluate(WIDER)
            if folder:
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
            assert not too_wide, f"{name} scrolls sideways at {width} px: {too_wide}"
        # Where it is narrowest, targets are closest. As a whole, for what is fixed to the window's edge covers what scrolls.
        page.set_viewport_size({"width": NARROW[-1], "height": page.evaluate("document.documentElement.scrollHeight")})
        axe(page)
        page.set_viewport_size(size)
        page.evaluate(
            "document.activeElement.scrollIntoView({block: 'nearest'})"
        )  # as it was before the page was narrow
        if folder:
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)

    return look


@pytest.fixture
def lange(house: Demo, window: Callable[..., Any]) -> Any:
    """The window of Petra Lange, who sits in case work."""
    page = window(SECOND)
    page.goto("/seats")
    page.get_by_role("button", name="Petra Lange", exact=True).click()
    page.wait_for_url("**/tickets")
    return page
