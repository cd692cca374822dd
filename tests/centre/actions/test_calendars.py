"""Calendars read, followed, forgotten: busy times count at once, and nothing else of a calendar is kept."""

from typing import Any

import pytest

from erreichbar.centre import actions, queries
from erreichbar.centre.models import CalendarAddress, JournalEntry, Ticket, TimeTaken

DAY = {"absent": [["2026-03-05T00:00:00+01:00", "2026-03-06T00:00:00+01:00"]]}
MORNING = {"appointment": [["2026-03-05T10:00:00+01:00", "2026-03-05T11:00:00+01:00"]]}


def held(ref: str) -> str:
    return str(Ticket.objects.values_list("holder__username", flat=True).get(ref=ref))


def test_an_absence_in_the_calendar_moves_tickets_and_its_end_brings_them_back(house: Any) -> None:
    ticket = house.ticket()
    assert house.do(actions.ReadCalendar, "lange", person="lange", busy=DAY) == 1
    assert held(ticket) == "yildiz"
    assert house.do(actions.ReadCalendar, "lange", person="lange", busy={}) == 0
    assert (held(ticket), TimeTaken.objects.count()) == ("lange", 0)


def test_an_appointment_takes_her_time_for_callbacks(house: Any) -> None:
    house.do(actions.ReadCalendar, person="lange", busy=MORNING)
    presence = queries.roster(house.clock.now()).presence("lange", house.clock.now())
    assert (presence.here, presence.free) == (True, False)


def test_an_unchanged_calendar_is_told_once(house: Any) -> None:
    def told() -> int:
        return JournalEntry.objects.filter(kind="presence.changed").count()

    house.do(actions.ReadCalendar, person="lange", busy=MORNING)
    entry = TimeTaken.objects.get()
    house.do(actions.ReadCalendar, person="lange", busy=MORNING)
    assert (told(), TimeTaken.objects.get()) == (1, entry)


def test_what_was_entered_by_hand_stays(house: Any) -> None:
    house.do(actions.TakeTime, "lange", person="lange", start="2026-03-09T08:00+01:00", end="2026-03-09T09:00+01:00")
    house.do(actions.ReadCalendar, "lange", person="lange", busy=MORNING)
    house.do(actions.LeaveCalendar, "lange", person="lange")
    assert [entry.from_calendar for entry in TimeTaken.objects.all()] == [False]


def test_what_stands_in_the_calendar_is_changed_there(house: Any) -> None:
    house.do(actions.ReadCalendar, "lange", person="lange", busy=MORNING)
    with pytest.raises(actions.Invalid, match="stands in your calendar"):
        house.do(actions.FreeTime, "lange", person="lange", entry=TimeTaken.objects.get().ref)


def test_nobody_reads_the_calendar_of_a_colleague(house: Any) -> None:
    with pytest.raises(actions.NotAllowed):
        house.do(actions.ReadCalendar, "yildiz", person="lange", busy=MORNING)


@pytest.mark.parametrize("busy", [{"absent": [["x", "y"]]}, {"party": []}, {"absent": 3}, {"absent": [[1, 2, 3]]}])
def test_nonsense_is_refused(house: Any, busy: dict[str, Any]) -> None:
    with pytest.raises(actions.Invalid):
        house.do(actions.ReadCalendar, "lange", person="lange", busy=busy)


def test_an_address_is_followed_and_stands_nowhere_else(house: Any, settings: Any) -> None:
    settings.ERREICHBAR_CALENDAR_HOSTS = ["mail.example.org"]
    house.do(actions.FollowCalendar, "lange", person="lange", address="webcal://mail.example.org/secret/calendar.ics")
    kept = CalendarAddress.objects.get()
    assert kept.address == "https://mail.example.org/secret/calendar.ics"
    assert not any("secret" in entry.line for entry in JournalEntry.objects.all())
    house.do(actions.CalendarNotRead, person="lange", de="Nein.", en="No.")
    kept.refresh_from_db()
    assert (kept.trouble, kept.asked_at) == ({"de": "Nein.", "en": "No."}, house.clock.now())
    house.do(actions.ReadCalendar, person="lange", busy=MORNING)
    kept.refresh_from_db()
    assert kept.trouble is None


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("file:///etc/passwd", "begins with https"),
        ("http://mail.example.org/x", "begins with https"),
        ("https://", "begins with https"),
        ("https://[::1", "begins with https"),
        ("https://127.0.0.1/x", "Calendars may not be read from there"),
        ("https://mail.example.org.evil.example/x", "Calendars may not be read from there"),
    ],
)
def test_other_addresses_are_refused(house: Any, settings: Any, address: str, says: str) -> None:
    settings.ERREICHBAR_CALENDAR_HOSTS = ["mail.example.org"]
    with pytest.raises(actions.Invalid, match=says):
        house.do(actions.FollowCalendar, "lange", person="lange", address=address)
