"""Citizens' calls over real SIP: answered, told something, waiting, ringing, talking, over."""

from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import refs
from erreichbar.record.words import EndedBy
from erreichbar.telephone.asterisk import AsteriskLine
from erreichbar.telephone.line import Announced, Announcement, Arrived, Declined, HungUp, PickedUp
from tests.telephone.asterisk.sip_citizens import PRIVACY, Citizen, calls
from tests.telephone.asterisk.sip_telephones import Telephone, until

CENTRE = "+492214710100"
NUMBER = "+4917139200123"

At = Callable[..., Citizen]
Of = Callable[[str], Telephone]


def test_a_call_from_ringing_to_the_end(ears: Any, at_home: At, telephone: Of) -> None:
    seat = telephone("arslan")
    at_home(calls(NUMBER, CENTRE), call=True)
    arrived = ears.next(Arrived)
    assert (arrived.number, arrived.called) == (NUMBER, CENTRE)
    ears.line.announce(arrived.call, Announcement.WELCOME)
    ears.line.ring(arrived.call, "arslan")
    seat.answer()
    assert ears.next(PickedUp, arrived.call).user == "arslan"
    assert seat.hears_its_echo() > 0
    seat.hang_up()
    assert ears.next(HungUp, arrived.call).by is EndedBy.OFFICE


@pytest.mark.parametrize("privacy", PRIVACY)
def test_who_withholds_her_number_has_none(privacy: str, ears: Any, at_home: At) -> None:
    citizen = at_home(calls(None, CENTRE, privacy=privacy), call=True)
    arrived = ears.next(Arrived)
    assert arrived.number is None
    ears.line.wait(arrived.call)
    ears.line.hang_up(arrived.call)
    assert ears.next(HungUp, arrived.call).by is EndedBy.OFFICE
    citizen.wait()


def test_an_announcement_is_told_when_it_has_been_played(ears: Any, at_home: At) -> None:
    citizen = at_home(calls(NUMBER, CENTRE), call=True)
    arrived = ears.next(Arrived)
    ears.line.announce(arrived.call, Announcement.OUT_OF_HOURS)
    assert ears.next(Announced, arrived.call, seconds=300).what is Announcement.OUT_OF_HOURS
    ears.line.hang_up(arrived.call)
    citizen.wait()


def test_a_citizen_who_waits_and_gives_up(ears: Any, at_home: At) -> None:
    citizen = at_home(calls(NUMBER, CENTRE, hangs_up_after_ms=1500), call=True)
    arrived = ears.next(Arrived)
    ears.line.wait(arrived.call)
    assert ears.next(HungUp, arrived.call).by is EndedBy.CITIZEN
    citizen.wait()


def test_a_seat_that_refuses_leaves_the_citizen_waiting_for_another(ears: Any, at_home: At, telephone: Of) -> None:
    first, second = telephone("arslan"), telephone("becker")
    citizen = at_home(calls(NUMBER, CENTRE), call=True)
    arrived = ears.next(Arrived)
    ears.line.wait(arrived.call)
    ears.line.ring(arrived.call, "arslan")
    first.reject()
    assert ears.next(Declined, arrived.call).user == "arslan"
    ears.line.ring(arrived.call, "becker")
    second.answer()
    assert ears.next(PickedUp, arrived.call).user == "becker"
    ears.line.hang_up(arrived.call)
    citizen.wait()


def test_a_telephone_shows_the_office_and_never_the_citizen(ears: Any, at_home: At, telephone: Of) -> None:
    seat = telephone("arslan")
    at_home(calls(NUMBER, CENTRE), call=True)
    arrived = ears.next(Arrived)
    ears.line.ring(arrived.call, "arslan")
    seat.wait_for_ring()
    assert all(NUMBER.removeprefix("+49") not in peer for peer in seat.peers)
    ears.line.stop_ringing(arrived.call, "arslan")
    until(lambda: not seat.is_ringing(), what="the telephone to fall silent")


def test_a_conversation_goes_on_without_us_and_is_found_again(
    ears: Any, at_home: At, telephone: Of, place: Any
) -> None:
    seat = telephone("arslan")
    citizen = at_home(calls(NUMBER, CENTRE), call=True)
    arrived = ears.next(Arrived)
    ears.line.ring(arrived.call, "arslan")
    seat.answer()
    ears.next(PickedUp, arrived.call)
    ears.line.let_go()
    assert seat.hears_its_echo() > 0, "the conversation goes on while nobody is connected"
    line = AsteriskLine(place.office, place.settings, place.folder, refs.new_ref)
    line.prepare()
    again = type(ears)(line)
    (survivor,) = again.survivors
    assert (survivor.call, survivor.user, survivor.talking) == (arrived.call, "arslan", True)
    assert survivor.number == NUMBER
    line.hang_up(arrived.call)
    assert again.next(HungUp, arrived.call).by is EndedBy.OFFICE
    line.let_go()
    citizen.wait()


def test_who_calls_while_nobody_of_ours_is_there_waits_and_is_taken_afterwards(
    ears: Any, at_home: At, place: Any
) -> None:
    ears.line.let_go()
    citizen = at_home(calls(NUMBER, CENTRE), call=True)
    until(lambda: any(said.startswith("SIP/2.0 200") for said in citizen.received), what="the waiting sound")
    line = AsteriskLine(place.office, place.settings, place.folder, refs.new_ref)
    line.prepare()
    again = type(ears)(line)
    arrived = again.next(Arrived)
    assert arrived.number == NUMBER
    line.hang_up(arrived.call)
    again.next(HungUp, arrived.call)
    line.let_go()
    citizen.wait()


def test_who_calls_while_nobody_of_ours_is_there_is_asked_to_call_again(ears: Any, at_home: At) -> None:
    ears.line.let_go()
    citizen = at_home(calls(NUMBER, CENTRE), call=True)
    citizen.wait(600)
    assert any(said.startswith("BYE") for said in citizen.received), "she was answered, told, and let go"


def test_a_seat_that_picks_up_at_once_answers_the_citizen(ears: Any, at_home: At, telephone: Of) -> None:
    seat = telephone("arslan")
    citizen = at_home(calls(NUMBER, CENTRE), call=True)
    arrived = ears.next(Arrived)
    ears.line.ring(arrived.call, "arslan")
    seat.answer()
    ears.next(PickedUp, arrived.call)
    assert seat.hears_its_echo() > 0
    seat.hang_up()
    citizen.wait()
