"""The desk of case work: lists as sentences, one ticket, and what can be done about it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.models import Attempt, Command, JournalEntry, Ticket

Open = Callable[..., Any]


def text_of(page: str) -> str:
    """Return what a page says, without its marks."""
    return " ".join(re.sub(r"<template.*?</template>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def test_an_empty_list_says_what_will_appear(house: Any, window: Open) -> None:
    page = window("lange", "de").see("/tickets")
    assert "Auf Ihrer Liste ist kein Ticket offen." in page and "erscheinen hier von selbst" in page


def test_a_ticket_is_a_sentence(house: Any, window: Open) -> None:
    ticket = house.ticket(window_from="14:00", window_to="16:00")
    house.ends(house.dials(ticket))
    attempt = Attempt.objects.get()
    house.do(actions.RecordAttempt, attempt=attempt.ref, outcome="not_answered")
    page = text_of(window("lange", "de").see("/tickets"))
    assert "Nadia Albrecht Auszahlung, Zahltermin, Geld nicht da" in page
    assert "noch 31 Std. 59 Min. · bis morgen 17:59" in page
    assert "Noch Zeit 1. Versuch 10:00: niemand abgenommen erreichbar 14–16 Uhr" in page
    assert "Warum dieser Zeitpunkt? Do 05.03.2026" in page, "the why-line"


def test_lists_are_in_the_order_of_urgency(house: Any, standing: Any, window: Open) -> None:
    house.ticket(window_from="14:00", window_to="16:00")
    standing.set("2026-03-05T10:30:00+01:00")
    other = house.talks("+4915228817387")
    person = house.registers(other, family_name="Aydın", given_name="Emre", number="0152 28817387")
    house.opens(other, person, number="0152 28817387")
    page = window("lange").see("/tickets")
    assert page.index("Emre Aydın") < page.index("Nadia Albrecht"), "who can be reached now comes first"


def test_each_sees_her_own_units_only(house: Any, window: Open) -> None:
    ticket = house.ticket()
    assert "Nadia Albrecht" in window("lange").see("/tickets?unit=benefits-1")
    colleague = next(one for one in house.office.units["benefits-1"].members if one != "lange")
    assert "Nadia Albrecht" not in window(colleague).see("/tickets")
    assert "Nadia Albrecht" in window(colleague).see("/tickets?unit=benefits-1")
    stranger = house.office.units["placement-1"].members[0]
    assert window(stranger).get("/tickets?unit=benefits-1").status_code == 404
    assert window(stranger).get(f"/tickets/{ticket}").status_code == 404
    assert window(stranger).send(f"/tickets/{ticket}/take", version="1").status_code == 404


def test_before_calling_it_says_which_number_is_shown(house: Any, window: Open) -> None:
    ticket = house.ticket()
    page = text_of(window("lange", "de").see(f"/tickets/{ticket}"))
    assert "01522 8817386 anrufen F4 Auf dem Telefon der Bürger:in erscheint: die Nummer des Servicecenters." in page


def test_with_a_model_that_withholds_the_number_it_says_so(house: Any, window: Open) -> None:
    house.do(actions.AdoptModel, name="service-centre")
    ticket = house.ticket()
    page = text_of(window("lange", "de").see(f"/tickets/{ticket}"))
    assert "Auf dem Telefon der Bürger:in erscheint: keine Nummer." in page


def test_calling_back_asks_the_telephone_once(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange")
    for _ in range(2):
        assert browser.post(f"/tickets/{ticket}/call-back", {"key": "the-same"}).status_code == 302
    (command,) = Command.objects.filter(user__username="lange")
    assert (command.kind, command.args) == ("call_back", {"ticket": ticket})


def test_in_the_callback_words_are_shown_as_training(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange")
    attempt = house.dials(ticket)
    page = browser.see(f"/tickets/{ticket}")
    assert "is being called" in page and "in conversation" not in page
    assert 'name="outcome" value="reached"' not in page, "nobody is reached who has not picked up"
    words = {"language": "de", "opening": "Ja, Albrecht?", "matters": [], "answers": {}, "closing": ""}
    house.do(actions.ConnectAttempt, attempt=attempt, training_words=words)
    page = browser.see(f"/tickets/{ticket}")
    assert "Training a virtual citizen speaks Ja, Albrecht?" in text_of(page)
    assert 'name="outcome" value="reached"' in page and 'id="hang-up"' in page


def test_from_the_callback_to_the_closed_ticket(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange")
    attempt = house.dials(ticket, connected=True)
    assert browser.send(f"/tickets/{ticket}/attempts/{attempt}", outcome="reached").status_code == 200
    house.ends(attempt)
    page = browser.see(f"/tickets/{ticket}")
    assert "Spoken with: the person responsible." in text_of(page) and "/reopen" not in page
    version = Ticket.objects.get().version
    page = browser.send(f"/tickets/{ticket}/resolve", version=version, outcome="settled", note="Paid.").content.decode()
    found = Ticket.objects.get()
    assert (found.outcome, found.resolved_at, found.closed_at) == ("settled", house.clock.now(), house.clock.now())
    assert '<span class="doing__left">Closed</span>' in page and "Settled in conversation" in text_of(page)
    assert "Petra Lange · today 10:00 Paid." in text_of(page), "the note"
    assert "/resolve" not in page and "/forward" not in page
    page = browser.send(f"/tickets/{ticket}/reopen", version=found.version).content.decode()
    assert Ticket.objects.get().is_open and "/reopen" not in page


def test_a_missed_callback_can_be_said_after_it_and_is_asked_for_on_the_list(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange", "de")
    attempt = house.dials(ticket, connected=True)
    house.ends(attempt)
    assert "Beim Rückruf bei Nadia Albrecht fehlt noch das Ergebnis" in browser.see("/tickets")
    page = browser.send(f"/tickets/{ticket}/attempts/{attempt}", outcome="other_person").content.decode()
    assert "1. Versuch 10:00: andere Person am Telefon" in text_of(page)
    advised = re.search(r"Nächster Versuch empfohlen: (\w+ \d\d:\d\d) \.", text_of(page))
    assert advised and advised[1] == "heute 12:00", "not at once again"


def test_who_was_not_reached_cannot_be_resolved(house: Any, window: Open) -> None:
    ticket = house.ticket()
    answer = window("lange", "de").send(f"/tickets/{ticket}/resolve", version=1, outcome="settled")
    (alert,) = re.findall(
        r'class="kern-alert kern-alert--danger" role="alert">.*?</div></div>', answer.content.decode()
    )
    assert answer.status_code == 422 and "weiß noch nichts davon" in alert
    assert Ticket.objects.get().is_open


def test_two_people_resolving_one_ticket(house: Any, window: Open) -> None:
    ticket = house.ticket()
    colleague = next(one for one in house.office.units["benefits-1"].members if one != "lange")
    version = Ticket.objects.get().version
    window(colleague).send(f"/tickets/{ticket}/resolve", version=version, outcome="done_not_told")
    answer = window("lange", "de").send(f"/tickets/{ticket}/resolve", version=version, outcome="done_not_told")
    page = answer.content.decode()
    assert answer.status_code == 422
    (alert,) = re.findall(r'class="kern-alert kern-alert--warning" role="alert">.*?</div></div>', page)
    assert house.office.people[colleague].name in alert and "Es wurde nichts überschrieben" in alert


def test_forwarding_with_a_note(house: Any, window: Open) -> None:
    ticket = house.ticket()
    colleague = next(one for one in house.office.units["benefits-1"].members if one != "lange")
    before = Ticket.objects.get()
    assert before.holder is not None and before.holder.username == "lange"
    window("lange").send(
        f"/tickets/{ticket}/forward", version=before.version, to=f"benefits-1/{colleague}", note="Please."
    )
    found = Ticket.objects.get()
    assert found.holder is not None and found.holder.username == colleague
    assert found.due_elapsed == before.due_elapsed
    assert "Please." in window(colleague).see(f"/tickets/{ticket}")


def test_who_forwards_to_another_unit_goes_back_to_her_list(house: Any, window: Open) -> None:
    ticket = house.ticket()
    answer = window("lange").send(f"/tickets/{ticket}/forward", version=1, to="placement-1")
    assert answer.redirect_chain[-1][0] == "/tickets" and answer.status_code == 200
    assert Ticket.objects.get().unit == "placement-1"


def test_a_ticket_of_the_unit_can_be_taken(house: Any, window: Open) -> None:
    ticket = house.ticket()
    colleague = next(one for one in house.office.units["benefits-1"].members if one != "lange")
    browser = window(colleague)
    assert "Nadia Albrecht" not in browser.see("/tickets")
    assert "Take it onto my list" in browser.see(f"/tickets/{ticket}")
    page = browser.send(f"/tickets/{ticket}/take", version=1).content.decode()
    assert "Take it onto my list" not in page
    assert "Nadia Albrecht" in browser.see("/tickets")
    assert "Nadia Albrecht" not in window("lange").see("/tickets")


def test_a_letter_is_answered_without_a_call(house: Any, window: Open) -> None:
    ticket = house.ticket(channel="letter", number="")
    browser = window("lange", "de")
    page = browser.see(f"/tickets/{ticket}")
    assert "Die Antwort ist hinausgegangen" in page and 'id="call-back"' not in page
    browser.send(f"/tickets/{ticket}/reached", version=1, without_contact="1")
    found = Ticket.objects.get()
    assert found.without_contact and (found.reached_at, found.reached_with) == (house.clock.now(), "nobody")


def test_a_refusal_of_the_telephone_is_shown(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange", "de")
    browser.send(f"/tickets/{ticket}/call-back")
    command = Command.objects.get()
    refused = actions.Refused("no_telephone", "Hier ist kein Telefon angeschlossen.", "No telephone is connected here.")
    assert "Hier ist kein Telefon angeschlossen." not in browser.see(f"/tickets/{ticket}")
    house.do(actions.CommandHandled, command=command.pk, refused=refused.to_json())
    page = browser.see(f"/tickets/{ticket}")
    assert "Hier ist kein Telefon angeschlossen." in page
    assert re.search(r'<details[^>]* id="by-hand" open>', page), "then by another telephone"
    button = re.search(r'<button id="call-back"[^>]*>', page)
    assert button and "disabled" not in button[0]


def test_without_a_floor_it_is_said_that_the_wish_is_kept(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange", "de")
    assert "Das Telefon antwortet nicht" not in browser.see(f"/tickets/{ticket}")
    page = browser.send(f"/tickets/{ticket}/call-back").content.decode()
    assert "Das Telefon antwortet nicht. Ihr Wunsch ist notiert" in page


def test_a_ring_back_is_offered_with_its_ticket(house: Any, window: Open) -> None:
    ticket = house.ticket()
    house.ends(house.dials(ticket))
    call = house.rings(user="lange", ring_back_of=ticket)
    browser = window("lange", "de")
    page = browser.see("/tickets")
    alert = re.search(r'role="alert" data-ringing="(\w+)"', page)
    assert alert and alert[1] == call
    code = Ticket.objects.get().code
    assert f"vermutlich zu diesem Ticket: {code[:4]} {code[4:]} Annehmen" in text_of(page)
    assert browser.send("/seat/accept").redirect_chain[-1][0] == "/conversation"


def test_the_list_renews_itself_only_when_it_has_changed(house: Any, window: Open) -> None:
    browser = window("lange")
    seen = re.search(r"seen=(\w+)", browser.see("/tickets").split('id="list"')[1])
    assert seen
    assert browser.get(f"/tickets/part?seen={seen[1]}").status_code == 204
    house.ticket()
    assert "Nadia Albrecht" in browser.get(f"/tickets/part?seen={seen[1]}").content.decode()


@pytest.mark.parametrize("role", ["manager", "auditor", "admin", "agent"])
def test_other_roles_see_no_tickets(house: Any, window: Open, role: str) -> None:
    person = next(one for one in house.office.people.values() if one.role == role)
    assert window(person.id).get("/tickets").status_code == 403


def test_a_ringing_call_is_announced_once(house: Any, window: Open) -> None:
    house.rings(user="lange")
    browser = window("lange")
    seen = re.search(r'id="incoming"[^>]*seen=(\w+)', browser.see("/tickets"))
    assert seen
    assert browser.get(f"/tickets/incoming?seen={seen[1]}&at=").status_code == 204
    house.rings("+4915228817387", "becker")  # something else happens
    assert browser.get(f"/tickets/incoming?seen={seen[1]}&at=").status_code == 204
    assert 'role="alert"' in browser.see("/tickets/incoming?seen=other")


def test_after_a_refusal_every_address_of_the_page_can_be_fetched(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange")
    page = browser.send(f"/tickets/{ticket}/resolve", version=1, outcome="settled").content.decode()
    assert f'name="next" value="/tickets/{ticket}"' in page, "changing the language"
    for address in {text.replace("&amp;", "&") for text in re.findall(r'hx-get="([^"]+)"', page)}:
        assert browser.get(address).status_code in (200, 204), address
    assert len(re.findall(r"<[^>]*data-part data-kept[^>]*>", page)) == 1, "what was refused is not renewed away"


# -- from another telephone ---------------------------------------------------------------------------------------------


def test_a_callback_from_another_telephone_counts_like_every_attempt(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange", "de")
    before = JournalEntry.objects.latest("sequence").sequence
    page = browser.send(f"/tickets/{ticket}/attempts", presented="own", outcome="voicemail").content.decode()
    assert "1. Versuch 10:00: Mailbox · gezeigt: Ihre Durchwahl" in text_of(page)
    kinds = JournalEntry.objects.filter(sequence__gt=before).order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["attempt.started", "attempt.connected", "attempt.ended", "attempt.recorded"]
    found = Ticket.objects.get()
    assert (found.attempts_made, found.attempted_at, found.reached_at) == (1, house.clock.now(), None)
    assert journal.verify().ok


@pytest.mark.parametrize("outcome", ["not_answered", "busy"])
def test_where_nobody_picked_up_no_telephone_was_answered(house: Any, window: Open, outcome: str) -> None:
    ticket = house.ticket()
    window("lange").send(f"/tickets/{ticket}/attempts", presented="withheld", outcome=outcome)
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.presented, attempt.connected_at) == (outcome, "withheld", None)
    assert attempt.ended_at == house.clock.now() and Ticket.objects.get().attempts_made == 1


def test_who_was_reached_from_another_telephone_is_reached(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange")
    for _ in range(2):
        browser.post(f"/tickets/{ticket}/attempts", {"key": "the-same", "presented": "withheld", "outcome": "reached"})
    found = Ticket.objects.get()
    assert (found.reached_with, found.attempts_made, Attempt.objects.count()) == ("responsible", 1, 1)
    assert "With what result?" in browser.see(f"/tickets/{ticket}")


@pytest.mark.parametrize(("typed", "said"), [
    ({"outcome": "busy"}, "Bitte geben Sie an, welche Nummer angezeigt wurde."),
    ({"presented": "own"}, "Bitte wählen Sie, was daraus wurde."),
    ({"presented": "own", "outcome": "unreachable"}, "Bitte wählen Sie, was daraus wurde."),
])  # fmt: skip
def test_what_is_missing_of_it_is_asked_for(house: Any, window: Open, typed: dict[str, str], said: str) -> None:
    ticket = house.ticket()
    answer = window("lange", "de").send(f"/tickets/{ticket}/attempts", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in text_of(page) and not Attempt.objects.exists()
    assert re.search(r'<details[^>]* id="by-hand" open>', page)


def test_while_a_colleague_calls_nothing_of_it_is_entered(house: Any, window: Open) -> None:
    ticket = house.ticket()
    house.dials(ticket, "yildiz")
    answer = window("lange", "de").send(f"/tickets/{ticket}/attempts", presented="own", outcome="reached")
    assert answer.status_code == 422 and "ruft diese Person gerade an" in answer.content.decode()
    assert Attempt.objects.count() == 1 and Ticket.objects.get().reached_at is None


def test_a_stranger_to_the_unit_enters_no_callback(house: Any, window: Open) -> None:
    ticket = house.ticket()
    stranger = house.office.units["placement-1"].members[0]
    answer = window(stranger).send(f"/tickets/{ticket}/attempts", presented="withheld", outcome="reached")
    assert answer.status_code == 404 and not Attempt.objects.exists()


# -- presence -----------------------------------------------------------------------------------------------------------


def test_not_in_today_in_one_click_and_in_after_all(house: Any, window: Open) -> None:
    ticket = house.ticket()
    lange, yildiz = window("lange"), window("yildiz")
    page = lange.send("/presence/not-in-today").content.decode()
    assert "You are entered as not in today." in page
    assert "No open ticket on your list." in page
    assert "stands in for Petra Lange" in text_of(yildiz.see("/tickets"))
    assert "Deputy for Petra Lange, who is not there" in text_of(yildiz.see(f"/tickets/{ticket}"))
    page = lange.send("/presence/in-after-all").content.decode()
    assert "Nadia Albrecht" in page
    assert "No open ticket on your list." in yildiz.see("/tickets")


def test_an_absence_without_end_is_said_so_and_in_german(house: Any, window: Open) -> None:
    house.do(actions.TakeTime, "lange", person="lange", start=house.clock.now())
    page = window("lange", "de").see("/tickets")
    assert "Sie sind bis auf Weiteres als nicht da eingetragen." in page
    house.do(actions.TakeTime, "yildiz", person="yildiz", start=house.clock.now(), end="2026-03-09T08:00:00+01:00")
    assert "Sie sind bis" in window("yildiz", "de").see("/tickets")


def test_an_agent_has_no_presence_page(house: Any, window: Open) -> None:
    assert window("arslan").send("/presence/not-in-today").status_code == 403


def test_a_ticket_waits_for_the_citizen_and_says_so(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange", "de")
    house.calls_back(ticket)
    version = str(Ticket.objects.get(ref=ticket).version)
    refused = browser.send(f"/tickets/{ticket}/wait", version=version, until="2026-03-01")
    assert "höchstens 28 Tage voraus" in refused.content.decode()
    assert 'value="2026-03-01"' in refused.content.decode(), "what was typed is kept"
    page = text_of(browser.send(f"/tickets/{ticket}/wait", version=version, until="2026-03-10").content.decode())
    assert "Das Ticket kommt von selbst wieder" in page
    assert "Wartet auf die Bürger:in bis" in text_of(browser.see("/tickets"))
    version = str(Ticket.objects.get(ref=ticket).version)
    page = text_of(browser.send(f"/tickets/{ticket}/answered", version=version).content.decode())
    assert "Die Bürger:in soll zuerst antworten" in page


def test_how_she_may_be_called_is_seen_and_changed(house: Any, window: Open) -> None:
    ticket, browser = house.ticket(), window("lange", "de")
    assert "Nachricht noch nicht gefragt, deshalb keine" in text_of(browser.see(f"/tickets/{ticket}"))
    page = browser.send(
        f"/tickets/{ticket}/agreed", may_leave_message="no", may_show_number="no", safe_from="14:00", safe_to="16:00"
    ).content.decode()
    assert "Nur anrufen 14:00–16:00" in text_of(page)
    assert "darf nicht hinterlassen werden" in page
    assert "Auf dem Telefon der Bürger:in erscheint: keine Nummer." in text_of(page)
    page = browser.send(f"/tickets/{ticket}/call-back").content.decode()
    assert "darf nur von 14:00 bis 16:00 Uhr angerufen werden" in page
    assert not Command.objects.exists()


def test_what_most_of_the_time_is_over_for_is_said_to_the_holder_then_to_the_leader(
    house: Any, standing: Any, window: Open
) -> None:
    house.ticket()
    holder, leader = window("lange", "de"), window("kaminski", "de")
    assert "der größte Teil der zugesagten Zeit ist vorbei" not in holder.see("/tickets")
    standing.set("2026-03-06T13:30:00+01:00")
    house.do(actions.TendTickets)
    assert "der größte Teil der zugesagten Zeit ist vorbei" in text_of(holder.see("/tickets"))
    assert "Nadia Albrecht" not in leader.see("/tickets")
    standing.set("2026-03-06T16:12:00+01:00")
    house.do(actions.TendTickets)
    page = text_of(leader.see("/tickets"))
    assert "Der größte Teil der zugesagten Zeit ist vorbei Nadia Albrecht , heute 17:59" in page
