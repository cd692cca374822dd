"""The ladder carried out. A ticket of Thursday at ten is due on Saturday: 18 staffed hours, the last chance Friday 17:59."""

from typing import Any

import pytest

from erreichbar.centre import actions, journal, queries
from erreichbar.centre.models import Message, StepTaken, Ticket
from erreichbar.record.words import LadderStep
from tests.house import House
from tests.typed import there

HALF, THREE_QUARTERS, NEARLY = "2026-03-06T09:00+01:00", "2026-03-06T13:30+01:00", "2026-03-06T16:12+01:00"
BROKEN = "2026-03-09T08:00+01:00"
"""Due on a Saturday, so it is told on Monday morning."""


def steps(ref: str) -> list[str]:
    return list(StepTaken.objects.filter(ticket__ref=ref).order_by("pk").values_list("step", flat=True))


def tend(house: Any, moment: str) -> None:
    house.clock.set(moment)
    house.do(actions.TendTickets)


def test_each_step_is_taken_at_its_time_and_once(house: Any) -> None:
    ref = house.ticket()
    for moment, expected in ((HALF, 1), (THREE_QUARTERS, 2), (NEARLY, 3), (BROKEN, 4)):
        tend(house, moment)
        entries = journal.count()
        tend(house, moment)
        assert journal.count() == entries, "done again it does nothing"
        assert steps(ref) == list(LadderStep)[:expected]
    assert (Ticket.objects.get(ref=ref).next_step, Ticket.objects.get(ref=ref).next_step_at) == (None, None)


def test_a_minute_before_nothing_happens_and_what_was_missed_is_made_up_for(house: Any) -> None:
    ref = house.ticket()
    tend(house, "2026-03-06T08:59:00+01:00")
    assert steps(ref) == []
    tend(house, BROKEN)
    assert steps(ref) == list(LadderStep)


def test_who_was_reached_needs_no_ladder(house: Any) -> None:
    ref = house.ticket()
    house.calls_back(ref)
    tend(house, BROKEN)
    assert steps(ref) == []


def test_the_leader_sees_it_on_top_of_her_list(house: Any) -> None:
    ref = house.ticket()
    holder, leader = house.user("lange"), house.user("kaminski")
    tend(house, THREE_QUARTERS)
    assert queries.called_for(leader) == []
    tend(house, NEARLY)
    assert [one.ref for one in queries.called_for(leader)] == [ref]
    assert queries.called_for(holder) == [], "it stands on her list as it is"
    assert queries.called_for(house.user("vogt")) == [], "another unit's leader"


def test_a_broken_promise_is_to_be_told_once_with_a_new_moment_and_a_name(house: Any) -> None:
    ref = house.ticket()
    tend(house, BROKEN)
    tend(house, "2026-03-09T09:00:00+01:00")
    message = Message.objects.get()
    assert (there(message.ticket).ref, message.kind, message.channel) == (ref, "promise_broken", "letter")
    assert message.facts == {
        "due": "2026-03-07T09:00:00+00:00", "next": "2026-03-09T08:00:00+00:00", "who": "Petra Lange",
    }  # fmt: skip


@pytest.mark.parametrize(("allowed", "channels"), [(True, ["sms", "sms"]), (None, ["letter"]), (False, [])])
def test_what_is_told_depends_on_what_she_allowed(house: Any, allowed: bool | None, channels: list[str]) -> None:
    ref = house.ticket(may_leave_message=allowed)
    house.calls_back(ref, outcome="not_answered")
    house.clock.set("2026-03-05T12:30:00+01:00")
    house.calls_back(ref, outcome="voicemail")  # once a day
    tend(house, BROKEN)
    assert list(Message.objects.order_by("pk").values_list("channel", flat=True)) == channels


@pytest.mark.parametrize("outcome", ["other_person", "wrong_number", "reached"])
def test_to_others_nothing_is_said(house: Any, outcome: str) -> None:
    ref = house.ticket(may_leave_message=True)
    attempt = house.tries(ref)
    house.do(actions.ConnectAttempt, attempt=attempt)
    house.do(actions.EndAttempt, attempt=attempt, ended_by="citizen")
    house.do(actions.RecordAttempt, "lange", attempt=attempt, outcome=outcome)
    assert not Message.objects.exists()


def test_the_office_says_when_and_whether_tickets_return(house: House) -> None:
    text = house.office.text.replace("[hours]", "[promise]\nreassign = 0.1\nreturns = false\n\n[hours]", 1)
    house.do(actions.ImportOffice, text=text, name="other.toml")
    ref = house.ticket()
    entry = house.do(actions.NotInToday, person="lange")
    house.clock.set("2026-03-05T11:48:00+01:00")
    house.do(actions.FreeTime, person="lange", entry=entry)
    tend(house, "2026-03-05T11:48:00+01:00")
    assert steps(ref) == ["reassign"]
    holder = Ticket.objects.select_related("holder").get(ref=ref).holder
    assert holder is not None
    assert holder.username == "yildiz", "it stays with who stood in"


def test_tickets_of_somebody_who_has_left_lie_with_who_is_there(house: Any) -> None:
    ref = house.ticket()
    house.user("lange").__class__.objects.filter(username="lange").update(is_active=False)
    tend(house, "2026-03-05T10:01:00+01:00")
    holder = Ticket.objects.select_related("holder").get(ref=ref).holder
    assert holder is not None
    assert holder.username == "yildiz"
