"""Callbacks over real SIP: whose number is shown, whose is in no message, and what each end of a call means."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import refs
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber
from erreichbar.telephone.asterisk import outbound
from erreichbar.telephone.line import CitizenMissed, CitizenPickedUp, Declined, HungUp, PickedUp
from tests.telephone.asterisk.sip_citizens import Citizen, answers, answers_and_hangs_up, never_answers, refuses
from tests.telephone.asterisk.sip_telephones import Telephone, until

NUMBER = "+4917139200123"
CENTRE = "+492214710100"

At = Callable[..., Citizen]
Of = Callable[[str], Telephone]


def calls_back(ears: Any, presented: PresentedNumber = PresentedNumber.CENTRE, number: str = NUMBER) -> Ref:
    """Let Lange call back."""
    call = refs.new_ref()
    ears.line.dial(call, "lange", number, presented)
    return call


def identities(office: Office, presented: PresentedNumber) -> dict[str, re.Pattern[str]]:
    """Return what no message may carry: the office's numbers that are not shown, and whoever works there."""
    telephone = office.telephone
    forbidden = {
        person.id: re.compile(
            "|".join(map(re.escape, filter(None, (person.id, person.name, person.sip_user)))), re.IGNORECASE
        )
        for person in office.people.values()
    }
    for person in office.people.values():
        direct = telephone.direct_line(person)
        if direct is not None and not (presented is PresentedNumber.OWN and person.id == "lange"):
            forbidden[f"direct line of {person.id}"] = _number(direct.e164)
    if presented is not PresentedNumber.CENTRE:
        forbidden["the centre's number"] = _number(telephone.centre.e164)
    return forbidden


def _number(e164: str) -> re.Pattern[str]:
    """The number however it is written: +49221…, 0049221…, 49221…, 0221…"""
    return re.compile(re.escape(e164.removeprefix("+49")))


def check_identities(citizen: Citizen, office: Office, presented: PresentedNumber) -> None:
    """Assert that nothing that reached the citizen's telephone carries an identity but the one that is presented."""
    assert any(message.startswith("INVITE") for message in citizen.received)
    for what, pattern in identities(office, presented).items():
        for message in citizen.received:
            assert not pattern.search(message), f"{what} is in a message:\n{message}"


def header(message: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", message, re.MULTILINE)
    return found[1].strip() if found else ""


@pytest.mark.parametrize("presented", list(PresentedNumber))
def test_the_citizen_sees_the_presented_number_and_nothing_else(
    presented: PresentedNumber, ears: Any, place: Any, at_home: At, telephone: Of
) -> None:
    seat, citizen = telephone("lange"), at_home(answers())
    call = calls_back(ears, presented)
    seat.answer()
    assert ears.next(PickedUp, call).user == "lange"
    ears.next(CitizenPickedUp, call)
    assert seat.hears_its_echo() > 0, "both hear each other"
    before = len(citizen.received)
    seat.hold()
    seat.resume()
    assert seat.hears_its_echo() > 0, "and again after a hold"
    seat.hang_up()
    assert ears.next(HungUp, call).by is EndedBy.OFFICE
    citizen.wait()
    assert len(citizen.received) > before
    check_identities(citizen, place.office, presented)
    (invite,) = [message for message in citizen.received if message.startswith("INVITE")][:1]
    direct = place.office.telephone.direct_line(place.office.people["lange"])
    if presented is PresentedNumber.WITHHELD:
        assert "sip:anonymous@anonymous.invalid" in header(invite, "From")
        assert header(invite, "Privacy") == "id"
    else:
        shown = CENTRE if presented is PresentedNumber.CENTRE else direct.e164
        assert f"sip:{shown}@" in header(invite, "From")
        assert not header(invite, "Privacy")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("486 Busy Here", AttemptOutcome.BUSY),
        ("603 Decline", AttemptOutcome.BUSY),
        ("404 Not Found", AttemptOutcome.WRONG_NUMBER),
        ("480 Temporarily Unavailable", AttemptOutcome.NOT_ANSWERED),
    ],
)
def test_what_a_citizen_who_was_not_reached_means(
    answer: str, outcome: AttemptOutcome, ears: Any, at_home: At, telephone: Of
) -> None:
    seat, citizen = telephone("lange"), at_home(refuses(answer))
    call = calls_back(ears)
    seat.answer()
    assert ears.next(CitizenMissed, call).outcome is outcome
    citizen.wait()
    until(seat.is_over, what="the seat's telephone to be free")


@pytest.mark.parametrize("answer", ["403 Forbidden", "503 Service Unavailable"])
def test_a_line_that_fails_is_no_attempt(answer: str, ears: Any, at_home: At, telephone: Of) -> None:
    seat = telephone("lange")
    at_home(refuses(answer))
    call = calls_back(ears)
    seat.answer()
    assert ears.next(HungUp, call).by is EndedBy.LINE
    assert not [event for event in ears.heard if isinstance(event, CitizenMissed)]


def test_a_citizen_who_does_not_answer(ears: Any, at_home: At, telephone: Of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "CITIZEN_RINGS_S", 3)
    seat, citizen = telephone("lange"), at_home(never_answers())
    call = calls_back(ears)
    seat.answer()
    assert ears.next(CitizenMissed, call).outcome is AttemptOutcome.NOT_ANSWERED
    citizen.wait()


def test_who_gives_up_while_it_rings_has_called(ears: Any, at_home: At, telephone: Of) -> None:
    seat, citizen = telephone("lange"), at_home(never_answers())
    call = calls_back(ears)
    seat.answer()
    until(lambda: "180 Ringing" in citizen.messages, what="it to ring at the citizen's")
    seat.hang_up()
    assert ears.next(CitizenMissed, call).outcome is AttemptOutcome.NOT_ANSWERED


def test_a_citizen_who_hangs_up(ears: Any, at_home: At, telephone: Of) -> None:
    seat, citizen = telephone("lange"), at_home(answers_and_hangs_up(500))
    call = calls_back(ears)
    seat.answer()
    ears.next(CitizenPickedUp, call)
    assert ears.next(HungUp, call).by is EndedBy.CITIZEN
    citizen.wait()
    until(seat.is_over, what="the seat's telephone to be free")


def test_a_seat_that_refuses_or_is_not_there_calls_nobody(ears: Any, telephone: Of) -> None:
    seat = telephone("lange")
    call = calls_back(ears)
    seat.reject()
    assert ears.next(Declined, call).user == "lange"
    nobody = refs.new_ref()
    ears.line.dial(nobody, "omar", NUMBER, PresentedNumber.CENTRE)  # her telephone is not registered
    assert ears.next(Declined, nobody).user == "omar"


@pytest.mark.parametrize("number", ["110", "+49", "0221 4710", "+492214710100@elsewhere", ""])
def test_nothing_but_a_whole_number_is_dialled(number: str, ears: Any) -> None:
    call = calls_back(ears, number=number)
    assert ears.next(HungUp, call).by is EndedBy.LINE
