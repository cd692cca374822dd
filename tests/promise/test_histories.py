"""Random histories on the pure rules alone: who holds a ticket, which step is due, when to call, what may happen to it.

The rules are asked as the house asks them, and what they say is held against what was promised. A history that fails is
told; ``ERREICHBAR_PURE_HISTORIES`` sets how many are played.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest

from erreichbar import office as offices
from erreichbar import promise
from erreichbar.office.periods import common, length
from erreichbar.promise.attempts import PARTS_OF_DAY, PAUSE, Callback, Choice, next_attempt, within
from erreichbar.promise.clocks import MINUTE
from erreichbar.promise.ladder import Ladder, due_steps, needed_by
from erreichbar.promise.moves import LONGEST_WAIT, Move, State, refusal, state
from erreichbar.promise.presence import LOOK_AHEAD, Entry, Roster, Taken
from erreichbar.promise.stand_in import NEEDED, Level, holder_of, readiness
from erreichbar.record.words import LadderStep, Role

HISTORIES = int(os.environ.get("ERREICHBAR_PURE_HISTORIES", "2000"))
FEW, PARTS, STEPS = 150, 4, 8
OFFICE = offices.demo()
STARTS = ("2026-03-05T08:10", "2026-03-06T15:30", "2026-03-27T16:00", "2026-10-23T11:00", "2026-04-02T12:00")
"""A Thursday morning, a Friday afternoon, the Fridays before both changes of hour, and Maundy Thursday."""
PASSES_MIN = (0, 1, 7, 45, 180, 900, 2880)
DEALS = [one.id for role in (Role.CASE_WORKER, Role.DUTY_OFFICER, Role.TEAM_LEADER) for one in OFFICE.in_role(role)]
GRID = timedelta(minutes=20)


@dataclass
class Ticket:
    """A promise, and what has become of it."""

    number: int
    unit: str
    responsible: str | None
    opened: datetime
    due: datetime
    last_chance: datetime | None
    window: tuple[time, time] | None
    safe: tuple[time, time] | None
    holder: str | None = None
    nobody: bool = False
    attempts: list[datetime] = field(default_factory=list)
    steps: list[LadderStep] = field(default_factory=list)
    attempted: datetime | None = None
    reached: datetime | None = None
    resolved: datetime | None = None
    closed: datetime | None = None
    waits_until: datetime | None = None

    @property
    def state(self) -> State:
        return state(
            closed=self.closed is not None, reached=self.reached is not None, waiting=self.waits_until is not None
        )

    @property
    def callback(self) -> Callback:
        return Callback(
            f"t{self.number}", self.opened, self.due, self.last_chance, window=self.window, safe=self.safe,
            attempts=tuple(self.attempts), waiting=self.waits_until is not None,
        )  # fmt: skip


class History:
    """Some tickets, some people, and a clock."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.now = OFFICE.calendar.local(STARTS[seed % len(STARTS)])
        self.entries: list[Entry] = []
        self.gone: set[str] = set()
        self.tickets: list[Ticket] = []
        self.told: list[str] = []
        self.roster = Roster(OFFICE)
        for _ in range(2):
            self.opens()
        self.tends()

    def tell(self, what: str) -> None:
        self.told.append(f"{self.now.astimezone(OFFICE.zone):%a %d %b %H:%M}  {what}")

    # -- what may happen --------------------------------------------------------------------------------------------

    def goes_on(self) -> None:
        """Let one thing happen and some time pass."""
        happens = self.draw.choice(
            (self.opens, self.moves, self.moves, self.calls, self.calls, self.is_absent, self.is_absent, self.is_absent,
             self.comes_back, self.leaves, self.everybody_is_away)
        )  # fmt: skip
        happens()
        self.passes()
        self.tends()

    def passes(self) -> None:
        """Let some time pass; often until something of a ticket falls due, or shortly before."""
        edges = [at for one in self.open() for at in (*moments_of(one).values(), one.last_chance) if at is not None]
        ahead = [at for at in edges if at > self.now]
        if ahead and self.draw.random() < 0.4:
            self.now = max(self.now, self.draw.choice(ahead) - timedelta(minutes=self.draw.choice((0, 0, 3, 40))))
        else:
            self.now += timedelta(minutes=self.draw.choice(PASSES_MIN))

    def opens(self) -> None:
        unit = self.draw.choice(list(OFFICE.units))
        own = [one.id for one in OFFICE.in_role(Role.CASE_WORKER, unit) if one.id not in self.gone]
        due = promise.due(OFFICE.calendar, self.now, staffed=OFFICE.calendar_of(unit))
        ticket = Ticket(
            len(self.tickets), unit, self.draw.choice([None, *own]), self.now, due.moment, due.last_chance,
            window=self.draw.choice((None, None, (time(14), time(16)), (time(8), time(10)))),
            safe=self.draw.choice((None, None, None, (time(9), time(17)), (time(12), time(13)))),
        )  # fmt: skip
        self.tell(f"ticket {ticket.number} of {unit} is opened for {ticket.responsible}")
        self.tickets.append(ticket)

    def moves(self) -> None:
        """Somebody decides something about a ticket. What the table refuses does not happen."""
        ticket, move = self.draw.choice(self.tickets), self.draw.choice(list(Move))
        why = refusal(ticket.state, move)
        self.tell(f"{move} ticket {ticket.number}, {ticket.state}: {why.en if why else 'done'}")
        if why is not None:
            return
        match move:
            case Move.REACH:
                self.reaches(ticket)
            case Move.FORWARD:
                ticket.unit = self.draw.choice(list(OFFICE.units))
                ticket.responsible = ticket.holder = self.draw.choice([None, *OFFICE.units[ticket.unit].members])
            case Move.TAKE:
                ticket.responsible = ticket.holder = self.draw.choice(DEALS)
            case Move.PAUSE:
                ticket.waits_until = self.now + self.draw.choice((timedelta(days=1), LONGEST_WAIT))
            case Move.RESUME:
                ticket.waits_until = None
            case Move.RESOLVE | Move.CLOSE_UNTOLD:
                ticket.closed, ticket.waits_until = self.now, None
                ticket.resolved = self.now if move is Move.RESOLVE else None
            case Move.REOPEN:
                ticket.closed = ticket.resolved = None
            case Move.ATTEMPT:
                self.tries(ticket)

    def calls(self) -> None:
        """The clock is moved on to when a ticket is to be called about, and that is done."""
        ready = [one for one in self.tickets if one.state is State.OPEN]
        if ready:
            ticket = self.draw.choice(ready)
            self.now = next_attempt(ticket.callback, OFFICE.calendar_of(ticket.unit), self.now).moment
            self.tends()
            self.tries(ticket)

    def tries(self, ticket: Ticket) -> None:
        if not within(ticket.safe, self.now, OFFICE.calendar):
            return
        self.tell(f"ticket {ticket.number} is called about")
        ticket.attempted = ticket.attempted or self.now
        ticket.attempts.append(self.now)
        if self.draw.random() < 0.3:
            self.reaches(ticket)

    def reaches(self, ticket: Ticket) -> None:
        ticket.reached = ticket.reached or self.now
        ticket.attempted, ticket.waits_until = ticket.attempted or self.now, None

    def is_absent(self) -> None:
        """Somebody's time is taken, often of who holds a ticket and until shortly before its end."""
        start = self.now + timedelta(hours=self.draw.choice((0, 0, 0, 5, 30)))
        ends = [start + timedelta(hours=self.draw.choice((1, 2, 9, 50, 200)))]
        ends += [one.last_chance - timedelta(minutes=4) for one in self.open() if one.last_chance is not None]
        end = self.draw.choice([ends[0], ends[-1], None]) if self.draw.random() < 0.5 else ends[0]
        holders = [one.holder for one in self.open() if one.holder is not None]
        kind = self.draw.choice((Taken.ABSENT, Taken.APPOINTMENT, Taken.PROTECTED))
        entry = Entry(self.draw.choice([*holders, self.draw.choice(DEALS)]), start, end, kind)
        self.tell(f"{entry.person} is {entry.kind} from {start} to {entry.end}")
        self.entries.append(entry)

    def comes_back(self) -> None:
        if self.entries:
            entry = self.entries.pop(self.draw.randrange(len(self.entries)))
            self.tell(f"{entry.person} is there after all")

    def leaves(self) -> None:
        if self.draw.random() < 0.3:
            person = self.draw.choice(DEALS)
            self.tell(f"{person} leaves")
            self.gone.add(person)

    def everybody_is_away(self) -> None:
        if self.draw.random() < 0.3:
            ends = [self.now + timedelta(hours=self.draw.choice((30, 800)))]
            ends += [one.last_chance - timedelta(minutes=4) for one in self.open() if one.last_chance is not None]
            end = self.draw.choice(ends)
            self.tell(f"everybody is away until {end}")
            self.entries += [Entry(person, self.now, end) for person in DEALS]

    # -- what the house does each minute ----------------------------------------------------------------------------

    def tends(self) -> None:
        """Let every ticket lie with who is to hold it, and take what steps are due."""
        entered = [one for one in self.entries if one.end is None or one.end > self.now]
        self.roster = Roster(OFFICE, [*entered, *(Entry(person, self.now, None) for person in self.gone)])
        for ticket in self.open():
            if ticket.waits_until is not None and ticket.waits_until <= self.now:
                ticket.waits_until = None
            self.places(ticket)
            if ticket.reached is None:
                ticket.steps += due_steps(moments_of(ticket), ticket.steps, self.now)

    def open(self) -> Iterator[Ticket]:
        yield from (ticket for ticket in self.tickets if ticket.closed is None)

    def places(self, ticket: Ticket) -> Level:
        held = Counter(one.holder for one in self.open() if one is not ticket and one.holder is not None)
        found = holder_of(
            OFFICE, self.roster, unit=ticket.unit, responsible=ticket.responsible, opened=ticket.opened, due=ticket.due,
            last_chance=ticket.last_chance, now=self.now, open_tickets=held, present=ticket.holder,
        )  # fmt: skip
        ticket.holder, ticket.nobody = found.person, found.level is Level.NOBODY
        return found.level

    # -- what must hold ---------------------------------------------------------------------------------------------

    def holds(self) -> None:
        """Assert what is true after every step."""
        for ticket in self.tickets:
            in_order = [at for at in (ticket.attempted, ticket.reached, ticket.resolved) if at is not None]
            assert in_order == sorted(in_order)
            assert ticket.resolved is None or ticket.reached is not None
            assert len(ticket.steps) == len(set(ticket.steps))
            assert ticket.steps == sorted(ticket.steps, key=list(LadderStep).index)
            if ticket.closed is None:
                self.is_in_good_hands(ticket)
                if ticket.reached is None:
                    assert ticket.steps == [one for one, at in moments_of(ticket).items() if at <= self.now]
                    self.is_called_well(ticket)

    def is_in_good_hands(self, ticket: Ticket) -> None:
        """Whoever holds a ticket is there in time, if anybody is; placed again it stays."""
        free = {person: self.roster.free(person, self.now, self.now + LOOK_AHEAD) for person in may_hold(ticket)}
        assert ticket.nobody is not any(free.values())
        if ticket.nobody:
            assert ticket.holder is None
            return
        assert ticket.holder is not None
        before = ticket.holder
        self.places(ticket)
        assert ticket.holder == before, f"ticket {ticket.number} wanders from {before} to {ticket.holder}"
        limit, at_once = needed_by(moments_of(ticket), ticket.last_chance, self.now)
        if limit is None:
            assert free[before][0][0] == min(periods[0][0] for periods in free.values() if periods)
            return
        in_time = {person: length(common(periods, ((self.now, limit),))) for person, periods in free.items()}
        most = NEEDED if max(in_time.values()) >= NEEDED else MINUTE
        if max(in_time.values()) >= most:
            assert in_time[before] >= most, f"{before} is not there in time, {in_time}"
        self.first_goes_first(ticket, in_time, at_once=at_once, limit=limit)

    def first_goes_first(
        self, ticket: Ticket, in_time: dict[str, timedelta], *, at_once: bool, limit: datetime
    ) -> None:
        """Who is in today, and here if that is asked, goes before who is not; the person responsible before all others."""

        def good(person: str) -> bool:
            here = not at_once or self.roster.presence(person, self.now).here
            return in_time[person] >= NEEDED and here and not self.roster.away_today(person, self.now)

        assert ticket.holder is not None
        assert good(ticket.holder) or not any(good(person) for person in in_time)
        if ticket.responsible is not None:
            if good(ticket.responsible):
                assert ticket.holder == ticket.responsible
            one = readiness(self.roster, ticket.responsible, self.now)
            if one.ready is not None and one.ready <= limit and (one.here or not at_once):
                assert ticket.holder == ticket.responsible, "who is ready by the limit holds it, nobody else looked at"

    def is_called_well(self, ticket: Ticket) -> None:
        """The next attempt is in staffed time that is safe for the citizen, in time if it can be, at another time of day if it can be."""
        calendar = OFFICE.calendar_of(ticket.unit)
        found = next_attempt(ticket.callback, calendar, self.now)
        assert found.moment >= self.now
        in_two_weeks = found.moment >= self.now + timedelta(days=14)  # nobody is there at her safe times
        assert in_two_weeks or (calendar.is_open(found.moment) and within(ticket.safe, found.moment, calendar))
        if found.in_time:
            assert ticket.last_chance is not None and found.moment < ticket.last_chance + MINUTE
        if ticket.last_chance is None:
            return
        tried = {part_of_day(one) for one in ticket.attempts}
        rested = max([self.now, *(one + PAUSE for one in ticket.attempts)])
        if found.choice is Choice.OTHER_TIME_OF_DAY:
            assert part_of_day(found.moment) not in tried
        for moment in every(GRID, self.now, ticket.last_chance):
            if not calendar.is_open(moment) or not within(ticket.safe, moment, calendar):
                continue
            assert found.in_time, f"{moment} would be in time"
            fits = within(ticket.window, moment, calendar) and moment >= rested and part_of_day(moment) not in tried
            assert not fits or (found.choice is Choice.OTHER_TIME_OF_DAY and found.moment <= moment)

    def is_over(self) -> None:
        """Every promise that was not kept was broken in all its steps, each once."""
        self.now += timedelta(days=20)
        self.tends()
        for ticket in self.open():
            if ticket.reached is None:
                assert ticket.steps == list(moments_of(ticket))


def moments_of(ticket: Ticket) -> dict[LadderStep, datetime]:
    calendar = OFFICE.calendar_of(ticket.unit)
    return Ladder.of(OFFICE).moments(calendar, ticket.opened, ticket.due, ticket.last_chance)


def may_hold(ticket: Ticket) -> set[str]:
    """Return who may hold a ticket, in no order: herself, her deputies, the unit's case workers, all on duty, all leaders."""
    found = {one.id for one in OFFICE.in_role(Role.CASE_WORKER, ticket.unit)}
    found |= {one.id for role in (Role.DUTY_OFFICER, Role.TEAM_LEADER) for one in OFFICE.in_role(role)}
    chain: list[str] = []
    person = ticket.responsible
    while person is not None and person not in chain:
        chain.append(person)
        person = OFFICE.people[person].substitute
    return found | set(chain)


def part_of_day(moment: datetime) -> int:
    return sum(moment.astimezone(OFFICE.zone).time() >= edge for edge in PARTS_OF_DAY)


def every(step: timedelta, start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += step


def play(seed: int) -> None:
    """Play a history. Raises ``AssertionError`` with its story if what must hold does not."""
    history = History(seed)
    try:
        for _ in range(STEPS):
            history.holds()
            history.goes_on()
        history.holds()
        history.is_over()
    except AssertionError as error:
        raise AssertionError(f"history {seed}\n" + "\n".join(history.told) + f"\n{error}") from error


def test_no_promise_is_lost() -> None:
    for seed in range(FEW):
        play(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_promise_is_lost_in_thousands(part: int) -> None:
    for seed in range(FEW + part, HISTORIES, PARTS):
        play(seed)
