"""How a floor that starts anew finds its way into what goes on, wherever the one before it was stopped."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from erreichbar import office as offices
from erreichbar.centre import actions, queries, refs
from erreichbar.centre.models import Attempt, Call, Message
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, SeatState
from erreichbar.telephone.adopt import adopt
from erreichbar.telephone.line import CitizenMissed, Surviving
from tests.histories.world import without
from tests.telephone.conftest import Scene
from tests.telephone.test_floor import AGENTS, call_back, outcome, state, ticket_of


class Killed(BaseException):
    """The process is gone."""


@contextmanager
def killed_at(action: type[actions.Action]) -> Iterator[None]:
    """Let the process die where it begins a change of a kind."""

    def dies(self: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(action, "_run_once", dies)
        yield


def starts(scene: Scene, *waiting: Ref) -> None:
    """Start another floor; so many calls are still there, and nobody has picked them up."""
    scene.line.surviving = [
        Surviving(call=call, user=None, talking=False, outbound=False, number=None) for call in waiting
    ]
    scene.passes(5)
    scene.floor = scene.new_floor()
    adopt(scene.floor)


def test_a_call_that_rang_before_rings_again_and_the_desk_knows(scene: Scene) -> None:
    scene.ready(AGENTS[0])
    call = scene.calls()
    starts(scene, call)
    found = Call.objects.get(ref=call)
    assert scene.line.rung() == [(call, AGENTS[0])] * 2
    assert (found.state, found.user and found.user.username) == ("ringing", AGENTS[0])


def test_a_call_that_rings_nowhere_any_more_waits_for_every_desk(scene: Scene) -> None:
    scene.ready(AGENTS[0])
    call = scene.calls()
    actions.ChangeSeat(key="away", user=AGENTS[0], state=SeatState.PAUSE).run()
    starts(scene, call)
    assert (Call.objects.get(ref=call).state, Call.objects.get(ref=call).user) == ("waiting", None)


def test_a_seat_whose_call_has_gone_on_is_free(scene: Scene) -> None:
    """The floor dies between entering that nobody took the call and freeing the seat at which it rang."""
    scene.ready(AGENTS[0])
    call = scene.calls()
    scene.ready(AGENTS[1])
    with killed_at(actions.ChangeSeat), pytest.raises(Killed):
        scene.floor.calls.missed(AGENTS[0])
    starts(scene, call)
    at = {seat.user: seat.call for seat in queries.live_seats()}
    ringing = Call.objects.get(ref=call).user
    assert ringing is not None
    assert at[ringing.username] == call
    assert list(at.values()).count(call) == 1


def test_a_call_that_had_only_arrived_waits(scene: Scene) -> None:
    scene.floor.seat_wants(AGENTS[0], SeatState.PAUSE)
    with killed_at(actions.QueueCall), pytest.raises(Killed):
        scene.calls()
    call = Ref(Call.objects.get().ref)
    starts(scene, call)
    assert Call.objects.get().state == "waiting"


def test_a_callback_that_was_missed_is_told_of_even_if_the_floor_dies_meanwhile(scene: Scene) -> None:
    ticket = ticket_of(scene)
    actions.AgreeOnCalling(key="agreed", ticket=ticket.ref, may_leave_message=True).run()
    _, attempt = call_back(scene, ticket)
    missed = CitizenMissed(call=attempt, at=scene.clock.now(), outcome=AttemptOutcome.NOT_ANSWERED)
    with killed_at(actions.EndAttempt), pytest.raises(Killed):
        scene.floor.tell(missed)
    starts(scene)
    found = Attempt.objects.get(ref=attempt)
    assert (found.outcome, found.ended_at is not None) == ("not_answered", True)
    assert Message.objects.get().kind == "missed_callback"


def test_who_has_left_the_office_keeps_no_floor_from_starting(scene: Scene) -> None:
    office = queries.office_in_force()
    scene.ready("lange", AGENTS[0])
    actions.AskFloor(key="hers", by="lange", kind="pause").run()
    actions.AskFloor(key="another's", by=AGENTS[0], kind="pause").run()
    text = without(office.text, "lange")
    actions.ImportOffice(key="left", text=text, name="demo.toml").run()
    scene.office = offices.loads(text, "demo.toml")
    starts(scene)
    assert state("lange") == "off"
    scene.floor.obey()
    assert queries.open_commands() == []
    assert state(AGENTS[0]) == "pause", "what others asked for is done"


def test_who_has_left_may_still_end_her_last_conversation(scene: Scene) -> None:
    scene.ready("lange")
    call = refs.new_ref()
    for change in (
        actions.ReceiveCall(key="1", call=call, line_name="virtual", withheld=True, in_service_hours=True),
        actions.QueueCall(key="2", call=call),
        actions.AnswerCall(key="3", call=call, user="lange"),
        actions.ChangeSeat(key="4", user="lange", state=SeatState.TALKING, call=call),
    ):
        change.run()
    text = without(queries.office_in_force().text, "lange")
    actions.ImportOffice(key="left", text=text, name="demo.toml").run()
    scene.office = offices.loads(text, "demo.toml")
    scene.line.surviving = [Surviving(call=call, user="lange", talking=True, outbound=False, number=None)]
    scene.floor = scene.new_floor()
    adopt(scene.floor)
    scene.hangs_up(call)
    assert outcome(call) == "answered"
