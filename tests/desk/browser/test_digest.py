"""The morning's digest on list and board, by keyboard: read, and put away by each for herself.

The case worker reads English, her leader German. The demo's day begins before there is any ticket, so its digests say
nothing; they are forgotten here, and written once more when there is something to tell.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from erreichbar.promise import receipt
from tests.desk.browser.conftest import Shown
from tests.desk.demo import BOOT, Demo
from tests.desk.keyboard import FIRST, SECOND, first, press, second

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORGET = f"{BOOT}\nfrom erreichbar.centre.models import MorningDigest\nMorningDigest.objects.all().delete()\n"
CODES = f"{BOOT}\nfrom erreichbar.centre.models import Ticket\nprint(*Ticket.objects.order_by('pk').values_list('code', flat=True))\n"
AGO = timedelta(hours=42)
"""So long before the demo's morning the tickets were opened: they run out on its day, whichever it is."""


def test_the_digest_is_read_and_put_away_by_keyboard(house: Demo, window: Callable[..., Any], check: Shown) -> None:
    morning = house.callers.morning
    tickets = [house.opens_ticket(name, at=(morning - AGO).isoformat()) for name in ("Adler", "Berger")]
    house.run("-c", FORGET)
    house.act(*(("WriteDigest", {"person": one, "at": morning.isoformat()}) for one in ("lange", "kaminski")))
    codes = [receipt.shown(code) for code in house.run("-c", CODES).split()]

    worker, leader = window(SECOND), window(FIRST)
    sits_down(worker, "Petra Lange")
    digest = worker.get_by_role("region", name=second("In danger today, as of this morning"))
    press(worker, digest.locator("summary", has_text="2 tickets on your list"))
    for ticket, code in zip(tickets, codes, strict=True):
        line = digest.locator("li", has=worker.locator(f"a[href='/tickets/{ticket}']"))
        assert code in line.inner_text() and "Nadia" in line.inner_text()
    check(worker, "digest")

    sits_down(leader, "Barbara Kaminski")
    leader.goto("/board")
    led = leader.get_by_role("region", name=first("In danger today, as of this morning"))
    press(leader, led.locator("summary", has_text="2 Tickets in Ihren Stellen"))
    check(leader, "digest-board")

    press(worker, worker.get_by_role("button", name=second("I have read it")))
    digest.wait_for(state="detached")
    worker.locator(f"#who-{tickets[0]}").wait_for()
    leader.reload()
    led.wait_for()
    press(leader, led.locator("summary", has_text="2 Tickets in Ihren Stellen"))
    press(leader, led.get_by_role("link", name="Nadia Adler"))
    leader.wait_for_url(f"**/tickets/{tickets[0]}")


def sits_down(page: Any, name: str) -> None:
    """Take the seat of somebody."""
    page.goto("/seats")
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url("**/tickets")
