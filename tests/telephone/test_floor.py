"""The floor's own rules: who is rung, what happens after a miss, a hang-up, a command, a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from erreichbar import office as offices
from erreichbar.centre import actions, queries, refs
from erreichbar.centre.models import Attempt, Call, Seat, Ticket
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import EndedBy, Role, SeatState
from erreichbar.telephone.adopt import adopt
from erreichbar.telephone.line import Surviving

if TYPE_CHECKING:
    from tests.telephone.conftest import Scene

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = offices.demo()
AGENTS = [person.id for person in OFFICE.people.values() if person.role is Role.AGENT]
CITIZEN = "+4915228817386"


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 5, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


def outcome(call: Ref) -> str | None:
    return Call.objects.values_list("outcome", flat=True).get(ref=call)


def state(user: str) -> str:
    return str(Seat.objects.get(user__username=user).state)


def test_the_agent_idle_longest_is_rung(scene: Scene) -> None:
    first, second = AGENTS[1], AGENTS[0]
    scene.ready(first, second)
    call = scene.calls()
    assert scene.line.rung() == [(call, first)]
    assert state(first) == "ringing"


def test_a_waiting_call_is_served_before_a_later_one(scene: Scene) -> None:
    scene.floor.seat_wants(AGENTS[2], SeatState.PAUSE)
    early = scene.calls()
    scene.passes(1)
    late = scene.calls()
    scene.ready(AGENTS[0])
    assert scene.line.rung() == [(early, AGENTS[0])]
    scene.ready(AGENTS[1])
    assert scene.line.rung()[1:] == [(late, AGENTS[1])]


def test_a_seat_that_lets_it_ring_goes_into_pause_and_the_call_to_the_next(scene: Scene) -> None:
    scene.ready(AGENTS[0], AGENTS[1])
    call = scene.calls()
    scene.passes(scene.model.rules.ring_ms / 1000)
    assert scene.line.rung() == [(call, AGENTS[0]), (call, AGENTS[1])]
    assert state(AGENTS[0]) == "pause"
    scene.picks_up(call, AGENTS[1])
    scene.hangs_up(call)
    assert outcome(call) == "answered"
    assert state(AGENTS[1]) == "wrap_up"


def test_who_has_waited_as_long_as_the_model_allows_is_asked_to_call_again(scene: Scene) -> None:
    rules = scene.model.rules._replace(longest_wait_ms=60_000)
    scene.floor.model = replace(scene.model, rules=rules)
    scene.floor.seat_wants(AGENTS[0], SeatState.PAUSE)
    call = scene.calls()
    scene.passes(59)
    assert outcome(call) is None
    scene.passes(1)
    assert outcome(call) == "turned_away"


def test_wrap_up_does_not_end_by_itself(scene: Scene) -> None:
    scene.ready(AGENTS[0])
    call = scene.calls()
    scene.picks_up(call, AGENTS[0])
    scene.hangs_up(call)
    scene.passes(3600)
    assert state(AGENTS[0]) == "wrap_up"


def test_who_hangs_up_while_waiting_or_ringing_has_abandoned_and_the_seat_is_free(scene: Scene) -> None:
    scene.floor.seat_wants(AGENTS[2], SeatState.PAUSE)
    waiting = scene.calls()
    scene.hangs_up(waiting)
    scene.ready(AGENTS[0])
    ringing = scene.calls()
    scene.hangs_up(ringing)
    assert (outcome(waiting), outcome(ringing)) == ("abandoned", "abandoned")
    assert state(AGENTS[0]) == "ready"


def test_where_nobody_is_at_a_telephone_callers_are_told_so_at_once(scene: Scene) -> None:
    assert outcome(scene.calls()) == "turned_away"


def test_outside_service_hours_nobody_is_rung(scene: Scene) -> None:
    scene.ready(AGENTS[0])
    scene.clock.set(at(18))
    call = scene.calls()
    assert scene.line.rung() == []
    assert outcome(call) == "out_of_hours"


def test_who_waits_at_closing_time_is_still_served(scene: Scene) -> None:
    scene.floor.seat_wants(AGENTS[2], SeatState.PAUSE)
    scene.clock.set(at(17, 59))
    call = scene.calls()
    scene.clock.set(at(18, 5))
    scene.ready(AGENTS[0])
    assert scene.line.rung() == [(call, AGENTS[0])]


def test_events_told_twice_or_too_late_change_nothing(scene: Scene) -> None:
    scene.ready(AGENTS[0])
    call = scene.calls()
    scene.picks_up(call, AGENTS[0])
    scene.picks_up(call, AGENTS[0])
    scene.hangs_up(call)
    scene.hangs_up(call)
    scene.picks_up(call, AGENTS[0])
    assert outcome(call) == "answered"
    assert state(AGENTS[0]) == "wrap_up"


def test_a_wish_for_pause_during_a_call_is_kept_for_afterwards(scene: Scene) -> None:
    scene.ready(AGENTS[0])
    call = scene.calls()
    scene.picks_up(call, AGENTS[0])
    actions.AskFloor(key="pause", by=AGENTS[0], kind="pause").run()
    scene.floor.obey()
    assert state(AGENTS[0]) == "talking"
    scene.hangs_up(call)
    assert state(AGENTS[0]) == "pause"


def test_a_command_is_carried_out_once(scene: Scene) -> None:
    actions.AskFloor(key="ready", by=AGENTS[0], kind="ready").run()
    actions.AskFloor(key="ready", by=AGENTS[0], kind="ready").run()
    assert len(queries.open_commands()) == 1
    scene.floor.obey()
    assert queries.open_commands() == []
    assert state(AGENTS[0]) == "ready"


def ticket_of(scene: Scene) -> Ticket:
    """Let a citizen call, and open a ticket for her."""
    scene.ready(AGENTS[0])
    call = scene.calls(CITIZEN)
    scene.picks_up(call, AGENTS[0])
    person = actions.RegisterPerson(
        key=refs.new_ref(),
        by=AGENTS[0],
        call=call,
        given_name="Ada",
        family_name="Beispiel",
        benefit_unit_number=OFFICE.benefit_unit_numbers.example,
        number=CITIZEN,
    ).run()
    matter = actions.RaiseMatter(
        key=refs.new_ref(), by=AGENTS[0], call=call, person=person, reason="housing_approval"
    ).run()
    ref = actions.OpenTicket(key=refs.new_ref(), by=AGENTS[0], matter=matter, number="0152 28817386").run()
    scene.hangs_up(call)
    return Ticket.objects.get(ref=ref)


def call_back(scene: Scene, ticket: Ticket) -> tuple[str, Ref]:
    """Let the holder of a ticket call back, and nobody answer."""
    holder = ticket.holder.username if ticket.holder else next(iter(OFFICE.units[ticket.unit].members))
    scene.ready(holder)
    actions.AskFloor(key=refs.new_ref(), by=holder, kind="call_back", args={"ticket": ticket.ref}).run()
    scene.floor.obey()
    return holder, Ref(Attempt.objects.get(ended_at=None).ref)


def test_who_rings_back_is_offered_first_to_who_tried(scene: Scene) -> None:
    ticket = ticket_of(scene)
    holder, attempt = call_back(scene, ticket)
    assert scene.line.orders[-1] == ("dial", attempt, holder, CITIZEN, "centre")
    scene.citizen_misses(attempt)
    assert Attempt.objects.get(ref=attempt).outcome == "not_answered"
    scene.ready(AGENTS[1])
    scene.passes(60)
    call = scene.calls(CITIZEN)
    assert scene.line.rung()[-1] == (call, holder)
    assert Call.objects.get(ref=call).ring_back_of == ticket
    # Nobody there after all: the call goes to the agents, and the case worker is not put into pause for it.
    scene.passes(scene.model.rules.ring_back_first_ms / 1000)
    assert scene.line.rung()[-1][1] in AGENTS
    assert state(holder) == "ready"


def test_who_tried_is_not_rung_in_protected_time(scene: Scene) -> None:
    ticket = ticket_of(scene)
    holder, attempt = call_back(scene, ticket)
    scene.citizen_misses(attempt)
    scene.floor.seat_wants(holder, SeatState.PAUSE)
    scene.ready(AGENTS[1])
    call = scene.calls(CITIZEN)
    assert scene.line.rung()[-1] == (call, AGENTS[1])


def test_a_restart_adopts_what_talks_and_ends_what_is_gone(scene: Scene) -> None:
    scene.ready(AGENTS[0], AGENTS[1])
    talks, gone = scene.calls(), scene.calls()
    scene.picks_up(talks, AGENTS[0])
    scene.picks_up(gone, AGENTS[1])
    waits, left = scene.calls(), scene.calls()
    scene.line.surviving = [
        Surviving(call=talks, user=AGENTS[0], talking=True, outbound=False, number=None),
        Surviving(call=waits, user=None, talking=False, outbound=False, number=None),
    ]
    scene.floor = scene.new_floor()
    adopt(scene.floor)
    assert (outcome(talks), outcome(gone), outcome(left)) == (None, "answered", "abandoned")
    assert Call.objects.get(ref=gone).ended_by == EndedBy.LINE
    assert state(AGENTS[0]) == "talking"
    scene.hangs_up(talks)
    assert outcome(talks) == "answered"
    scene.floor.seat_wants(AGENTS[1], SeatState.READY)
    assert scene.line.rung()[-1] == (waits, AGENTS[1])


def test_a_call_that_came_while_no_floor_was_there_is_taken_as_new(scene: Scene) -> None:
    scene.ready(AGENTS[0])
    call = refs.new_ref()
    scene.line.surviving = [Surviving(call=call, user=None, talking=False, outbound=False, number=CITIZEN)]
    scene.floor = scene.new_floor()
    adopt(scene.floor)
    assert scene.line.rung() == [(call, AGENTS[0])]
