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
        _refuse(editor, f"{table}_fixed", table, "UPDATE", _changed(table, columns, _differs(editor)), why)


def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards away."""
    for table in FIXED:
        _allow(editor, f"{table}_fixed", table)


def guard_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Guard tables of which some may have been made anew."""
    unguard(apps, editor)
    guard(apps, editor)


def guard_applications(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse to change what an application says, and to delete one that no case file has yet."""
    table = "centre_application"
    said = _changed(
        table, ["code", "kind", "made_at", "works_back_to", "law", "matter_id", "recorded_at"], _differs(editor)
    )
    pending = "OLD.taken_over_at IS NULL AND OLD.withdrawn_at IS NULL"
    _refuse(editor, f"{table}_fixed", table, "UPDATE", said, "an application is written once")
    _refuse(editor, f"{table}_kept", table, "DELETE", pending, "no case file has this application yet")


def unguard_applications(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards of applications away."""
    for name in ("centre_application_fixed", "centre_application_kept"):
        _allow(editor, name, "centre_application")


def _refuse(editor: BaseDatabaseSchemaEditor, name: str, table: str, what: str, when: str, why: str) -> None:
    """Let a statement (``UPDATE``, ``DELETE``) fail under a condition of ``OLD`` and ``NEW``."""
    if editor.connection.vendor == "sqlite":
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )
        return
    editor.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = 'check_violation'; END $$"
    )
    editor.execute(
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()"
    )


def _allow(editor: BaseDatabaseSchemaEditor, name: str, table: str) -> None:
    """Take a refusal away, if it is there."""
    sqlite = editor.connection.vendor == "sqlite"
    editor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _differs(editor: BaseDatabaseSchemaEditor) -> str:
    """Return how the database says that two values, of which one may be missing, are not the same."""
    return "IS NOT" if editor.connection.vendor == "sqlite" else "IS DISTINCT FROM"


def _changed(table: str, columns: list[str], differs: str) -> str:
    """Return the condition that a fixed column differs, in the words of the database; a payload may only be erased."""
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
    if table == "centre_journalentry":
        changed += f" OR NEW.payload IS NOT NULL AND NEW.payload {differs} OLD.payload"
    return changed
