"""The lab in the browser: asked by keyboard, seen as it becomes more precise, searched for barriers, with the lab's own engine."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.browser.conftest import PATIENCE_MS, Shown
from tests.desk.demo import Demo
from tests.desk.keyboard import FIRST, first, go_to, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_models_are_compared_and_what_came_of_it_is_seen(house: Demo, window: Callable[..., Any], check: Shown) -> None:
    page = window(FIRST)
    page.goto("/seats")
    manager = next(person.name for person in house.callers.office.people.values() if person.role == "manager")
    press(page, page.get_by_role("button", name=manager, exact=True))
    press(page, page.get_by_role("link", name=first("Lab: what if the office were reached in another way?")))
    page.wait_for_url("**/lab")
    check(page, "lab")
    go_to(page, page.locator("#days"))
    page.keyboard.press("Control+A")
    page.keyboard.type("400")
    page.evaluate("document.querySelector('#days').max = ''")
    press(page, page.get_by_role("button", name=first("Compare"), exact=True))
    page.get_by_text(first("Nothing was started")).wait_for()
    check(page, "lab-wrong")
    go_to(page, page.locator("#days"))
    page.keyboard.press("Control+A")
    page.keyboard.type("20")
    press(page, page.get_by_role("button", name=first("Compare"), exact=True))
    page.get_by_role("button", name=first("Stop"), exact=True).wait_for()
    check(page, "lab-running")
    # The first time the lab is compiled.
    page.get_by_role("link", name="result.html").wait_for(timeout=10 * PATIENCE_MS)
    assert page.locator("#lab-now svg").count() >= 2
    page.locator("summary").first.click()
    check(page, "lab-found")
