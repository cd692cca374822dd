"""An agent takes a call by keyboard alone, a case worker keeps the promise in another window.

The agent reads German, the case worker English.
"""

from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.office import responsibility
from tests.desk.browser.conftest import Shown
from tests.desk.demo import Demo
from tests.desk.keyboard import FIRST, SECOND, answer, choose, first, press, second, shot, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_ATTEMPTS = 8


def test_from_the_call_to_the_kept_promise(house: Demo, window: Callable[..., Any], check: Shown) -> None:
    agent = window(FIRST)
    agent.goto("/")
    check(agent, "seats")
    press(agent, agent.get_by_role("button", name="Ayşe Arslan"))
    agent.wait_for_url("**/conversation")
    takes_a_call(agent, check)
    citizen = checks_who_it_is(house, agent, check)

    case_worker = window(SECOND)
    holder = responsible(house, citizen)
    case_worker.goto("/seats")
    case_worker.get_by_role("button", name=holder, exact=True).click()
    case_worker.get_by_text(second("No open ticket on your list.")).wait_for()
    check(case_worker, "list-empty")

    code = opens_a_ticket(agent, check)
    keeps_the_promise(case_worker, citizen, code, check)

    house.verifies()


def takes_a_call(agent: Any, check: Shown) -> None:
    """Get ready and take the call that rings; whoever was too slow for the first takes the next."""
    accept, ready, hang_up = agent.locator("#accept"), agent.locator("#ask-ready"), agent.locator("#hang-up")
    done = agent.locator("#ask-wrap_up_done")
    # The automatic colleague who sat here may have been in a conversation.
    ready.or_(accept).or_(hang_up).or_(done).first.wait_for()
    if hang_up.is_visible():
        agent.keyboard.press("F4")
        done.wait_for()
    if done.is_visible():
        press(agent, agent.locator("#ask-pause"))
        ready.wait_for()
    if ready.is_visible():
        agent.get_by_role("heading", name=first("No calls come to you now")).wait_for()
        check(agent, "agent-pause")
        press(agent, ready)
        agent.get_by_role("heading", name=first("Ready for the next call")).or_(accept).first.wait_for()
        check(agent, "agent-ready")
    while not hang_up.is_visible():
        accept.or_(hang_up).or_(ready).first.wait_for()
        if accept.is_visible():
            shot(agent, "agent-ringing")
            # Enter takes the call, once the page has come to rest; or it rings here no more.
            agent.locator("#accept:focus").or_(agent.locator("#call:not(:has(#accept))")).first.wait_for()
            agent.keyboard.press("Enter")
            hang_up.or_(ready).first.wait_for()
        elif ready.is_visible():
            press(agent, ready)
            accept.or_(hang_up).first.wait_for()


def checks_who_it_is(house: Demo, agent: Any, check: Shown) -> Any:
    """Ask, compare, confirm. Returns the citizen."""
    agent.get_by_text(first("Answers, when asked")).wait_for()
    check(agent, "agent-talking")
    unit = answer(agent, first("Benefit-unit number?")).split()[-1].rstrip(".")
    given, _, family = answer(agent, first("Name?")).rstrip(".").partition(" ")
    citizens = house.callers.citizens
    citizen = next(
        one for one in map(citizens.person, house.callers.next)
        if (one.benefit_unit_number, one.given_name, one.family_name) == (unit, given, family)
    )  # fmt: skip
    confirms(agent, citizen, first, check)
    return citizen


def confirms(page: Any, citizen: Any, in_words: Callable[[str], str], check: Shown) -> None:
    """Type in what a citizen answers, and confirm that it is she. ``in_words`` is the language of who does it."""
    write(page, in_words("Family name"), citizen.family_name)
    write(page, in_words("Given name"), citizen.given_name)
    write(page, in_words("Date of birth"), f"{citizen.date_of_birth:%d.%m.%Y}")
    write(page, in_words("Benefit-unit number"), citizen.benefit_unit_number)
    page.keyboard.press("Enter")
    confirm = page.get_by_role("button", name=in_words("Confirm this person"))
    confirm.wait_for()
    check(page, "agent-found")
    press(page, confirm)
    page.locator(".who .kern-badge--success").wait_for()


def responsible(house: Demo, citizen: Any) -> str:
    """Return the name of the case worker of a citizen."""
    office = house.callers.office
    found = responsibility.responsible(office, "payment_status", benefit_unit_number=citizen.benefit_unit_number)
    assert found.case_worker
    return office.people[found.case_worker].name


def opens_a_ticket(agent: Any, check: Shown) -> str:
    """Take up what it is about, promise the answer, hang up. Returns the code of the ticket."""
    choose(agent, agent.locator("#matter-reason"), "payment_status")
    press(agent, agent.get_by_role("button", name=first("Take up")))
    fold = agent.locator(".ticket-form summary")
    fold.wait_for()
    check(agent, "agent-matter")
    press(agent, fold)
    write(agent, f"{first('Note to case work')} {first('- optional')}", "Die Miete ist am Dritten fällig.")
    check(agent, "agent-ticket-form")
    press(agent, agent.get_by_role("button", name=first("Promise the answer")))
    agent.get_by_text(first("Ticket opened. Please read aloud:")).wait_for()
    check(agent, "agent-receipt")
    code = str(agent.locator(".receipt__code").inner_text())
    assert first("Your ticket has the code %(code)s.") % {"code": code} in agent.locator(".receipt").inner_text()
    agent.keyboard.press("F4")
    done = agent.locator("#ask-wrap_up_done")
    done.wait_for()
    check(agent, "agent-wrap-up")
    agent.keyboard.press("F8")
    agent.get_by_role("heading", name=first("Ready for the next call")).or_(agent.locator("#accept")).first.wait_for()
    return code


def keeps_the_promise(case_worker: Any, citizen: Any, code: str, check: Shown) -> None:
    """See the ticket appear by itself, call back until the citizen is reached, close it."""
    line = case_worker.get_by_role("link", name=f"{citizen.given_name} {citizen.family_name}")
    line.wait_for()
    check(case_worker, "list")
    line.click()
    assert code in case_worker.locator(".ticket__about").inner_text()
    check(case_worker, "ticket")
    reached = case_worker.locator("#doing button[name=outcome][value=reached]")
    voicemail = case_worker.locator("#doing button[name=outcome][value=voicemail]")
    call = case_worker.locator("#call-back:enabled")
    for attempt in range(1, MOST_ATTEMPTS + 1):
        call.wait_for()  # for a moment after a callback the seat is not free for the next
        case_worker.keyboard.press("F4")
        case_worker.locator("#hang-up").wait_for()
        if attempt == 1:
            check(case_worker, "callback-dialling")
        counted = case_worker.locator(f".attempts li:nth-child({attempt})", has_text=second("nobody answered"))
        engaged = case_worker.locator(f".attempts li:nth-child({attempt})", has_text=second("engaged"))
        reached.or_(counted).or_(engaged).first.wait_for()
        if case_worker.get_by_text(second("Answers, when asked")).is_visible():
            break
        if reached.is_visible():  # somebody or something else answered; nothing is said of the matter
            voicemail.click()
            case_worker.keyboard.press("F4")
    check(case_worker, "callback-talking")
    reached.click()
    case_worker.keyboard.press("F4")
    case_worker.get_by_text(f"{second('Spoken with:')} {second('the person responsible')}").wait_for()
    check(case_worker, "ticket-reached")
    case_worker.keyboard.press("F9")
    case_worker.get_by_role("button", name=second("Open again")).wait_for()
    check(case_worker, "ticket-closed")
