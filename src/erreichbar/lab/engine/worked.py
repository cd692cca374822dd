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
    by_seat,
    fresh,
    go_on,
    turns_to,
)
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import L_CONTACT, L_SEAT, L_SINCE, L_STATE
from erreichbar.record.tables import WORKED
from erreichbar.record.words import WorkKind

S_LENGTH, S_INTERRUPTED, S_RESUMED, S_RESUMING, S_UNDISTURBED, S_ALONE = range(6)
_SUM = 6


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
    seats, months = len(desks.load.per_day), len(window.months) + 1
    order, notes = by_seat(log), np.bincount(log[:, L_SEAT], minlength=1)
    room = 2 * int(notes.max() + np.diff(desks.times.taken_first).max(initial=0)) + 1024
    while True:
        found = Worked(np.zeros((seats, months, len(WorkKind), _SUM), np.int64), np.zeros((seats, months), np.int64))
        needed = int(_fill(log, order, desks, fresh(desks), np.zeros((room, STRETCH), np.int64), window, found))
        if needed <= room:
            return found
        room = needed


def table(found: Worked, staff: Ints, roles: Ints, organisations: Ints) -> Mapping[str, Any]:
    """Return the columns of the record's ``worked``; ``staff`` int64[seats, months]: whose number stands for each seat and month."""
    seat, month, kind = np.nonzero(found.sums[..., S_LENGTH])
    sums = dict(zip(list(WORKED)[-_SUM:], found.sums[seat, month, kind].T, strict=True))
    return {"staff": staff[seat, month], "role": roles[seat], "organisation": organisations[seat], "kind": kind, **sums}


@compiled
def _fill(log: Ints, order: Ints, desks: Desks, at: Ints, room: Ints, window: Window, found: Worked) -> int:
    """Let everybody's stretches be told, and add them up; returns for how many of one person there has to be room."""
    given, notes, desk, rows, nth, needed = boxed(desks), borrowed(log), borrowed(at), borrowed(room), 0, 0
    for seat in range(len(at)):
        count = 0
        while nth < len(order) and notes[order[nth], L_SEAT] == seat:
            note = notes[order[nth]]
            count = turns_to(given, desk[seat], seat, note[L_STATE], note[L_CONTACT], note[L_SINCE], rows, count)
            nth += 1
        count = go_on(given, desk[seat], seat, given.stops, rows, count)
        needed = max(needed, count)
        if count <= len(rows):
            _add(rows[:count], window, found.sums[seat], found.there[seat])
            rows[:count] = 0
    return needed


@apart
def _add(rows: Ints, window: Window, sums: Ints, there: Ints) -> None:
    """Add up somebody's stretches by month and kind. Case work on end counts for the month and the kind with which it began."""
    month, began_in, began_as, begins, ended = 0, 0, 0, True, -1
    length, back = 0, 0
    for row in rows:
        start, end, kind = max(row[W_START], window.start), min(row[W_END], window.end), row[W_KIND]
        last = month
        while month < len(window.months) and window.months[month] <= row[W_START]:
            month += 1
        there[month] = 1
        if end <= start:
            continue
        one = sums[month, kind]
        one[S_LENGTH] += end - start
        if kind in (AT_CASES, AT_PROTECTED):
            resuming = min(max(row[W_RESUMING] - (start - row[W_START]), 0), end - start)
            interrupted = row[W_INTERRUPTED] == 1 and row[W_END] <= window.end
            one[S_INTERRUPTED] += int(interrupted)
            one[S_RESUMED] += int(resuming > 0)
            one[S_RESUMING] += resuming
            if begins or start != ended or month != last:
                _undisturbed(sums[began_in, began_as], length, back)
                began_in, began_as, length, back = month, kind, 0, 0
            length += end - start
            back += resuming
            begins, ended = interrupted, end
    _undisturbed(sums[began_in, began_as], length, back)


@apart
def _undisturbed(sums: Ints, length: int, resuming: int) -> None:
    if length >= UNDISTURBED_MS:
        sums[S_UNDISTURBED] += length
    if length - resuming >= UNDISTURBED_MS:
        sums[S_ALONE] += length - resuming
