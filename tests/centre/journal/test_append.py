"""Writing to the journal."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from erreichbar.centre import actions, journal, refs
from erreichbar.centre.journal import chain
from erreichbar.centre.journal.append import JournalDamaged
from erreichbar.centre.models import JournalEntry, JournalHead
from erreichbar.record import events
from erreichbar.record.vocabulary import Count

NOON = datetime.fromisoformat("2026-03-05T12:00:00+00:00")


def replayed(entries: int = 1) -> events.SpoolReplayed:
    return events.SpoolReplayed(entries=Count(entries), since=NOON)


def test_an_entry_is_what_the_algorithm_says(db: None) -> None:
    """The form that ``docs/algorithms/journal.md`` promises, computed here by hand."""
    with transaction.atomic():
        journal.append([replayed(3)], NOON)
    entry = JournalEntry.objects.get()
    assert entry.payload == '{"entries":3,"since":"2026-03-05T12:00:00.000Z"}'
    assert entry.salt is not None
    assert json.loads(entry.line) == {
        "sequence": 1,
        "moment": "2026-03-05T12:00:00.000Z",
        "kind": "spool.replayed",
        "previous": "0" * 64,
        "payload_hash": chain.hash_of_payload(entry.salt, entry.payload),
    }
    assert entry.line == json.dumps(json.loads(entry.line), sort_keys=True, separators=(",", ":"))
    assert entry.entry_hash == chain.sha256(entry.line)
    assert (JournalHead.objects.get().sequence, JournalHead.objects.get().entry_hash) == (1, entry.entry_hash)


def test_each_entry_continues_the_one_before(db: None) -> None:
    with transaction.atomic():
        assert journal.append([replayed(1), replayed(2)], NOON) == 2
    with transaction.atomic():
        assert journal.append([replayed(3)], NOON) == 3
    entries = JournalEntry.objects.order_by("sequence")
    assert [entry.previous for entry in entries[1:]] == [entry.entry_hash for entry in entries[:2]]
    assert journal.verify().ok


def test_equal_payloads_have_different_hashes(db: None) -> None:
    with transaction.atomic():
        journal.append([replayed(), replayed()], NOON)
    hashes = {json.loads(entry.line)["payload_hash"] for entry in JournalEntry.objects.all()}
    assert len(hashes) == 2


def test_what_is_rolled_back_leaves_no_gap(db: None) -> None:
    with transaction.atomic():
        journal.append([replayed()], NOON)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert journal.append([replayed()], NOON) == 1
    assert journal.verify().ok


def test_a_journal_without_head_is_not_continued(db: None) -> None:
    JournalHead.objects.all().delete()
    with pytest.raises(JournalDamaged), transaction.atomic():
        journal.append([replayed()], NOON)


def test_the_database_refuses_to_change_a_line(db: None) -> None:
    with transaction.atomic():
        journal.append([replayed()], NOON)
    for column, value in {
        "line": "x",
        "entry_hash": "x",
        "previous": "x",
        "kind": "x",
        "moment": "x",
        "payload": "{}",
    }.items():
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE centre_journalentry SET {column} = %s", [value])


def test_entries_are_read_in_order_from_any_place(house: Any) -> None:
    house.ticket()
    everything = list(journal.entries())
    assert [entry.sequence for entry in everything] == list(range(1, journal.last_sequence() + 1))
    assert journal.count() == len(everything)
    assert list(journal.entries(after=5, limit=3)) == everything[5:8]
    assert all(entry.event is not None and entry.kind == entry.event.kind for entry in everything)


def test_nothing_in_the_journal_names_anybody(house: Any) -> None:
    """The whole text of the journal of a ticket holds no number, name, date of birth, benefit unit or note."""
    ticket = house.ticket(note="Frau Albrecht weint", window_from="07:35", window_to="12:00")
    house.calls_back(ticket)
    said = " ".join(entry.line + str(entry.payload) for entry in JournalEntry.objects.all()).lower()
    for secret in ("28817386", "albrecht", "nadia", "1980-03-05", "0000100", "weint", "lange", "arslan", "07:35"):
        assert secret not in said, secret


def test_staff_stand_under_another_name_each_month(house: Any) -> None:
    def name() -> str:
        house.do(actions.ChangeSeat, user="lange", state="ready")
        entry = list(journal.entries())[-1]
        assert isinstance(entry.event, events.SeatChanged)
        return entry.event.staff

    march = name()
    assert name() == march
    house.clock.set("2026-04-01T10:00:00+02:00")
    assert name() != march
    house.clock.set("2026-03-31T10:00:00+02:00")
    assert name() == march


def test_a_seeded_journal_is_the_same_again(db: None) -> None:
    heads = []
    for _ in range(2):
        with refs.seeded(7), transaction.atomic():
            journal.append([replayed()], NOON)
            heads.append(JournalHead.objects.get().entry_hash)
            transaction.set_rollback(True)
    assert heads[0] == heads[1]
