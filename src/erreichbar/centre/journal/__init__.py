"""The journal: append-only, chained, forgettable (design decision 5, ``docs/algorithms/journal.md``)."""

from erreichbar.centre.journal.append import append, begin
from erreichbar.centre.journal.entries import Entry, count, entries, last_moment, last_sequence
from erreichbar.centre.journal.erase import KEPT, erase
from erreichbar.centre.journal.head import Head, deferred, head_file, read_head
from erreichbar.centre.journal.tables import record_tables
from erreichbar.centre.journal.verify import Verification, verify

__all__ = [
    "KEPT", "Entry", "Head", "Verification", "append", "begin", "count", "deferred", "entries", "erase", "head_file",
    "last_moment", "last_sequence", "read_head", "record_tables", "verify",
]  # fmt: skip
