"""My time: planned absence, appointments, protected time, the calendar; for a leader her people's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from erreichbar.centre import actions
from erreichbar.centre.models import CalendarAddress, TimeTaken
from tests.desk.conftest import Window

Open = Callable[..., Window]
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\n"
    b"SUMMARY:Doctor Secret\r\nLOCATION:Hidden\r\nDTSTART:20260306T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def entries() -> list[tuple[str, str, str, str]]:
    return [
        (entry.user.username, entry.kind, f"{entry.start:%d %H:%M}", f"{entry.end:%d %H:%M}" if entry.end else "")
        for entry in TimeTaken.objects.select_related("user").order_by("pk")
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"day": "2026-03-09"}, ("08 23:00", "09 23:00")),
        ({"day": "2026-03-09", "last_day": "2026-03-13"}, ("08 23:00", "13 23:00")),
        ({"day": "2026-03-09", "start": "14:00"}, ("09 13:00", "09 23:00")),
        ({"day": "2026-03-09", "start": "14:00", "end": "15:30"}, ("09 13:00", "09 14:30")),
        ({"day": "2026-03-09", "start": "14:00", "last_day": "2026-03-10", "end": "09:00"}, ("09 13:00", "10 08:00")),
        ({"day": "2026-03-28", "last_day": "2026-03-29"}, ("27 23:00", "29 22:00")),  # the clocks are put on
    ],
)
def test_days_and_times_are_understood(
    house: Any, window: Open, typed: dict[str, str], expected: tuple[str, str]
) -> None:
    page = window("lange").send("/time/taken", kind="absent", **typed)
    assert page.status_code == 200
    assert entries() == [("lange", "absent", *expected)]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"day": ""}, "Please choose a day."),
        ({"day": "morgen"}, "Please choose a day."),
        ({"day": "9999-12-31"}, "Please choose a day."),
        ({"day": "0001-01-01"}, "Please choose a day."),
        ({"day": "2026-03-09", "last_day": "9999-12-31"}, "Please choose a day."),
        ({"day": "2026-03-09", "start": "25:99"}, "2026-03-09T25:99"),
        ({"day": "2026-03-29", "start": "02:30"}, "does not exist because of the change of hour"),
        ({"day": "2026-03-09", "last_day": "2026-03-01"}, "The end does not lie in the future."),
        ({"day": "2026-03-09", "kind": "sick"}, "Please choose one of"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    house: Any, window: Open, typed: dict[str, str], says: str
) -> None:
    lange = window("lange")
    answer = lange.post("/time/taken", {"key": "k", "kind": "absent", "start": "", "end": "", "last_day": "", **typed})
    page = answer.content.decode()
    assert (answer.status_code, entries()) == (422, [])
    assert says in page
    assert f'value="{typed["day"]}"' in page


def test_an_entry_is_shown_and_taken_back(house: Any, window: Open) -> None:
    lange = window("lange", "de")
    page = lange.send("/time/taken", kind="protected", day="2026-03-05", start="14:00", end="15:00").content.decode()
    assert "heute 14:00–15:00: Geschützte Zeit für die Sachbearbeitung" in page
    page = lange.send("/time/freed", entry=TimeTaken.objects.get().ref).content.decode()
    assert "Nichts ist eingetragen" in page


def test_a_leader_enters_for_her_people_only(house: Any, window: Open) -> None:
    kaminski = window("kaminski")
    page = kaminski.send("/time/taken", person="lange", kind="absent", day="2026-03-09").content.decode()
    assert "Petra Lange" in page and "Take back" in page
    assert kaminski.send("/time/taken", person="arslan", kind="absent", day="2026-03-09").status_code == 422
    assert "Petra Lange" not in window("yildiz").see("/time").split("<main", 1)[1]
    assert entries() == [("lange", "absent", "08 23:00", "09 23:00")]


def test_of_a_calendar_only_busy_times_are_kept(house: Any, window: Open) -> None:
    lange = window("lange")
    page = lange.send("/time/calendar", calendar=SimpleUploadedFile("my.ics", CALENDAR)).content.decode()
    assert "tomorrow 09:00–10:00: Appointment" in page and "1 time from your calendar" in page
    assert "Secret" not in page and "Hidden" not in page
    assert entries() == [("lange", "appointment", "06 08:00", "06 09:00")]
    page = lange.send("/time/calendar/left").content.decode()
    assert entries() == []


def test_a_file_that_is_no_calendar_is_refused(house: Any, window: Open) -> None:
    lange = window("lange")
    for files in ({"calendar": SimpleUploadedFile("x.pdf", b"%PDF")}, {}):
        answer = lange.post("/time/calendar", {"key": "k", **files})
        assert (answer.status_code, "is no calendar" in answer.content.decode()) == (422, True)


def test_a_calendar_that_cannot_be_read_says_why_in_the_readers_language(house: Any, window: Open) -> None:
    CalendarAddress.objects.create(user=house.user("lange"), address="https://mail.example.org/secret")
    house.do(actions.CalendarNotRead, person="lange", de="Der Kalender ist weg.", en="The calendar is gone.")
    for language, says in (("de", "Der Kalender ist weg."), ("en", "The calendar is gone.")):
        page = window("lange", language).see("/time")
        assert says in page and "secret" not in page


def test_an_agent_has_no_such_page(house: Any, window: Open) -> None:
    assert window("arslan").get("/time").status_code == 403


def test_callback_time_that_the_roster_keeps_free_stands_above_the_list(house: Any, window: Open) -> None:
    page = window("omar").see("/tickets")
    assert "11:00–12:00, 15:00–16:00" in page
    assert "14 callbacks fit in, at 8 min each (assumption)" in page
    house.clock.set("2026-03-05T15:50:00+01:00")
    assert "1 callback fits in" in window("omar").see("/tickets/part")
    assert "Rückrufzeit" in window("omar", "de").see("/tickets")
    assert "Callback time" not in window("omar").see("/tickets?unit=benefits-2"), "hers, so not over the unit's list"
    assert "Callback time" not in window("lange").see("/tickets"), "nothing is kept free for her"
