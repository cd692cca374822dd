"""The tables that every figure is counted over, of the live centre and of the lab alike.

``contacts`` and ``tickets`` are always there. ``matters`` follows each need from when it arose to its one end. ``work`` holds
the stretches of people's time; the live centre keeps none, for it must not be a history of what somebody did, so there
figures over it say that they are not recorded.

All moments are whole milliseconds since one origin (live: the Unix epoch; the lab: the start of its run), lengths of
time whole milliseconds, words their integer codes (``words.code``), references to rows the number of the row; −1
stands for none in all of them. People are numbered within a table only, so a number says nothing of anybody. "0 or 1"
says no or yes, −1 that it is not known: the live centre cannot know all that the lab knows (``Column.live``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

NONE = -1
"""Stands for: not, never, nobody, not known."""


class Column(NamedTuple):
    """A column: its type, its unit (empty if it has none), what it says, and whether the live centre knows it."""

    dtype: type[pl.DataType]
    unit: str
    meaning: str
    live: bool = True


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
    "misdirected": Column(pl.Int8, "0 or 1", "whether who answered may not deal with the first matter", live=False),
    "diverted": Column(pl.Int8, "0 or 1", "whether a call to a direct line went on to somebody else", live=False),
    "transferred": Column(pl.Int64, "ms", "when it was put through to somebody else of the office", live=False),
    "transferred_to": Column(pl.Int8, "Role", "in what role that person took it", live=False),
}
"""One row for each citizen's call, each attempt to call a citizen back, and each citizen who came in person.

Of a visit ``start`` is when she came, ``answered`` when somebody had time for her, ``outcome`` as that of a call.
"""

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
    "matter": Column(pl.Int64, "row of matters", "the matter it was opened for"),
    "urgent_date": Column(
        pl.Int64, "ms", "by when an urgent matter has to be decided; none: it has no date", live=False
    ),
    "held_up": Column(
        pl.Int64, "ms", "how long a callback that was due waited for other citizens' direct calls", live=False
    ),
}
"""One row for each ticket. Where they are not missing, attempted ≤ reached ≤ resolved."""

MATTERS: Mapping[str, Column] = {
    "matter": Column(pl.Int64, "row", "number of this row, from 0"),
    "person": Column(pl.Int64, "number", "whose; a number within these tables; none if not known"),
    "reason": Column(pl.String, "code", "contact reason"),
    "arose": Column(pl.Int64, "ms", "when the need arose; live: when it was voiced"),
    "first_try": Column(
        pl.Int64, "ms", "first attempt of the citizen to reach the office about it; live: the call it was voiced in"
    ),
    "tries": Column(pl.Int32, "count", "the citizen's calls until somebody spoke with her about it; live: 1"),
    "contact": Column(pl.Int64, "row of contacts", "the contact in which it was voiced first; none: never"),
    "ticket": Column(pl.Int64, "row of tickets", "the ticket it became"),
    "needs_decision": Column(pl.Int8, "0 or 1", "whether somebody who may decide has to deal with it", live=False),
    "urgent": Column(pl.Boolean, "", "whether the reason is urgent or immediate"),
    "urgent_date": Column(
        pl.Int64, "ms", "by when an urgent matter has to be decided; none: it has no date", live=False
    ),
    "served": Column(
        pl.Int64,
        "ms",
        "settled without a decision if it needs none, else the first conversation with somebody who may decide it",
    ),
    "served_with": Column(pl.Int8, "TalkedWith", "who served it"),
    "ended": Column(pl.Int64, "ms", "when it ended; none: it goes on"),
    "end": Column(pl.Int8, "MatterEnd", "how it ended; none: it goes on"),
    "language": Column(pl.Int8, "Language", "in what language the citizen is spoken with; live: of its ticket"),
    "available": Column(pl.Int8, "Availability", "when the citizen is able to telephone", live=False),
    "telephone_only": Column(pl.Int8, "0 or 1", "whether she has neither e-mail nor a way to come", live=False),
    "advised": Column(pl.Int8, "0 or 1", "whether an advice centre helps her", live=False),
}
"""One row for each matter: a need that arose, whether it was ever voiced or not. In the lab the same in every model, but for those that
arise because numbers are published, which come last."""

WORK: Mapping[str, Column] = {
    "staff": Column(pl.Int64, "number", "whose time; the number of ``contacts.staff``"),
    "role": Column(pl.Int8, "Role", "her role"),
    "organisation": Column(pl.Int8, "OrganisationKind", "0: the office, 1: a centre that works for it"),
    "kind": Column(pl.Int8, "WorkKind", "what she did"),
    "start": Column(pl.Int64, "ms", "from when"),
    "end": Column(pl.Int64, "ms", "until when, not included"),
    "contact": Column(pl.Int64, "row of contacts", "the call or attempt it belongs to"),
    "interrupted": Column(pl.Int8, "0 or 1", "whether a call ended this stretch of case work before its time"),
    "resuming": Column(pl.Int64, "ms", "so much of its beginning went into getting back into interrupted case work"),
}
"""One row for each stretch of the time somebody is there. For each person the stretches neither overlap nor leave a gap."""

WORKED: Mapping[str, Column] = {
    **{name: WORK[name] for name in ("staff", "role", "organisation", "kind")},
    "length": Column(pl.Int64, "ms", "how long the stretches are together"),
    "interrupted": Column(pl.Int64, "count", "how many of them a call ended before their time"),
    "resumed": Column(pl.Int64, "count", "how many of them began with getting back into interrupted case work"),
    "resuming": Column(pl.Int64, "ms", "how long that took together"),
    "undisturbed": Column(
        pl.Int64, "ms", "case work, protected or not, of at least 30 minutes on end that began as work of this kind"
    ),
    "undisturbed_without_resuming": Column(
        pl.Int64, "ms", "the same where getting back into it does not count, neither as work nor towards the 30 minutes"
    ),
}
"""The sums of ``WORK`` over somebody's stretches of one kind: all that figures ask of people's time."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The record as tables, with exactly the columns named above; ``matters`` and ``work`` none if they are not recorded.

    ``worked`` stands for ``work`` where only its sums are known.
    """

    contacts: pl.DataFrame
    tickets: pl.DataFrame
    matters: pl.DataFrame | None = None
    work: pl.DataFrame | None = None
    worked: pl.DataFrame | None = None

    @property
    def knows_work(self) -> bool:
        """Whether people's time is recorded, which is so in the lab alone."""
        return self.work is not None or self.worked is not None

    @classmethod
    def of(
        cls,
        contacts: Mapping[str, Any],
        tickets: Mapping[str, Any],
        matters: Mapping[str, Any] | None = None,
        work: Mapping[str, Any] | None = None,
        worked: Mapping[str, Any] | None = None,
    ) -> "Tables":
        """Return the tables of columns, lists or NumPy arrays. Raises ``ValueError`` for missing or unknown columns."""
        return cls(
            _frame("contacts", CONTACTS, contacts),
            _frame("tickets", TICKETS, tickets),
            None if matters is None else _frame("matters", MATTERS, matters),
            None if work is None else _frame("work", WORK, work),
            None if worked is None else _frame("worked", WORKED, worked),
        )


def _frame(name: str, columns: Mapping[str, Column], data: Mapping[str, Any]) -> pl.DataFrame:
    if set(data) != set(columns):
        missing, unknown = sorted(set(columns) - set(data)), sorted(set(data) - set(columns))
        raise ValueError(f"{name}: missing columns {missing}, unknown columns {unknown}")
    return pl.DataFrame({key: pl.Series(key, data[key], dtype=column.dtype()) for key, column in columns.items()})
