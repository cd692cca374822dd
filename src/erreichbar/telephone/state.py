"""What the floor knows at this moment: seats, calls, attempts, and who waits. Plain memory, rebuilt at start."""

from dataclasses import dataclass, field

from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role, SeatState
from erreichbar.telephone.agenda import Entry


@dataclass(slots=True)
class Seat:
    """A person of the office at a telephone. ``number`` breaks ties; ``idle_since`` is in ms since the Unix epoch."""

    user: str
    role: Role
    number: int
    state: SeatState = SeatState.OFF
    idle_since: int = 0
    call: Ref | None = None
    afterwards: SeatState | None = None
    automatic: bool = False


@dataclass(slots=True)
class Call:
    """A citizen's call that is not over."""

    ref: Ref
    arrived: int
    ring_back_of: Ref | None = None
    first_to: str | None = None
    user: str | None = None
    state: str = "arrived"
    ringings: int = 0
    missed_by: set[str] = field(default_factory=set)
    timer: Entry | None = None


@dataclass(slots=True)
class Attempt:
    """A callback that is not over."""

    ref: Ref
    ticket: Ref
    user: str
    state: str = "dialling"


@dataclass(slots=True)
class State:
    """Everything the floor knows."""

    seats: dict[str, Seat] = field(default_factory=dict)
    calls: dict[Ref, Call] = field(default_factory=dict)
    attempts: dict[Ref, Attempt] = field(default_factory=dict)

    def queue(self) -> list[Call]:
        """Return the waiting calls, first come first."""
        waiting = [call for call in self.calls.values() if call.state == "waiting"]
        return sorted(waiting, key=lambda call: (call.arrived, call.ref))

    def agents(self, *states: SeatState) -> list[Seat]:
        """Return the agents' seats in the given states, by seat number."""
        seats = [seat for seat in self.seats.values() if seat.role is Role.AGENT and seat.state in states]
        return sorted(seats, key=lambda seat: seat.number)
