"""Who is there, now and next?

Somebody is there in her working hours, as far as her unit is staffed then and nothing is entered against it. Of an
absence only the fact is known, never its kind; of an appointment only that the time is taken.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from erreichbar.office import moments
from erreichbar.office.calendar import Calendar
from erreichbar.office.model import Office
from erreichbar.office.periods import Periods, common, joined, without

LOOK_AHEAD = timedelta(days=28)
"""How far ahead somebody's return is looked for. Who is not there for four weeks has no next time that helps anybody."""
FOR_GOOD = datetime.max.replace(tzinfo=UTC)
"""The end of an absence that has none."""


class Taken(StrEnum):
    """What is entered against somebody's time."""

    ABSENT = "absent"
    """She is not there. Why is nobody's business here."""
    APPOINTMENT = "appointment"
    """She is there, with somebody."""
    PROTECTED = "protected"
    """She is there, for case work, and not to be disturbed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something entered against the time of a ``person`` (id): ``end`` none means until further notice."""

    person: str
    start: datetime
    end: datetime | None
    kind: Taken = Taken.ABSENT


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody is ``here`` and whether she is ``free``; moments in UTC.

    ``until`` is the end of this presence, none if she is not here; ``free_from`` the next moment at which she is here and
    free, now included, none if there is none in the next four weeks.
    """

    here: bool
    free: bool
    until: datetime | None
    free_from: datetime | None


class Roster:
    """When everybody of an office is there, by the office file and by what was ``entered`` since."""

    def __init__(self, office: Office, entered: Iterable[Entry] = ()) -> None:
        self.office = office
        self._entered: dict[str, list[Entry]] = defaultdict(list)
        # Many tickets ask about the same people and the same moment: what was found is kept.
        self._staffed: dict[tuple[str, datetime, datetime], Periods] = {}
        self._free: dict[tuple[str, datetime, datetime], Periods] = {}
        self._presence: dict[tuple[str, datetime], Presence] = {}
        self._away: dict[tuple[str, datetime], bool] = {}
        for entry in entered:
            self._entered[entry.person].append(entry)

    def with_entries(self, also: Iterable[Entry]) -> "Roster":
        """Return the roster as it were with more entered."""
        return Roster(self.office, [*(entry for entries in self._entered.values() for entry in entries), *also])

    def there(self, person: str, start: datetime, end: datetime) -> Periods:
        """Return when somebody is there in ``[start, end)``, disturbed or not; nothing for whom the office does not know."""
        return without(self._planned(person, start, end), self._taken(person, start, end, (Taken.ABSENT,)))

    def free(self, person: str, start: datetime, end: datetime) -> Periods:
        """Return when somebody is there and may call citizens back: no appointment, no protected time."""
        asked = (person, start, end)
        if asked not in self._free:
            busy = self._taken(person, start, end, (Taken.APPOINTMENT, Taken.PROTECTED))
            self._free[asked] = without(self.there(person, start, end), busy)
        return self._free[asked]

    def for_callbacks(self, person: str, start: datetime, end: datetime) -> Periods:
        """Return when somebody may call back: what the roster keeps free for that, else all of her free time."""
        free, known = self.free(person, start, end), self.office.people.get(person)
        if known is None or known.callback_hours is None:
            return free
        return common(free, Calendar(self.office.zone, None, known.callback_hours).periods(start, end))

    def presence(self, person: str, moment: datetime) -> Presence:
        """Return whether somebody is there at a moment, until when, and when she is free next."""
        asked = (person, moment)
        if asked not in self._presence:
            self._presence[asked] = self._presence_anew(person, moment)
        return self._presence[asked]

    def _presence_anew(self, person: str, moment: datetime) -> Presence:
        horizon = moment + LOOK_AHEAD
        now = next((period for period in self.there(person, moment, horizon) if period[0] <= moment), None)
        free = self.free(person, moment, horizon)
        free_from = free[0][0] if free else None
        return Presence(
            here=now is not None,
            free=free_from is not None and free_from <= moment,
            until=now[1] if now else None,
            free_from=free_from,
        )

    def away_today(self, person: str, moment: datetime) -> bool:
        """Return whether an absence takes all the time somebody would still be there today, or on the next open day.

        Raises ``NeverOpen`` if the office has no opening in three years.
        """
        asked = (person, moment)
        if asked not in self._away:
            opening = self._calendar(person).next_opening(moment)
            end = moments.at(opening.astimezone(self.office.zone).date() + timedelta(days=1), 0, self.office.zone)
            self._away[asked] = bool(self._planned(person, opening, end)) and not self.there(person, opening, end)
        return self._away[asked]

    def _calendar(self, person: str) -> Calendar:
        known = self.office.people.get(person)
        return self.office.calendar_of(known.unit) if known and known.unit else self.office.calendar

    def _planned(self, person: str, start: datetime, end: datetime) -> Periods:
        """Return when somebody would be there if nothing were entered."""
        asked = (person, start, end)
        if asked not in self._staffed:
            self._staffed[asked] = self._planned_anew(person, start, end)
        return self._staffed[asked]

    def _planned_anew(self, person: str, start: datetime, end: datetime) -> Periods:
        known = self.office.people.get(person)
        if known is None:
            return ()
        periods: Periods = self._calendar(person).periods(start, end)
        if known.hours is None:
            return periods
        # By the weekday alone: what differs from the week stands in the office's calendar.
        return common(periods, Calendar(self.office.zone, None, known.hours).periods(start, end))

    def _taken(self, person: str, start: datetime, end: datetime, kinds: tuple[Taken, ...]) -> Periods:
        return joined(
            (max(entry.start, start), min(entry.end or FOR_GOOD, end))
            for entry in self._entered.get(person, ())
            if entry.kind in kinds
        )
