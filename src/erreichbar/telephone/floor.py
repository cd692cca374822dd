"""The floor: where calls and people are brought together.

A synchronous core in one thread. Line events and commands come in, orders to the line and actions go out; every decision
is asked of ``access``. What is known of calls and seats is kept in memory, so that the floor goes on while the database is
away (see ``book``), and is rebuilt from database and line at start (see ``adopt``).
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from erreichbar import access
from erreichbar.centre import actions, queries
from erreichbar.centre.actions import Action
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role, SeatState
from erreichbar.telephone.agenda import Agenda, Kind, to_ms
from erreichbar.telephone.book import Book
from erreichbar.telephone.callbacks import Callbacks
from erreichbar.telephone.calls import Calls
from erreichbar.telephone.line import Arrived, Line, LineEvent
from erreichbar.telephone.state import Seat, State

log = logging.getLogger(__name__)


class Observer(Protocol):
    """Somebody who watches the floor: the automatic colleagues."""

    def seat_changed(self, seat: Seat) -> None:
        """A seat's state or call is another than before."""

    def attempt_connected(self, attempt: Ref, ticket: Ref, user: str) -> None:
        """Somebody answered a callback."""

    def attempt_missed(self, attempt: Ref, ticket: Ref, user: str) -> None:
        """A callback was not answered."""


class Floor:
    """Calls, seats and the rules that join them. One floor runs at a time."""

    def __init__(
        self,
        office: Office,
        model: access.AccessModel,
        line: Line,
        agenda: Agenda,
        folder: Path,
        now: Callable[[], datetime],
    ) -> None:
        self.office = office
        self.model = model
        self.line = line
        self.agenda = agenda
        self.book = Book(folder)
        self.state = State()
        self.observers: list[Observer] = []
        self._now = now
        self.calls = Calls(self)
        self.callbacks = Callbacks(self)
        self._commands: dict[str, Callable[[str, Mapping[str, object]], None]] = {
            "ready": lambda user, _: self.seat_wants(user, SeatState.READY),
            "pause": lambda user, _: self.seat_wants(user, SeatState.PAUSE),
            "leave": lambda user, _: self.seat_wants(user, SeatState.OFF),
            "take": lambda user, _: self.take(user),
            "hand_over": lambda user, _: self.hand_over(user),
            "wrap_up_done": lambda user, _: self.seat_wants(user, SeatState.READY),
            "accept": lambda user, _: self.calls.accept(user),
            "hang_up": lambda user, _: self.hang_up(user),
            "call_back": lambda user, args: self.callbacks.call_back(user, Ref(str(args["ticket"]))),
        }

    # -- time and writing -------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self._now()

    def now_ms(self) -> int:
        return to_ms(self._now())

    def later(self, after_ms: int, kind: Kind, key: str, act: Callable[[], None]) -> None:
        self.agenda.at(self.now_ms() + after_ms, kind, key, act)

    def enter(self, action: Action) -> bool:
        """Write down a change; see ``Book.enter``. A refusal is a fault of the floor: it is told, and the call goes on."""
        try:
            return self.book.enter(action)
        except actions.Refused as refused:
            log.error("The floor wished %s, and was refused: %s", type(action).__name__, refused.en)
            return False

    # -- what comes in ----------------------------------------------------------------------------------------------

    def tell(self, event: LineEvent) -> None:
        """Take a line event."""
        if event.call in self.state.attempts:
            self.callbacks.tell(event)
        elif event.call in self.state.calls or isinstance(event, Arrived):
            self.calls.tell(event)

    def obey(self) -> None:
        """Carry out the commands that the desks have written, in order, each once."""
        for command in queries.open_commands():
            refused: actions.Refused | None = None
            try:
                self._commands[command.kind](command.user, command.args)
            except actions.Refused as error:
                refused = error
            self.enter(actions.CommandHandled.of(command, refused))

    # -- seats ------------------------------------------------------------------------------------------------------

    def seat(self, user: str) -> Seat:
        """Return somebody's seat; made when first needed, numbered by the order of the office file.

        Raises ``Refused`` for who does not work here (any more).
        """
        if user not in self.state.seats:
            if user not in self.office.people:
                raise actions.NotFound(
                    f"„{user}“ steht nicht in der Bürodatei.", f'"{user}" is not in the office file.'
                )
            number = list(self.office.people).index(user)
            self.state.seats[user] = Seat(user, self.office.people[user].role, number)
        return self.state.seats[user]

    def seat_wants(self, user: str, wish: SeatState) -> None:
        """Carry out what somebody wishes for her seat. During a conversation it is kept for afterwards."""
        seat = self.seat(user)
        if seat.state is SeatState.TALKING:
            seat.afterwards = wish
        elif seat.state is SeatState.RINGING:
            self.calls.missed(user)
            self.set_seat(seat, wish)
        else:
            self.set_seat(seat, wish)
        self.calls.match()

    def take(self, user: str) -> None:
        """A person sits down where an automatic colleague sat, a call that goes on included."""
        seat = self.seat(user)
        if seat.automatic:
            seat.automatic = False
            if seat.state in (SeatState.OFF, SeatState.READY):
                self.set_seat(seat, SeatState.PAUSE)

    def hand_over(self, user: str) -> None:
        """A person stands up and leaves her seat to an automatic colleague."""
        self.seat_wants(user, SeatState.PAUSE)
        seat = self.seat(user)
        seat.automatic = True
        self.seat_wants(user, SeatState.READY)

    def set_seat(self, seat: Seat, to: SeatState, call: Ref | None = None) -> None:
        """Change a seat, write it down, and tell who watches."""
        if seat.state is to and seat.call == call:
            return
        if to is SeatState.READY:
            seat.idle_since = self.now_ms()
        seat.state, seat.call = to, call
        self.enter(
            actions.ChangeSeat(
                key=f"seat.{seat.user}.{self.now_ms()}.{to}.{call or ''}",
                at=self.now(),
                user=seat.user,
                state=to,
                call=call,
                automatic=seat.automatic,
            )
        )
        for observer in self.observers:
            observer.seat_changed(seat)

    def after_talk(self, seat: Seat) -> None:
        """Free a seat after a conversation: agents wrap up, others are as they wished."""
        wish = seat.afterwards
        seat.afterwards = None
        if wish is not None:
            self.set_seat(seat, wish)
        else:
            self.set_seat(seat, SeatState.WRAP_UP if seat.role is Role.AGENT else SeatState.READY)

    def hang_up(self, user: str) -> None:
        """End the call of somebody's seat."""
        if call := self.seat(user).call:
            self.line.hang_up(call)
