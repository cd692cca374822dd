"""From the call to the duty officer to the decision to the letter; and what everybody else sees of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.models import Decision, Ticket, UrgentMatter

Open = Callable[..., Any]
FLAT = {
    "new_postal_code": "41460", "flat.address": "Hafenstraße 3, 41460 Rheinfeld", "flat.size_m2": "54,5", "flat.persons": "2",
    "flat.rent": "410,50", "flat.service": "90", "flat.heating": "70",
}  # fmt: skip
FACTS = {"facts": "1", "dates.landlord": "2026-03-06", "checked": ["unsigned", "reasonable", "household"]}
APPROVED = {**FLAT, **FACTS, "outcome": "approved", "reason": "Angemessen für zwei Personen."}


def in_a_call(house: Any, reason: str = "housing_approval") -> tuple[str, str]:
    """Let a citizen be in a call with her matter taken up. Returns call and matter."""
    call = house.talks()
    person = house.registers(call)
    return call, house.do(actions.RaiseMatter, "arslan", call=call, person=person, reason=reason)


def opened(house: Any, **fields: Any) -> Ticket:
    given = {"dates": {"landlord": "2026-03-06"}, "new_postal_code": "41460", **fields}
    return Ticket.objects.get(ref=house.ticket(reason="housing_approval", **given))


def test_an_approval_goes_from_the_call_to_the_letter(house: Any, window: Open) -> None:
    call, matter = in_a_call(house)
    agent = window("arslan")
    page = agent.see("/conversation")
    assert "Answer to the landlord by" in page and "Postal code of the new flat" in page
    page = agent.send(
        f"/conversation/matter/{matter}/ticket", number="0152 28817386",
        **{"dates.landlord": "2026-03-06", "new_postal_code": "41460", "answer.2": "Hafenstraße 3, 54 m²", "answer.3": "Zwei"},
    ).content.decode()  # fmt: skip
    assert "It lies with the duty office at once; we have noted Friday, 6 March as the last day." in page
    ticket = Ticket.objects.get()
    house.hangs_up(call)

    officer = window("brandt")
    page = officer.get("/", follow=True).content.decode()
    assert "Decides now: <strong>Julia Brandt</strong>, by the duty roster, until Thu 5 Mar 2026, 18:00." in page
    assert "Nadia Albrecht" in page and "by Friday, 6 March" in page and "Not decided yet" in page
    assert "checked: 0 of 3" in page and "Hafenstraße 3, 54 m²" in page and "Zwei" in page

    address = f"/duty/{ticket.ref}"
    page = officer.send(f"{address}/decide", version=1, **APPROVED).content.decode()
    assert "Approved" in page and "570.50" in page and "Decided, to be sent in writing" in page
    assert "Draft of the letter as PDF, to be signed" in page
    letter = officer.get(f"{address}/decision.pdf")
    assert letter.status_code == 200 and letter.content.startswith(b"%PDF-1.7")

    page = officer.send(f"{address}/dispatched", version=2, how="signed_letter").content.decode()
    assert "Decided, on its way in writing" in page and "signed letter, posted" in page
    house.calls_back(ticket.ref, "brandt")
    page = officer.see(f"/tickets/{ticket.ref}")
    assert 'value="written_assurance_sent" checked' in page
    assert 'value="settled"' not in page and 'value="referred"' not in page and 'value="decided"' not in page
    ticket.refresh_from_db()
    officer.send(f"/tickets/{ticket.ref}/resolve", version=ticket.version, outcome="written_assurance_sent")
    ticket.refresh_from_db()
    assert (ticket.outcome, ticket.reached_with) == ("written_assurance_sent", "duty_officer")
    assert "Nothing is urgent now." in officer.see("/duty")
    assert journal.verify().ok


def test_the_place_of_another_body_is_said_before_anything_is_sent(house: Any, window: Open) -> None:
    in_a_call(house)
    agent = window("arslan")
    asked = agent.send("/conversation/competent", new_postal_code="40213").content.decode()
    assert "Another body is competent" in asked and "Nachbarstadt jobcentre" in asked and "4710" in asked
    assert 'name="contact_told"' in asked
    assert (
        "This office is competent." in agent.send("/conversation/competent", new_postal_code="50667").content.decode()
    )
    assert "not known here" in agent.send("/conversation/competent", new_postal_code="10115").content.decode()


def test_without_a_program_in_the_browser_it_is_said_after_and_what_was_typed_stays(house: Any, window: Open) -> None:
    _call, matter = in_a_call(house)
    agent, address = window("arslan"), f"/conversation/matter/{matter}/ticket"
    typed = {"number": "0152 28817386", "new_postal_code": "40213", "dates.landlord": "2026-03-06", "note": "Eilt."}
    answer = agent.send(address, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Please read aloud: Nachbarstadt jobcentre" in page
    assert (
        'name="contact_told"' in page and 'value="40213"' in page and 'value="2026-03-06"' in page and "Eilt." in page
    )
    page = agent.send(address, **typed, contact_told="1").content.decode()
    assert "Competent is Nachbarstadt jobcentre" in page and "We call you back" not in page

    ticket = Ticket.objects.get()
    officer = window("brandt")
    assert "Another body is competent" in officer.see("/duty")
    page = officer.see(f"/tickets/{ticket.ref}")
    assert "The citizen was told." in page
    officer.send(f"/duty/{ticket.ref}/refer", version=ticket.version, passed_on="yes")
    ticket.refresh_from_db()
    assert ticket.outcome == "referred"


def test_a_refused_decision_keeps_all_that_was_typed(house: Any, window: Open) -> None:
    ticket = opened(house)
    answer = window("brandt").send(f"/duty/{ticket.ref}/decide", version=1, **{**APPROVED, "checked": ["unsigned"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not everything has been checked" in page
    assert "Angemessen für zwei Personen." in page and 'value="410,50"' in page
    assert re.search(r'id="checked-unsigned"[^>]* checked', page)
    assert not re.search(r'id="checked-reasonable"[^>]* checked', page)
    assert not Decision.objects.exists()


def test_what_is_kept_for_later_is_there_again(house: Any, window: Open) -> None:
    ticket = opened(house)
    page = window("brandt", "de").send(f"/duty/{ticket.ref}/keep", version=1, **FLAT, **FACTS).content.decode()
    assert 'value="410,50"' in page and "570,50" in page
    assert len(UrgentMatter.objects.get().checked) == 3


def test_somebody_else_was_faster(house: Any, window: Open) -> None:
    ticket = opened(house)
    house.do(actions.KeepUrgentFacts, "roth", ticket=ticket.ref, version=1, checked={"unsigned": True})
    answer = window("brandt").send(f"/duty/{ticket.ref}/decide", version=1, **APPROVED)
    assert answer.status_code == 422
    assert "Alex Roth has added facts to this ticket meanwhile" in answer.content.decode()


@pytest.mark.parametrize("name", ["lange", "kaminski", "brandt"])
def test_who_may_decide_finds_the_form_and_others_who_does(house: Any, window: Open, name: str) -> None:
    ticket = opened(house)
    page = window(name).see(f"/tickets/{ticket.ref}")
    assert "by Friday, 6 March" in page and "Not decided yet" in page
    assert (f"/duty/{ticket.ref}/decide" in page) is (name != "lange")
    assert ("You may not decide this. Julia Brandt decides now." in page) is (name == "lange")
    assert "§ 34(1) SGB X" in page and "26 March 2022" in page, "a rule of law carries its date"


def test_nobody_without_authority_decides_through_the_address(house: Any, window: Open) -> None:
    ticket = opened(house)
    answer = window("lange").send(f"/duty/{ticket.ref}/decide", version=1, **APPROVED)
    assert answer.status_code == 422 and "You may not decide about this matter" in answer.content.decode()
    assert window("arslan").send(f"/duty/{ticket.ref}/decide", version=1, **APPROVED).status_code == 403
    assert window("omar").get(f"/duty/{ticket.ref}/decision.pdf").status_code == 404
    assert window("sommer").get("/duty").status_code == 403


def test_a_draft_taken_back_is_no_letter_any_more(house: Any, window: Open) -> None:
    ticket, officer = opened(house), window("brandt")
    address = f"/duty/{ticket.ref}"
    officer.send(f"{address}/decide", version=1, **APPROVED)
    page = officer.send(f"{address}/withdraw", version=2, why="Der Vertrag ist unterschrieben.").content.decode()
    assert f"{address}/decide" in page and "Der Vertrag ist unterschrieben." in page
    assert officer.get(f"{address}/decision.pdf").status_code == 404


def test_at_night_it_says_who_is_next(house: Any, window: Open) -> None:
    house.clock.set("2026-03-05T21:00:00+01:00")
    page = window("brandt", "de").see("/duty")
    assert "Jetzt entscheidet niemand" in page and "Danach: Alex Roth, morgen 08:00." in page
    assert "Zurzeit ist nichts dringend." in page


def test_in_lists_an_urgent_ticket_tells_by_when_it_must_be_decided_until_it_is(house: Any, window: Open) -> None:
    ticket, officer = opened(house), window("brandt")
    assert "to be decided by tomorrow 17:59" in officer.see("/tickets")
    officer.send(f"/duty/{ticket.ref}/decide", version=1, **APPROVED)
    assert "to be decided by" not in officer.see("/tickets")


def test_i_am_not_in_works_from_the_duty_page(house: Any, window: Open) -> None:
    ticket, officer = opened(house), window("brandt")
    assert "Not in today" in officer.see("/duty")
    officer.send("/presence/not-in-today")
    ticket.refresh_from_db()
    assert ticket.holder is not None and ticket.holder.username == "roth"
    assert "Duty office for Julia Brandt, who is not there" in ticket.assigned_why["en"]
    assert "Decides now: <strong>Alex Roth</strong>, deputy for Julia Brandt, who is not there." in officer.see("/duty")


def test_no_means_shows_its_two_facts_and_no_flat(house: Any, window: Open) -> None:
    ref = house.ticket(reason="no_means", answers={"1": "5 Euro, bis heute", "2": "Zwei Kinder"})
    page = window("brandt").see(f"/tickets/{ref}")
    assert "5 Euro, bis heute" in page and "Zwei Kinder" in page
    assert "Address of the new flat" not in page and "§ 42(2) SGB II" in page
