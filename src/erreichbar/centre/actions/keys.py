"""The keys of the changes that were made. Plain SQL, because every change passes here."""

import json
from datetime import datetime
from typing import Any

from django.db import connection

from erreichbar.centre.errors import Invalid


def find(key: str, action: str) -> tuple[bool, Any]:
    """Return whether the change was made, and what it returned. Raises ``Invalid`` if the key names another change."""
    if not 1 <= len(key) <= 200:
        raise Invalid(
            "key", "Der Schlüssel einer Änderung hat 1 bis 200 Zeichen.", "The key of a change has 1 to 200 characters."
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, result FROM centre_actionkey WHERE key = %s", [key])
        row = cursor.fetchone()
    if row is None:
        return False, None
    if row[0] != action:
        raise Invalid(
            "key",
            "Dieser Schlüssel gehört zu einer anderen Änderung. Bitte laden Sie die Seite neu.",
            "This key belongs to another change. Please reload the page.",
        )
    return True, json.loads(row[1])


def keep(key: str, action: str, result: Any, moment: datetime) -> None:
    """Remember that the change was made."""
    adapted = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO centre_actionkey (key, action, result, done_at) VALUES (%s, %s, %s, %s)",
            [key, action, json.dumps(result), adapted],
        )
