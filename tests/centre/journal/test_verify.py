"""Whatever is changed in a journal afterwards is found, and nothing else is."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from erreichbar.centre import journal
from erreichbar.centre.journal.chain import canonical, sha256

COPIES = ["moment", "kind", "previous", "entry_hash"]


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """Let somebody who owns the machine write into the file as she likes."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TRIGGER IF EXISTS centre_journalentry_fixed")
        yield database
        database.commit()


def tamper(path: Path, *statements: str) -> None:
    """Run statements on the file."""
    with tampering(path) as database:
        for statement in statements:
            database.execute(statement)


def last(path: Path) -> int:
    """Return the sequence number of the last entry."""
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT max(sequence) FROM centre_journalentry").fetchone()[0])


def flipped(text: str, place: int = 0) -> str:
    """Return the text with one bit of one character changed."""
    place %= len(text)
    return text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]


def each_entry(path: Path, column: str) -> list[tuple[int, str]]:
    """Return the entries that hold something in a column, with it."""
    with closing(sqlite3.connect(path)) as database:
        question = f'SELECT sequence, "{column}" FROM centre_journalentry WHERE "{column}" IS NOT NULL'
        return [(sequence, text) for sequence, text in database.execute(question)]


def test_a_whole_journal_is_whole(file_house: Any) -> None:
    found = journal.verify()
    assert found.ok
    assert (found.problem, found.first_bad) == (None, None)
    assert found.entries == last(file_house.path) > 15


@pytest.mark.parametrize(
    "column", ["line", "payload", "salt", "moment", "kind", "previous", "entry_hash", "call", "ticket"]
)
def test_a_byte_changed_in_any_entry_is_found_there(file_house: Any, column: str) -> None:
    entries = each_entry(file_house.path, column)
    assert entries
    for sequence, text in entries:
        for place in (0, len(text) // 2, -1):
            change = f'UPDATE centre_journalentry SET "{column}" = ? WHERE sequence = ?'
            with tampering(file_house.path) as database:
                database.execute(change, [flipped(text, place), sequence])
            found = journal.verify()
            assert not found.ok
            assert found.first_bad == sequence, (column, place, found)
            with tampering(file_house.path) as database:
                database.execute(change, [text, sequence])
    assert journal.verify().ok


def test_a_byte_changed_in_the_file_itself_is_found(file_house: Any) -> None:
    lines = [(sequence, line.encode()) for sequence, line in each_entry(file_house.path, "line")]
    whole = file_house.path.read_bytes()
    for sequence, line in lines:
        place = whole.index(line) + len(line) // 2
        # The high bit also makes the text no UTF-8.
        for bit in (1, 128):
            changed = bytearray(whole)
            changed[place] ^= bit
            file_house.path.write_bytes(changed)
            connections["default"].close()  # an open connection may still know the page as it was
            found = journal.verify()
            assert not found.ok
            assert found.first_bad == sequence, found


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_an_entry_removed_is_missed(file_house: Any, which: str) -> None:
    end = last(file_house.path)
    gone = {"first": 1, "middle": end // 2, "last": end}[which]
    tamper(file_house.path, f"DELETE FROM centre_journalentry WHERE sequence = {gone}")
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == gone
    assert found.entries == end - 1


def test_an_entry_removed_with_the_gap_closed_is_missed(file_house: Any) -> None:
    end = last(file_house.path)
    tamper(
        file_house.path,
        "DELETE FROM centre_journalentry WHERE sequence = 5",
        *(f"UPDATE centre_journalentry SET sequence = {n - 1} WHERE sequence = {n}" for n in range(6, end + 1)),
    )
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 5


def test_an_entry_inserted_is_found(file_house: Any) -> None:
    end = last(file_house.path)
    tamper(
        file_house.path,
        *(f"UPDATE centre_journalentry SET sequence = {n + 1} WHERE sequence = {n}" for n in range(end, 4, -1)),
        _copy_of(4, 5),
    )
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 5


def test_an_entry_added_behind_the_head_is_found(file_house: Any) -> None:
    rebuild(file_house.path, add=1)
    with tampering(file_house.path) as database:
        end = last(file_house.path)
        before = database.execute("SELECT entry_hash FROM centre_journalentry WHERE sequence = ?", [end - 1]).fetchone()
        database.execute("UPDATE centre_journalhead SET sequence = ?, entry_hash = ?", [end - 1, before[0]])
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == end


def test_two_entries_swapped_are_found(file_house: Any) -> None:
    tamper(
        file_house.path,
        "UPDATE centre_journalentry SET sequence = 99999 WHERE sequence = 6",
        "UPDATE centre_journalentry SET sequence = 6 WHERE sequence = 7",
        "UPDATE centre_journalentry SET sequence = 7 WHERE sequence = 99999",
    )
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 6


def test_two_payloads_swapped_are_found(file_house: Any) -> None:
    with tampering(file_house.path) as database:
        rows = database.execute("SELECT payload, salt FROM centre_journalentry WHERE sequence IN (4, 5)").fetchall()
        for sequence, row in zip((5, 4), rows, strict=True):
            database.execute(
                "UPDATE centre_journalentry SET payload = ?, salt = ? WHERE sequence = ?", [*row, sequence]
            )
    assert journal.verify().first_bad == 4


def test_an_end_cut_off_is_missed(file_house: Any) -> None:
    tamper(file_house.path, "DELETE FROM centre_journalentry WHERE sequence > 7")
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 8


def test_an_end_cut_off_with_the_head_in_the_database_moved_is_missed(file_house: Any) -> None:
    cut_off(file_house.path, 7)
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 8
    assert "head file" in str(found.problem)


def test_everything_removed_is_missed(file_house: Any) -> None:
    tamper(
        file_house.path,
        "DELETE FROM centre_journalentry",
        f"UPDATE centre_journalhead SET sequence = 0, entry_hash = '{'0' * 64}'",
    )
    found = journal.verify()
    assert not found.ok
    assert (found.entries, found.first_bad) == (0, 1)


def test_a_chain_that_was_cut_and_grew_again_is_found(file_house: Any) -> None:
    end = last(file_house.path)
    head = Path(f"{file_house.path}.head.json").read_text()
    cut_off(file_house.path, 7)
    while last(file_house.path) <= end + 3:
        file_house.ticket()
    assert Path(f"{file_house.path}.head.json").read_text() == head, "the file must not follow another chain"
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == end


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_text(""), lambda file: file.write_text("{}")])
def test_a_head_file_that_is_missing_or_spoilt_is_a_fault(file_house: Any, spoil: Callable[[Path], object]) -> None:
    spoil(Path(f"{file_house.path}.head.json"))
    found = journal.verify()
    assert not found.ok
    assert "the head file" in str(found.problem)


def test_a_head_file_that_went_missing_is_not_made_anew(file_house: Any) -> None:
    head = Path(f"{file_house.path}.head.json")
    head.unlink()
    file_house.ticket()
    journal.begin()
    assert not head.exists()
    assert not journal.verify().ok


def test_a_missing_head_in_the_database_is_a_fault(file_house: Any) -> None:
    tamper(file_house.path, "DELETE FROM centre_journalhead")
    assert not journal.verify().ok


def test_a_changed_head_in_the_database_is_a_fault(file_house: Any) -> None:
    tamper(file_house.path, f"UPDATE centre_journalhead SET entry_hash = '{'a' * 64}'")
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == last(file_house.path)


def test_a_head_file_from_another_journal_is_a_fault(file_house: Any) -> None:
    journal_head = Path(f"{file_house.path}.head.json")
    journal_head.write_text(json.dumps({"sequence": 7, "entry_hash": "b" * 64}))
    assert journal.verify().first_bad == 7


def test_a_rebuilt_chain_is_found_only_by_a_head_deposited_elsewhere(file_house: Any, tmp_path: Path) -> None:
    deposited = tmp_path / "deposited.json"
    shutil.copy(f"{file_house.path}.head.json", deposited)
    assert journal.verify(deposited).ok
    rebuild(file_house.path, from_entry=6)
    assert journal.verify().ok, "who owns the machine can rewrite everything on it"
    found = journal.verify(deposited)
    assert not found.ok
    assert found.first_bad == last(file_house.path)
    assert "deposited" in str(found.problem)


def test_a_deposited_head_of_earlier_is_on_the_chain(file_house: Any, tmp_path: Path) -> None:
    deposited = tmp_path / "deposited.json"
    shutil.copy(f"{file_house.path}.head.json", deposited)
    file_house.ticket()
    assert journal.verify(deposited).ok


def test_a_deposited_head_that_is_not_there_is_a_fault(file_house: Any, tmp_path: Path) -> None:
    assert not journal.verify(tmp_path / "nothing.json").ok


def test_a_rebuilt_chain_with_an_event_nobody_knows_is_found(file_house: Any) -> None:
    rebuild(file_house.path, from_entry=6, kind="call.recorded")
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 6
    assert "vocabulary" in str(found.problem)


def test_a_copy_left_of_an_erased_payload_is_found(file_house: Any) -> None:
    tamper(file_house.path, "UPDATE centre_journalentry SET payload = NULL, salt = NULL WHERE sequence = 3")
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 3


@pytest.mark.parametrize("column", ["payload", "salt"])
def test_half_an_erasure_is_found(file_house: Any, column: str) -> None:
    tamper(file_house.path, f"UPDATE centre_journalentry SET {column} = NULL WHERE sequence = 3")
    assert journal.verify().first_bad == 3


# -- what somebody who owns the machine can do -------------------------------------------------------------------------


def _copy_of(entry: int, place: int) -> str:
    columns = 'moment, kind, previous, entry_hash, line, payload, salt, "call", ticket'
    return (
        f"INSERT INTO centre_journalentry (sequence, {columns}) "
        f"SELECT {place}, {columns} FROM centre_journalentry WHERE sequence = {entry}"
    )


def cut_off(path: Path, after: int) -> None:
    """Remove the end of the chain and move the head in the database back."""
    with tampering(path) as database:
        (head,) = database.execute("SELECT entry_hash FROM centre_journalentry WHERE sequence = ?", [after]).fetchone()
        database.execute("DELETE FROM centre_journalentry WHERE sequence > ?", [after])
        database.execute("UPDATE centre_journalhead SET sequence = ?, entry_hash = ?", [after, head])


def rebuild(path: Path, from_entry: int = 1, kind: str | None = None, add: int = 0) -> None:
    """Write the chain anew from an entry on, another moment in that one, with both heads."""
    with tampering(path) as database:
        if add:
            end = last(path)
            database.execute(_copy_of(end, end + add))
        rows = database.execute(
            "SELECT sequence, line, entry_hash FROM centre_journalentry ORDER BY sequence"
        ).fetchall()
        previous = "0" * 64
        for sequence, line, entry_hash in rows:
            if sequence < from_entry:
                previous = entry_hash
                continue
            fields = {**json.loads(line), "sequence": sequence, "previous": previous}
            if sequence == from_entry:
                fields |= {"moment": "2026-03-05T08:00:00.000Z"} | ({"kind": kind} if kind else {})
            new = canonical(fields)
            database.execute(
                "UPDATE centre_journalentry SET line = ?, entry_hash = ?, previous = ?, moment = ?, kind = ? "
                "WHERE sequence = ?",
                [new, sha256(new), previous, fields["moment"], fields["kind"], sequence],
            )
            previous = sha256(new)
        database.execute("UPDATE centre_journalhead SET sequence = ?, entry_hash = ?", [sequence, previous])
    Path(f"{path}.head.json").write_text(json.dumps({"sequence": sequence, "entry_hash": previous}))
