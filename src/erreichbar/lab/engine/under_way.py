"""What people are at when a run begins in the middle of service: seats, calls that wait, ring or are talked in, callbacks.

When a talk, patience, a pause or the work after a call ends is what the keyed draws say, counted from when it began.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from erreichbar.access import Point, decide, moment
from erreichbar.lab.engine.callbacks import ANSWERS_AFTER_MS, BUSY, NOT_ANSWERED, RING_MS
from erreichbar.lab.engine.callers import caller_of
from erreichbar.lab.engine.chains import chained
from erreichbar.lab.engine.heap import SLOTS, first_key, push, second_key
from erreichbar.lab.engine.promised import T_ATTEMPTS, T_PLACE, Kept, Promised
from erreichbar.lab.engine.rules import duration
from erreichbar.lab.engine.shapes import CallIs, Kind, Law, Plan, SeatIs, What
from erreichbar.lab.engine.state import (
    ABOUT,
    AFTER,
    ANSWERED,
    ARRIVED,
    BEFORE,
    CALL,
    CITIZEN,
    CONTACT,
    CONTACTS,
    EARLIER,
    FIRST_READY,
    FIRST_WAITING,
    FREE,
    HEAP,
    IS,
    LAST_READY,
    LAST_WAITING,
    LATER,
    LEFT_FIRST,
    LOOKING,
    LOOKS_AT,
    NOBODY,
    NTH,
    NUMBER,
    OUTCOME,
    PART,
    PRESENT,
    PRESENTED,
    READY,
    RING_BACK,
    RINGINGS,
    RUNGS,
    SEAT,
    SINCE,
    STATE,
    TARGET,
    TRIES,
    WAITING,
    WORKS,
    State,
)
from erreichbar.lab.engine.state import BUSY as TALKING
from erreichbar.record.words import Role, code
from erreichbar.traffic.behaviour import talk_ms
from erreichbar.traffic.draws import Stream, uniform

CASE_WORKER = code(Role.CASE_WORKER)


@dataclass(frozen=True, slots=True)
class AtSeat:
    """What somebody is at, ``since`` when, and with which of the contacts under way.

    ``rungs``, ``works``: so often it has rung at her seat, so many pieces of case work she has begun. ``looks_at``: when she looks
    whether somebody is to be called back, ``NOBODY``: she will take up a new piece of work when she is next at it.
    """

    state: SeatIs = SeatIs.OFF
    since: int = 0
    rungs: int = 0
    works: int = 0
    looks_at: int = NOBODY
    contact: int = NOBODY


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A call or callback that is not over, or whose wrap-up is not: how far it ``is`` (wrap-up: ``FREE``).

    ``nth``: of which call of the citizen her draws are. ``since``: when it began to ring, to be announced, or was answered. ``ticket``:
    which of the open ones it answers, or is for; ``about``: about which she calls herself. ``tries``: how many calls before were in
    vain. ``missed``: at which seats it rang in vain. ``row``: what is written of it so far.
    """

    is_: CallIs
    citizen: int
    nth: int
    arrived: int
    since: int = NOBODY
    seat: int = NOBODY
    ringings: int = 0
    missed: Sequence[int] = ()
    ticket: int = NOBODY
    outcome: int = NOBODY
    presented: int = NOBODY
    about: int = NOBODY
    tries: int = 0
    row: Mapping[int, int] = field(default_factory=dict)


def slot(state: State) -> int:
    """Take a free slot of the calls, of somebody who has not called in vain."""
    state.n[FREE] -= 1
    found = int(state.free[state.n[FREE]])
    state.calls[found, ABOUT], state.calls[found, TRIES] = NOBODY, 0
    return found


def put(
    seats: Mapping[int, AtSeat],
    contacts: Sequence[UnderWay],
    state: State,
    plan: Plan,
    given: Promised,
    kept: Kept,
    now: int,
) -> None:
    """Let people be at what they are at. Raises ``ValueError`` for a call on a direct line, or that is being put through."""
    slots = [_contact(number, one, state, plan, given, kept, now) for number, one in enumerate(contacts)]
    n, rows = state.n, state.seats
    n[CONTACTS] = len(contacts)
    waiting = np.array([at for at, one in zip(slots, contacts, strict=True) if one.is_ == CallIs.WAITING], np.int64)
    n[WAITING] = len(waiting)
    n[FIRST_WAITING], n[LAST_WAITING] = chained(state.calls, waiting, BEFORE, AFTER)
    for seat, one in seats.items():
        row = rows[seat]
        row[STATE], row[SINCE], row[RUNGS], row[WORKS] = one.state, one.since, one.rungs, one.works
        if one.looks_at >= 0:
            row[LOOKS_AT], row[LEFT_FIRST] = one.looks_at, first_key(now, 0)
            _looks(state, given, kept, seat)
        if one.contact >= 0:
            row[CALL] = one.contact if one.state == SeatIs.WRAP_UP else slots[one.contact]
        _goes_on(state, plan, seat, one, None if one.contact < 0 else contacts[one.contact], now)
    agents = rows[: given.agents]
    n[PRESENT] = np.count_nonzero(agents[:, STATE] != SeatIs.OFF)
    ready = np.flatnonzero(agents[:, STATE] == SeatIs.READY)
    ready = ready[np.argsort(agents[ready, SINCE], kind="stable")]
    n[READY] = len(ready)
    n[FIRST_READY], n[LAST_READY] = chained(rows, ready, EARLIER, LATER)


def _contact(number: int, one: UnderWay, state: State, plan: Plan, given: Promised, kept: Kept, now: int) -> int:
    if plan.rows is not None:
        plan.rows[number, :] = NOBODY
        plan.rows[number, list(one.row)] = list(one.row.values())
    if one.is_ == CallIs.FREE:
        return NOBODY
    at = slot(state)
    row = state.calls[at]
    row[[CITIZEN, NTH, CONTACT, ARRIVED, IS, SEAT]] = one.citizen, one.nth, number, one.arrived, one.is_, one.seat
    row[[ABOUT, TRIES]] = one.about, one.tries
    row[[RINGINGS, RING_BACK, OUTCOME, PRESENTED, TARGET]] = (
        one.ringings,
        one.ticket,
        one.outcome,
        one.presented,
        NOBODY,
    )
    state.missed[at, :] = False
    state.missed[at, list(one.missed)] = True
    seed, replication, citizen, nth = *plan.seed, one.citizen, one.nth

    def later(when: int, kind: Kind, what: What) -> None:
        _put(state, when, kind, second_key(number, what.value, at))

    def drawn(law: Law, stream: Stream) -> int:
        return duration(law, uniform(seed, replication, stream, citizen, nth))

    def talked() -> int:
        matters = int(given.callers.matters[caller_of(given, citizen)])
        role = int(given.people.role[one.seat])
        return one.since + talk_ms(given.behaviour, seed, replication, citizen, nth, role, matters)

    match one.is_:
        case CallIs.WAITING | CallIs.RINGING:
            if plan.patience is not None:
                later(one.arrived + max(1, drawn(plan.patience, Stream.PATIENCE)), Kind.CALL_ENDS, What.HANGS_UP)
            if one.is_ == CallIs.RINGING:
                tried_first = one.seat >= given.agents
                lasts = plan.rules.ring_back_first_ms if tried_first else plan.rules.ring_ms
                later(one.since + lasts, Kind.TIMER, What.RANG_OUT)
            elif (longest := _longest(plan, one, now)) > 0:
                later(now + longest, Kind.TIMER, What.WAITED)
        case CallIs.TALKING:
            row[ANSWERED] = one.since
            state.n[TALKING] += 1
            later(talked(), Kind.CALL_ENDS, What.TALK_ENDS)
        case CallIs.ANNOUNCED if plan.again is not None:
            later(one.since + plan.again.announcement_ms, Kind.CALL_ENDS, What.ANNOUNCED)
        case CallIs.CALLBACK:
            row[ANSWERED] = one.since
            pieces = given.pieces
            piece = int(np.searchsorted(pieces.start[: pieces.first[1]], one.arrived, side="right")) - 1
            row[PART] = pieces.part[piece]
            kept.called[kept.tickets[one.ticket, T_PLACE]] += 1
            if one.since >= 0:
                kept.tickets[one.ticket, T_ATTEMPTS] += 1
                later(talked(), Kind.CALL_ENDS, What.CALLBACK_ENDS)
            else:
                rings = RING_MS if one.outcome in (NOT_ANSWERED, BUSY) else ANSWERS_AFTER_MS
                later(one.arrived + rings, Kind.CALL_ANSWERED, What.CALLBACK_ANSWERED)
        case _:
            raise ValueError("a run cannot begin while a call rings on a direct line or is put through")
    return at


def _longest(plan: Plan, one: UnderWay, now: int) -> int:
    """Return for how long a call may wait on, −1: for ever."""
    asked = moment(
        Point.WAITED, is_open=True, waited_ms=now - one.arrived, ringings=one.ringings, is_ring_back=one.ticket >= 0
    )
    return decide(plan.rules, asked).wait_ms


def _goes_on(state: State, plan: Plan, seat: int, one: AtSeat, about: UnderWay | None, now: int) -> None:
    """Put on the agenda when she picks up, has wrapped up, is back, or can go home."""
    seed, number, hours = plan.seed, int(state.seats[seat, NUMBER]), plan.hours
    if one.state == SeatIs.RINGING and plan.ring is not None:
        nth = one.rungs - 1
        after = duration(plan.ring.pick_up, uniform(*seed, Stream.PICK_UP, number, nth))
        _put(state, one.since + after, Kind.SEAT, second_key(seat, What.PICKS_UP.value, nth & (SLOTS - 1)))
    elif one.state == SeatIs.PAUSE and plan.ring is not None:
        _put(state, one.since + plan.ring.pause_ms, Kind.SEAT, second_key(seat, What.PAUSE_ENDS.value, seat))
    elif one.state == SeatIs.WRAP_UP and plan.wrap_up is not None and about is not None:
        after = duration(plan.wrap_up, uniform(*seed, Stream.WRAP_UP, about.citizen, about.nth))
        _put(state, one.since + after, Kind.SEAT, second_key(seat, What.WRAPPED_UP.value, seat))
    if one.state != SeatIs.OFF and hours is not None:
        mine = np.flatnonzero((hours.shifts[:, 0] == seat) & (hours.shifts[:, 1] < now))
        over = now - int(hours.shifts[mine[-1], 2]) if len(mine) else 0
        if over > 0:
            looks = now + -over % hours.look_ms
            _put(state, looks, Kind.SEAT, second_key(seat, What.LOOKS_AGAIN.value, int(mine[-1])))


def _looks(state: State, given: Promised, kept: Kept, seat: int) -> None:
    """Put her next look on the agenda, if there is anything to look at and she is at her work."""
    row, pool = state.seats[seat], len(kept.open) + given.people.unit[seat]
    mine = kept.lists[seat, 0] >= 0
    ours = given.people.role[seat] == CASE_WORKER and kept.lists[pool, 0] >= 0
    if row[STATE] == SeatIs.READY and (mine or ours):
        row[LOOKING] = 1
        _put(state, int(row[LOOKS_AT]), Kind.SEAT, second_key(seat, What.LOOKS.value, seat))


def _put(state: State, when: int, kind: Kind, which: int) -> None:
    state.n[HEAP] = push(state.heap, state.n[HEAP], first_key(when, kind.value), which)
