"""Citizens' calls on the floor: from arrival to the end of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from erreichbar import access
from erreichbar.access import Act, Point, Step
from erreichbar.centre import actions, queries
from erreichbar.record.words import Line, SeatState
from erreichbar.telephone.agenda import Kind
from erreichbar.telephone.line import Announced, Announcement, Arrived, Declined, HungUp, LineEvent, PickedUp
from erreichbar.telephone.state import Call, Seat

if TYPE_CHECKING:
    from erreichbar.telephone.floor import Floor


class Calls:
    """What the floor does with citizens' calls."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.state = floor.state

    def tell(self, event: LineEvent) -> None:
        """Take what the line says of a citizen's call."""
        match event:
            case Arrived():
                self._arrived(event)
            case PickedUp():
                self._picked_up(event)
            case Declined():
                self.missed(event.user)
                self.match()
            case HungUp():
                self._hung_up(event)
            case Announced(what=Announcement.OUT_OF_HOURS | Announcement.TURNED_AWAY):
                self.floor.line.hang_up(event.call)
            case Announced() if self.state.calls[event.call].state == "waiting":
                self.floor.line.wait(event.call)

    # -- from arrival to the queue ----------------------------------------------------------------------------------

    def _arrived(self, event: Arrived) -> None:
        if event.call in self.state.calls:
            return
        floor = self.floor
        call = Call(event.call, floor.now_ms())
        self.state.calls[call.ref] = call
        is_open = floor.office.calendar.is_open(event.at)
        found = queries.ring_back(event.number, floor.model, event.at) if is_open else None
        if found:
            call.ring_back_of, call.first_to = found.ticket, found.tried_by
        floor.enter(
            actions.ReceiveCall(
                key=f"{call.ref}.received",
                at=event.at,
                call=call.ref,
                line_name=floor.line.name,
                line=Line.CENTRE,
                number=event.number,
                withheld=event.number is None,
                in_service_hours=is_open,
                ring_back_of=call.ring_back_of,
                training_words=event.words,
            )
        )
        step = self._ask(Point.ARRIVED, call, is_open=is_open)
        match step.act:
            case Act.ANNOUNCE_CLOSED:
                call.state = "announced"
                floor.enter(actions.CloseOutOfHours(key=f"{call.ref}.closed", at=event.at, call=call.ref))
                floor.line.announce(call.ref, Announcement.OUT_OF_HOURS)
            case Act.TURN_AWAY:
                self._turn_away(call)
            case _:
                self._queue(call)

    def _ask(self, point: Point, call: Call, *, is_open: bool = True) -> Step:
        """Ask the access model what happens next with a call."""
        tried = self.state.seats.get(call.first_to) if call.first_to else None
        return access.decide(
            self.floor.model.rules,
            access.moment(
                point,
                is_open=is_open,
                waiting=len(self.state.queue()),
                agents_present=len(self.state.agents(*PRESENT)),
                agents_free=len(self.state.agents(SeatState.READY)),
                waited_ms=self.floor.now_ms() - call.arrived,
                ringings=call.ringings,
                is_ring_back=call.ring_back_of is not None,
                tried=access.readiness(
                    is_there=tried is not None and tried.state is not SeatState.OFF,
                    is_protected=tried is not None and tried.state is SeatState.PAUSE,
                    is_engaged=tried is not None and tried.state is not SeatState.READY,
                ),
            ),
        )

    def _turn_away(self, call: Call) -> None:
        self._stop_timer(call)
        call.state = "announced"
        self.floor.enter(actions.TurnAwayCall(key=f"{call.ref}.turned_away", at=self.floor.now(), call=call.ref))
        self.floor.line.announce(call.ref, Announcement.TURNED_AWAY)

    def _queue(self, call: Call) -> None:
        floor = self.floor
        floor.enter(actions.QueueCall(key=f"{call.ref}.queued", at=floor.now(), call=call.ref))
        call.state = "waiting"
        floor.line.announce(call.ref, Announcement.WELCOME)
        if call.ring_back_of:
            step = self._ask(Point.RING_BACK, call)
            if step.act == Act.RING and call.first_to:
                self._ring(call, floor.seat(call.first_to), step.ring_ms)
                return
        self.match()

    # -- from the queue to a seat -----------------------------------------------------------------------------------

    def match(self) -> None:
        """Bring waiting calls, first come first, to the agents who have been idle longest."""
        for call in self.state.queue():
            ready = self.state.agents(SeatState.READY)
            free = [seat for seat in ready if seat.user not in call.missed_by] or ready
            chosen = access.longest_idle([seat.idle_since for seat in free])
            if chosen < 0:
                break
            self._ring(call, free[chosen], self._ask(Point.RUNG, call).ring_ms)
        for call in self.state.queue():
            self._watch(call)

    def _watch(self, call: Call) -> None:
        """Ask again when the call has waited as long as the model allows."""
        if call.timer is not None:
            return
        step = self._ask(Point.WAITED, call)
        if step.act == Act.TURN_AWAY:
            self._turn_away(call)
        elif step.wait_ms > 0:
            call.timer = self.floor.agenda.at(
                self.floor.now_ms() + step.wait_ms, Kind.TIMER, call.ref, lambda: self._waited(call)
            )

    def _waited(self, call: Call) -> None:
        call.timer = None
        if call.state == "waiting":
            self._watch(call)

    def _ring(self, call: Call, seat: Seat, ring_ms: int) -> None:
        floor = self.floor
        self._stop_timer(call)
        call.state, call.user, call.ringings = "ringing", seat.user, call.ringings + 1
        floor.enter(
            actions.RingSeat(key=f"{call.ref}.rang.{floor.now_ms()}", at=floor.now(), call=call.ref, user=seat.user)
        )
        floor.set_seat(seat, SeatState.RINGING, call.ref)
        floor.line.ring(call.ref, seat.user)
        call.timer = floor.agenda.at(
            floor.now_ms() + ring_ms, Kind.TIMER, call.ref, lambda: self._rang_out(call, seat.user)
        )

    def _rang_out(self, call: Call, user: str) -> None:
        call.timer = None
        self.missed(user)
        self.match()

    def missed(self, user: str) -> None:
        """Nobody took the call at this seat: the call waits on in its place, an agent's seat goes into pause."""
        seat = self.floor.seat(user)
        call = self.state.calls.get(seat.call) if seat.call else None
        if call is None or seat.state is not SeatState.RINGING:
            return
        self._stop_timer(call)
        self.floor.line.stop_ringing(call.ref, user)
        call.state, call.user = "waiting", None
        call.missed_by.add(user)
        self.floor.enter(
            actions.MissRing(
                key=f"{call.ref}.missed.{self.floor.now_ms()}", at=self.floor.now(), call=call.ref, user=user
            )
        )
        # Whoever let it ring is not at the telephone; ringing there again would cost the next caller the same wait.
        self.floor.set_seat(seat, SeatState.PAUSE if call.first_to != user else SeatState.READY)
        self.floor.line.wait(call.ref)

    def accept(self, user: str) -> None:
        """Somebody takes the call that rings at her seat."""
        seat = self.floor.seat(user)
        if seat.state is SeatState.RINGING and seat.call and self.floor.line.picks_up_at_desk:
            self.floor.line.pick_up(seat.call, user)

    def _picked_up(self, event: PickedUp) -> None:
        call = self.state.calls[event.call]
        if call.state == "talking" or call.user != event.user:
            return
        self._stop_timer(call)
        call.state = "talking"
        seat = self.floor.seat(event.user)
        self.floor.enter(actions.AnswerCall(key=f"{call.ref}.answered", at=event.at, call=call.ref, user=event.user))
        self.floor.set_seat(seat, SeatState.TALKING, call.ref)

    def _hung_up(self, event: HungUp) -> None:
        call = self.state.calls.pop(event.call)
        self._stop_timer(call)
        seat = self.state.seats.get(call.user) if call.user else None
        if call.state == "talking":
            self.floor.enter(actions.EndCall(key=f"{call.ref}.ended", at=event.at, call=call.ref, ended_by=event.by))
        elif call.state in ("waiting", "ringing", "arrived"):
            self.floor.enter(actions.AbandonCall(key=f"{call.ref}.abandoned", at=event.at, call=call.ref))
        if seat and seat.call == call.ref:
            if call.state == "talking":
                self.floor.after_talk(seat)
            else:
                self.floor.line.stop_ringing(call.ref, seat.user)
                self.floor.set_seat(seat, SeatState.READY)
        self.match()

    def _stop_timer(self, call: Call) -> None:
        if call.timer is not None:
            call.timer.cancel()
            call.timer = None


PRESENT = tuple(state for state in SeatState if state is not SeatState.OFF)
