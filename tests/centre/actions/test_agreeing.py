"""How a citizen may be called: outside her safe times nobody does, and her telephone shows no number against her will."""

from typing import Any

import pytest

from erreichbar.centre import actions, queries
from erreichbar.centre.models import Attempt, Person, Ticket
from erreichbar.centre.queries.tickets import callbacks_of
from erreichbar.record.words import PresentedNumber


def agree(house: Any, ref: str, by: str = "lange", **fields: Any) -> None:
    house.do(actions.AgreeOnCalling, by, ticket=ref, **fields)


def test_outside_her_safe_times_nobody_calls(house: Any) -> None:
    ref = house.ticket()
    agree(house, ref, safe_from="14:00", safe_to="16:00")
    with pytest.raises(actions.Refused, match="from 14:00 to 16:00") as refused:
        house.tries(ref)
    assert refused.value.code == "not_safe_now"
    with pytest.raises(actions.Refused, match="from 14:00 to 16:00"):
        house.do(actions.AskFloor, "lange", kind="call_back", args={"ticket": ref})
    assert not Attempt.objects.exists()
    ticket = Ticket.objects.select_related("person").get(ref=ref)
    assert callbacks_of([ticket], house.office)[ticket.pk].safe is not None
    house.clock.set("2026-03-05T14:00:00+01:00")
    assert house.tries(ref)


def test_a_call_that_was_made_from_elsewhere_is_entered_whenever_it_was(house: Any) -> None:
    ref = house.ticket()
    agree(house, ref, safe_from="14:00", safe_to="16:00", may_show_number=False)
    house.do(actions.StartAttempt, attempt="0123456789abc", ticket=ref, user="lange", presented="centre", made=True)
    assert Attempt.objects.count() == 1


def test_no_number_is_shown_against_her_will(house: Any) -> None:
    ref = house.ticket()
    target = queries.callback_target(ref, PresentedNumber.CENTRE)
    assert target is not None
    assert target.presented is PresentedNumber.CENTRE
    agree(house, ref, may_show_number=False)
    target = queries.callback_target(ref, PresentedNumber.CENTRE)
    assert target is not None
    assert target.presented is PresentedNumber.WITHHELD
    with pytest.raises(actions.NumberRefused, match="withhold"):
        house.tries(ref, presented="centre")
    assert house.tries(ref, presented="withheld")


def test_what_the_agent_asked_counts_for_every_callback(house: Any) -> None:
    house.ticket(may_leave_message=True, safe_from="09:00", safe_to="11:00")
    person = Person.objects.get()
    assert (person.may_leave_message, f"{person.safe_from:%H:%M}", person.may_show_number) == (True, "09:00", True)


def test_what_is_left_open_stays_and_empty_times_are_no_limit(house: Any) -> None:
    ref = house.ticket(may_leave_message=True, safe_from="09:00", safe_to="11:00")
    agree(house, ref)
    person = Person.objects.get()
    assert (person.may_leave_message, person.safe_from, person.safe_to) == (True, None, None)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [("09:00", "", "safe_to"), ("11:00", "09:00", "safe_to"), ("20:00", "21:00", "safe_from")],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_lost(house: Any, start: str, end: str, field: str) -> None:
    ref = house.ticket(safe_from="09:00", safe_to="11:00")
    with pytest.raises(actions.Invalid) as refused:
        agree(house, ref, safe_from=start, safe_to=end)
    assert refused.value.field == field
    assert f"{Person.objects.get().safe_from:%H:%M}" == "09:00"


def test_another_unit_does_not_decide_this(house: Any) -> None:
    ref = house.ticket()
    with pytest.raises(actions.NotAllowed):
        agree(house, ref, house.office.units["placement-1"].members[0], may_leave_message=True)
