"""An application made by telephone: when it counts as made, and to which day it works back."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from erreichbar.office import ApplicationKind, Text
from erreichbar.promise import words
from erreichbar.record.words import WorksBack


@dataclass(frozen=True, slots=True)
class WorksBackTo:
    """The day from which on benefits can be due, and by which law, as it stood when."""

    day: date
    why: Text


def made_at(entered: datetime, began: datetime | None) -> datetime:
    """Return when an application counts as made: when the conversation ``began``, however late it was ``entered``.

    A conversation that goes on over midnight counts from its beginning, in doubt for the citizen (§ 2(2) SGB I as of March
    2022; an assumption). Without a conversation (``began`` is none: she stood before the desk) it is when it was entered.
    """
    return entered if began is None else min(began, entered)


def works_back_to(kind: ApplicationKind, made_at: datetime, zone: ZoneInfo) -> WorksBackTo:
    """Return to which day an application works back. Days are those of the office: a month ends there at local midnight."""
    day = made_at.astimezone(zone).date()
    if kind.works_back is WorksBack.FIRST_OF_MONTH:
        day = day.replace(day=1)
    as_of = words.on_day(kind.law_as_of)
    return WorksBackTo(day, Text(f"{kind.law.de}, Stand {as_of.de}", f"{kind.law.en}, as of {as_of.en}"))
