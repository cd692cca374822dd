"""The sums of people's time, without a row for each of its stretches: what ``figures.work.worked`` finds of those that ``desks`` tells."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from erreichbar.figures.work import UNDISTURBED_MS
from erreichbar.lab.engine.borrowing import borrowed
from erreichbar.lab.engine.boxes import boxed
from erreichbar.lab.engine.compiling import apart, compiled
from erreichbar.lab.engine.desks import (
    AT_CASES,
    AT_PROTECTED,
    STRETCH,
    W_END,
    W_INTERRUPTED,
    W_KIND,
    W_RESUMING,
    W_START,
    Desks,
    fresh,
    go_on,
    turns_to,
)
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import L_CONTACT, L_SEAT, L_SINCE, L_STATE, NOBODY
from erreichbar.record.tables import WORKED
from erreichbar.record.words import WorkKind

S_LENGTH, S_INTERRUPTED, S_RESUMED, S_RESUMING, S_UNDISTURBED, S_ALONE = range(6)
_SUM = 6
# case work on end, as far as it is added up
E_NOW, E_MONTH, E_KIND, E_LENGTH, E_RESUMING, E_UNTIL = range(6)
_ON_END = 6
_ROOM = 256


class Worked(NamedTuple):
    """``sums`` int64[seats, months, kinds, 6], columns ``S_…`` as those of ``WORKED``; ``there`` bool[seats, months]: who did anything."""

    sums: Ints
    there: Ints


class Window(NamedTuple):
    """From when until when stretches count (ms), and when the months after the first begin."""

    start: int
    end: int
    months: Ints


def worked(log: Ints, desks: Desks, window: Window) -> Worked:
    """Return the sums of everybody's stretches within the window; ``log`` as the loop wrote it."""
    seats, months, room = len(desks.load.per_day), len(window.months) + 1, _ROOM
    while True:
        found = Worked(np.zeros((seats, months, len(WorkKind), _SUM), np.int64), np.zeros((seats, months), np.int64))
        rows, on_end = np.zeros((room, STRETCH), np.int64), np.zeros((seats, _ON_END), np.int64)
        on_end[:, E_UNTIL] = NOBODY
        needed = int(_fill(log, desks, fresh(desks), rows, window, on_end, found))
        if needed <= room:
            return found
        room = needed


def table(found: Worked, staff: Ints, roles: Ints, organisations: Ints) -> Mapping[str, Any]:
    """Return the columns of the record's ``worked``; ``staff`` int64[seats, months]: whose number stands for each seat and month."""
    seat, month, kind = np.nonzero(found.sums[..., S_LENGTH])
    sums = dict(zip(list(WORKED)[-_SUM:], found.sums[seat, month, kind].T, strict=True))
    return {"staff": staff[seat, month], "role": roles[seat], "organisation": organisations[seat], "kind": kind, **sums}


@compiled
def _fill(log: Ints, desks: Desks, at: Ints, room: Ints, window: Window, on_end: Ints, found: Worked) -> int:
    """Let everybody's stretches be told from change to change, and add them up; returns for how many at once there has to be room."""
    given, notes, desk, rows, needed = boxed(desks), borrowed(log), borrowed(at), borrowed(room), 0
    begun, sums, there = borrowed(on_end), borrowed(found.sums), borrowed(found.there)
    for note in notes:
        seat = note[L_SEAT]
        count = turns_to(given, desk[seat], seat, note[L_STATE], note[L_CONTACT], note[L_SINCE], rows, 0)
        needed = max(needed, count)
        _add(rows[:count], window, begun[seat], sums[seat], there[seat])
    for seat in range(len(desk)):
        count = go_on(given, desk[seat], seat, given.stops, rows, 0)
        needed = max(needed, count)
        _add(rows[:count], window, begun[seat], sums[seat], there[seat])
        _undisturbed(begun[seat], sums[seat])
    return needed


@apart
def _add(rows: Ints, window: Window, on_end: Ints, sums: Ints, there: Ints) -> None:
    """Add up somebody's next stretches by month and kind. Case work on end counts for the month and the kind with which it began."""
    for row in rows:
        start, end, kind = max(row[W_START], window.start), min(row[W_END], window.end), row[W_KIND]
        month = on_end[E_NOW]
        while month < len(window.months) and window.months[month] <= row[W_START]:
            month += 1
        on_end[E_NOW] = month
        there[month] = 1
        if start < end:
            one = sums[month, kind]
            one[S_LENGTH] += end - start
            if kind in (AT_CASES, AT_PROTECTED):
                resuming = min(max(row[W_RESUMING] - (start - row[W_START]), 0), end - start)
                interrupted = row[W_INTERRUPTED] == 1 and row[W_END] <= window.end
                one[S_INTERRUPTED] += int(interrupted)
                one[S_RESUMED] += int(resuming > 0)
                one[S_RESUMING] += resuming
                if start != on_end[E_UNTIL] or month != on_end[E_MONTH]:
                    _undisturbed(on_end, sums)
                    on_end[E_MONTH], on_end[E_KIND], on_end[E_LENGTH], on_end[E_RESUMING] = month, kind, 0, 0
                on_end[E_LENGTH] += end - start
                on_end[E_RESUMING] += resuming
                on_end[E_UNTIL] = NOBODY if interrupted else end
        row[W_INTERRUPTED] = row[W_RESUMING] = 0


@apart
def _undisturbed(on_end: Ints, sums: Ints) -> None:
    length, alone = on_end[E_LENGTH], on_end[E_LENGTH] - on_end[E_RESUMING]
    one = sums[on_end[E_MONTH], on_end[E_KIND]]
    if length >= UNDISTURBED_MS:
        one[S_UNDISTURBED] += length
    if alone >= UNDISTURBED_MS:
        one[S_ALONE] += alone
