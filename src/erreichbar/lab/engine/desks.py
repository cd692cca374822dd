"""Whose time went where: from what people at their seats were at, and from the case work that came to their desks.

Told after the run, from the notes of it, for rows; and in the loop only where citizens ask how their case stands, for nothing else
there depends on how far somebody is. The rules stand in ``docs/algorithms/lab.md``, "Case work by items".
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from erreichbar.lab.engine.boxes import boxed
from erreichbar.lab.engine.compiling import apart, compiled, rule
from erreichbar.lab.engine.shapes import Ints, SeatIs
from erreichbar.lab.engine.state import L_CONTACT, L_SEAT, L_SINCE, L_STATE, NOBODY
from erreichbar.lab.office import items as case_work
from erreichbar.lab.office.items import Items, Workload
from erreichbar.lab.office.times import APPOINTMENT, PROTECTED, Times
from erreichbar.record.words import WorkKind, code

resuming_ms = rule(case_work.resuming_ms)

AT_APPOINTMENT, AT_PROTECTED, AT_CASES, AT_CALL, AT_WRAP_UP, AT_CALLBACK, IDLE, OTHER = map(code, WorkKind)
W_SEAT, W_KIND, W_START, W_END, W_CONTACT, W_INTERRUPTED, W_RESUMING = range(7)
STRETCH = 7

# a desk
D_NEXT, D_LEFT, D_RESUME, D_INTERRUPTIONS, D_TAKEN, D_TOLD, D_IS, D_SINCE, D_CONTACT = range(9)
_DESK = 9
CALLING_BACK = len(SeatIs)
"""What a note says of who calls a citizen back: her seat is talking then."""


class Desks(NamedTuple):
    """What is known of everybody's time and case work in a replication. ``agents`` have the first seats; times in ms."""

    agents: int
    stops: int
    seed: int
    replication: int
    times: Times
    items: Items
    load: Workload


class Working(NamedTuple):
    """What the loop keeps of desks: what is ``given``, how far each is ``at``, and ``rows`` without room, for it tells nobody."""

    given: Desks
    at: Ints
    rows: Ints


def fresh(desks: Desks) -> Ints:
    """Return everybody's desk as a run begins, before anybody has come: int64[seats, 9], columns ``D_…``."""
    seats = len(desks.load.per_day)
    at = np.zeros((seats, _DESK), np.int64)
    at[:, D_NEXT], at[:, D_TAKEN] = desks.items.first[:seats], desks.times.taken_first[:seats]
    return at


def work(log: Ints, desks: Desks) -> Ints:
    """Return each stretch of everybody's time by seat and start: int64[k, 7], columns ``W_…``.

    ``log`` as the loop wrote it. Stretches of nothing are left out; all end when the run stops.
    """
    order = np.argsort(log[:, L_SEAT].astype(np.int16), kind="stable")
    room = 2 * (len(log) + len(desks.times.taken_start)) + 1024
    while True:
        rows = np.zeros((room, STRETCH), np.int64)
        needed = int(_fill(log, order, desks, fresh(desks), rows))
        if needed <= room:
            return rows[:needed]
        room = needed


def working(desks: Desks | None) -> Working | None:
    """Return the memory of desks as a run begins, if the loop is to know of them."""
    return None if desks is None else Working(desks, fresh(desks), np.zeros((0, STRETCH), np.int64))


def table(rows: Ints, staff: Ints, roles: Ints, organisations: Ints) -> Mapping[str, Any]:
    """Return the columns of the record's ``work``; ``staff`` is whose number stands for each row."""
    seats, kind = rows[:, W_SEAT], rows[:, W_KIND]
    with_cases = (kind == AT_CASES) | (kind == AT_PROTECTED)
    return {
        "staff": staff,
        "role": roles[seats],
        "organisation": organisations[seats],
        "kind": kind,
        "start": rows[:, W_START],
        "end": rows[:, W_END],
        "contact": rows[:, W_CONTACT],
        "interrupted": np.where(with_cases, rows[:, W_INTERRUPTED], NOBODY),
        "resuming": np.where(with_cases, rows[:, W_RESUMING], NOBODY),
    }


@compiled
def _fill(log: Ints, order: Ints, desks: Desks, at: Ints, rows: Ints) -> int:
    """Write everybody's stretches into ``rows``; returns how many there are, those beyond the room counted only."""
    given, count, nth = boxed(desks), 0, 0
    for seat in range(len(at)):
        while nth < len(order) and log[order[nth], L_SEAT] == seat:
            note = log[order[nth]]
            count = turns_to(given, at[seat], seat, note[L_STATE], note[L_CONTACT], note[L_SINCE], rows, count)
            nth += 1
        count = go_on(given, at[seat], seat, given.stops, rows, count)
    return count


@apart
def turns_to(desks: Desks, desk: Ints, seat: int, what: int, contact: int, now: int, rows: Ints, count: int) -> int:
    """Somebody is at something else from now on; write what she was at, and return how many rows there are."""
    count = go_on(desks, desk, seat, now, rows, count)
    at_her_work = desk[D_IS] == SeatIs.READY and seat >= desks.agents and desk[D_SINCE] < now
    if at_her_work and desk[D_LEFT] > 0 and (what == SeatIs.RINGING or what == SeatIs.TALKING):
        _interrupted(desks, desk, rows, count)
    desk[D_IS], desk[D_SINCE], desk[D_CONTACT] = what, now, contact
    return count


@apart
def go_on(desks: Desks, desk: Ints, seat: int, now: int, rows: Ints, count: int) -> int:
    """Let somebody go on with what she is at until now; returns how many rows there are."""
    start = desk[D_TOLD]
    desk[D_TOLD] = now
    if desk[D_IS] == SeatIs.OFF:
        return _planned(desks, desk, seat, start, now, rows, count)
    if desk[D_IS] == SeatIs.READY and seat >= desks.agents:
        return _at_the_desk(desks.items, desk, seat, AT_CASES, start, now, rows, count)
    return _row(seat, _kind(desk[D_IS]), start, now, desk[D_CONTACT], rows, count)


@apart
def is_done(desk: Ints, item: int) -> bool:
    """Return whether an item (its place among all) is done, as far as its desk has gone on."""
    return bool(desk[D_NEXT] > item + 1 or (desk[D_NEXT] == item + 1 and desk[D_LEFT] == 0))


@apart
def _kind(what: int) -> int:
    if what == SeatIs.READY:
        return IDLE
    if what == SeatIs.PAUSE:
        return OTHER
    if what == SeatIs.WRAP_UP:
        return AT_WRAP_UP
    return AT_CALLBACK if what == CALLING_BACK else AT_CALL


@apart
def _planned(desks: Desks, desk: Ints, seat: int, start: int, end: int, rows: Ints, count: int) -> int:
    """Write what takes somebody's time who is not at her telephone; returns how many rows there are."""
    times = desks.times
    while desk[D_TAKEN] < times.taken_first[seat + 1] and times.taken_start[desk[D_TAKEN]] < end:
        taken = desk[D_TAKEN]
        begins, ends = max(start, times.taken_start[taken]), min(end, times.taken_end[taken])
        kind = times.taken_kind[taken]
        if kind == PROTECTED:
            count = _at_the_desk(desks.items, desk, seat, AT_PROTECTED, begins, ends, rows, count)
        else:
            count = _row(seat, AT_APPOINTMENT if kind == APPOINTMENT else OTHER, begins, ends, NOBODY, rows, count)
        if times.taken_end[taken] > end:
            break
        desk[D_TAKEN] += 1
    return count


@apart
def _at_the_desk(items: Items, desk: Ints, seat: int, kind: int, start: int, end: int, rows: Ints, count: int) -> int:
    """Work on one item after the other, as long as there is one; an interrupted one is got back into first."""
    begins, resuming, now = start, min(desk[D_RESUME], max(0, end - start)), start
    while now < end:
        if desk[D_LEFT] == 0:
            comes = items.arrives[desk[D_NEXT]] if desk[D_NEXT] < items.first[seat + 1] else end
            if comes > now:
                count = _cases(seat, kind, begins, now, resuming, rows, count)
                begins, resuming = min(comes, end), 0
                count = _row(seat, IDLE, now, begins, NOBODY, rows, count)
                now = begins
                continue
            desk[D_LEFT], desk[D_INTERRUPTIONS] = items.size[desk[D_NEXT]], 0
            desk[D_NEXT] += 1
        back = min(desk[D_RESUME], end - now)
        done = min(desk[D_LEFT], end - now - back)
        desk[D_RESUME] -= back
        desk[D_LEFT] -= done
        now += back + done
    return _cases(seat, kind, begins, min(now, end), resuming, rows, count)


@apart
def _interrupted(desks: Desks, desk: Ints, rows: Ints, count: int) -> None:
    """A call takes her from an item: to get back into it will cost time, and more than what was left of getting back before."""
    nth = desk[D_INTERRUPTIONS]
    desk[D_RESUME] = resuming_ms(desks.load, desks.seed, desks.replication, desks.items.key[desk[D_NEXT] - 1], nth)
    desk[D_INTERRUPTIONS] = nth + 1
    if 0 < count <= len(rows):
        rows[count - 1, W_INTERRUPTED] = 1


@apart
def _cases(seat: int, kind: int, start: int, end: int, resuming: int, rows: Ints, count: int) -> int:
    if start < end and count < len(rows):
        rows[count, W_RESUMING] = resuming
    return _row(seat, kind, start, end, NOBODY, rows, count)


@apart
def _row(seat: int, kind: int, start: int, end: int, contact: int, rows: Ints, count: int) -> int:
    if start >= end:
        return count
    if count < len(rows):
        row = rows[count]
        row[W_SEAT], row[W_KIND], row[W_START], row[W_END], row[W_CONTACT] = seat, kind, start, end, contact
    return count + 1
