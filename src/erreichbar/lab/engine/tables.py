"""From the loop's rows to the table ``contacts`` of the record, so that every figure of the house can be counted over them.

The loop does not know yet what citizens call about: who they are, their matters and tickets are none.
"""

import numpy as np

from erreichbar.lab.engine.driving import Found
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import (
    NOBODY,
    R_ANSWERED,
    R_ENDED,
    R_MISSED,
    R_OPEN,
    R_OUTCOME,
    R_QUEUED,
    R_RINGS,
    R_SEAT,
    R_START,
    R_WRAPPED,
)
from erreichbar.record.tables import CONTACTS, TICKETS, Tables
from erreichbar.record.words import Direction, EndedBy, Line, Role, code

_COLUMNS = {
    "start": R_START,
    "outcome": R_OUTCOME,
    "queued": R_QUEUED,
    "rings": R_RINGS,
    "rings_missed": R_MISSED,
    "answered": R_ANSWERED,
    "ended": R_ENDED,
    "wrapped_up": R_WRAPPED,
}


def tables(found: Found) -> Tables:
    """Return the record of a run that kept rows. Raises ``ValueError`` if it kept none."""
    if found.rows is None:
        raise ValueError("the run kept no rows")
    rows, count = found.rows, len(found.rows)
    answered, ended, wrapped = rows[:, R_ANSWERED], rows[:, R_ENDED], rows[:, R_WRAPPED]
    was_answered = answered >= 0
    until = np.where(was_answered, answered, ended)
    given = {
        **{name: rows[:, place] for name, place in _COLUMNS.items()},
        "contact": np.arange(count),
        "direction": np.full(count, code(Direction.INBOUND)),
        "line": np.full(count, code(Line.CENTRE)),
        "in_service_hours": rows[:, R_OPEN] == 1,
        "number_withheld": np.zeros(count, dtype=np.bool_),
        "wait": until - rows[:, R_START],
        "talk": np.where(was_answered, ended - answered, NOBODY),
        "wrap_up": np.where(wrapped >= 0, wrapped - ended, NOBODY),
        "ended_by": np.where(was_answered, code(EndedBy.CITIZEN), NOBODY),
        "role": np.where(was_answered, code(Role.AGENT), NOBODY),
        "staff": _numbered(rows[:, R_SEAT], answered),
        "matters": np.zeros(count, dtype=np.int64),
        "settled": np.zeros(count, dtype=np.int64),
        "tickets_opened": np.zeros(count, dtype=np.int64),
        "reason": [""] * count,
        "same_reason": np.zeros(count, dtype=np.bool_),
    }
    none = np.full(count, NOBODY)
    columns = {name: given.get(name, none) for name in CONTACTS}
    return Tables.of(columns, {name: [] for name in TICKETS})


def _numbered(seats: Ints, answered: Ints) -> Ints:
    """Return a number for who answered each call, people numbered as they answer for the first time; −1 for nobody."""
    numbers: dict[int, int] = {}
    for contact in np.argsort(answered, kind="stable"):
        if answered[contact] >= 0:
            numbers.setdefault(int(seats[contact]), len(numbers))
    return np.array([numbers.get(int(seat), NOBODY) for seat in seats], dtype=np.int64)
