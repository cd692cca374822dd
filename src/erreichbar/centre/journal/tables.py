"""From the journal to the tables that every figure is counted over."""

from typing import TYPE_CHECKING

from erreichbar.centre.journal.entries import entries

if TYPE_CHECKING:
    from erreichbar.record.tables import Tables


def record_tables() -> "Tables":
    """Return the tables as the journal tells them; what retention erased is left out."""
    # Polars takes a moment to load, and the telephone does not need it.
    from erreichbar.record.fold import fold

    return fold((entry.moment, entry.event) for entry in entries() if entry.event is not None)
