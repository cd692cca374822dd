"""A call becomes a kept promise, over real SIP, through the installed programme; and the plug is pulled meanwhile."""

from collections.abc import Callable

import pytest

from erreichbar.centre import actions, queries
from erreichbar.centre.models import Attempt, AttemptState, Call, CallState, Person, Seat, Ticket
from erreichbar.record.words import PresentedNumber, SeatState
from tests.telephone.asterisk.installed import House, attempt_ends, the_call
from tests.telephone.asterisk.sip_citizens import answers, calls, refuses
from tests.telephone.asterisk.sip_telephones import until
from tests.telephone.asterisk.test_outbound import CENTRE, NUMBER, check_identities, header


@pytest.mark.parametrize("model", ["recognisable-callback", "service-centre"])
def test_a_call_becomes_a_kept_promise(model: str, house_of: Callable[[str], House]) -> None:
    house = house_of(model)
    presented = PresentedNumber.CENTRE if model == "recognisable-callback" else PresentedNumber.WITHHELD
    phone = {user: house.telephone(user) for user in ("arslan", "lange")}

    # A citizen calls; floor and web are killed while she talks, and nobody notices.
    caller = house.at_home(calls(NUMBER, CENTRE), call=True)
    phone["arslan"].answer()
    call = the_call(CallState.TALKING)
    assert phone["arslan"].hears_its_echo() > 0
    house.pull_the_plug("erreichbar.site.floor")
    house.pull_the_plug("erreichbar.site.web")
    assert phone["arslan"].hears_its_echo() > 0, "the conversation goes on"
    until(house.is_well, 180, "/healthz")
    person = house.do(
        actions.RegisterPerson, "arslan", call=call.ref, given_name="Nadia", family_name="Albrecht",
        date_of_birth="1980-03-05", benefit_unit_number="99901BG0000100", number=NUMBER,
    )  # fmt: skip
    matter = house.do(actions.RaiseMatter, "arslan", call=call.ref, person=person, reason="payment_status")
    ref = house.do(actions.OpenTicket, "arslan", matter=matter, number=NUMBER)
    phone["arslan"].hang_up()
    caller.wait()
    the_call(CallState.ENDED)
    assert Call.objects.count() == 1, "the conversation was found again, not taken for another"
    ticket = Ticket.objects.get(ref=ref)
    assert ticket.holder is not None
    assert ticket.holder.username == "lange"
    house.asks("arslan", "ready")

    # She misses the callback.
    missed = house.at_home(refuses("480 Temporarily Unavailable"))
    house.asks("lange", "call_back", ticket=ref)
    phone["lange"].answer()
    attempt = attempt_ends()
    assert (attempt.outcome, attempt.presented) == ("not_answered", presented)
    missed.wait()
    check_identities(missed, house.office, presented)

    # She calls again, and lands on her ticket.
    again = house.at_home(calls(NUMBER, CENTRE), call=True)
    who = "lange" if model == "recognisable-callback" else "arslan"
    phone[who].answer()
    call = the_call(CallState.TALKING)
    house.do(actions.IdentifyCaller, who, call=call.ref, person=person, checks=3)
    version = queries.version(ref)
    if model == "recognisable-callback":
        assert call.ring_back_of is not None
        assert call.ring_back_of.ref == ref, "she is put through to who tried, with the ticket open"
        house.do(actions.ReachCitizen, who, ticket=ref, version=version, call=call.ref)
        phone[who].hang_up()
        again.wait()
    else:
        house.do(actions.JoinTicket, who, call=call.ref, ticket=ref)
        phone[who].hang_up()
        again.wait()
        answered = house.at_home(answers())
        house.asks("lange", "call_back", ticket=ref)
        phone["lange"].answer()
        until(lambda: Attempt.objects.filter(state=AttemptState.TALKING).exists(), 120, "the citizen to answer")
        assert phone["lange"].hears_its_echo() > 0
        attempt = Attempt.objects.latest("pk")
        house.do(actions.RecordAttempt, "lange", attempt=attempt.ref, outcome="reached")
        phone["lange"].hang_up()
        answered.wait()
        attempt_ends()
        check_identities(answered, house.office, presented)
        (invite,) = [message for message in answered.received if message.startswith("INVITE")][:1]
        assert header(invite, "Privacy") == "id"
    until(lambda: Seat.objects.get(user__username="lange").state != SeatState.TALKING, 120, "the seat to be free")
    house.do(actions.ResolveTicket, "lange", ticket=ref, version=queries.version(ref), outcome="settled")

    ticket = Ticket.objects.get(ref=ref)
    assert None not in (ticket.attempted_at, ticket.reached_at, ticket.resolved_at)
    assert ticket.reached_with == "responsible"
    assert Person.objects.count() == 1
    house.is_whole()
