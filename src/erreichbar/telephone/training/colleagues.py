"""Automatic colleagues: they fill any seat and do there what a person would do, through the same commands and actions.

They watch the floor, decide nothing about calls, and take their times and what they can settle from ``traffic``.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from erreichbar import access
from erreichbar.access import Act, Point
from erreichbar.centre import actions, queries, refs
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, Channel, Role, SeatState, TicketOutcome
from erreichbar.telephone.agenda import Kind, to_ms
from erreichbar.telephone.calls import PRESENT
from erreichbar.telephone.floor import Floor
from erreichbar.telephone.state import Seat
from erreichbar.telephone.training.deciding import outcome_of
from erreichbar.telephone.training.line import Caller, TrainingLine

AT_A_DESK = (Role.CASE_WORKER, Role.DUTY_OFFICER)
"""The roles of colleagues who call back and decide."""
PAUSE_AFTER_MISS_MS = 60_000
"""How long an automatic colleague stays away after letting a call ring. Assumption."""
CLOSING_LOOK_MS = 30_000
"""How often an agent looks after closing time whether somebody still waits."""
INVITES_WITHIN_MS = 12_000
"""How soon a citizen calls when a person has sat down at an agent's seat and is ready."""


class Colleagues:
    """The automatic colleagues of a floor with a training line."""

    def __init__(self, floor: Floor, line: TrainingLine) -> None:
        self.floor = floor
        self.line = line
        self.citizens = line.citizens
        self._did: dict[str, int] = {}
        self._looking: set[str] = set()
        self._talked: dict[str, Caller] = {}
        floor.observers.append(self)

    # -- the day ----------------------------------------------------------------------------------------------------

    def fill_every_seat(self) -> None:
        """Let a colleague sit at every agent's, case worker's and duty officer's seat where no person sits."""
        for person in self.floor.office.people.values():
            if person.role in (Role.AGENT, *AT_A_DESK):
                seat = self.floor.seat(person.id)
                seat.automatic = seat.automatic or seat.state is SeatState.OFF

    def go_on(self) -> None:
        """Go on from whatever the seats are doing, after a restart."""
        for seat in self.automatic():
            self.seat_changed(seat)

    def open_day(self, day: date) -> None:
        """Come when the office opens (or now, if it has) and leave when it closes and nobody waits any more."""
        for start, end in self.floor.office.calendar.day(day).periods:
            for seat in self.automatic():
                came = max(to_ms(start), self.floor.now_ms())
                self.floor.agenda.at(came, Kind.SEAT, seat.user, partial(self._come, seat))
                self.floor.agenda.at(to_ms(end), Kind.PERSON, seat.user, partial(self._leave, seat))

    def automatic(self) -> list[Seat]:
        """Return the seats that colleagues fill, by seat number."""
        seats = [seat for seat in self.floor.state.seats.values() if seat.automatic]
        return sorted(seats, key=lambda seat: seat.number)

    def _come(self, seat: Seat) -> None:
        if seat.automatic and seat.state is SeatState.OFF:
            self._ask(seat, "ready")

    def _leave(self, seat: Seat) -> None:
        if not seat.automatic or seat.state is SeatState.OFF:
            return
        still_waiting = seat.role is Role.AGENT and bool(self.floor.state.queue())
        if still_waiting or seat.state in (SeatState.TALKING, SeatState.RINGING, SeatState.WRAP_UP):
            self._later(CLOSING_LOOK_MS, seat, lambda: self._leave(seat))
        else:
            self._ask(seat, "leave")

    # -- what a seat does next --------------------------------------------------------------------------------------

    def seat_changed(self, seat: Seat) -> None:
        """Go on from a seat's new state."""
        if not seat.automatic:
            self._make_room(seat)
            return
        call = seat.call
        match seat.state:
            case SeatState.RINGING:
                self._later(self._draw(seat, "pick_up"), seat, lambda: self._accept(seat, call))
            case SeatState.TALKING if call in self.floor.state.calls:
                assert call is not None
                self._talk(seat, call)
            case SeatState.WRAP_UP:
                then = "pause" if self._person_at_work() else "ready"
                self._later(self._wrap_up_ms(seat), seat, lambda: self._still(seat, SeatState.WRAP_UP, then))
            case SeatState.PAUSE if not self._person_at_work():
                self._later(PAUSE_AFTER_MISS_MS, seat, lambda: self._still(seat, SeatState.PAUSE, "ready"))
            case SeatState.READY if seat.role in AT_A_DESK:
                self._look_later(seat)

    # -- people beside colleagues -----------------------------------------------------------------------------------

    def _person_at_work(self) -> bool:
        """Whether a person sits at an agent's seat; then the calls are hers."""
        agents = self.floor.state.agents(*PRESENT)
        return any(not seat.automatic for seat in agents)

    def _make_room(self, seat: Seat) -> None:
        """Leave the calls to a person who is at an agent's seat, and take them again when nobody is."""
        if seat.role is not Role.AGENT:
            return
        at_work = self._person_at_work()
        for colleague in self.automatic():
            if colleague.role is Role.AGENT and at_work and colleague.state is SeatState.READY:
                self._ask(colleague, "pause")
            elif colleague.role is Role.AGENT and not at_work and colleague.state is SeatState.PAUSE:
                self._ask(colleague, "ready")
        if seat.state is SeatState.READY and not self.floor.state.queue():
            self.line.invite(INVITES_WITHIN_MS)

    def _wrap_up_ms(self, seat: Seat) -> int:
        """Return how long the wrap-up takes: no time if the conversation was before a restart, as nothing is known of it."""
        caller = self._talked.pop(seat.user, None)
        return 0 if caller is None else self.citizens.wrap_up_ms(caller.citizen, caller.nth)

    def _accept(self, seat: Seat, call: Ref | None) -> None:
        if seat.state is SeatState.RINGING and seat.call == call:
            self._ask(seat, "accept")

    def _still(self, seat: Seat, state: SeatState, then: str) -> None:
        if seat.automatic and seat.state is state:
            self._ask(seat, then)

    # -- a citizen's call -------------------------------------------------------------------------------------------

    def _talk(self, seat: Seat, call: Ref) -> None:
        caller = self.line.caller(call)
        if caller is not None:
            self._talked[seat.user] = caller
            talk = self.citizens.talk_ms(caller.citizen, caller.nth, seat.role)
            self._later(talk, seat, lambda: self._conclude(seat, call, caller), Kind.CALL_ENDS)

    def _conclude(self, seat: Seat, call: Ref, caller: Caller) -> None:
        """At the end of the talk: enter what was said, then let the citizen hang up."""
        if self.line.caller(call) is not caller or seat.call != call:
            return
        person = self._identify(seat, call, caller)
        ticket = self.floor.state.calls[call].ring_back_of
        # Somebody else of her household may call from the number, or the ticket be closed by now.
        if ticket is None or not queries.waits_for(ticket, person):
            for index, reason in enumerate(caller.citizen.matters):
                self._matter(seat, call, person, caller, index, reason)
        elif seat.role in AT_A_DESK:
            self._run(actions.ReachCitizen, seat, ticket=ticket, version=queries.version(ticket), call=call)
            self._settle(seat, ticket)
        else:
            self._run(actions.JoinTicket, seat, call=call, ticket=ticket)
        self.line.citizen_hangs_up(call)

    def _identify(self, seat: Seat, call: Ref, caller: Caller) -> Ref:
        known = self.citizens.person(caller.citizen)
        person = queries.find_person(known.given_name, known.family_name, known.date_of_birth)
        if person is None:
            registered: Ref = self._run(
                actions.RegisterPerson,
                seat,
                call=call,
                given_name=known.given_name,
                family_name=known.family_name,
                date_of_birth=known.date_of_birth.isoformat(),
                benefit_unit_number=known.benefit_unit_number,
                number=known.number,
            )
            return registered
        self._run(actions.IdentifyCaller, seat, call=call, person=person, checks=3)
        return person

    def _matter(self, seat: Seat, call: Ref, person: Ref, caller: Caller, index: int, reason: str) -> None:
        matter = self._run(actions.RaiseMatter, seat, call=call, person=person, reason=reason)
        if self.citizens.settles(caller.citizen, index):
            self._run(actions.SettleMatter, seat, matter=matter)
            return
        known = self.citizens.person(caller.citizen)
        window = self.citizens.window(caller.citizen)
        self._run(
            actions.OpenTicket,
            seat,
            matter=matter,
            number=known.number,
            window_from=window and window[0].isoformat("minutes"),
            window_to=window and window[1].isoformat("minutes"),
            language=caller.citizen.language,
            channel=Channel.TELEPHONE if known.number else Channel.LETTER,
        )

    # -- callbacks --------------------------------------------------------------------------------------------------

    def _look_later(self, seat: Seat) -> None:
        if seat.user not in self._looking:
            self._looking.add(seat.user)
            self._later(self._draw(seat, "case_work"), seat, lambda: self._look(seat))

    def _look(self, seat: Seat) -> None:
        """Between two pieces of case work: is there somebody to call back now?"""
        self._looking.discard(seat.user)
        if seat.state is not SeatState.READY or not seat.automatic:
            return
        self._look_later(seat)
        for ticket in queries.to_conclude(seat.user):
            self._settle(seat, ticket)
        work = queries.next_work(seat.user, self.floor.now(), self.floor.model)
        if work is None:
            return
        if not work.written:
            self._ask(seat, "call_back", ticket=work.ticket)
            return
        version = queries.version(work.ticket)
        self._run(actions.ReachCitizen, seat, ticket=work.ticket, version=version, without_contact=True)
        self._settle(seat, work.ticket)

    def attempt_connected(self, attempt: Ref, ticket: Ref, user: str) -> None:
        """Talk with the citizen, or with whoever answered."""
        seat, caller = self.floor.seat(user), self.line.caller(attempt)
        if seat.automatic and caller is not None:
            talk = self.citizens.talk_ms(caller.citizen, caller.nth, seat.role)
            self._later(talk, seat, lambda: self._called_back(seat, attempt, ticket, caller), Kind.CALL_ENDS)

    def _called_back(self, seat: Seat, attempt: Ref, ticket: Ref, caller: Caller) -> None:
        if self.line.caller(attempt) is not caller:
            return
        assert caller.outcome is not None
        self._run(actions.RecordAttempt, seat, attempt=attempt, outcome=caller.outcome)
        if caller.outcome is AttemptOutcome.REACHED:
            self._settle(seat, ticket)
        self.line.citizen_hangs_up(attempt)
        if caller.outcome is not AttemptOutcome.REACHED:
            self._perhaps_give_up(seat, ticket)

    def attempt_missed(self, attempt: Ref, ticket: Ref, user: str) -> None:
        """After the last promised attempt: wait for the citizen to ring back as long as the promise runs, then close."""
        self._perhaps_give_up(self.floor.seat(user), ticket)

    def _perhaps_give_up(self, seat: Seat, ticket: Ref) -> None:
        if not seat.automatic:
            return
        row = queries.promise_of(ticket)
        moment = access.moment(Point.MISSED, attempts_made=row.attempts_made)
        if access.decide(self.floor.model.rules, moment).act == Act.END:
            due = max(to_ms(row.last_chance or row.due), self.floor.now_ms())
            self.floor.agenda.at(due, Kind.PERSON, ticket, partial(self._give_up, seat, ticket))

    def _give_up(self, seat: Seat, ticket: Ref) -> None:
        row = queries.promise_of(ticket)
        if seat.automatic and row.is_open and not row.reached:
            self._resolve(seat, ticket, TicketOutcome.DONE_NOT_TOLD)

    # -- hands ------------------------------------------------------------------------------------------------------

    def _settle(self, seat: Seat, ticket: Ref) -> None:
        """Close a ticket of which the citizen knows; an urgent matter by its decision, if that is hers to make."""
        outcome = outcome_of(self.floor.office, seat.user, ticket, partial(self._run_for, seat))
        if outcome is not None:
            self._resolve(seat, ticket, outcome)

    def _run_for(self, seat: Seat, action: Callable[..., actions.Action], **fields: object) -> Any:
        return self._run(action, seat, **fields)

    def _resolve(self, seat: Seat, ticket: Ref, outcome: TicketOutcome) -> None:
        self._run(actions.ResolveTicket, seat, ticket=ticket, version=queries.version(ticket), outcome=outcome)

    def _run(self, action: Callable[..., actions.Action], seat: Seat, **fields: object) -> Any:
        return action(key=f"auto.{refs.new_ref()}", by=seat.user, at=self.floor.now(), **fields).run()

    def _ask(self, seat: Seat, kind: str, **args: str) -> None:
        self._run(actions.AskFloor, seat, kind=kind, args=args)
        self._later(0, seat, self.floor.obey)

    def _draw(self, seat: Seat, what: str) -> int:
        """Draw how long a seat takes for its next piece of work of a kind (ms)."""
        nth = self._did.get(f"{seat.user}.{what}", 0)
        self._did[f"{seat.user}.{what}"] = nth + 1
        return self.citizens.seat_ms(what, seat.number, nth)

    def _later(self, after_ms: int, seat: Seat, act: Callable[[], None], kind: Kind = Kind.SEAT) -> None:
        self.floor.agenda.at(self.floor.now_ms() + after_ms, kind, seat.user, act)
