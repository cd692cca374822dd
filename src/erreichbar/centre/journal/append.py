"""Writing to the journal. Only actions do, inside their transaction, as its last step."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connections, transaction

from erreichbar.centre import refs
from erreichbar.centre.journal import head
from erreichbar.centre.journal.chain import COLUMNS, GENESIS, Row, link
from erreichbar.record.vocabulary import Event

_AT_ONCE = 2000
"""So many lines are held in memory at once."""


class JournalDamaged(RuntimeError):
    """The journal cannot be continued: its head is missing."""


def append(events: Sequence[Event], moment: datetime, using: str = "default") -> int:
    """Add entries to the end of the chain and return the sequence number of the last.

    ``moment`` is aware. Must run inside a transaction, last: on PostgreSQL the head row is locked from here to the
    commit, on SQLite the whole file is locked since the transaction began (``transaction_mode=IMMEDIATE``).
    The head file follows after the commit.
    """
    connection = connections[using]
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sequence, entry_hash FROM centre_journalhead WHERE id = 1{lock}")
        found = cursor.fetchone()
        if found is None:
            raise JournalDamaged("The head of the journal is missing. `erreichbar journal verify` says more.")
        sequence, previous = found
        before = head.Head(sequence, previous)
        places = ", ".join(["%s"] * len(Row._fields))
        for start in range(0, len(events), _AT_ONCE):
            rows: list[Row] = []
            for event in events[start : start + _AT_ONCE]:
                sequence += 1
                rows.append(link(sequence, previous, moment, event, refs.new_salt()))
                previous = rows[-1].entry_hash
            cursor.executemany(f"INSERT INTO centre_journalentry ({COLUMNS}) VALUES ({places})", rows)
        cursor.execute(
            "UPDATE centre_journalhead SET sequence = %s, entry_hash = %s WHERE id = 1", [sequence, previous]
        )
    after = head.Head(sequence, previous)
    if head.head_file(using) is not None:
        transaction.on_commit(lambda: head.advance(before, after, using), using=using, robust=True)
    return int(sequence)


def begin(using: str = "default") -> None:
    """Begin an empty journal: write its head, in the table and in the file. A journal with entries is left as it is.

    So a head that somebody removed is not made anew, and its absence is found.
    """
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM centre_journalentry")
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT count(*) FROM centre_journalhead")
        if not cursor.fetchone()[0]:
            cursor.execute("INSERT INTO centre_journalhead (id, sequence, entry_hash) VALUES (1, 0, %s)", [GENESIS])
    head.begin(using)
