"""Somebody applies on the telephone without a name, and case work finds out who it was; both pages are looked at."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.browser.conftest import Shown
from tests.desk.browser.test_from_the_call import takes_a_call
from tests.desk.keyboard import FIRST, first, press, second

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_application_from_the_call_into_the_file(lange: Any, window: Callable[..., Any], check: Shown) -> None:
    agent = window(FIRST)
    agent.goto("/seats")
    press(agent, agent.get_by_role("button", name="Jonas Becker"))
    agent.wait_for_url("**/conversation")
    takes_a_call(agent, check)
    agent.locator("#matter-reason").select_option("new_application")
    agent.get_by_role("button", name=first("Take up")).click()
    agent.get_by_label("erstmals").check()
    check(agent, "application-form")
    agent.get_by_role("button", name=first("Yes: take the application down")).click()
    agent.get_by_text(first("Application taken down. Please read aloud:")).wait_for()
    code = agent.locator(".receipt__code").inner_text()
    check(agent, "application-receipt")

    lange.goto("/applications")
    card = lange.locator(".application", has_text=code)
    check(lange, "applications")
    card.get_by_label(second("Family name")).fill("Albrecht")
    card.get_by_label(second("Date of birth")).fill("05.03.1980")
    card.get_by_role("button", name=second("Keep")).click()
    card.get_by_role("button", name=second("Taken over into the file")).click()
    card.wait_for(state="detached")
