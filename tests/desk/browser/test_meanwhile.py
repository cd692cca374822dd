"""What goes on while somebody works at a page, and the pages beside the way of a call, by keyboard."""

from pathlib import Path
from typing import Any

import pytest

from tests.desk.browser.conftest import Shown
from tests.desk.demo import Demo
from tests.desk.keyboard import go_to, press, second

pytestmark = [pytest.mark.browser, pytest.mark.slow]

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
