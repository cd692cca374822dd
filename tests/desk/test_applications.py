"""An application by telephone at the desks: taken down in one form, read aloud, seen on top of the ticket, taken over."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import actions
from erreichbar.centre.models import Application, Matter, Message
from tests.desk.conftest import Window
from tests.house import House
from tests.typed import there

Open = Callable[..., Window]


def talks(house: House, *, known: bool = True, reason: str = "new_application") -> str:
    call = house.talks()
    if known:
        house.registers(call)
    return str(house.do(actions.RaiseMatter, "arslan", call=call, reason=reason))


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_agent_takes_it_down_and_reads_the_proof_aloud(house: House, window: Open) -> None:
    matter, agent = talks(house), window("arslan", "de")
    assert "„Sie stellen heute, am 5. März 2026, einen Antrag. Ist das richtig?“" in agent.see("/conversation")
    said = text_of(agent.send(f"/conversation/matter/{matter}/application", kind="new_award", proof="letter"))
    made = Application.objects.get()
    assert "Er gilt als gestellt am 5. März 2026, 10:00 und wirkt zurück auf den 1. März 2026." in said
    assert f"{made.code[:4]}\N{NO-BREAK SPACE}{made.code[4:]}" in said
    assert Message.objects.get().channel == "letter"
    assert agent.get(f"/applications/{made.ref}.pdf").content.startswith(b"%PDF")
    agent.send(f"/conversation/application/{made.ref}/withdrawn", mistake="wrong_kind")
    assert "zurückgenommen heute 10:00: es ging um etwas anderes" in agent.see("/conversation")


def test_a_double_click_takes_it_down_once(house: House, window: Open) -> None:
    matter, agent = talks(house), window("arslan")
    for _ in range(2):
        agent.send(f"/conversation/matter/{matter}/application", kind="new_award", key="same")
    assert Application.objects.count() == 1


def test_only_reasons_of_the_office_file_show_it(house: House, window: Open) -> None:
    talks(house, reason="certificate")
    assert "applies today" not in window("arslan").see("/conversation")


def test_what_is_missing_is_said_and_what_was_chosen_stays(house: House, window: Open) -> None:
    matter, agent = talks(house), window("arslan")
    answer = agent.send(f"/conversation/matter/{matter}/application", kind="renewal", proof="email")
    assert answer.status_code == 422 and "The proof needs an e-mail address." in text_of(answer)
    assert re.search(r'value="renewal" checked', text_of(answer))
    assert "What is the application for?" in text_of(agent.send(f"/conversation/matter/{matter}/application"))


def test_without_a_name_it_is_taken_and_case_work_finds_out_who(house: House, window: Open) -> None:
    matter, agent = talks(house, known=False), window("arslan")
    said = text_of(agent.send(f"/conversation/matter/{matter}/application", kind="new_award"))
    assert "It is not known yet who applied." in said
    made, desk = Application.objects.get(), window("lange")
    page = desk.see("/applications")
    assert "to be identified" in page and "Taken over into the file" not in page
    desk.send(f"/applications/{made.ref}/identified", family_name="Albrecht", benefit_unit_number="99901BG0000100")
    assert "Albrecht" in desk.see("/applications")
    assert "None waits." in text_of(desk.send(f"/applications/{made.ref}/taken-over"))


def test_it_stands_on_top_of_the_ticket_until_the_file_has_it(house: House, window: Open) -> None:
    call = house.talks()
    ticket = house.opens(call, house.registers(call), reason="new_application")
    made = there(Application.objects.filter(ref=apply_(house, ticket)).first())
    desk = window("lange")
    page = desk.see(f"/tickets/{ticket}")
    assert page.index("Benefits to live on, for the first time") < page.index("What it is about")
    assert "5 March 2026, 10:00" in page and "as of 26 Mar 2022" in page
    after = text_of(desk.send(f"/applications/{made.ref}/taken-over", ticket=ticket))
    assert "taken over into the file today 10:00" in after and "What it is about" in after


def apply_(house: House, ticket: str) -> str:
    matter = Matter.objects.get(ticket__ref=ticket)
    return str(house.do(actions.RecordApplication, "arslan", matter=matter.ref, kind="new_award"))


def test_a_case_worker_takes_it_down_in_a_callback(house: House, window: Open) -> None:
    ticket = house.ticket()
    house.clock.set("2026-03-06T11:00:00+01:00")
    house.dials(ticket, connected=True)
    house.clock.set("2026-03-06T11:05:00+01:00")
    page = text_of(window("lange").send(f"/tickets/{ticket}/application", kind="one_off_need", proof="telephone"))
    assert "6 March 2026, 11:00" in page


def test_a_letter_of_proof_is_printed_with_the_others(house: House, window: Open) -> None:
    matter = talks(house)
    window("arslan").send(f"/conversation/matter/{matter}/application", kind="new_award", proof="letter")
    desk, message = window("yildiz"), Message.objects.get()
    assert "Confirmation of an application" in desk.see("/letters")
    assert desk.get(f"/letters/{message.ref}.pdf").content.startswith(b"%PDF")
    assert "No letter waits." in text_of(desk.send(f"/letters/{message.ref}/dispatched"))


@pytest.mark.parametrize("stranger", ["wagner", "becker"])
def test_none_of_it_is_for_others(house: House, window: Open, stranger: str) -> None:
    matter = talks(house)
    window("arslan").send(f"/conversation/matter/{matter}/application", kind="new_award", proof="letter")
    made, other = Application.objects.get(), window(stranger)
    assert other.get(f"/applications/{made.ref}.pdf").status_code == 404
    assert "Albrecht" not in text_of(other.get("/applications")) and "Albrecht" not in text_of(other.get("/letters"))
    assert other.send(f"/applications/{made.ref}/taken-over").status_code in (403, 422)
    made.refresh_from_db()
    assert made.is_pending
