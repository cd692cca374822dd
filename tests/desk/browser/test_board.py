"""The leader's board by keyboard alone: spread, assign, take over, not in today, what if; it renews itself meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.browser.conftest import Shown
from tests.desk.demo import Demo
from tests.desk.keyboard import FIRST, SECOND, choose, first, go_to, press, second

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def leader(house: Demo, window: Callable[..., Any]) -> Callable[[str], Any]:
    """Open the board of Barbara Kaminski in a language."""

    def open_one(language: str) -> Any:
        page = window(language)
        page.goto("/seats")
        press(page, page.get_by_role("button", name="Barbara Kaminski", exact=True))
        page.wait_for_url("**/tickets")
        page.goto("/board")
        return page

    return open_one


def test_the_board_is_reached_and_what_an_absence_would_change_is_seen(
    house: Demo, leader: Callable[[str], Any], check: Shown
) -> None:
    house.opens_ticket("Gerlach")
    page = leader(SECOND)
    page.goto("/tickets")
    press(page, page.get_by_role("link", name=second("Board of your units")))
    page.wait_for_url("**/board")
    check(page, "board")
    for away in page.locator("input[name=away]").all():
        go_to(page, away)
        page.keyboard.press("Space")
    press(page, page.get_by_role("button", name=second("Show the forecast")))
    page.get_by_role("heading", name=second("What that would change")).wait_for()
    check(page, "board-forecast")


def test_a_ticket_is_assigned_and_taken_over(house: Demo, leader: Callable[[str], Any]) -> None:
    ticket = house.opens_ticket("Huber")
    page = leader(SECOND)
    choose(page, page.locator(f"#to-{ticket}"), "yildiz")
    press(page, page.locator(f"#assign-{ticket}"))
    line = page.locator("li.line", has=page.locator(f"#who-{ticket}"))
    line.locator(".dot", has_text="Deniz").wait_for()
    press(page, page.locator(f"#take-{ticket}"))
    line.locator(".dot", has_text="Barbara Kaminski").first.wait_for()
    assert page.locator(f"#take-{ticket}").count() == 0


def test_two_keys_propose_a_spread_and_carry_it_out(house: Demo, leader: Callable[[str], Any], check: Shown) -> None:
    tickets = [house.opens_ticket(name) for name in ("Iwanow", "Jansen", "Krause")]
    house.act(("NotInToday", {"by": "kaminski", "person": "roth"}))
    page = leader(FIRST)
    for ticket in tickets:
        go_to(page, page.locator(f"#chosen-{ticket}"))
        page.keyboard.press("Space")
    page.keyboard.press("F7")
    page.locator("#proposal").wait_for()
    page.get_by_text(
        first("Nobody absent is given any, and what somebody is calling about stays. The promises stay what they were.")
    ).wait_for()
    check(page, "board-proposal")
    moves = page.locator("input[name=move]").count()
    if moves:
        page.keyboard.press("F9")
        page.wait_for_url("**/board")
    else:
        page.locator("#stay summary").click()
        assert page.locator("#stay li").count() == len(tickets)


def test_not_in_today_moves_her_tickets_and_the_next_one_and_the_forecast_tells_the_cause(
    house: Demo, leader: Callable[[str], Any], window: Callable[..., Any], check: Shown
) -> None:
    ticket = house.opens_ticket("Lorenz")
    page, other = leader(SECOND), leader(FIRST)
    held = other.locator("li.line", has=other.locator(f"#who-{ticket}")).locator(".dot").first
    held.get_by_text("Petra Lange").wait_for()
    press(page, page.locator("#not-in-lange"))
    page.locator("#not-in-lange").wait_for(state="detached")
    # The other window was not touched: its lists and its table renew themselves.
    other.locator("#not-in-lange").wait_for(state="detached")
    held.filter(has_not_text="Petra Lange").wait_for()
    check(other, "board-not-in")

    stand_in = window(SECOND)
    stand_in.goto("/seats")
    stand_in.get_by_role("button", name=held.inner_text().strip(" ·"), exact=True).click()
    stand_in.wait_for_url("**/tickets")
    later = house.opens_ticket("Mehnert")
    for one in (ticket, later):
        line = stand_in.locator("li.line", has=stand_in.locator(f"#who-{one}"))
        line.get_by_text(second("stands in for %(name)s") % {"name": "Petra Lange"}).wait_for()
    stand_in.locator(f"#who-{later}").click()
    stand_in.get_by_text("for Petra Lange, who is not there").wait_for()
    check(stand_in, "ticket-stood-in")

    press(page, page.get_by_role("button", name=second("Show the forecast")))
    page.get_by_role("heading", name=second("What absences change at the moment")).wait_for()
    for name in ("Nadia Lorenz", "Nadia Mehnert"):
        row = page.get_by_role("region", name=second("What absences change at the moment")).get_by_role(
            "row", name=name
        )
        row.get_by_text(f"{second('before:')} Petra Lange").wait_for()
        row.get_by_text("for Petra Lange, who is not there").wait_for()
    check(page, "board-forecast-absent")


def test_who_is_not_in_today_says_so_herself_with_one_click(
    house: Demo, window: Callable[..., Any], check: Shown
) -> None:
    page = window(FIRST)
    page.goto("/seats")
    page.get_by_role("button", name="Leila Omar", exact=True).click()
    page.wait_for_url("**/tickets")
    press(page, page.get_by_role("button", name=first("Not in today")))
    page.get_by_text(first("You are entered as not in today.")).wait_for()
    check(page, "not-in")
    press(page, page.get_by_role("button", name=first("I am in after all")))
    page.get_by_role("button", name=first("Not in today")).wait_for()


def test_a_choice_that_is_being_made_waits(house: Demo, leader: Callable[[str], Any]) -> None:
    ticket = house.opens_ticket("Maurer")
    page = leader(SECOND)
    page.locator(f"#chosen-{ticket}").check()
    later = house.opens_ticket("Neumann")
    page.locator("#lines .held").wait_for()
    assert page.locator(f"#chosen-{ticket}").is_checked() and page.locator(f"#who-{later}").count() == 0
    press(page, page.locator("#lines .held button"))
    page.locator(f"#who-{later}").wait_for()
