"""Does the journal hold together? Everything that could be changed afterwards is checked against the chain."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections, transaction

from erreichbar.centre.journal.chain import COLUMNS, GENESIS, Row, hash_of_payload, sha256
from erreichbar.centre.journal.head import BadHead, Head, head_file, read_head
from erreichbar.record.events import EntriesErased
from erreichbar.record.vocabulary import Event, NotInVocabulary

LINE_KEYS = {"sequence", "moment", "kind", "previous", "payload_hash"}


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``verify`` found: how many entries, the place in the chain where it goes wrong first, and what is wrong."""

    entries: int
    ok: bool
    first_bad: int | None = None
    problem: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the findings as a JSON object."""
        return {"entries": self.entries, "ok": self.ok, "first_bad": self.first_bad, "problem": self.problem}


class Fault(Exception):
    """The journal does not hold. ``sequence`` is the place, none if it is no place in the chain."""

    def __init__(self, sequence: int | None, problem: str) -> None:
        super().__init__(problem)
        self.sequence = sequence
        self.problem = problem


def verify(deposited: Path | None = None, using: str = "default") -> Verification:
    """Check the whole chain against itself, its head in table and file, and a head that was deposited elsewhere.

    ``deposited`` is a file that was put away earlier (a copy of the head file): the chain must still run through it.
    Memory does not grow with the journal, and the house can go on working meanwhile.
    """
    walk = _Walk()
    try:
        heads = _heads(deposited, using)
        walk.wanted = {head.sequence for head in heads.values()}
        for row, table_head in _rows(using):
            walk.take(row)
            walk.table_head = table_head
        if not walk.sequence:
            walk.table_head = _table_head(using)
        walk.end()
        for name, head in heads.items():
            walk.meets(name, head)
    except Fault as fault:
        return Verification(_count(using), False, fault.sequence, fault.problem)
    except DatabaseError as error:
        place = walk.sequence + 1
        return Verification(_count(using), False, place, f"entry {place} cannot be read from the database: {error}")
    return Verification(walk.sequence, True)


class _Walk:
    """Goes along the chain from its beginning."""

    def __init__(self) -> None:
        self.sequence = 0
        self.previous = GENESIS
        self.wanted: set[int] = set()
        self.seen: dict[int, str] = {0: GENESIS}
        self.table_head: Head | None = None
        self._erased: list[tuple[int, int]] = []
        self._said_erased: list[tuple[int, int]] = []

    def take(self, row: Row) -> None:
        """Check the next entry."""
        place = self.sequence + 1
        if row.sequence != place:
            raise Fault(place, f"entry {place} is missing; {row.sequence} follows {self.sequence}")
        fields = self._line(place, row)
        if row.payload is None and row.salt is None:
            if row.call is not None or row.ticket is not None:
                raise Fault(place, f"entry {place}: its payload is erased, but a copy of it is left")
            _extend(self._erased, place)
        else:
            self._payload(place, row, fields["payload_hash"])
        self.sequence, self.previous = place, row.entry_hash
        if place in self.wanted:
            self.seen[place] = row.entry_hash

    def _line(self, place: int, row: Row) -> Mapping[str, Any]:
        if not isinstance(row.line, str) or sha256(row.line) != row.entry_hash:
            raise Fault(place, f"entry {place}: its line does not have the recorded hash")
        try:
            fields = json.loads(row.line)
        except ValueError:
            fields = None
        if not isinstance(fields, dict) or set(fields) != LINE_KEYS:
            raise Fault(place, f"entry {place}: its line is no entry of a journal")
        if fields["previous"] != self.previous:
            raise Fault(place, f"entry {place} does not continue entry {self.sequence}")
        for name in ("sequence", "moment", "kind", "previous"):
            if fields[name] != getattr(row, name):
                raise Fault(place, f"entry {place}: the column {name} disagrees with its line")
        return fields

    def _payload(self, place: int, row: Row, payload_hash: str) -> None:
        if not isinstance(row.payload, str) or not isinstance(row.salt, str):
            raise Fault(place, f"entry {place}: payload or salt is missing")
        try:
            matches = hash_of_payload(row.salt, row.payload) == payload_hash
        except ValueError:
            matches = False
        if not matches:
            raise Fault(place, f"entry {place}: its payload does not have the recorded hash")
        try:
            fields = json.loads(row.payload)
            event = Event.read(row.kind, fields)
        except (ValueError, TypeError, NotInVocabulary) as error:
            raise Fault(place, f"entry {place}: its payload is not in the vocabulary: {error}") from None
        for name in ("call", "ticket"):
            if fields.get(name) != getattr(row, name):
                raise Fault(place, f"entry {place}: the column {name} disagrees with its payload")
        if isinstance(event, EntriesErased):
            # An erasure can only speak of what stood before it.
            self._said_erased.append((event.first, min(event.last, place - 1)))

    def end(self) -> None:
        """Check what can only be known at the end of the chain."""
        for first, last in self._erased:
            if hidden := _first_outside(first, last, self._said_erased):
                raise Fault(hidden, f"entry {hidden} was erased without an entry that says so")
        if self.table_head is None:
            raise Fault(None, "the head of the journal is missing in the database")
        if self.table_head.sequence < self.sequence:
            after = self.table_head.sequence + 1
            raise Fault(after, f"entry {after} stands behind the head in the database")
        self.meets("the head in the database", self.table_head)

    def meets(self, name: str, head: Head) -> None:
        """Check that the chain runs through a head."""
        if head.sequence > self.sequence:
            after = self.sequence + 1
            raise Fault(after, f"entry {after} is missing: the chain was cut off, {name} is at entry {head.sequence}")
        here = self.seen.get(head.sequence, self.previous if head.sequence == self.sequence else None)
        if here != head.entry_hash:
            raise Fault(head.sequence, f"entry {head.sequence} is not the one that {name} knows")


def _rows(using: str) -> Iterator[tuple[Row, Head | None]]:
    """Stream the entries, each with the head of the same snapshot: one statement, so nobody's commit comes between."""
    connection = connections[using]
    columns = ", ".join(f"e.{column.strip()}" for column in COLUMNS.split(","))
    question = (
        f"SELECT {columns}, h.sequence, h.entry_hash FROM centre_journalentry e "
        "LEFT JOIN centre_journalhead h ON h.id = 1 ORDER BY e.sequence"
    )
    if connection.vendor == "sqlite":
        # Outside a transaction: Django's would take the write lock for as long as this takes.
        with connection.cursor() as cursor:
            cursor.execute(question)
            yield from map(_row, cursor)
        return
    with transaction.atomic(using=using), closing(connection.chunked_cursor()) as cursor:
        cursor.execute(question)
        yield from map(_row, cursor)


def _row(found: tuple[Any, ...]) -> tuple[Row, Head | None]:
    width = len(Row._fields)
    sequence, entry_hash = found[width:]
    return Row(*found[:width]), None if sequence is None else Head(sequence, entry_hash)


def _table_head(using: str) -> Head | None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT sequence, entry_hash FROM centre_journalhead WHERE id = 1")
        found = cursor.fetchone()
    return None if found is None else Head(*found)


def _count(using: str) -> int:
    try:
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM centre_journalentry")
            return int(cursor.fetchone()[0])
    except DatabaseError:
        return 0


def _heads(deposited: Path | None, using: str) -> dict[str, Head]:
    """Return the heads that stand in files. Read before the chain, so that the chain can only be further."""
    files = {"the head file": head_file(using), "the deposited head": deposited}
    heads = {}
    for name, file in files.items():
        if file is None:
            continue
        try:
            heads[name] = read_head(file)
        except FileNotFoundError:
            raise Fault(None, f"{name} is missing: {file}") from None
        except (OSError, BadHead) as error:
            raise Fault(None, f"{name} cannot be read: {error}") from None
    return heads


def _extend(stretches: list[tuple[int, int]], place: int) -> None:
    if stretches and stretches[-1][1] == place - 1:
        stretches[-1] = (stretches[-1][0], place)
    else:
        stretches.append((place, place))


def _first_outside(first: int, last: int, stretches: list[tuple[int, int]]) -> int | None:
    """Return the first number from ``first`` to ``last`` that lies in none of the stretches, none if all do."""
    for start, end in sorted(stretches):
        if start > first:
            break
        first = max(first, end + 1)
    return first if first <= last else None
