"""A callback is missed, over real SIP and SMTP: the citizen is told so, is to be called at another time of day, and rings
back, from wherever she is; each time she lands on her ticket.
"""

from collections.abc import Callable
from datetime import datetime, time

from erreichbar import promise
from erreichbar.centre import actions, clock, queries
from erreichbar.centre.models import Call, CallState, Message, Seat, Ticket, User
from erreichbar.centre.queries.tickets import callbacks_of
from erreichbar.post.texts import plain
from erreichbar.promise import receipt
from erreichbar.promise.attempts import Choice
from erreichbar.record.words import PresentedNumber, SeatState
from tests.post.servers import MailServer, mail_server, tells_nothing
from tests.telephone.asterisk.installed import House, attempt_ends, the_call
from tests.telephone.asterisk.sip_citizens import calls, refuses
from tests.telephone.asterisk.sip_telephones import until
from tests.telephone.asterisk.test_outbound import CENTRE, NUMBER, check_identities
from tests.typed import there

AT_HOME, ADDRESS = "+493023125123", "nadia@example.org"
"""A land line, so that she is told by e-mail; she rings back from it, and before from a mobile telephone (``NUMBER``)."""
NOON = time(11)
"""When the morning, in which she is called first, is over."""


def test_who_misses_a_callback_is_told_and_lands_on_her_ticket_from_any_number(
    house_of: Callable[..., House],
) -> None:
    with mail_server() as mail:
        house = house_of("recognisable-callback", mail.settings)
        phone = {user: house.telephone(user) for user in ("arslan", "lange")}
        person = house.do(
            actions.RegisterPerson, given_name="Nadia", family_name="Albrecht", date_of_birth="1980-03-05",
            benefit_unit_number="99901BG0000100", number=AT_HOME,
        )  # fmt: skip
        matter = house.do(actions.RaiseMatter, person=person, reason="payment_status")
        ref = house.do(
            actions.OpenTicket, matter=matter, number=AT_HOME, email=ADDRESS,
            may_show_number=True, may_leave_message=True,
        )  # fmt: skip

        missed = house.at_home(refuses("480 Temporarily Unavailable"))
        house.asks("lange", "call_back", ticket=ref)
        phone["lange"].answer()
        assert attempt_ends().outcome == "not_answered"
        missed.wait()
        check_identities(missed, house.office, PresentedNumber.CENTRE)
        is_called_at_another_time(house, ref)
        is_told(house, ref, mail)

        # From another telephone: an agent answers, and has the ticket in front of her once it is clear who calls.
        elsewhere = house.at_home(calls(NUMBER, CENTRE), call=True)
        phone["arslan"].answer()
        call = the_call(CallState.TALKING)
        assert call.ring_back_of is None, "nobody knows this number"
        house.do(actions.IdentifyCaller, "arslan", call=call.ref, person=person, checks=3)
        seen = queries.open_tickets(User.objects.get(username="arslan"), there(Call.objects.get(pk=call.pk).person))
        assert [one.ref for one in seen] == [ref]
        house.do(actions.JoinTicket, "arslan", call=call.ref, ticket=ref)
        phone["arslan"].hang_up()
        elsewhere.wait()
        assert there(Call.objects.get(pk=call.pk).joined).ref == ref

        # From home: it rings at who tried, with the ticket.
        at_home = house.at_home(calls(AT_HOME, CENTRE), call=True)
        phone["lange"].answer()
        call = the_call(CallState.TALKING)
        assert there(call.ring_back_of).ref == ref
        house.do(actions.IdentifyCaller, "lange", call=call.ref, person=person, checks=3)
        house.do(actions.ReachCitizen, "lange", ticket=ref, version=queries.version(ref), call=call.ref)
        phone["lange"].hang_up()
        at_home.wait()
        until(lambda: Seat.objects.get(user__username="lange").state != SeatState.TALKING, 120, "the seat to be free")
        house.do(actions.ResolveTicket, "lange", ticket=ref, version=queries.version(ref), outcome="settled")

        ticket = Ticket.objects.get(ref=ref)
        assert there(ticket.attempted_at) <= there(ticket.reached_at) <= there(ticket.resolved_at) < ticket.due_elapsed
        assert ticket.reached_with == "responsible" and len(mail.taken) == 1
        house.is_whole()


def is_called_at_another_time(house: House, ref: str) -> None:
    """Assert that the next attempt is advised for a part of the day in which nobody has called yet."""
    ticket = Ticket.objects.get(ref=ref)
    callback = callbacks_of([ticket], house.office)[ticket.pk]
    coming = promise.next_attempt(callback, house.office.calendar_of(ticket.unit), clock.now())
    assert coming.choice is Choice.OTHER_TIME_OF_DAY and coming.in_time
    assert [one.astimezone(house.office.zone).time() < NOON for one in (*callback.attempts, coming.moment)] == [
        True,
        False,
    ]


def is_told(house: House, ref: str, mail: MailServer) -> None:
    """Assert that one e-mail goes out that tells her so, and when she is called next; to nobody else does it tell anything."""
    message = Message.objects.get(ticket__ref=ref)
    until(lambda: Message.objects.get(pk=message.pk).sent_at, 120, lambda: f"the e-mail to go out; {house.told()}")
    [to], text = mail.read()
    coming = datetime.fromisoformat(message.facts["next"]).astimezone(house.office.zone)
    assert to == ADDRESS and "wir haben Sie angerufen und nicht erreicht." in text
    assert f"{coming:%H:%M} Uhr" in text and plain(receipt.shown(Ticket.objects.get(ref=ref).code)) in text
    assert tells_nothing(house.office, text)
