"""Tables by hand: rows that say only what matters, the rest as it is where nothing happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from erreichbar.record.tables import CONTACTS, MATTERS, TICKETS, WORK, Column, Tables
from erreichbar.record.words import Direction, Line, Role, WorkKind, code

HOUR = 3_600_000
MINUTE = 60_000
Rows = Sequence[Mapping[str, Any]]


def columns(shape: Mapping[str, Column], rows: Rows) -> dict[str, list[Any]]:
    return {name: [row.get(name, _empty(column)) for row in rows] for name, column in shape.items()}


def tables(contacts: Rows = (), tickets: Rows = (), matters: Rows | None = None, work: Rows | None = None) -> Tables:
    return Tables.of(
        columns(CONTACTS, [{"contact": n, **row} for n, row in enumerate(contacts)]),
        columns(TICKETS, [{"ticket": n, **row} for n, row in enumerate(tickets)]),
        None if matters is None else columns(MATTERS, [{"matter": n, **row} for n, row in enumerate(matters)]),
        None if work is None else columns(WORK, work),
    )


def call(start: int, answered: int = -1, ended: int = -1, **more: Any) -> dict[str, Any]:
    """Return a citizen's call to the centre, answered by an agent if it was answered."""
    spoke = answered >= 0
    row = {
        "direction": code(Direction.INBOUND),
        "line": code(Line.CENTRE),
        "in_service_hours": True,
        "start": start,
        "answered": answered,
        "ended": ended,
        "outcome": 0 if spoke else 1,
        "wait": (answered if spoke else ended) - start,
        "talk": ended - answered if spoke else -1,
        "role": code(Role.AGENT) if spoke else -1,
    }
    return {**row, **more}


def stretch(staff: int, kind: WorkKind, start: int, end: int, **more: Any) -> dict[str, Any]:
    """Return a stretch of a case worker's time, in minutes."""
    row = {"role": code(Role.CASE_WORKER), "organisation": 0, "interrupted": 0, "resuming": 0}
    return {**row, "staff": staff, "kind": code(kind), "start": start * MINUTE, "end": end * MINUTE, **more}


def _empty(column: Column) -> Any:
    return {"String": "", "Boolean": False}.get(column.dtype.__name__, 0 if column.unit == "count" else -1)
