"""What no statement may change: the lines of the journal, and when a ticket is due. Triggers of the database hold it.

SQLite forgets the triggers of a table that a migration makes anew; such a migration guards it again.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIXED = {
    "centre_journalentry": (
        ["sequence", "moment", "kind", "previous", "entry_hash", "line"],
        "the journal is append-only",
    ),
    "centre_ticket": (
        ["opened_at", "due_elapsed", "due_service_hours", "due_working_days", "last_chance", "due_why"],
        "a promise is computed once",
    ),
}
"""Table → the columns that are written once, and why."""


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse a change of a fixed column, and a payload that comes back or is exchanged."""
    for table, (columns, why) in FIXED.items():
        if editor.connection.vendor == "sqlite":
            changed = _changed(table, columns, "IS NOT")
            editor.execute(
                f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {changed} "
                f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
            )
        else:
            changed = _changed(table, columns, "IS DISTINCT FROM")
            editor.execute(
                f"CREATE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = 'check_violation'; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) "
                f"EXECUTE FUNCTION {table}_fixed()"
            )


def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards away."""
    for table in FIXED:
        on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_fixed{on}")
        if editor.connection.vendor != "sqlite":
            editor.execute(f"DROP FUNCTION IF EXISTS {table}_fixed()")


def guard_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Guard tables of which some may have been made anew."""
    unguard(apps, editor)
    guard(apps, editor)


def _changed(table: str, columns: list[str], differs: str) -> str:
    """Return the condition that a fixed column differs, in the words of the database; a payload may only be erased."""
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
    if table == "centre_journalentry":
        changed += f" OR NEW.payload IS NOT NULL AND NEW.payload {differs} OLD.payload"
    return changed
