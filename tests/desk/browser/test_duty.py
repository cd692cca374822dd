"""A flat approval goes from the call to the duty officer, to her decision, to the letter: by keyboard, in two windows.

The agent reads German, the duty officer English.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from erreichbar.promise.duty import shift_at
from tests.desk.browser.conftest import Shown
from tests.desk.browser.test_from_the_call import MOST_ATTEMPTS, checks_who_it_is, takes_a_call
from tests.desk.demo import Demo
from tests.desk.keyboard import FIRST, SECOND, choose, first, press, second, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANDLORD = "Antwort an die Vermietung bis"


def test_an_approval_goes_from_the_call_to_the_letter(house: Demo, window: Callable[..., Any], check: Shown) -> None:
    officer = window(SECOND)
    officer.goto("/seats")
    officer.get_by_role("button", name=officer_on_duty(house), exact=True).click()
    officer.wait_for_url("**/duty")
    officer.get_by_text(second("Nothing is urgent now.")).or_(officer.locator(".line")).first.wait_for()

    agent = window(FIRST)
    agent.goto("/seats")
    press(agent, agent.get_by_role("button", name="Ayşe Arslan"))
    agent.wait_for_url("**/conversation")
    takes_a_call(agent, check)
    citizen = checks_who_it_is(house, agent, check)
    opens_a_ticket(house, agent, check)

    line = officer.get_by_role("link", name=f"{citizen.given_name} {citizen.family_name}")
    line.wait_for()  # it appears by itself
    check(officer, "duty")
    line.click()
    decides(officer, check)
    sends_the_letter(officer, check)
    reaches_and_closes(officer, check)
    house.verifies()


def officer_on_duty(house: Demo) -> str:
    """Return the name of who is on duty in the demo, by the roster of its office file."""
    office = house.callers.office
    shift = shift_at(office, house.callers.morning)
    assert shift is not None
    return office.people[shift.duty.officer].name


def opens_a_ticket(house: Demo, agent: Any, check: Shown) -> None:
    """Take up the matter, hear that another body is competent there, correct the place, promise, hang up."""
    choose(agent, agent.locator("#matter-reason"), "housing_approval")
    press(agent, agent.get_by_role("button", name=first("Take up")))
    place = agent.get_by_label(f"{first('Postal code of the new flat')} {first('- optional')}", exact=True)
    place.wait_for()
    agent.get_by_label(f"{LANDLORD} {first('- optional')}", exact=True).fill(tomorrow(house))
    write(agent, f"{first('Postal code of the new flat')} {first('- optional')}", "40213")
    agent.keyboard.press("Tab")
    agent.get_by_text(first("Another body is competent for this flat. Please read aloud:")).wait_for()
    check(agent, "agent-other-body")
    write(agent, f"{first('Postal code of the new flat')} {first('- optional')}", "41460")
    agent.keyboard.press("Tab")
    agent.get_by_text(first("This office is competent.")).wait_for()
    check(agent, "agent-housing")
    press(agent, agent.get_by_role("button", name=first("Promise the answer")))
    agent.locator(".receipt").get_by_text("Ihr Anliegen liegt sofort beim Tagesdienst").wait_for()
    check(agent, "agent-receipt-urgent")
    agent.keyboard.press("F4")
    agent.locator("#ask-wrap_up_done").wait_for()


def tomorrow(house: Demo) -> str:
    """Return the day after the demo's morning. How a date is typed is the browser's business, and differs."""
    day: datetime = house.callers.morning + timedelta(days=1)
    return f"{day:%Y-%m-%d}"


def decides(officer: Any, check: Shown) -> None:
    """Fill in the flat, check what is to be checked, decide by two keys: the reason, and F7."""
    check(officer, "duty-ticket")
    for label, text in (
        ("Address of the new flat", "Hafenstraße 3, 41460 Rheinfeld"), ("Rent without heating, €", "410.50"),
        ("Service costs, €", "90"), ("Heating costs, €", "70"), ("Reason", "Angemessen."),
    ):  # fmt: skip
        write(officer, second(label), text)
    for box in officer.locator("#urgent input[name=checked]").all():
        press(officer, box, "Space")
    officer.keyboard.press("F7")
    officer.get_by_text(second("Decided, to be sent in writing")).wait_for()
    check(officer, "duty-decided")


def sends_the_letter(officer: Any, check: Shown) -> None:
    """Fetch the draft, which is a PDF of this ticket; confirm that it is signed and on its way."""
    draft = officer.get_by_role("link", name=second("Draft of the letter as PDF, to be signed"))
    answer = officer.request.get(draft.get_attribute("href"))
    assert answer.ok and answer.body().startswith(b"%PDF-1.7") and b"pdfuaid:part" in answer.body()
    officer.keyboard.press("F7")
    officer.locator("#urgent").get_by_text(second("signed letter, posted")).wait_for()
    check(officer, "duty-sent")


def reaches_and_closes(officer: Any, check: Shown) -> None:
    """Call until the citizen is reached, and close with the one result that there is."""
    reached = officer.locator("#doing button[name=outcome][value=reached]")
    voicemail = officer.locator("#doing button[name=outcome][value=voicemail]")
    for attempt in range(1, MOST_ATTEMPTS + 1):
        officer.locator("#call-back:enabled").wait_for()
        officer.keyboard.press("F4")
        officer.locator("#hang-up").wait_for()
        counted = officer.locator(f".attempts li:nth-child({attempt})", has_text=second("nobody answered"))
        engaged = officer.locator(f".attempts li:nth-child({attempt})", has_text=second("engaged"))
        reached.or_(counted).or_(engaged).first.wait_for()
        if officer.get_by_text(second("Answers, when asked")).is_visible():
            break
        if reached.is_visible():
            voicemail.click()
            officer.keyboard.press("F4")
    reached.click()
    officer.keyboard.press("F4")
    officer.get_by_text(f"{second('Spoken with:')} {second('the duty office')}").wait_for()
    assert officer.locator("#doing input[name=outcome]").count() == 1
    check(officer, "duty-reached")
    officer.keyboard.press("F9")
    officer.get_by_role("button", name=second("Open again")).wait_for()
    officer.locator("#doing").get_by_text(second("Written assurance sent")).wait_for()
