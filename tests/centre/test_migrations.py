"""Every change of the models has its migration, and the database itself refuses what nothing may change."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from erreichbar.centre import journal
from erreichbar.centre.models import Ticket
from tests.house import House

NEVER = {
    "centre_journalentry": {
        "sequence": "sequence + 1000", "moment": "'2026-03-05T08:00:00.000Z'", "kind": "'x'", "previous": "'x'",
        "entry_hash": "'x'", "line": "'{}'", "payload": "'{}'",
    },
    "centre_ticket": {
        "opened_at": "'2020-01-02 12:00:00'", "due_elapsed": "'2030-01-02 12:00:00'",
        "due_service_hours": "'2030-01-02 12:00:00'", "due_working_days": "'2030-01-02 12:00:00'",
        "last_chance": "NULL", "due_why": "'{}'",
    },
}  # fmt: skip
"""Table → the columns that are written once, each with another value (SQL) that every other constraint would allow."""


def update(table: str, change: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_no_model_differs_from_its_migrations(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    monkeypatch.setattr(Ticket._meta.get_field("code"), "max_length", 9)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(("table", "why"), [("centre_journalentry", "append-only"), ("centre_ticket", "computed once")])
def test_the_database_refuses_to_change_what_is_written_once(either_house: House, table: str, why: str) -> None:
    for column, value in NEVER[table].items():
        with pytest.raises(IntegrityError, match=why):
            update(table, f"{column} = {value}")
    assert journal.verify().ok


def test_what_may_change_still_can(either_house: House) -> None:
    update("centre_ticket", "version = version + 1")
    with undone():
        update("centre_journalentry", "payload = NULL, salt = NULL")
        with pytest.raises(IntegrityError, match="append-only"):
            update("centre_journalentry", "payload = '{}'")


def test_it_is_the_guards_that_refuse_and_they_can_be_taken_away_and_come_back(either_house: House) -> None:
    call_command("migrate", "centre", "0001", verbosity=0)
    for table, columns in NEVER.items():
        for column, value in columns.items():
            with undone():
                update(table, f"{column} = {value}")
    call_command("migrate", verbosity=0)
    for table in NEVER:
        with pytest.raises(IntegrityError):
            update(table, ", ".join(f"{column} = {value}" for column, value in NEVER[table].items()))
    assert journal.verify().ok
