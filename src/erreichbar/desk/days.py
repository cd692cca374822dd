"""Days and times as people type them, read by the office's clocks."""

from datetime import date, datetime, timedelta

from erreichbar.centre.errors import Invalid
from erreichbar.office import Office, moments


def moment_typed(office: Office, day_field: str, day: str, time_field: str, at: str) -> datetime:
    """Return a day (at its midnight) or a time of it as typed, office time. Raises ``Invalid`` for the field at fault."""
    field = time_field if at else day_field
    try:
        if at:
            return moments.read(f"{day}T{at}", office.zone)
        read = date.fromisoformat(day)
        if not moments.FIRST_YEAR <= read.year <= moments.LAST_YEAR:
            raise ValueError("outside the calendar")
        return moments.at(read, 0, office.zone)
    except moments.AmbiguousMoment as no:
        raise Invalid(field, no.de, no.en) from None
    except ValueError:
        raise Invalid(field, "Bitte wählen Sie einen Tag.", "Please choose a day.") from None


def midnight_after(moment: datetime, office: Office) -> datetime:
    """Return the end of the day of a moment, by the office's clocks."""
    return moments.at(moment.astimezone(office.zone).date() + timedelta(days=1), 0, office.zone)
