"""Reading the journal."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from erreichbar.record.vocabulary import Event


class Entry(NamedTuple):
    """An entry that can still be read. ``event`` is none once retention erased the payload."""

    sequence: int
    moment: datetime
    kind: str
    event: Event | None


def entries(after: int = 0, limit: int | None = None) -> Iterator[Entry]:
    """Return the entries behind a sequence number, oldest first. The moments are in UTC."""
    while limit is None or limit > 0:
        batch = 2000 if limit is None else min(limit, 2000)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sequence, moment, kind, payload FROM centre_journalentry "
                "WHERE sequence > %s ORDER BY sequence LIMIT %s",
                [after, batch],
            )
            rows = cursor.fetchall()
        for sequence, moment, kind, payload in rows:
            event = None if payload is None else Event.read(kind, json.loads(payload))
            yield Entry(sequence, datetime.fromisoformat(moment), kind, event)
            after = sequence
        if len(rows) < batch:
            return
        if limit is not None:
            limit -= batch


def last_sequence() -> int:
    """Return the sequence number of the last entry, 0 for an empty journal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(sequence) FROM centre_journalentry")
        return int(cursor.fetchone()[0] or 0)


def last_moment() -> datetime | None:
    """Return the moment of the last entry, none for an empty journal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT moment FROM centre_journalentry ORDER BY sequence DESC LIMIT 1")
        last = cursor.fetchone()
    return datetime.fromisoformat(last[0]) if last else None


def count() -> int:
    """Return how many entries the journal has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM centre_journalentry")
        return int(cursor.fetchone()[0])
