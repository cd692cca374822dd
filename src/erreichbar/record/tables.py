"""The tables ``contacts`` and ``tickets`` that every figure is counted over, of the live centre and of the lab alike.

All moments are whole milliseconds since one origin (live: the Unix epoch; the lab: the start of its run), lengths of
time whole milliseconds, words their integer codes (``words.code``), references to rows the number of the row; −1
stands for none in all of them. People are numbered within a table only, so a number says nothing of anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

NONE = -1
"""Stands for: not, never, nobody, not known."""


class Column(NamedTuple):
    """A column: its type, its unit (empty if it has none), and what it says."""

    dtype: type[pl.DataType]
    unit: str
    meaning: str


CONTACTS: Mapping[str, Column] = {
    "contact": Column(pl.Int64, "row", "number of this row, from 0, in the order of the journal"),
    "direction": Column(pl.Int8, "Direction", "a citizen's call, or an attempt to call a citizen back"),
    "line": Column(pl.Int8, "Line", "which line a citizen's call came in on; none for a callback"),
    "start": Column(pl.Int64, "ms", "when the call arrived, or the attempt began"),
    "in_service_hours": Column(pl.Boolean, "", "whether the line was open then; true for a callback"),
    "number_withheld": Column(pl.Boolean, "", "whether the caller's number was withheld; false for a callback"),
    "outcome": Column(pl.Int8, "CallOutcome", "how a citizen's call ended; none while it is open, and for a callback"),
    "attempt_outcome": Column(pl.Int8, "AttemptOutcome", "what came of a callback; none for a citizen's call"),
    "presented": Column(pl.Int8, "PresentedNumber", "what the callback showed; none for a citizen's call"),
    "queued": Column(pl.Int64, "ms", "when the call began to wait for somebody"),
    "rings": Column(pl.Int32, "count", "how often it rang at a seat"),
    "rings_missed": Column(pl.Int32, "count", "how often the seat let it ring"),
    "answered": Column(pl.Int64, "ms", "when somebody answered, of the office or, for a callback, at the citizen's"),
    "ended": Column(pl.Int64, "ms", "when the conversation ended, or the call without one"),
    "wrapped_up": Column(pl.Int64, "ms", "when the work after the conversation was done"),
    "wait": Column(pl.Int64, "ms", "from the start until answered, or until it ended unanswered"),
    "talk": Column(pl.Int64, "ms", "from answered until ended"),
    "wrap_up": Column(pl.Int64, "ms", "from ended until wrapped up"),
    "ended_by": Column(pl.Int8, "EndedBy", "who ended the conversation"),
    "role": Column(pl.Int8, "Role", "in what role somebody answered, or called back"),
    "staff": Column(pl.Int64, "number", "who answered, or called back; a number within this table"),
    "person": Column(pl.Int64, "number", "whose call; a number within these tables; none if not known"),
    "matters": Column(pl.Int32, "count", "matters raised in the call"),
    "settled": Column(pl.Int32, "count", "of these, settled in the call"),
    "tickets_opened": Column(pl.Int32, "count", "of these, turned into tickets"),
    "reason": Column(pl.String, "code", "contact reason of the first matter, empty if there was none"),
    "ring_back_of": Column(pl.Int64, "row of tickets", "the open ticket the call was taken to answer when it arrived"),
    "ticket": Column(pl.Int64, "row of tickets", "the ticket called back for, or that the call was taken up on"),
    "previous": Column(pl.Int64, "row of contacts", "this person's last call before this one; none for a callback"),
    "same_reason": Column(pl.Boolean, "", "whether that call's first matter had the same reason"),
}
"""One row for each citizen's call and for each attempt to call a citizen back."""

TICKETS: Mapping[str, Column] = {
    "ticket": Column(pl.Int64, "row", "number of this row, from 0, in the order of the journal"),
    "contact": Column(pl.Int64, "row of contacts", "the call it was opened in"),
    "person": Column(pl.Int64, "number", "who is to be called back; a number within these tables"),
    "reason": Column(pl.String, "code", "contact reason"),
    "unit": Column(pl.String, "code", "the unit responsible, as last assigned"),
    "urgent": Column(pl.Boolean, "", "whether the reason is urgent or immediate"),
    "channel": Column(pl.Int8, "Channel", "how the citizen wished the answer"),
    "language": Column(pl.Int8, "Language", "in what language"),
    "opened": Column(pl.Int64, "ms", "when the promise was given; no clock ever restarts"),
    "due_elapsed": Column(pl.Int64, "ms", "due, 48 literal hours"),
    "due_service_hours": Column(pl.Int64, "ms", "due, 48 hours of open time"),
    "due_working_days": Column(pl.Int64, "ms", "due, end of service on the second working day after"),
    "last_chance": Column(pl.Int64, "ms", "last staffed minute before due_elapsed; none: impossible by calendar"),
    "attempted": Column(pl.Int64, "ms", "the earliest of first attempt, reached and resolved"),
    "reached": Column(
        pl.Int64, "ms", "when the citizen first spoke with somebody who may deal with it, or was answered"
    ),
    "resolved": Column(pl.Int64, "ms", "when it was closed, the citizen knowing of it; none while it is open again"),
    "closed": Column(pl.Int64, "ms", "when it was closed with whatever outcome; none while it is open"),
    "outcome": Column(pl.Int8, "TicketOutcome", "with what result; done_not_told counts as not resolved"),
    "with_whom": Column(pl.Int8, "TalkedWith", "with whom the citizen first talked about it"),
    "without_contact": Column(pl.Boolean, "", "whether she was answered by another channel, without a conversation"),
    "attempts": Column(pl.Int32, "count", "attempts to call back that were answered or of which something came"),
    "ring_backs": Column(pl.Int32, "count", "citizens' calls taken up on it"),
    "assignments": Column(pl.Int32, "count", "how often it was given to another list or unit"),
    "reopenings": Column(pl.Int32, "count", "how often it was opened again"),
}
"""One row for each ticket. Where they are not missing, attempted ≤ reached ≤ resolved."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The record as tables, with exactly the columns of ``CONTACTS`` and ``TICKETS``."""

    contacts: pl.DataFrame
    tickets: pl.DataFrame

    @classmethod
    def of(cls, contacts: Mapping[str, Sequence[Any]], tickets: Mapping[str, Sequence[Any]]) -> "Tables":
        """Return the tables of columns, lists or NumPy arrays. Raises ``ValueError`` for missing or unknown columns."""
        return cls(_frame("contacts", CONTACTS, contacts), _frame("tickets", TICKETS, tickets))


def _frame(name: str, columns: Mapping[str, Column], data: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    if set(data) != set(columns):
        missing, unknown = sorted(set(columns) - set(data)), sorted(set(data) - set(columns))
        raise ValueError(f"{name}: missing columns {missing}, unknown columns {unknown}")
    return pl.DataFrame({key: pl.Series(key, data[key], dtype=column.dtype()) for key, column in columns.items()})
