"""Calendars: busy times and nothing else, whatever a calendar from elsewhere holds."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.promise.calendars import NoCalendar, busy

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 2, tzinfo=ZONE)
END = START + timedelta(days=28)


def calendar(*events: str) -> bytes:
    blocks = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nDTSTAMP:20260301T000000Z\n{event}\nEND:VEVENT\n" for n, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{blocks}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def told(given: bytes) -> dict[str, list[str]]:
    found = busy(given, START, END, ZONE)
    return {
        kind.value: [f"{start.astimezone(ZONE):%d.%H:%M}-{end.astimezone(ZONE):%d.%H:%M}" for start, end in periods]
        for kind, periods in found.items()
    }


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20260305T090000\nDTEND:20260305T100000", {"appointment": ["05.09:00-05.10:00"]}),
        ("DTSTART:20260305T090000Z\nDURATION:PT30M", {"appointment": ["05.10:00-05.10:30"]}),
        ("DTSTART;TZID=America/New_York:20260305T090000\nDURATION:PT1H", {"appointment": ["05.15:00-05.16:00"]}),
        ("DTSTART;TZID=W. Europe Standard Time:20260305T090000\nDURATION:PT1H", {"appointment": ["05.09:00-05.10:00"]}),
        ("DTSTART;VALUE=DATE:20260305\nDTEND;VALUE=DATE:20260307", {"appointment": ["05.00:00-07.00:00"]}),
        ("DTSTART:20260305T090000\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", {"absent": ["05.09:00-05.10:00"]}),
        ("DTSTART:20260305T090000\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", {}),
        ("DTSTART:20260305T090000\nDURATION:PT1H\nTRANSP:TRANSPARENT", {}),
        ("DTSTART:20260305T090000\nDURATION:PT1H\nSTATUS:CANCELLED", {}),
        ("DTSTART:20260501T090000\nDURATION:PT1H", {}),
        # A weekly rule over the change of hour (29 March) stays at nine by the clock, and one date is left out.
        (
            "DTSTART;TZID=Europe/Berlin:20260225T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Berlin:20260311T090000",
            {"appointment": ["04.09:00-04.10:00", "18.09:00-18.10:00", "25.09:00-25.10:00"]},
        ),
    ],
)
def test_what_an_event_takes(event: str, expected: dict[str, list[str]]) -> None:
    assert told(calendar(event)) == expected


def test_events_that_meet_are_one_stretch() -> None:
    found = told(calendar("DTSTART:20260305T090000\nDURATION:PT1H", "DTSTART:20260305T100000\nDURATION:PT1H"))
    assert found == {"appointment": ["05.09:00-05.11:00"]}


def test_free_and_busy_times_without_events_are_read() -> None:
    text = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VFREEBUSY\nUID:1\nDTSTAMP:20260301T000000Z\n"
        "FREEBUSY:20260305T080000Z/PT1H,20260305T120000Z/20260305T130000Z\n"
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260306T080000Z/PT1H\nFREEBUSY;FBTYPE=FREE:20260307T080000Z/PT1H\n"
        "END:VFREEBUSY\nEND:VCALENDAR\n"
    )
    assert told(text.replace("\n", "\r\n").encode()) == {
        "absent": ["06.09:00-06.10:00"],
        "appointment": ["05.09:00-05.10:00", "05.13:00-05.14:00"],
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b"", "no calendar"),
        (b"%PDF-1.7", "no calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "no calendar"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (calendar("DTSTART:20260305T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"), "several times a day"),
        (
            calendar(f"DTSTART:20260305T090000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE={','.join(map(str, range(60)))}"),
            "several times a day",
        ),
    ],
)
def test_what_cannot_be_read_says_so(given: bytes, says: str) -> None:
    with pytest.raises(NoCalendar, match=says) as caught:
        busy(given, START, END, ZONE)
    assert caught.value.de


@given(
    st.lists(st.sampled_from(calendar("DTSTART:20260305T090000\nRRULE:FREQ=DAILY").splitlines()), max_size=14),
    st.binary(max_size=40),
)
def test_nonsense_is_refused_or_read(lines: list[bytes], tail: bytes) -> None:
    try:
        found = busy(b"\r\n".join([*lines, tail]), START, END, ZONE)
    except NoCalendar:
        return
    assert all(START <= start < end <= END for periods in found.values() for start, end in periods)
