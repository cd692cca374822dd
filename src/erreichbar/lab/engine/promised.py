"""What the loop is given and keeps of tickets, case workers and callbacks: the half of an office that starts where a call ends.

People stand in one order: agents' seats, then those of case workers and duty officers, then who has no seat but may hold a
ticket. Callers stand in the order in which they call for the first time. Moments are ms since the start of the run, −1 is none.
"""

from typing import NamedTuple

import numpy as np

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.shapes import Floats, Ints, Law
from erreichbar.traffic.behaviour import Behaviour
from erreichbar.traffic.further import Further
from erreichbar.traffic.who import MOST_MATTERS

WINDOWS = 7
"""Sets of pieces: without a window, then one for each of ``traffic.citizens.WINDOWS``."""


class Callers(NamedTuple):
    """Who calls, by first call (int64[k]); ``first[d]``: who is the first of the run's day ``d``; ``of_day``: of the day before it none.

    ``arises``: when her matters do (ms); ``place``: who in the population;
    ``matters``: how many; ``reason``, ``unit``, ``own`` (k, 3): of each the reason, whose unit it is and
    which person's (−1: the unit's); ``telephone``, ``withheld``: 0 or 1; ``window``: which one, −1 none; ``language``: its code.
    """

    first_key: int
    first: Ints
    arises: Ints
    place: Ints
    matters: Ints
    reason: Ints
    unit: Ints
    own: Ints
    telephone: Ints
    withheld: Ints
    window: Ints
    language: Ints
    others: Ints
    """Numbers, in order, of those who have a matter because numbers are published, and who may ask how a case stands: they are the last
    of the callers, and of no day's first calls."""


class Inquiries(NamedTuple):
    """Who would call beside those of the days, in the order of their calls (int64[k]): to ask how her case stands, or with a matter.

    ``at``: when she would call; ``citizen``: her number; ``place``: who in the population; ``seat``: at whose desk the case is;
    ``item``: its place among all, −1: it is not about a case.
    """

    at: Ints
    citizen: Ints
    place: Ints
    seat: Ints
    item: Ints


class Reasons(NamedTuple):
    """Contact reasons, by place.

    ``urgency``: its code; ``urgent``: of those that are urgent which one, −1: it is not;
    ``decided``: 1 if somebody with authority must decide, ``may`` (r, people): who has it, ``ends``: with which outcome it is closed;
    ``same_day``: 1 if it must be decided on the day.
    """

    settled: Floats
    """(r, WHO): part that is settled in a conversation, by what who answers is to the matter (``lab.office.arrays``)."""
    urgency: Ints
    urgent: Ints
    decided: Ints
    may: Ints
    ends: Ints
    same_day: Ints


class Staffed(NamedTuple):
    """The units' calendars (rows, as ``of_unit`` says) and what the promise's clocks say by the minute of opening.

    ``first`` CSR over ``starts``, ``ends``: open periods. ``at_chance``, ``in_chance``, ``at_decide``, ``in_decide`` (calendars, minutes):
    the last staffed minute before 48 hours, and before the end of the day; ``at_…``, ``in_…`` as in ``lab.office.dues``.
    """

    of_unit: Ints
    first: Ints
    starts: Ints
    ends: Ints
    at_chance: Ints
    in_chance: Ints
    at_decide: Ints
    in_decide: Ints


class Holders(NamedTuple):
    """Who may hold a ticket, in the order in which they are asked: rows in CSR form, ``pool`` 1 for those of the unit's pool.

    ``plain`` (units, people + 1): which row, by unit and who is responsible (0: nobody single); ``urgent`` (stretches, urgent reasons,
    units): which row while the duty roster stands as in that stretch, −1: the plain one. ``edges``: where stretches begin.
    """

    first: Ints
    who: Ints
    pool: Ints
    plain: Ints
    urgent: Ints
    edges: Ints
    reassign: float
    """Share of its staffed time by which a ticket's holder must be there."""


class People(NamedTuple):
    """The people: ``role``: its code; ``unit``: −1 none.

    CSR over people: when each is there (``there_…``) and free (``free_…``), and in which stretches an absence takes the rest of her
    day (``away_…``).
    """

    role: Ints
    unit: Ints
    there_first: Ints
    there_start: Ints
    there_end: Ints
    free_first: Ints
    free_start: Ints
    free_end: Ints
    away_first: Ints
    away_start: Ints
    away_end: Ints


class Open(NamedTuple):
    """Pieces of open time as ``promise.calling`` has them: ``first`` CSR over sets, without a window and with each."""

    first: Ints
    start: Ints
    end: Ints
    part: Ints
    inside: Ints


class Able(NamedTuple):
    """When the office is open and a citizen can telephone, CSR over codes of ``Availability``."""

    first: Ints
    start: Ints
    end: Ints


class Receiving(NamedTuple):
    """When one may come in person to a unit, CSR over units: each day from when its first case worker should be there to the last."""

    first: Ints
    start: Ints
    end: Ints


class Colleagues(NamedTuple):
    """Seats of case workers by unit, CSR over units; before them those of none (unit −1)."""

    first: Ints
    seats: Ints


class Promised(NamedTuple):
    """All that is given. ``midnight``: where the run's days begin; ``since``: from when on a missed callback counts, by day."""

    agents: int
    stops: int
    case_work: Law
    case_work_table: Floats
    """As ``read_off`` has it."""
    behaviour: Behaviour
    callers: Callers
    reasons: Reasons
    staffed: Staffed
    holders: Holders
    people: People
    midnight: Ints
    since: Ints
    pieces: Open
    open_start: Ints
    open_end: Ints
    open_before: Ints
    """How much open time lies before each period."""
    further: Further
    case_workers: Ints
    """Seats of case workers, whose lines are direct ones."""
    colleagues: Colleagues
    able: Able
    receiving: Receiving
    hours_first: Ints
    hours_start: Ints
    hours_end: Ints
    """Everybody's telephone hours, CSR over people."""
    anew: Ints
    """When tickets are placed anew, in order; none where nobody is ever away."""
    inquiries: Inquiries


DECIDES = 2
"""Marks in ``Holders.pool`` who decides about an urgent matter."""

# n
(TICKETS, PERSONS, MATTERS, TODAY_IS, STRETCH, LIVE) = range(6)
_COUNTS = 6

# tickets: what is read when somebody looks at her list stands together
(
    T_REACHED, T_ATTEMPTS, T_NUMBER, T_LATER, T_URGENCY, T_LIMIT, T_CHANCE, T_OPENED, T_PLACE, T_CALLER, T_TRIED, T_PARTS, T_REASON,
    T_DECIDE, T_DUE, T_CLOSED, T_HOLDER, T_ROW, T_OWN, T_UNIT, T_HALF, T_URGENT, T_LISTED, T_EARLIER, T_BEFORE, T_AFTER, T_MISSED_AT,
    T_MISSED_BY, T_ATTEMPTED, T_PERSON, T_CONTACT, T_MATTER, T_RESOLVED, T_OUTCOME, T_WITH, T_WITHOUT, T_RING_BACKS, T_NTH, T_CHASED,
) = range(39)  # fmt: skip
TICKET = 39

# passed
FREE, THERE, AWAY = range(3)

# matters
M_CALLER, M_NTH, M_CONTACT, M_PERSON, M_SETTLED, M_TICKET, M_SEAT = range(7)
MATTER = 7

# stories
HEARD, COMES, GAVE_UP = range(3)


class Kept(NamedTuple):
    """All that is kept: ``n`` the numbers that are one of a kind.

    ``tried`` (tickets, attempts): when each attempt began that missed the citizen. ``lists`` (people + units, 2): first and last
    ticket that somebody holds, or a unit's pool, about which something can be done (``T_LISTED``); ``young``: the first of it whose
    promised time may not be over; ``open``: how many open ones she holds, ``told``: of how many listed ones the citizen is reached.
    ``live``: in order, tickets that may be placed anew, and some that are not any more. ``at_home`` (households, 2): first and
    last open ticket of a number; ``last``: who called last from it. ``person``: numbers of those recorded, by place; ``called``:
    being called back now.
    ``made``: calls and callbacks of each caller; ``put_off``: when she calls who could not telephone.
    ``at_piece``: the piece of each set that is not over. ``passed`` (3, people): the first of somebody's stretches that is not over, of
    those in which she is free, there, and away for the day.
    ``stories`` (callers, 3): whether she was heard, and comes in person; when she gave up.
    """

    n: Ints
    tickets: Ints
    tried: Ints
    matters: Ints
    lists: Ints
    young: Ints
    open: Ints
    told: Ints
    live: Ints
    at_home: Ints
    last: Ints
    person: Ints
    called: Ints
    made: Ints
    put_off: Ints
    at_piece: Ints
    passed: Ints
    scratch: Ints
    stories: Ints


def fresh(given: Promised, households: int, attempts: int, tickets: int) -> Kept:
    """Return the memory of a run that begins; ``attempts``: how many are promised, ``tickets``: room for so many."""
    people, units = len(given.people.role), len(given.staffed.of_unit)
    n = np.zeros(_COUNTS, np.int64)
    return Kept(
        n=n,
        tickets=np.zeros((tickets, TICKET), np.int64),
        tried=np.zeros((tickets, attempts), np.int64),
        matters=np.zeros((4 * tickets, MATTER), np.int64),
        lists=np.full((people + units, 2), -1, np.int64),
        young=np.full(people + units, -1, np.int64),
        open=np.zeros(people, np.int64),
        told=np.zeros(people, np.int64),
        live=np.zeros(tickets, np.int64),
        at_home=np.full((households, 2), -1, np.int64),
        last=np.full(households, -1, np.int64),
        person=np.full(2 * households, -1, np.int64),
        called=np.zeros(2 * households, np.int64),
        made=np.zeros(len(given.callers.place), np.int64),
        put_off=np.full(len(given.callers.place), -1, np.int64),
        at_piece=given.pieces.first[:-1].copy(),
        passed=np.stack([given.people.free_first, given.people.there_first, given.people.away_first])[:, :-1].copy(),
        scratch=np.zeros((4, max(tickets, people)), np.int64),
        stories=np.repeat(np.array([[0, 0, -1]], np.int64), len(given.callers.place), axis=0),
    )


@part
def is_full(kept: Kept | None) -> bool:
    """Return whether there may be no room for what one more conversation brings."""
    if kept is not None:
        tickets, matters = kept.n[TICKETS] + MOST_MATTERS, kept.n[MATTERS] + MOST_MATTERS
        return bool(tickets > kept.tickets.shape[0] or matters > kept.matters.shape[0])
    return False


def larger(kept: Kept) -> Kept:
    """Return the same memory with room for twice as many tickets or matters, of which there are too many."""
    tickets, tried, matters, live = kept.tickets, kept.tried, kept.matters, kept.live
    if kept.n[TICKETS] + MOST_MATTERS > len(tickets):
        tickets, tried, live = _twice(tickets), _twice(tried), _twice(live)
    if kept.n[MATTERS] + MOST_MATTERS > len(matters):
        matters = _twice(matters)
    scratch = np.zeros((4, max(len(tickets), len(kept.open))), np.int64)
    return kept._replace(tickets=tickets, tried=tried, matters=matters, live=live, scratch=scratch)


def _twice(rows: Ints) -> Ints:
    return np.concatenate([rows, np.zeros_like(rows)])
