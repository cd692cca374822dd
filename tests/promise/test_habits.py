"""What the forecast learns from the record, and what it keeps assuming."""

from typing import Any

import polars as pl
import pytest

from erreichbar.promise.forecast import Habits, Lasting, learn
from erreichbar.record.tables import CONTACTS, NONE, TICKETS, Column, Tables
from erreichbar.record.words import AttemptOutcome, Direction, code

MINUTE = 60_000
ASSUMED = Habits()


def table(columns: Any, rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return columns with what the rows say, and for the rest what stands for none."""

    def nothing(column: Column) -> Any:
        return {pl.Boolean: False, pl.String: ""}.get(column.dtype, NONE)

    return {name: [row.get(name, nothing(column)) for row in rows] for name, column in columns.items()}


def record(attempts: int, reached: int, minutes: int = 10, reason: str = "housing") -> Tables:
    """Tell so many attempts of which some reached the citizen, each ticket closed a minute after."""
    outcome = [AttemptOutcome.REACHED] * reached + [AttemptOutcome.NOT_ANSWERED] * (attempts - reached)
    contacts = [
        {"direction": code(Direction.CALLBACK), "attempt_outcome": code(one), "talk": minutes * MINUTE, "ticket": row}
        for row, one in enumerate(outcome)
    ]
    tickets = [{"ticket": row, "reason": reason, "reached": 1, "resolved": MINUTE} for row in range(reached)]
    return Tables.of(table(CONTACTS, contacts), table(TICKETS, tickets))


def test_an_empty_record_teaches_nothing() -> None:
    learnt = learn(Tables.of(table(CONTACTS, []), table(TICKETS, [])), ASSUMED)
    assert learnt.habits == ASSUMED
    assert {text.en for text in learnt.sources.values()} == {"assumption, too little counted yet"}


def test_what_is_counted_often_enough_is_believed_and_said_with_its_count() -> None:
    learnt = learn(record(100, 60), ASSUMED)
    assert learnt.habits.answers == pytest.approx(0.6)
    assert learnt.habits.settles == 1
    assert learnt.habits.talk == Lasting(10, 10)
    assert learnt.habits.talk_by_reason == {"housing": Lasting(10, 10)}
    assert learnt.sources["answers"].en == "counted: 60 of 100 attempts"
    assert learnt.sources["talk"].en == "counted from 60 talks"


def test_too_few_are_not_believed() -> None:
    learnt = learn(record(49, 19), ASSUMED)
    assert learnt.habits == ASSUMED


def test_a_ticket_closed_days_later_was_not_settled_in_the_talk() -> None:
    tables = record(100, 60)
    late = tables.tickets.with_columns(resolved=pl.col("reached") + 60 * MINUTE)
    assert learn(Tables(tables.contacts, late), ASSUMED).habits.settles == 0
