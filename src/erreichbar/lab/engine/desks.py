"""Whose time went where: from the notes of what people at their seats were at, and from the case work that came to their desks.

Nothing in the loop depends on how far somebody is with a case, so this is told afterwards, and exactly. The rules stand in
``docs/algorithms/lab.md``, "Case work by items".
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from erreichbar.lab.engine.compiling import apart, compiled, rule
from erreichbar.lab.engine.doing import L_CONTACT, L_SEAT, L_SINCE, L_STATE
from erreichbar.lab.engine.shapes import Ints, SeatIs
from erreichbar.lab.engine.state import NOBODY, R_CALLBACK
from erreichbar.lab.office import items as case_work
from erreichbar.lab.office.items import Items, Workload
from erreichbar.lab.office.times import APPOINTMENT, PROTECTED, Times
from erreichbar.record.words import WorkKind, code

resuming_ms = rule(case_work.resuming_ms)

AT_APPOINTMENT, AT_PROTECTED, AT_CASES, AT_CALL, AT_WRAP_UP, AT_CALLBACK, IDLE, OTHER = map(code, WorkKind)
W_SEAT, W_KIND, W_START, W_END, W_CONTACT, W_INTERRUPTED, W_RESUMING = range(7)
_ROW = 7

# a desk
_NEXT, _LEFT, _RESUME, _INTERRUPTIONS = range(4)


class Desks(NamedTuple):
    """What is known of everybody's time and case work in a replication. ``agents`` have the first seats; times in ms."""

    agents: int
    stops: int
    seed: int
    replication: int
    times: Times
    items: Items
    load: Workload


def work(log: Ints, contacts: Ints, desks: Desks) -> Ints:
    """Return each stretch of everybody's time by seat and start: int64[k, 7], columns ``W_…``.

    ``log`` and ``contacts`` as the loop wrote them. Stretches of nothing are left out; all end when the run stops.
    """
    seats = len(desks.load.per_day)
    log = log[np.argsort(log[:, L_SEAT], kind="stable")]
    first = np.searchsorted(log[:, L_SEAT], np.arange(seats + 1))
    room = 2 * (len(log) + len(desks.times.taken_start)) + 1024
    while True:
        rows = np.zeros((room, _ROW), np.int64)
        needed = int(_fill(log, first, contacts, desks, rows))
        if needed <= room:
            return rows[:needed]
        room = needed


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
def _fill(log: Ints, first: Ints, contacts: Ints, desks: Desks, rows: Ints) -> int:
    """Write everybody's stretches into ``rows``; returns how many there are, those beyond the room counted only."""
    count, times = 0, desks.times
    desk = np.zeros(4, np.int64)
    for seat in range(len(desks.load.per_day)):
        desk[_NEXT], desk[_LEFT], desk[_RESUME], desk[_INTERRUPTIONS] = desks.items.first[seat], 0, 0, 0
        since, taken = 0, times.taken_first[seat]
        for at in range(first[seat], first[seat + 1] + 1):
            # Before the first note she is not there.
            state, contact, now = SeatIs.OFF.value, NOBODY, desks.stops
            if at > first[seat]:
                state, contact = log[at - 1, L_STATE], log[at - 1, L_CONTACT]
            if at < first[seat + 1]:
                now = min(now, log[at, L_SINCE])
            if state == SeatIs.OFF:
                count, taken = _planned(desks, desk, seat, since, now, taken, rows, count)
            elif state == SeatIs.READY and seat >= desks.agents:
                count = _at_the_desk(desks.items, desk, seat, AT_CASES, since, now, rows, count)
                if since < now < desks.stops and desk[_LEFT] > 0 and _disturbs(log[at], contacts):
                    count = _interrupted(desks, desk, rows, count)
            else:
                count = _row(seat, _kind(state, contact, contacts), since, now, contact, rows, count)
            since = now
    return count


@apart
def _kind(state: int, contact: int, contacts: Ints) -> int:
    if state == SeatIs.READY:
        return IDLE
    if state == SeatIs.PAUSE:
        return OTHER
    if state == SeatIs.WRAP_UP:
        return AT_WRAP_UP
    return AT_CALLBACK if contacts[contact, R_CALLBACK] == 1 else AT_CALL


@apart
def _disturbs(note: Ints, contacts: Ints) -> bool:
    """Return whether what somebody turns to is a call that came in."""
    calls = note[L_STATE] == SeatIs.RINGING or note[L_STATE] == SeatIs.TALKING
    return bool(calls and contacts[note[L_CONTACT], R_CALLBACK] == 0)


@apart
def _planned(
    desks: Desks, desk: Ints, seat: int, start: int, end: int, taken: int, rows: Ints, count: int
) -> tuple[int, int]:
    """Write what takes somebody's time who is not at her telephone; returns the rows, and what of it is not over."""
    times = desks.times
    while taken < times.taken_first[seat + 1] and times.taken_start[taken] < end:
        begins, ends = max(start, times.taken_start[taken]), min(end, times.taken_end[taken])
        kind = times.taken_kind[taken]
        if kind == PROTECTED:
            count = _at_the_desk(desks.items, desk, seat, AT_PROTECTED, begins, ends, rows, count)
        else:
            count = _row(seat, AT_APPOINTMENT if kind == APPOINTMENT else OTHER, begins, ends, NOBODY, rows, count)
        if times.taken_end[taken] > end:
            break
        taken += 1
    return count, taken


@apart
def _at_the_desk(items: Items, desk: Ints, seat: int, kind: int, start: int, end: int, rows: Ints, count: int) -> int:
    """Work on one item after the other, as long as there is one; an interrupted one is got back into first."""
    begins, resuming, now = start, min(desk[_RESUME], max(0, end - start)), start
    while now < end:
        if desk[_LEFT] == 0:
            comes = items.arrives[desk[_NEXT]] if desk[_NEXT] < items.first[seat + 1] else end
            if comes > now:
                count = _cases(seat, kind, begins, now, resuming, rows, count)
                begins, resuming = min(comes, end), 0
                count = _row(seat, IDLE, now, begins, NOBODY, rows, count)
                now = begins
                continue
            desk[_LEFT], desk[_INTERRUPTIONS] = items.size[desk[_NEXT]], 0
            desk[_NEXT] += 1
        back = min(desk[_RESUME], end - now)
        done = min(desk[_LEFT], end - now - back)
        desk[_RESUME] -= back
        desk[_LEFT] -= done
        now += back + done
    return _cases(seat, kind, begins, min(now, end), resuming, rows, count)


@apart
def _interrupted(desks: Desks, desk: Ints, rows: Ints, count: int) -> int:
    """A call takes her from an item: to get back into it will cost time, and more than what was left of getting back before."""
    nth = desk[_INTERRUPTIONS]
    desk[_RESUME] = resuming_ms(desks.load, desks.seed, desks.replication, desks.items.key[desk[_NEXT] - 1], nth)
    desk[_INTERRUPTIONS] = nth + 1
    if count <= len(rows):
        rows[count - 1, W_INTERRUPTED] = 1
    return count


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
