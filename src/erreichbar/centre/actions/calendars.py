"""Somebody's own calendar: its busy times count as hers, and follow it. Nothing else of it comes into the house."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from erreichbar.centre.actions.presence import PresenceAction
from erreichbar.centre.errors import Invalid
from erreichbar.centre.models import CalendarAddress, TimeTaken
from erreichbar.office.periods import Periods, joined
from erreichbar.promise.presence import Taken

LONGEST_ADDRESS = 2_000


@dataclass(kw_only=True)
class ReadCalendar(PresenceAction):
    """Let the busy times of a calendar stand for those that were read before. Returns how many there are now.

    ``busy`` has, for ``absent`` and ``appointment``, pairs of ISO moments, as ``promise.calendars`` finds them. Of
    an unchanged calendar nothing is told and no ticket looked at.
    """

    busy: dict[str, Any] = field(default_factory=dict)

    def perform(self) -> int:
        user = self.whose()
        read = {(kind, start, end) for kind in self.busy for start, end in self._periods(kind) if end > self.moment}
        entries = list(TimeTaken.objects.select_for_update().filter(user=user, from_calendar=True, end__gt=self.moment))
        before = {(Taken(entry.kind), entry.start, entry.end) for entry in entries}
        CalendarAddress.objects.filter(user=user).update(asked_at=self.moment, trouble=None)
        if read != before:
            gone = [entry.pk for entry in entries if (Taken(entry.kind), entry.start, entry.end) not in read]
            TimeTaken.objects.filter(pk__in=gone).delete()
            for kind, start, end in sorted(read - before):
                TimeTaken.objects.create(user=user, start=start, end=end, kind=kind, from_calendar=True)
            self.changed(user)
        return len(read)

    def _periods(self, told: str) -> Periods:
        try:
            Taken(told)
            return joined(
                (datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in self.busy[told]
            )
        except (ValueError, TypeError):
            raise Invalid("busy", "Diese Zeiten sind nicht lesbar.", "These times cannot be read.") from None


@dataclass(kw_only=True)
class FollowCalendar(PresenceAction):
    """Let somebody's calendar be read again and again from an address. It is read first with the next round."""

    address: str = field(repr=False)

    def perform(self) -> None:
        user = self.whose()
        address = self.address.strip().replace("webcal://", "https://", 1)
        try:
            found = urlsplit(address)
            valid = found.scheme == "https" and bool(found.hostname) and found.port != 0
        except ValueError:
            valid = False
        known = settings.ERREICHBAR_CALENDAR_HOSTS
        if not valid or len(address) > LONGEST_ADDRESS or any(sign.isspace() for sign in address):
            raise Invalid(
                "address",
                "Das ist keine Kalenderadresse. Sie beginnt mit https:// oder webcal:// und steht in Ihrem Kalender unter „Freigeben“.",
                "This is no address of a calendar. It begins with https:// or webcal:// and stands in your calendar under “Share”.",
            )
        if found.hostname not in known:
            raise Invalid(
                "address",
                f"Von dort dürfen keine Kalender gelesen werden ({', '.join(known) or 'noch von nirgendwo'}). Bitte fragen Sie Ihre "
                "IT, oder geben Sie den Kalender als Datei.",
                f"Calendars may not be read from there (allowed: {', '.join(known) or 'nowhere yet'}). Please ask your IT, or give "
                "the calendar as a file.",
            )
        CalendarAddress.objects.update_or_create(
            user=user, defaults={"address": address, "asked_at": None, "trouble": None}
        )


@dataclass(kw_only=True)
class CalendarNotRead(PresenceAction):
    """Note why somebody's calendar could not be read. What was read before stays, until it is over."""

    de: str
    en: str

    def perform(self) -> None:
        user = self.whose()
        CalendarAddress.objects.filter(user=user).update(asked_at=self.moment, trouble={"de": self.de, "en": self.en})


@dataclass(kw_only=True)
class LeaveCalendar(PresenceAction):
    """Follow somebody's calendar no more: its address and all that was read from it are deleted."""

    def perform(self) -> None:
        user = self.whose()
        CalendarAddress.objects.filter(user=user).delete()
        if TimeTaken.objects.filter(user=user, from_calendar=True).delete()[0]:
            self.changed(user)
