"""Changes of one kind one after the other, where a rule of the database cannot tell that two mean the same.

SQLite writes one at a time anyway. On PostgreSQL two transactions do not see each other's new rows until they are committed; the second
waits here until the first is, and then finds what it wrote.
"""

from django.db import connection

REPORTS = 1
"""The lock of reports: the same call may come by two ways at once, under two references."""


def wait_for(lock: int) -> None:
    """Wait until no other transaction holds a lock; hold it until the end of this one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
