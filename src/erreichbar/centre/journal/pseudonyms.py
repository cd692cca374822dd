"""Under what reference somebody of the office stands in the journal.

A new one each month (UTC), so that what retention leaves cannot be joined into the history of a person.
"""

from datetime import datetime

from django.db import connection

from erreichbar.centre import refs
from erreichbar.record.vocabulary import Staff


def of(user: int, moment: datetime) -> Staff:
    """Return the pseudonym of a user (primary key) in the month of ``moment``; drawn when first needed."""
    month = moment.date().replace(day=1)
    adapted = connection.ops.adapt_datefield_value(month)
    with connection.cursor() as cursor:
        find = "SELECT ref FROM centre_staffpseudonym WHERE user_id = %s AND month = %s"
        cursor.execute(find, [user, adapted])
        row = cursor.fetchone()
        if row is None:
            # Two transactions may draw at once; the first one counts for both.
            cursor.execute(
                "INSERT INTO centre_staffpseudonym (user_id, month, ref) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [user, adapted, refs.new_ref()],
            )
            cursor.execute(find, [user, adapted])
            row = cursor.fetchone()
    return Staff(row[0])
