"""From the loop's rows to the record's tables, so that every figure of the house can be counted over them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from erreichbar.lab.engine import desks
from erreichbar.lab.engine.compiling import compiled
from erreichbar.lab.engine.desks import W_SEAT, W_START
from erreichbar.lab.engine.driving import Found
from erreichbar.lab.engine.promised import (
    T_ATTEMPTED,
    T_ATTEMPTS,
    T_CALLER,
    T_CHANCE,
    T_CLOSED,
    T_CONTACT,
    T_DUE,
    T_MATTER,
    T_OPENED,
    T_OUTCOME,
    T_PERSON,
    T_REACHED,
    T_REASON,
    T_RESOLVED,
    T_RING_BACKS,
    T_UNIT,
    T_URGENT,
    T_WITH,
    T_WITHOUT,
    Promised,
)
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import (
    NOBODY,
    R_ANSWERED,
    R_ATTEMPT,
    R_DIRECT,
    R_DIRECTION,
    R_DIVERTED,
    R_ENDED,
    R_MATTERS,
    R_MISDIRECTED,
    R_MISSED,
    R_OPEN,
    R_OPENED,
    R_OUTCOME,
    R_PERSON,
    R_PRESENTED,
    R_QUEUED,
    R_REASON,
    R_RING_BACK,
    R_RINGS,
    R_SEAT,
    R_SETTLED,
    R_START,
    R_TICKET,
    R_TRANSFERRED,
    R_TRANSFERRED_TO,
    R_WITHHELD,
    R_WRAPPED,
)
from erreichbar.lab.engine.worked import Worked
from erreichbar.lab.engine.worked import table as worked_table
from erreichbar.lab.office.dues import Dues, due_service_hours
from erreichbar.record.tables import CONTACTS, TICKETS, Tables
from erreichbar.record.words import Channel, Direction, EndedBy, Line, Role, code

Flags = NDArray[np.bool_]
COLUMNS = {
    "start": R_START,
    "outcome": R_OUTCOME,
    "attempt_outcome": R_ATTEMPT,
    "presented": R_PRESENTED,
    "queued": R_QUEUED,
    "rings": R_RINGS,
    "rings_missed": R_MISSED,
    "answered": R_ANSWERED,
    "ended": R_ENDED,
    "wrapped_up": R_WRAPPED,
    "person": R_PERSON,
    "matters": R_MATTERS,
    "settled": R_SETTLED,
    "tickets_opened": R_OPENED,
    "ring_back_of": R_RING_BACK,
    "ticket": R_TICKET,
}
_OF_TICKETS = {
    "contact": T_CONTACT,
    "person": T_PERSON,
    "opened": T_OPENED,
    "due_elapsed": T_DUE,
    "last_chance": T_CHANCE,
    "attempted": T_ATTEMPTED,
    "reached": T_REACHED,
    "resolved": T_RESOLVED,
    "closed": T_CLOSED,
    "outcome": T_OUTCOME,
    "with_whom": T_WITH,
    "attempts": T_ATTEMPTS,
    "ring_backs": T_RING_BACKS,
    "matter": T_MATTER,
}


class Named(NamedTuple):
    """What the loop's numbers stand for: ``reasons`` and ``units`` (ids), ``months`` (ms) of the run after the first, by beginning."""

    reasons: Sequence[str]
    units: Sequence[str]
    months: Ints
    dues: Dues
    promised: Promised
    knows: bool = False
    """Whether it is known who was misdirected, diverted and put through, as only the lab knows it."""
    organisations: Ints | None = None
    """Whom each person works for, by place: codes as in ``work``."""


def tables(
    found: Found,
    named: Named | None = None,
    arisen: tuple[Ints, Mapping[str, Any]] | None = None,
    work: Ints | None = None,
    worked: Worked | None = None,
) -> Tables:
    """Return the record of a run that kept rows. Raises ``ValueError`` if it kept none.

    ``named`` for an office with tickets; for one of the lab ``arisen`` as ``arisen.matters``, and ``work`` as ``desks.work``
    or ``worked`` as ``worked.worked`` gives it.
    """
    columns = found.columns()
    staff = _Staff(columns, named)
    contacts, tickets = _contacts(columns, named, staff), _tickets(found, named)
    if named is None or named.organisations is None or arisen is None:
        return Tables.of(contacts, tickets)
    matter, of_matters = arisen
    of_people = named.promised.people.role, named.organisations
    return Tables.of(
        contacts,
        {**tickets, "matter": matter},
        {**of_matters, "reason": _words(of_matters["reason"], named.reasons)},
        None if work is None else desks.table(work, staff.of(work[:, W_SEAT], work[:, W_START]), *of_people),
        None if worked is None else worked_table(worked, staff.by_month(worked.there), *of_people),
    )


def _contacts(columns: Ints, named: Named | None, staff: "_Staff") -> Mapping[str, Any]:
    count = columns.shape[1]
    answered, ended, wrapped, seats = columns[R_ANSWERED], columns[R_ENDED], columns[R_WRAPPED], columns[R_SEAT]
    direction, was_answered = columns[R_DIRECTION], answered >= 0
    is_call, is_callback = direction == code(Direction.INBOUND), direction == code(Direction.CALLBACK)
    until = np.where(was_answered, answered, ended)
    roles = np.array([code(Role.AGENT)]) if named is None else named.promised.people.role
    taken = seats >= 0
    hung_up = np.where(was_answered, code(EndedBy.CITIZEN), np.where(is_callback, code(EndedBy.LINE), NOBODY))
    given: dict[str, Any] = {
        **{name: columns[place] for name, place in COLUMNS.items()},
        "contact": np.arange(count),
        "direction": direction,
        "line": np.where(is_call, np.where(columns[R_DIRECT] == 1, code(Line.DIRECT), code(Line.CENTRE)), NOBODY),
        "in_service_hours": columns[R_OPEN] == 1,
        "number_withheld": columns[R_WITHHELD] == 1,
        "wait": np.where(until >= 0, until - columns[R_START], NOBODY),
        "talk": np.where(was_answered & (ended >= 0), ended - answered, NOBODY),
        "wrap_up": np.where(wrapped >= 0, wrapped - ended, NOBODY),
        "ended_by": np.where(ended >= 0, hung_up, NOBODY),
        "role": np.where(taken, roles[np.where(taken & (named is not None), seats, 0)], NOBODY),
        "staff": staff.of_contacts,
        "reason": _words(columns[R_REASON], () if named is None else named.reasons),
    }
    if named is not None and named.knows:
        through = columns[R_TRANSFERRED] >= 0
        given |= {
            "misdirected": np.where(was_answered & is_call, columns[R_MISDIRECTED], NOBODY),
            "diverted": np.where(is_call, columns[R_DIVERTED], NOBODY),
            "transferred": columns[R_TRANSFERRED],
            "transferred_to": columns[R_TRANSFERRED_TO],
            # The agent's work after a call that she put through goes on beside the conversation.
            "wrapped_up": np.where(through, NOBODY, wrapped),
            "wrap_up": np.where(through, NOBODY, given["wrap_up"]),
        }
    previous, same = np.full(count, NOBODY), np.zeros(count, np.bool_)
    _look_back(columns[R_PERSON], is_call, columns[R_REASON], previous, same)
    given |= {"previous": previous, "same_reason": same}
    none = np.full(count, NOBODY)
    return {name: given.get(name, none) for name in CONTACTS}


def _tickets(found: Found, named: Named | None) -> Mapping[str, Any]:
    if found.tickets is None or named is None:
        return {name: [] for name in TICKETS}
    rows, callers = found.tickets, named.promised.callers
    count, opened = len(rows), rows[:, T_OPENED]
    given: dict[str, Any] = {
        **{name: rows[:, place] for name, place in _OF_TICKETS.items()},
        "ticket": np.arange(count),
        "reason": _words(rows[:, T_REASON], named.reasons),
        "unit": _words(rows[:, T_UNIT], named.units),
        "urgent": rows[:, T_URGENT] == 1,
        "channel": np.where(callers.telephone[rows[:, T_CALLER]] == 1, code(Channel.TELEPHONE), code(Channel.LETTER)),
        "language": callers.language[rows[:, T_CALLER]],
        "due_service_hours": due_service_hours(named.dues, opened),
        "due_working_days": named.dues.working_days[opened // 60_000],
        "without_contact": rows[:, T_WITHOUT] == 1,
        "assignments": np.zeros(count, np.int64),
        "reopenings": np.zeros(count, np.int64),
    }
    none = np.full(count, NOBODY)
    return {name: given.get(name, none) for name in TICKETS}


def _words(numbers: Ints, words: Sequence[str]) -> pl.Series:
    """Return the words that numbers stand for, none for −1."""
    return pl.Series([*words, ""], dtype=pl.String).gather(np.where(numbers < 0, len(words), numbers))


@compiled
def _look_back(person: Ints, is_call: Flags, reason: Ints, previous: Ints, same: Flags) -> None:
    """Write each citizen's call before this one, and whether its first matter had the same reason."""
    last = np.full(person.max() + 1 if len(person) else 0, NOBODY)
    for contact in range(len(person)):
        if is_call[contact] and person[contact] >= 0:
            before = last[person[contact]]
            last[person[contact]] = contact
            if before >= 0:
                previous[contact] = before
                same[contact] = reason[contact] >= 0 and reason[contact] == reason[before]


class _Staff:
    """Numbers of those who answered or called, as they first do; with each month they are new ones. Who never does comes after them."""

    def __init__(self, columns: Ints, named: Named | None) -> None:
        self._months = np.empty(0, np.int64) if named is None else named.months
        seats = columns[R_SEAT]
        self._seats = int(seats.max(initial=NOBODY)) + 1 if named is None else len(named.promised.people.role)
        since = np.where(columns[R_DIRECTION] == code(Direction.CALLBACK), columns[R_START], columns[R_ANSWERED])
        order = np.argsort(since, kind="stable")
        taken = order[(since[order] >= 0) & (seats[order] >= 0)]
        keys = self._key(seats[taken], since[taken])
        first = np.full((len(self._months) + 1) * self._seats, len(keys))
        first[keys[::-1]] = np.arange(len(keys))[::-1]
        known = np.flatnonzero(first < len(keys))
        self._number = np.full(len(first), NOBODY)
        self._number[known[np.argsort(first[known])]] = np.arange(len(known))
        self.of_contacts = np.full(len(seats), NOBODY)
        self.of_contacts[taken] = self._number[keys]

    def of(self, seats: Ints, since: Ints) -> Ints:
        """Return whose each stretch of work is, by the month in which it begins."""
        keys = self._key(seats, since)
        there = np.zeros(len(self._number), np.bool_)
        there[keys] = True
        return self._numbers(there)[keys]

    def by_month(self, there: Ints) -> Ints:
        """Return the numbers by seat and month of those who are ``there`` (seats, months)."""
        seats, months = there.shape
        everybody = np.zeros((months, self._seats), np.bool_)
        everybody[:, :seats] = there.T > 0
        return self._numbers(everybody.ravel()).reshape(months, -1).T[:seats]

    def _numbers(self, there: Flags) -> Ints:
        fresh = np.flatnonzero(there & (self._number < 0))
        found = self._number.copy()
        found[fresh] = np.count_nonzero(self._number >= 0) + np.arange(len(fresh))
        return found

    def _key(self, seats: Ints, since: Ints) -> Ints:
        """Return seat and month as one number; months go first."""
        return np.asarray(np.searchsorted(self._months, since, side="right") * self._seats + seats, np.int64)
