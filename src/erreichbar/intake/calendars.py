"""People's calendars, read again and again from where they are kept. No change waits for the network: it is read first."""

import logging
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from erreichbar.centre import actions, queries, refs
from erreichbar.centre.models import CalendarAddress
from erreichbar.centre.outside import NoAnswer, Refusal, ask
from erreichbar.promise.calendars import LARGEST, NoCalendar, coming

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)
"""How often a calendar is read. Assumption."""

Fetch = Callable[[str], bytes]


def fetch(address: str) -> bytes:
    """Return what stands at an address, at most one byte more than is read; what it points to is not read. Raises ``NoCalendar``."""
    request = urllib.request.Request(address, headers={"Accept": "text/calendar", "User-Agent": "Erreichbar"})
    try:
        return ask(request, LARGEST + 1)
    except Refusal as refusal:
        raise NoCalendar(
            f"Ihr Kalender antwortet nicht wie erwartet (HTTP {refusal.status}). Stimmt die Adresse noch?",
            f"Your calendar does not answer as expected (HTTP {refusal.status}). Is the address still right?",
        ) from None
    except NoAnswer:
        raise NoCalendar(
            "Ihr Kalender ist zurzeit nicht zu erreichen. Es wird weiter versucht.",
            "Your calendar cannot be reached at present. It is tried again.",
        ) from None


def read_due(now: datetime, fetch: Fetch = fetch) -> int:
    """Read every calendar that is due. Returns how many were tried. One that fails does not keep the others."""
    office = queries.office_in_force()
    due = queries.calendars_due(now, EVERY)
    for calendar in due:
        try:
            _read(calendar, now, office.zone, fetch)
        except actions.Refused as refused:
            # The address stands in no log: who knows it can read the calendar.
            log.warning("A calendar was not read: %s", refused.code)
    return len(due)


def _read(calendar: CalendarAddress, now: datetime, zone: ZoneInfo, fetch: Fetch) -> None:
    key, person = f"calendar.{refs.new_ref()}", calendar.user.username
    try:
        busy = coming(fetch(calendar.address), now, zone)
    except NoCalendar as no:
        actions.CalendarNotRead(key=key, person=person, de=no.de, en=no.en).run()
    else:
        actions.ReadCalendar(key=key, person=person, busy=busy).run()
