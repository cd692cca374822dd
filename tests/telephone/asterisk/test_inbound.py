"""Citizens' calls over real SIP: answered, told something, waiting, ringing, talking, over."""

from collections.abc import Callable
from typing import Any

from sip_citizens import Citizen, calls
from sip_telephones import Telephone

from erreichbar.record.words import EndedBy
from erreichbar.telephone.line import Announcement, Arrived, HungUp, PickedUp

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
