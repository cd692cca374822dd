"""Retention: payload and salt of a stretch of entries are erased, the chain stays."""

from collections.abc import Collection

from django.db import connection

KEPT = ("day.closed", "entries.erased", "model.adopted", "office.imported", "spool.replayed")
"""What is never erased: it says nothing of anybody, and later figures and checks rest on it."""


def erase(first: int, last: int, kept: Collection[int] = ()) -> int:
    """Erase what the entries from ``first`` to ``last`` say, but those ``kept``, and return how many were erased now.

    Their lines and hashes stay, so the chain still verifies. Only the action ``EraseEntries`` calls this: it journals
    the erasure in the same transaction, and an erasure without its entry does not verify.
    """
    kinds, others = (", ".join(["%s"] * len(those)) for those in (KEPT, kept))
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE centre_journalentry SET payload = NULL, salt = NULL, "call" = NULL, ticket = NULL '
            f"WHERE sequence BETWEEN %s AND %s AND payload IS NOT NULL AND kind NOT IN ({kinds})"
            + (f" AND sequence NOT IN ({others})" if kept else ""),
            [first, last, *KEPT, *kept],
        )
        return int(cursor.rowcount)
