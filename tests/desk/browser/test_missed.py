"""A callback is missed: the citizen is told so, is to be called at another time of day, rings back, and lands on her ticket.

The case worker reads English. The e-mail goes out over a real mail server.
"""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.post.texts import plain
from erreichbar.promise.attempts import PARTS_OF_DAY
from erreichbar.site import demo
from tests.desk.browser.conftest import Shown
from tests.desk.browser.test_from_the_call import confirms, responsible
from tests.desk.demo import Demo
from tests.desk.keyboard import SECOND, choose, press, second
from tests.post.servers import MailServer, mail_server, tells_nothing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESS = "nadia@example.org"


def test_a_missed_callback_is_told_and_the_citizen_who_rings_back_lands_on_her_ticket(
    house: Demo, window: Callable[..., Any], check: Shown
) -> None:
    caller = house.callers.rings_back()
    citizen = house.callers.citizens.person(caller)
    with mail_server() as mail:
        house.act(("ImportOffice", {"text": f"{offices.demo().text}\n{mail.settings}", "name": "demo.toml"}))
        page = window(SECOND)
        page.goto("/seats")
        page.get_by_role("button", name=responsible(house, citizen), exact=True).click()
        page.wait_for_url("**/tickets")
        press(page, page.locator("#ask-ready"))  # in protected time nobody would ring there
        ticket = opens_a_ticket(house, caller)
        page.locator(f"#who-{ticket}").click()
        code = page.locator(".asked__one", has=page.get_by_text(second("Code"), exact=True)).locator("dd").inner_text()
        misses_her(page, mail, code, check)
        takes_her_call(page, code)
        confirms(page, citizen, second, check)
        answers_and_closes(page, ticket, check)
        assert len(mail.taken) == 1, "she is told once"
    house.verifies()


def opens_a_ticket(house: Demo, caller: Any) -> str:
    """Open a ticket for a citizen who may be left a message, by e-mail."""
    person = house.callers.fields(caller)
    told = {"number": person["number"], "email": ADDRESS, "may_show_number": True, "may_leave_message": True}
    return str(
        house.act(
            ("RegisterPerson", person),
            ("RaiseMatter", {"person": {"of": 0}, "reason": "payment_status"}),
            ("OpenTicket", {"matter": {"of": 1}, "language": "de", **told}),
        )[2]
    )


def misses_her(page: Any, mail: MailServer, code: str, check: Shown) -> None:
    """Call back until nobody answers; see when to call next and that she was told."""
    page.locator("#call-back:enabled").wait_for()
    page.keyboard.press("F4")
    page.locator(".attempts li", has_text=second("nobody answered")).wait_for()
    advised = page.locator("#doing p", has_text=second("Next attempt advised:"))
    advised.get_by_text(second("At this time of day nobody has called yet.")).wait_for()
    assert time.fromisoformat(advised.locator("strong").inner_text().split()[-1]) >= next_part(demo.OPENS_AT)
    told = page.locator("#doing summary", has_text=second("We called and reached nobody"))
    told.filter(has_text=f": {second('sent %(moment)s') % {'moment': ''}}").wait_for()  # it appears by itself
    check(page, "missed")
    [to], text = mail.read()
    assert to == ADDRESS and plain(code) in text and "wir haben Sie angerufen und nicht erreicht." in text
    assert tells_nothing(offices.demo(), text)


def next_part(moment: time) -> time:
    """Return when the next part of the day begins after a moment in it."""
    return next(edge for edge in PARTS_OF_DAY if edge > moment)


def takes_her_call(page: Any, code: str) -> None:
    """The citizen rings back: it rings at who tried to reach her, and says on which ticket."""
    rings = page.locator("#incoming [data-ringing]")
    rings.wait_for()
    assert code in rings.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversation")
    page.get_by_text(second("Answers, when asked")).wait_for()


def answers_and_closes(page: Any, ticket: str, check: Shown) -> None:
    """Find the ticket open in front of one, answer, close it and hang up; nothing of it is left on the list."""
    open_one = page.locator(f"#ticket-{ticket}[open]")
    open_one.get_by_text(second("rings back on this")).wait_for()
    check(page, "rings-back")
    press(page, open_one.get_by_role("button", name=second("Spoken about now")))
    outcome = open_one.get_by_label(second("With what result?"))
    choose(page, outcome, "settled")
    check(page, "rings-back-answered")
    press(page, open_one.get_by_role("button", name=second("Close the ticket")))
    open_one.wait_for(state="detached")
    page.keyboard.press("F4")
    page.locator("#hang-up").wait_for(state="detached")
    page.goto(f"/tickets/{ticket}")
    page.get_by_role("button", name=second("Open again")).wait_for()
    check(page, "rings-back-closed")
