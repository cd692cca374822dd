"""The head file: where the chain ends, written beside the database after each commit.

It may lag behind the chain (a crash between commit and file), never run ahead of it, and never goes back. It is
replaced only by a head that continues the one it holds, so a chain that was cut off or rebuilt gains no new file.
"""

import fcntl
import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from erreichbar.centre.journal.chain import GENESIS

log = logging.getLogger(__name__)

_HASH = re.compile(r"[0-9a-f]{64}")
_deferring = 0
_waiting: dict[str, tuple["Head", "Head"]] = {}


class BadHead(ValueError):
    """A head file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the sequence number of the last entry and its hash."""

    sequence: int
    entry_hash: str

    def to_json(self) -> str:
        """Return what stands in the file."""
        return json.dumps({"sequence": self.sequence, "entry_hash": self.entry_hash}) + "\n"


def head_file(using: str = "default") -> Path | None:
    """Return where the head file of a database is: beside an SQLite file, in the run folder with PostgreSQL.

    None for a database in memory, which nothing outlives.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return Path(settings.RUN_FOLDER) / "journal-head.json"
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        return None
    return Path(name + ".head.json")


def read_head(file: Path) -> Head:
    """Return the head that a file holds. Raises ``OSError`` if there is none, ``BadHead`` if it cannot be read."""
    try:
        given = json.loads(file.read_text())
        sequence, entry_hash = given["sequence"], given["entry_hash"]
        if type(sequence) is not int or sequence < 0 or not _HASH.fullmatch(entry_hash):
            raise BadHead(f"{file} holds no head of a journal")
    except (ValueError, KeyError, TypeError) as error:
        raise BadHead(f"{file} holds no head of a journal") from error
    return Head(sequence, entry_hash)


def begin(using: str = "default") -> None:
    """Write the head file of an empty journal, if there is none."""
    file = head_file(using)
    if file is None or file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    _replace(file, Head(0, GENESIS))


def advance(before: Head, after: Head, using: str = "default") -> None:
    """Let the file say ``after``, which continues ``before``. Never raises: the file may lag."""
    file = head_file(using)
    if file is None:
        return
    if _deferring:
        first = _waiting.get(using, (before, after))[0]
        _waiting[using] = (first, after)
        return
    try:
        with _locked(file):
            present = read_head(file)
            if present.sequence >= after.sequence:
                return
            if present != before and not _on_chain(present, using):
                log.error("The journal does not continue its head file %s: see `erreichbar journal verify`.", file)
                return
            _replace(file, after)
    except (OSError, BadHead) as error:
        log.error("The head file of the journal could not be written: %s", error)


@contextmanager
def deferred() -> Iterator[None]:
    """Write the head file once, at the end of the block: for virtual time, where nothing real could be lost."""
    global _deferring
    _deferring += 1
    try:
        yield
    finally:
        _deferring -= 1
        if not _deferring:
            for using, (before, after) in list(_waiting.items()):
                del _waiting[using]
                advance(before, after, using)


def _on_chain(head: Head, using: str) -> bool:
    if head.sequence == 0:
        return head.entry_hash == GENESIS
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT entry_hash FROM centre_journalentry WHERE sequence = %s", [head.sequence])
        found = cursor.fetchone()
    return found is not None and found[0] == head.entry_hash


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.with_name(file.name + ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(file: Path, head: Head) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with draft.open("w") as out:
            out.write(head.to_json())
            out.flush()
            # Without it a power cut can leave an empty file, which would look like a fault.
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
