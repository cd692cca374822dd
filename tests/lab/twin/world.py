"""What the twin is made of: a clock with an order for what falls on one millisecond, seats, calls, tickets, notes."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import simpy
from simpy.events import EventPriority

from erreichbar.access import AccessModel
from erreichbar.office import Office
from erreichbar.promise.presence import Entry, Roster
from erreichbar.record.tables import CONTACTS, MATTERS, NONE, TICKETS, Tables
from erreichbar.record.words import Direction, MatterEnd, PresentedNumber, Role, TalkedWith, code
from erreichbar.traffic import Citizen, Citizens
from erreichbar.traffic.further import Further
from tests.lab.twin import arisen, desks

if TYPE_CHECKING:
    from tests.lab.twin.arisen import Authority, Raised
    from tests.lab.twin.desks import Desk

AT_A_DESK = (Role.CASE_WORKER, Role.DUTY_OFFICER)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MS = timedelta(milliseconds=1)


class Kind(IntEnum):
    """What comes first on one millisecond."""

    FIRST = -1
    CALL_ENDS = 0
    SEAT = 1
    CALL_ANSWERED = 2
    CALL_ARRIVES = 3
    TIMER = 4
    PERSON = 5


@dataclass
class Timer:
    """Something that will happen, unless it is called off."""

    act: Callable[[], None] | None

    def cancel(self) -> None:
        self.act = None


class Clock:
    """SimPy's environment, counting in ms since the Unix epoch."""

    def __init__(self, start: datetime) -> None:
        self.environment = simpy.Environment((start - EPOCH) // MS)

    @property
    def ms(self) -> int:
        return int(self.environment.now)

    @property
    def moment(self) -> datetime:
        return EPOCH + self.ms * MS

    def at(self, ms: int, kind: Kind, act: Callable[[], None]) -> Timer:
        timer = Timer(act)
        event = simpy.Event(self.environment)
        event._ok, event._value = True, None  # as SimPy's own Timeout does, which knows no priority
        event.callbacks.append(lambda _: timer.act and timer.act())
        self.environment.schedule(event, priority=EventPriority(kind), delay=ms - self.ms)
        return timer

    def after(self, ms: int, kind: Kind, act: Callable[[], None]) -> Timer:
        return self.at(self.ms + ms, kind, act)


class Note(NamedTuple):
    """What somebody is at from a moment on, with which contact (its row), if with one."""

    since: int
    state: str
    contact: dict[str, Any] | None


@dataclass
class Seat:
    """A telephone and who sits there."""

    user: str
    role: Role
    number: int
    state: str = "off"
    idle_since: int = 0
    call: "Call | Attempt | None" = None
    looking: bool = False
    looks_at: int = NONE
    did: Counter[str] = field(default_factory=Counter)
    wraps_up: "Call | None" = None
    notes: list[Note] = field(default_factory=list)


@dataclass
class Person:
    """Somebody the office has recorded."""

    id: int
    number: str | None
    benefit_unit_number: str
    family_name: str


@dataclass
class Call:
    """A citizen's call."""

    row: dict[str, Any]
    citizen: Citizen
    nth: int
    number: str | None
    state: str = "arrived"
    ring_back_of: "Ticket | None" = None
    about: "Ticket | None" = None
    """The ticket that she asks about."""
    tries: int = 0
    """How often she has called in vain before."""
    first_to: str | None = None
    seat: Seat | None = None
    missed_by: set[str] = field(default_factory=set)
    ringings: int = 0
    line: str | None = None
    """Whose direct line it rings on."""
    diversions: int = 0
    put_through: int = 0
    """How often it was rung somewhere before the ticket."""
    takes: Timer | None = None
    patience: Timer | None = None
    timer: Timer | None = None


@dataclass
class Matter:
    """What a citizen calls about, with the ticket it becomes."""

    row: dict[str, Any]
    nth: int
    """Of the citizen's matters which one."""
    ticket: "Ticket | None" = None

    def told(self) -> dict[str, Any]:
        """Return its row, with what became of its ticket."""
        if self.ticket is None:
            return self.row
        of = self.ticket.row
        return self.row | {
            **{name: of[name] for name in ("ticket", "urgent", "language")},
            "served": of["reached"],
            "served_with": of["with_whom"],
            "ended": of["closed"],
            "end": code(MatterEnd.TICKET) if of["closed"] >= 0 else NONE,
        }


@dataclass
class Ticket:
    """A promise."""

    row: dict[str, Any]
    person: Person
    number: str | None
    holder: str | None
    responsible: str | None
    window: Any
    due: datetime
    last_chance: datetime | None
    opened: datetime
    citizen: Citizen
    nth: int
    """Of her matters which one it is."""
    reason: str | None = None
    """Of an urgent one the contact reason."""
    decide_by: datetime | None = None
    place: int = -1
    attempts: int = 0
    chased: int = 0
    """How often she may have asked about it."""
    tried: list[tuple[datetime, str, Any]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return bool(self.row["closed"] == NONE)

    @property
    def is_reached(self) -> bool:
        return bool(self.row["reached"] != NONE)


@dataclass
class Attempt:
    """A callback."""

    row: dict[str, Any]
    ticket: Ticket
    seat: Seat
    citizen: Citizen
    nth: int
    presented: PresentedNumber
    outcome: Any


@dataclass(frozen=True)
class Simulated:
    """What an office of the lab has besides: what is ``entered`` against people's time, when (ms) each is at her telephone.

    ``settled``: parts of matters that are settled in a conversation, by reason and who answers.
    """

    seed: int
    entered: list[Entry]
    at_work: dict[str, list[tuple[int, int]]]
    further: Further
    settled: dict[str, tuple[float, ...]]
    desks: dict[str, "Desk"]
    authority: "Authority"


class World:
    """Everything there is, and the notes from which the tables are made."""

    def __init__(
        self,
        office: Office,
        model: AccessModel,
        citizens: Citizens,
        start: datetime,
        lab: "Simulated | None" = None,
    ) -> None:
        self.office, self.model, self.citizens = office, model, citizens
        self.clock = Clock(start)
        self.lab = lab
        self.roster = Roster(office, lab.entered if lab else ())
        working = (Role.AGENT, *AT_A_DESK)
        self.seats = {
            person.id: Seat(person.id, person.role, number)
            for number, person in enumerate(office.people.values())
            if person.role in working
        }
        self.waiting: list[Call] = []
        self.visitors: list[Call] = []
        """Who has come in person and waits."""
        self.heard: set[int] = set()
        """Citizens with whom somebody has spoken about their matters, by number."""
        self.coming: set[int] = set()
        """Who has decided to come in person."""
        self.given_up: dict[int, int] = {}
        """Who has given up, and when (ms)."""
        self.tickets: list[Ticket] = []
        self.attempts: list[Attempt] = []
        self.dialled: list[Attempt] = []
        self.made: Counter[int] = Counter()
        self.put_off: dict[int, int] = {}
        """When she calls (ms), by citizen, who could not telephone."""
        self.last_at: dict[str, Citizen] = {}
        self.known: dict[Any, list[Person]] = defaultdict(list)
        self.on_number: dict[str, list[Person]] = defaultdict(list)
        self.contacts: list[dict[str, Any]] = []
        self.matters: list[Matter] = []
        self.asking: dict[int, str] = {}
        """Whose case it is (a user) about which a citizen asks how it stands, by her number."""
        self.arisen: list[tuple[Citizen, int]] = []
        self.induced: list[tuple[Citizen, int]] = []
        self.calls_of: dict[int, list[Call]] = defaultdict(list)
        self.raised: dict[tuple[int, int], list[Raised]] = defaultdict(list)
        self.person_at: dict[int, Person] = {}
        self._persons: dict[int, int] = {}
        self._staff: dict[Any, int] = {}

    def agents(self, *states: str) -> list[Seat]:
        """Return the agents' seats in some states, by seat number."""
        return [seat for seat in self.seats.values() if seat.role is Role.AGENT and seat.state in states]

    def does(self, seat: Seat, state: str, about: "Call | Attempt | None" = None) -> None:
        """Somebody is at something else from now on."""
        seat.state, seat.call = state, about if state in ("ringing", "talking") else None
        seat.notes.append(Note(self.clock.ms, state, about.row if about else None))

    def at(self, ms: int) -> datetime:
        """Return a moment in office time."""
        return (EPOCH + ms * MS).astimezone(self.office.zone)

    def number_of(self, person: Person | None) -> int:
        """Return the number of a person in the tables: by when she is first spoken of there."""
        return NONE if person is None else self._persons.setdefault(person.id, len(self._persons))

    def staff_number(self, user: str, ms: int | None = None) -> int:
        """Return the number of somebody of the office; with each month she is somebody new."""
        local = self.at(self.clock.ms if ms is None else ms)
        return self._staff.setdefault((user, local.year, local.month), len(self._staff))

    def contact(self, direction: Direction, **columns: Any) -> dict[str, Any]:
        """Note a new contact, with nothing in it but what is given."""
        row: dict[str, Any] = {
            name: (False if column.dtype.__name__ == "Boolean" else NONE) for name, column in CONTACTS.items()
        }
        row |= dict.fromkeys(("rings", "rings_missed", "matters", "settled", "tickets_opened"), 0)
        row |= {"contact": len(self.contacts), "direction": code(direction), "start": self.clock.ms, "reason": ""}
        self.contacts.append(row | columns)
        return self.contacts[-1]

    def matter(self, contact: dict[str, Any], person: Person, reason: str, nth: int) -> Matter:
        """Note a matter that is raised in a call."""
        row: dict[str, Any] = {
            name: False if column.dtype.__name__ == "Boolean" else NONE for name, column in MATTERS.items()
        }
        row |= {"matter": len(self.matters), "person": self.number_of(person), "reason": reason, "tries": 1}
        row |= {"arose": contact["start"], "first_try": contact["start"], "contact": contact["contact"]}
        contact["matters"] += 1
        contact["reason"] = contact["reason"] or reason
        self.matters.append(Matter(row, nth))
        return self.matters[-1]

    def settled(self, contact: dict[str, Any], matter: Matter) -> None:
        """Note that a matter was settled in its call."""
        contact["settled"] += 1
        served = {"served": self.clock.ms, "served_with": code(TalkedWith.AGENT)}
        matter.row |= {**served, "ended": self.clock.ms, "end": code(MatterEnd.SETTLED)}

    def tables(self) -> Tables:
        """Return what happened as tables."""
        last: dict[int, dict[str, Any]] = {}
        for row in self.contacts:
            until = row["answered"] if row["answered"] >= 0 else row["ended"]
            row["wait"] = until - row["start"] if until >= 0 else NONE
            row["talk"] = row["ended"] - row["answered"] if row["answered"] >= 0 and row["ended"] >= 0 else NONE
            row["wrap_up"] = row["wrapped_up"] - row["ended"] if row["wrapped_up"] >= 0 else NONE
            if row["direction"] == code(Direction.INBOUND) and row["person"] >= 0:
                before = last.get(row["person"])
                if before is not None:
                    row["previous"] = before["contact"]
                    row["same_reason"] = bool(row["reason"]) and before["reason"] == row["reason"]
                last[row["person"]] = row
        matters = list(arisen.matters(self)) if self.lab else [matter.told() for matter in self.matters]
        tickets = [ticket.row for ticket in self.tickets]
        return Tables.of(
            {name: [row[name] for row in self.contacts] for name in CONTACTS},
            {name: [row[name] for row in tickets] for name in TICKETS},
            {name: [matter[name] for matter in matters] for name in MATTERS},
            desks.work(self) if self.lab else None,
        )
