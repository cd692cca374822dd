"""Who is not there. Her tickets go to who stands in for her in the same change."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import user_named
from erreichbar.centre.actions.tending import tend
from erreichbar.centre.errors import Invalid, NotAllowed, NotFound
from erreichbar.centre.models import TimeTaken, User
from erreichbar.promise.presence import Taken
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref


@dataclass(kw_only=True)
class PresenceAction(Action):
    """What changes of somebody's presence have in common. ``person`` is an id of the office file."""

    person: str

    def whose(self) -> User:
        """Return whose presence it is. Raises ``NotAllowed`` for all but herself, her leader and the house."""
        user = user_named(self.person)
        actor = self.actor
        if actor is None or actor == user or user.username in sight.led_by(actor, self.office):
            return user
        raise NotAllowed(
            "Das trägt die Person selbst oder ihre Leitung ein.", "This is entered by the person herself or her leader."
        )

    def changed(self, user: User) -> None:
        """Tell the journal, and let tickets lie with who is there now."""
        person = self.office.people.get(user.username)
        self.journal(events.PresenceChanged(unit=Code(person.unit) if person and person.unit else None))
        tend(self)


@dataclass(kw_only=True)
class TakeTime(PresenceAction):
    """Enter that somebody is absent, has an appointment or protected time. Returns the entry's reference.

    ``end`` none is until further notice. For a day that is over nothing can be entered.
    """

    start: datetime
    end: datetime | None = None
    kind: Taken = Taken.ABSENT

    def perform(self) -> Ref:
        user = self.whose()
        if self.end is not None and self.end <= max(self.start, self.moment):
            raise Invalid("end", "Das Ende liegt nicht in der Zukunft.", "The end does not lie in the future.")
        entry = TimeTaken.objects.create(user=user, start=self.start, end=self.end, kind=self.kind)
        self.changed(user)
        return Ref(entry.ref)


@dataclass(kw_only=True)
class NotInToday(PresenceAction):
    """Somebody is not in today, in one click. Returns the entry's reference."""

    def perform(self) -> Ref:
        user = self.whose()
        today = self.moment.astimezone(self.office.zone).date()
        tomorrow = datetime.combine(today + timedelta(days=1), time(), self.office.zone)
        entry = TimeTaken.objects.create(user=user, start=self.moment, end=tomorrow, kind=Taken.ABSENT)
        self.changed(user)
        return Ref(entry.ref)


@dataclass(kw_only=True)
class FreeTime(PresenceAction):
    """Somebody is there after all: an entry ends now, or never begins."""

    entry: Ref

    def perform(self) -> None:
        user = self.whose()
        found = TimeTaken.objects.select_for_update().filter(user=user, ref=self.entry).first()
        if found is None:
            raise NotFound("Diesen Eintrag gibt es nicht mehr.", "This entry is there no more.")
        if found.from_calendar:
            raise Invalid(
                "entry",
                "Diese Zeit steht in Ihrem Kalender. Bitte ändern Sie sie dort und lesen Sie ihn hier neu ein.",
                "This time stands in your calendar. Please change it there and have it read again here.",
            )
        if found.start < self.moment:
            found.end = self.moment
            found.save(update_fields=["end"])
        else:
            found.delete()
        self.changed(user)
