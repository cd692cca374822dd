"""Retention: payload and salt of a stretch of entries are erased, the chain stays."""

from django.db import connection

KEPT = ("day.closed", "entries.erased", "model.adopted", "office.imported", "spool.replayed")
"""What is never erased: it says nothing of anybody, and later figures and checks rest on it."""


def erase(first: int, last: int) -> int:
    """Erase what the entries from ``first`` to ``last`` say and return how many were erased now.

    Their lines and hashes stay, so the chain still verifies. Only the action ``EraseEntries`` calls this: it journals
    the erasure in the same transaction, and an erasure without its entry does not verify.
    """
    kept = ", ".join(["%s"] * len(KEPT))
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE centre_journalentry SET payload = NULL, salt = NULL, "call" = NULL, ticket = NULL '
            f"WHERE sequence BETWEEN %s AND %s AND payload IS NOT NULL AND kind NOT IN ({kept})",
            [first, last, *KEPT],
        )
        return int(cursor.rowcount)
