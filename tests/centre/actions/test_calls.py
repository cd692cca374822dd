"""Citizens' calls: what is kept of them, and that what is over stays over."""

from typing import Any

import pytest

from erreichbar.centre import actions, journal, refs
from erreichbar.centre.models import Call, Seat
from erreichbar.record import events
from tests.typed import there


def kinds() -> list[str]:
    return [entry.kind for entry in journal.entries()]


def last_event(kind: type[Any]) -> Any:
    return [entry.event for entry in journal.entries() if isinstance(entry.event, kind)][-1]


@pytest.mark.parametrize("written", ["0152 28817386", "+49 (0)152/28817386", "004915228817386", "4915228817386"])
def test_a_number_is_kept_as_e164_however_it_is_signalled(house: Any, written: str) -> None:
    assert Call.objects.get(ref=house.arrives(written)).e164 == "+4915228817386"


@pytest.mark.parametrize("number", ["anonymous", "", "110", "12"])
def test_a_number_that_cannot_be_read_does_not_stop_a_call(house: Any, number: str) -> None:
    call = Call.objects.get(ref=house.arrives(number))
    assert call.e164 is None
    assert not call.withheld


def test_a_withheld_number_is_not_kept(house: Any) -> None:
    call = refs.new_ref()
    house.do(
        actions.ReceiveCall,
        call=call,
        line_name="asterisk",
        number="+4915228817386",
        withheld=True,
        in_service_hours=True,
    )
    assert Call.objects.get(ref=call).e164 is None
    assert last_event(events.CallArrived).number_withheld


def test_the_journal_names_the_person_only_if_there_is_exactly_one(house: Any) -> None:
    call = house.talks()
    person = house.registers(call)
    house.arrives()
    assert last_event(events.CallArrived).person == person
    house.registers(call, given_name="Omid")
    house.arrives()
    assert last_event(events.CallArrived).person is None


def test_a_call_from_arrival_to_wrap_up(house: Any) -> None:
    call = house.talks()
    house.hangs_up(call)
    assert Seat.objects.get(user__username="arslan").wraps_up == call
    house.do(actions.ChangeSeat, user="arslan", state="ready")
    row = Call.objects.get(ref=call)
    assert (row.state, row.outcome, row.ended_by) == ("ended", "answered", "citizen")
    assert there(row.user).username == "arslan"
    assert kinds()[2:] == [
        "call.arrived", "call.queued", "call.rang", "seat.changed", "call.answered", "seat.changed", "call.ended",
        "seat.changed", "call.wrapped_up", "seat.changed",
    ]  # fmt: skip
    assert last_event(events.CallWrappedUp).call == call


def test_the_wrap_up_of_a_callback_is_no_citizens_call(house: Any) -> None:
    attempt = house.tries(house.ticket())
    house.do(actions.ChangeSeat, user="lange", state="talking", call=attempt)
    house.do(actions.ChangeSeat, user="lange", state="wrap_up")
    house.do(actions.ChangeSeat, user="lange", state="ready")
    assert kinds().count("call.wrapped_up") == 1, "that of the call the ticket came from"


def test_a_missed_ring_lets_the_call_wait_on(house: Any) -> None:
    call = house.arrives()
    house.do(actions.RingSeat, call=call, user="arslan")
    house.do(actions.MissRing, call=call, user="arslan")
    row = Call.objects.get(ref=call)
    assert (row.state, row.user) == ("waiting", None)


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        (actions.AbandonCall, "abandoned"),
        (actions.TurnAwayCall, "turned_away"),
        (actions.CloseOutOfHours, "out_of_hours"),
    ],
)
def test_how_a_call_ends_without_an_answer(house: Any, action: type[actions.Action], outcome: str) -> None:
    call = house.arrives()
    house.do(action, call=call)
    row = Call.objects.get(ref=call)
    assert (row.state, row.outcome, row.answered_at, row.user) == ("ended", outcome, None, None)


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (actions.QueueCall, {}),
        (actions.RingSeat, {"user": "arslan"}),
        (actions.AnswerCall, {"user": "arslan"}),
        (actions.AbandonCall, {}),
        (actions.EndCall, {"ended_by": "citizen"}),
        (actions.AdoptCall, {}),
    ],
)
def test_a_call_that_is_over_stays_over(house: Any, action: type[actions.Action], fields: dict[str, Any]) -> None:
    call = house.arrives()
    house.do(actions.AbandonCall, call=call)
    entries = journal.count()
    with pytest.raises(actions.CallIsOver):
        house.do(action, call=call, **fields)
    assert journal.count() == entries


def test_a_call_nobody_knows_is_not_found(house: Any) -> None:
    with pytest.raises(actions.NotFound):
        house.do(actions.QueueCall, call=refs.new_ref())


def test_clocks_that_differ_do_not_turn_a_call_round(house: Any) -> None:
    call = house.talks()
    house.do(actions.EndCall, call=call, ended_by="line", at="2026-03-05T09:59:59+01:00")
    row = Call.objects.get(ref=call)
    assert row.ended_at == row.answered_at


def test_words_are_kept_of_virtual_citizens_only(house: Any) -> None:
    fields = {"withheld": False, "in_service_hours": True, "training_words": {"greeting": "Guten Tag"}}
    house.do(actions.ReceiveCall, call=refs.new_ref(), line_name="training", **fields)
    with pytest.raises(actions.Contradiction):
        house.do(actions.ReceiveCall, call=refs.new_ref(), line_name="asterisk", **fields)
