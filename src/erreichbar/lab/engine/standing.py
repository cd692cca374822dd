"""An office as it stands at a moment, for the loop to go on from: what was promised, who will call, who is at what.

Moments are ms since the start of the run, which lies before all of them; people, places and citizens are numbered as in ``promised``.
What follows from a keyed draw is not told but drawn again: when a talk ends, when patience does, when who was called rings back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from erreichbar.access import Act, Point, decide, moment
from erreichbar.lab.engine import under_way
from erreichbar.lab.engine.chains import chained
from erreichbar.lab.engine.heap import first_key, key_of_citizen, push, second_key
from erreichbar.lab.engine.loop import first_calls
from erreichbar.lab.engine.placing import half_of, limit_of_list
from erreichbar.lab.engine.promised import (
    LIVE,
    PERSONS,
    T_AFTER,
    T_ATTEMPTED,
    T_ATTEMPTS,
    T_BEFORE,
    T_CALLER,
    T_CHANCE,
    T_CHASED,
    T_DECIDE,
    T_DUE,
    T_EARLIER,
    T_HALF,
    T_HOLDER,
    T_LATER,
    T_LIMIT,
    T_LISTED,
    T_MISSED_AT,
    T_MISSED_BY,
    T_NTH,
    T_NUMBER,
    T_OPENED,
    T_OWN,
    T_PARTS,
    T_PERSON,
    T_PLACE,
    T_REACHED,
    T_REASON,
    T_RING_BACKS,
    T_ROW,
    T_TRIED,
    T_UNIT,
    T_URGENCY,
    T_URGENT,
    T_WITH,
    T_WITHOUT,
    TICKET,
    TICKETS,
    Kept,
    Promised,
)
from erreichbar.lab.engine.shapes import CallIs, Ints, Kind, Plan, What
from erreichbar.lab.engine.state import (
    ABOUT,
    AT_FIRST,
    CITIZEN,
    DAY,
    HEAP,
    IS,
    NEXT,
    NOBODY,
    TODAY,
    State,
)
from erreichbar.lab.engine.tickets import DUTY_OFFICER, PROMISED_MS
from erreichbar.lab.engine.under_way import AtSeat, UnderWay
from erreichbar.lab.office.dues import last_chance
from erreichbar.record.words import AttemptOutcome, code
from erreichbar.traffic.further import chases_ms
from erreichbar.traffic.process import PLACES

_ENDS_IT = code(AttemptOutcome.REACHED), code(AttemptOutcome.WRONG_NUMBER)


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt of which something came: when it began, its outcome (code), and who made it (``NOBODY``: not known)."""

    began: int
    outcome: int
    seat: int = NOBODY


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """An open ticket: the ``nth`` matter of a citizen, whose number as a person is ``person``.

    ``holder``: ``NOBODY`` is her unit's pool, none who is responsible. ``chance``: what was promised (``NOBODY``: nothing). ``with_whom``:
    code, of who has reached her without being able to close it.
    """

    citizen: int
    nth: int
    person: int
    holder: int | None
    opened: int
    chance: int
    attempts: Sequence[Tried] = ()
    attempted: int = NOBODY
    reached: int = NOBODY
    with_whom: int = NOBODY
    without_contact: int = 0
    ring_backs: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How an office stands at the beginning of the millisecond ``begins``: what lies before it has happened, nothing of it yet.

    ``persons``: who is recorded (places), by number. ``last``: by household the citizen who called last. ``made``: by citizen her
    calls, callbacks to her among them. ``coming``: when (not before it) who will call again, and about which of the
    ``tickets`` (by place, ``NOBODY``: none). ``seats``: those of which
    something is to be said; by default somebody is away and has never been rung. ``contacts``: calls and callbacks that go on, in the
    order in which they began.
    """

    begins: int
    tickets: Sequence[OpenTicket] = ()
    persons: Sequence[int] = ()
    last: Mapping[int, int] = field(default_factory=dict)
    made: Mapping[int, int] = field(default_factory=dict)
    coming: Iterable[tuple[int, int, int]] = ()
    seats: Mapping[int, AtSeat] = field(default_factory=dict)
    contacts: Sequence[UnderWay] = ()

    @property
    def most_attempts(self) -> int:
        """How many attempts were made for one ticket."""
        return max((len(ticket.attempts) for ticket in self.tickets), default=0)


def put(standing: Standing, state: State, plan: Plan) -> None:
    """Let a run that has not begun go on from there. Raises ``ValueError`` if it follows no tickets, or has absences or case work."""
    given, kept = plan.promised, state.kept
    if given is None or kept is None or plan.cases is not None or len(given.anew) > 0:
        raise ValueError("a run can only begin from what stands in an office file as it is")
    now, n = standing.begins, state.n
    n[AT_FIRST] = first_key(now, 0)
    n[DAY], n[NEXT], n[TODAY] = int(np.searchsorted(plan.days.starts, now, side="right")) - 1, 0, 0
    first_calls(n, state.times, plan.days, plan.seed, plan.given)
    n[NEXT] = np.searchsorted(state.times[: n[TODAY]] + plan.days.starts[n[DAY] - 1], now)
    for place, caller in standing.last.items():
        kept.last[place] = _caller(given, caller)
    for citizen, count in standing.made.items():
        kept.made[_caller(given, citizen)] = count
    kept.person[list(standing.persons)] = np.arange(len(standing.persons))
    kept.n[PERSONS] = len(standing.persons)
    _tickets(standing, state, plan, given, kept)
    for when, citizen, about in standing.coming:
        at = under_way.slot(state)
        state.calls[at, [CITIZEN, ABOUT, IS]] = citizen, about, CallIs.COMING
        n[HEAP] = push(state.heap, n[HEAP], first_key(when, Kind.CALL_ARRIVES.value), key_of_citizen(citizen, at))
    under_way.put(standing.seats, standing.contacts, state, plan, given, kept, now)


def _caller(given: Promised, citizen: int) -> int:
    day, place = divmod(citizen, PLACES)
    return int(given.callers.first[day - given.callers.first_key] + place)


def _tickets(standing: Standing, state: State, plan: Plan, given: Promised, kept: Kept) -> None:
    for number, ticket in enumerate(standing.tickets):
        kept.tickets[number] = _row(ticket, given, len(state.seats))
        _may_chase(ticket, number, state, plan, given, standing.begins)
        kept.tried[number, : len(ticket.attempts)] = [one.began for one in ticket.attempts]
        made = len(ticket.attempts)
        step = decide(plan.rules, moment(Point.MISSED, attempts_made=made))
        if made and ticket.reached < 0 and step.act == Act.END:
            row = kept.tickets[number]
            until = max(row[T_CHANCE] if row[T_CHANCE] >= 0 else row[T_DUE], standing.begins)
            which = second_key(len(given.people.role) + number, What.GIVES_UP.value, 0)
            state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(int(until), Kind.PERSON.value), which)
    count = kept.n[TICKETS] = len(standing.tickets)
    rows = kept.tickets[:count]
    holders = np.where(rows[:, T_HOLDER] >= 0, rows[:, T_HOLDER], len(kept.open) + rows[:, T_UNIT])
    told = rows[:, T_REACHED] >= 0
    may_be_called = (rows[:, T_ATTEMPTS] < plan.rules.attempts) | (rows[:, T_NUMBER] == 0)
    decides = np.isin(rows[:, T_HOLDER], np.flatnonzero(given.people.role == DUTY_OFFICER))
    rows[:, T_LISTED] = np.where(told, (rows[:, T_URGENT] == 1) & decides, may_be_called)
    np.add.at(kept.told, rows[told & (rows[:, T_LISTED] == 1), T_HOLDER], 1)
    for which in np.unique(holders):
        listed = np.flatnonzero((holders == which) & (rows[:, T_LISTED] == 1))
        kept.lists[which] = chained(kept.tickets, listed, T_EARLIER, T_LATER)
        kept.young[which] = kept.lists[which, 0]
    kept.live[:count], kept.n[LIVE] = np.arange(count), count
    kept.open[:] = np.bincount(holders, minlength=len(kept.lists))[: len(kept.open)]
    homes = rows[:, T_PLACE] // 2
    for home in np.unique(homes):
        kept.at_home[home] = chained(kept.tickets, np.flatnonzero(homes == home), T_BEFORE, T_AFTER)


def _may_chase(ticket: OpenTicket, number: int, state: State, plan: Plan, given: Promised, now: int) -> None:
    """She may ask about a promise that is not kept, if that would not have been before."""
    after = chases_ms(given.further, *plan.seed, ticket.citizen, ticket.nth, 0)
    at = ticket.opened + PROMISED_MS + after
    if after >= 0 and at >= now and ticket.reached < 0:
        which = second_key(number, What.CHASES.value, 0)
        state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(at, Kind.TIMER.value), which)


def _row(ticket: OpenTicket, given: Promised, seats: int) -> Ints:
    """Return a ticket as the loop keeps it."""
    callers, staffed = given.callers, given.staffed
    caller = _caller(given, ticket.citizen)
    reason, unit, own = (of[caller, ticket.nth] for of in (callers.reason, callers.unit, callers.own))
    calendar, urgent, row = staffed.of_unit[unit], given.reasons.urgent[reason], np.full(TICKET, NOBODY, np.int64)
    holders = given.holders.plain[unit, own + 1]
    if urgent >= 0:
        stretch = np.searchsorted(given.holders.edges, ticket.opened, side="right") - 1
        of_duty = given.holders.urgent[stretch, urgent, unit]
        if of_duty >= 0 and of_duty != holders:
            holders, own = of_duty, given.holders.who[given.holders.first[of_duty]]
    row[[T_CALLER, T_PLACE, T_PERSON, T_REASON]] = caller, callers.place[caller], ticket.person, reason
    holder = own if ticket.holder is None else ticket.holder
    row[[T_UNIT, T_OWN, T_HOLDER, T_ROW, T_URGENT]] = unit, own, holder, holders, int(urgent >= 0)
    row[[T_NTH, T_CHASED, T_NUMBER]] = ticket.nth, 1, callers.telephone[caller]
    row[[T_OPENED, T_DUE, T_CHANCE]] = ticket.opened, ticket.opened + PROMISED_MS, ticket.chance
    if given.reasons.same_day[reason] == 1:
        row[T_DECIDE] = last_chance(staffed.at_decide[calendar], staffed.in_decide[calendar], ticket.opened)
    row[[T_ATTEMPTED, T_REACHED, T_WITH]] = ticket.attempted, ticket.reached, ticket.with_whom
    row[[T_HALF, T_LIMIT, T_URGENCY]] = half_of(given, row), limit_of_list(row), given.reasons.urgency[reason]
    row[[T_WITHOUT, T_RING_BACKS]] = ticket.without_contact, ticket.ring_backs
    row[[T_ATTEMPTS, T_TRIED]] = len(ticket.attempts)
    row[T_PARTS] = np.bitwise_or.reduce([0, *(1 << part for part in _parts(ticket, given))])
    missed = [one for one in ticket.attempts if one.outcome not in _ENDS_IT]
    if missed:
        row[T_MISSED_AT], row[T_MISSED_BY] = missed[-1].began, missed[-1].seat
        if missed[-1].seat < 0:
            row[T_MISSED_BY] = holder if 0 <= holder < seats else _somebody(given, int(unit))
    return row


def _parts(ticket: OpenTicket, given: Promised) -> Iterator[int]:
    """Return in which parts of the day somebody tried."""
    pieces = given.pieces
    for one in ticket.attempts:
        at = int(np.searchsorted(pieces.start[: pieces.first[1]], one.began, side="right")) - 1
        if at >= 0:
            yield int(pieces.part[at])


def _somebody(given: Promised, unit: int) -> int:
    """Return a case worker of a unit, somebody of the office if it has none."""
    seats = given.case_workers
    of_unit = seats[given.people.unit[seats] == unit]
    return int((of_unit if len(of_unit) else seats)[0])
