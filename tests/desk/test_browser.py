"""The demo in a browser: an agent takes a call by keyboard alone, a case worker keeps the promise in another window.

The agent reads German, the case worker English. Nothing is timed: each step waits for what the page shows. Every page is
searched for barriers (axe) and must not scroll sideways on a telephone (360 px) and at 400 % zoom (320 CSS px).
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from erreichbar.office import responsibility
from tests.desk.demo import Demo
from tests.desk.keyboard import FIRST, SECOND, TWICE, WIDER, answer, choose, first, go_to, press, second, shot, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE_MS = 120_000
"""After how long a test gives up waiting for what a page is to show; nothing is expected to take so long."""
NARROW = (360, 320)
"""CSS pixels: a telephone; 1280 pixels at 400 % zoom."""
MOST_ATTEMPTS = 8

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


# -- the way of a call and of a promise -----------------------------------------------------------------------------------


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

    verified = json.loads(
        house.run("-m", "erreichbar.cli", "journal", "verify", "--json", "--db", "var/demo/erreichbar.sqlite3")
    )
    assert verified["ok"], verified


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
            focused = agent.evaluate("document.querySelector('#accept')?.matches(':focus')")
            assert focused is not False, "Enter takes the call"  # none: it rings here no more
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
    write(agent, first("Family name"), family)
    write(agent, first("Given name"), given)
    write(agent, first("Date of birth"), f"{citizen.date_of_birth:%d.%m.%Y}")
    write(agent, first("Benefit-unit number"), unit)
    agent.keyboard.press("Enter")
    confirm = agent.get_by_role("button", name=first("Confirm this person"))
    confirm.wait_for()
    check(agent, "agent-found")
    press(agent, confirm)
    agent.locator(".who .kern-badge--success").wait_for()
    return citizen


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


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T000000Z
SUMMARY:Doctor
DTSTART:20260301T090000
DURATION:PT1H
RRULE:FREQ=DAILY
END:VEVENT
END:VCALENDAR
"""


# -- what goes on meanwhile -------------------------------------------------------------------------------------------------


@pytest.fixture
def lange(house: Demo, window: Callable[..., Any]) -> Any:
    """The window of Petra Lange, who sits in case work."""
    page = window(SECOND)
    page.goto("/seats")
    page.get_by_role("button", name="Petra Lange", exact=True).click()
    page.wait_for_url("**/tickets")
    return page


def test_a_list_that_renews_itself_leaves_the_focus_where_it_is(house: Demo, lange: Any) -> None:
    first_ticket = house.opens_ticket("Adler")
    link, why = lange.locator(f"#who-{first_ticket}"), lange.locator(f"#why-{first_ticket}")
    link.wait_for()
    why.locator("summary").click()
    link.focus()
    second_ticket = house.opens_ticket("Berger")
    lange.locator(f"#who-{second_ticket}").wait_for()
    assert link.evaluate("one => one === document.activeElement")
    assert why.evaluate("one => one.open")


def test_what_is_being_written_is_never_overwritten(house: Demo, lange: Any, check: Shown) -> None:
    ticket = house.opens_ticket("Cramer")
    lange.goto(f"/tickets/{ticket}")
    lange.locator("#by-hand summary").click()
    lange.get_by_label(second("no number")).check()
    check(lange, "ticket-by-hand")
    lange.locator("#by-hand button[value=reached]").click()
    note = lange.locator("#resolve-note")
    note.fill("Paid on the third.")
    lange.get_by_role("link", name=second("To my list")).focus()

    version = lange.locator(".doing input[name=version]").first.input_value()
    house.act(("TakeTicket", {"by": "yildiz", "ticket": ticket, "version": int(version)}))
    notice = lange.locator("#doing .held")
    notice.wait_for()
    assert note.input_value() == "Paid on the third."
    lange.locator(".ticket__about").get_by_text("Petra Lange").first.wait_for()
    check(lange, "ticket-held")

    house.opens_ticket("Dietz")  # something else: nothing more is said, and nothing is lost
    notice.get_by_role("button").click()
    notice.wait_for(state="detached")
    assert note.input_value() == ""


def test_what_was_agreed_and_a_wait_are_entered_by_keyboard(house: Demo, lange: Any, check: Shown) -> None:
    ticket = house.opens_ticket("Fischer")
    lange.goto(f"/tickets/{ticket}")
    press(lange, lange.locator("#agreed summary"))
    lange.locator("#agree-may_leave_message-no").check()
    lange.locator("#agree-safe_from").fill("08:00")
    lange.locator("#agree-safe_to").fill("17:30")
    check(lange, "ticket-agreed")
    press(lange, lange.locator("#agreed").get_by_role("button", name=second("Keep")))
    lange.get_by_text("08:00–17:30").wait_for()
    lange.get_by_text(second("must not be left")).wait_for()

    lange.locator("#by-hand summary").click()
    lange.get_by_label(second("no number")).check()
    lange.locator("#by-hand button[value=reached]").click()
    press(lange, lange.locator("#wait summary"))
    until = lange.locator("#pause-until")
    until.fill(until.get_attribute("max"))
    check(lange, "ticket-wait")
    press(lange, lange.get_by_role("button", name=second("Wait for the answer")))
    lange.get_by_role("button", name=second("The answer is there")).wait_for()
    check(lange, "ticket-waits")


def test_my_time_is_entered_by_keyboard(house: Demo, lange: Any, check: Shown, tmp_path: Path) -> None:
    press(lange, lange.get_by_role("link", name=second("Planned absence, appointments, protected time, calendar")))
    lange.wait_for_url("**/time")
    check(lange, "time-empty")
    choices = lange.locator("#take-kind-absent")
    go_to(lange, choices)
    lange.keyboard.press("ArrowDown")
    lange.keyboard.press("ArrowDown")
    lange.locator("#take-start").fill("16:00")
    lange.locator("#take-end").fill("17:00")
    press(lange, lange.get_by_role("button", name=second("Enter"), exact=True))
    lange.get_by_text(second("Protected time for case work")).first.wait_for()
    file = tmp_path / "calendar.ics"
    file.write_text(CALENDAR, newline="\r\n")
    lange.locator("#read-calendar").set_input_files(file)
    press(lange, lange.get_by_role("button", name=second("Read the file")))
    lange.locator("details summary", has_text="calendar").click()
    assert lange.get_by_text("09:00–10:00").count() > 20 and "Doctor" not in lange.content()
    lange.locator("#read-calendar").set_input_files(__file__)
    press(lange, lange.get_by_role("button", name=second("Read the file")))
    lange.locator("#read-calendar-error").wait_for()
    check(lange, "time")
    lange.goto("/letters")
    check(lange, "letters-empty")


def test_who_was_missed_is_told_by_letter_and_it_is_noted_by_keyboard(house: Demo, lange: Any, check: Shown) -> None:
    ticket = house.opens_ticket("Gerlach", channel="letter")
    lange.goto(f"/tickets/{ticket}")
    press(lange, lange.locator("#by-hand summary"))
    lange.get_by_label(second("no number")).check()
    press(lange, lange.locator("#by-hand button[value=not_answered]"))
    told = lange.locator("summary", has_text=second("to be printed"))
    told.wait_for()
    press(lange, told)
    check(lange, "ticket-told")
    press(lange, lange.locator("#told-title ~ details").get_by_role("link", name=second("Letters to print")))
    lange.wait_for_url("**/letters")
    check(lange, "letters")
    pdf = lange.request.get(lange.get_by_role("link", name=second("Open (PDF)")).get_attribute("href"))
    assert pdf.ok and pdf.body().startswith(b"%PDF")
    press(lange, lange.get_by_role("button", name=second("Printed and dispatched")))
    lange.get_by_text("No letter waits").wait_for()


def test_a_leader_sees_what_an_absence_would_change_and_assigns_by_keyboard(
    house: Demo, window: Callable[..., Any], check: Shown
) -> None:
    ticket = house.opens_ticket("Gerlach")
    leader = window(SECOND)
    leader.goto("/seats")
    press(leader, leader.get_by_role("button", name="Barbara Kaminski", exact=True))
    leader.wait_for_url("**/tickets")
    press(leader, leader.get_by_role("link", name=second("Board of your units")))
    leader.wait_for_url("**/board")
    check(leader, "board")
    for away in leader.locator("input[name=away]").all():
        go_to(leader, away)
        leader.keyboard.press("Space")
    press(leader, leader.get_by_role("button", name=second("Show the forecast")))
    leader.get_by_role("heading", name=second("What that would change")).wait_for()
    check(leader, "board-forecast")
    leader.goto("/board")
    form = leader.locator(f'form[action$="/board/{ticket}/assign"]')
    version = form.locator("[name=version]").input_value()
    go_to(leader, form.locator("select"))
    leader.keyboard.press("ArrowDown")
    press(leader, form.get_by_role("button"))
    leader.locator(f'form[action$="/board/{ticket}/assign"] [name=version]:not([value="{version}"])').wait_for(
        state="attached"
    )


def test_a_step_that_was_not_carried_out_is_said_and_nothing_is_lost(lange: Any, check: Shown) -> None:
    pause, trouble = lange.locator("#ask-leave"), lange.locator(".trouble")
    assert not trouble.is_visible()
    answer = '<!doctype html><title>x</title><h1>Away</h1><div id="said"><p>The database is away.</p></div>'
    lange.route("**/seat/leave", lambda route: route.fulfill(status=503, body=answer, content_type="text/html"))
    pause.click()
    trouble.get_by_text("The database is away.").wait_for()
    check(lange, "trouble")
    lange.unroute("**/seat/leave")
    lange.route("**/seat/leave", lambda route: route.abort())
    pause.click()
    trouble.get_by_text("it is carried out only once").wait_for()
    lange.unroute("**/seat/leave")
    pause.click()
    trouble.wait_for(state="hidden")
    lange.locator("#ask-ready").wait_for()


def test_who_is_signed_out_meanwhile_comes_in_again(house: Demo, lange: Any, check: Shown) -> None:
    lange.context.clear_cookies()
    house.opens_ticket("Ewald")
    lange.wait_for_url("**/seats?expired=1")
    lange.get_by_text(second("You were signed out, or the demo began a new day. Please take a seat again.")).wait_for()
    check(lange, "seats-again")
