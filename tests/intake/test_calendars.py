"""Calendars from an address: read when due, from the allowed place only, and what fails is told to whose it is."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.centre.models import CalendarAddress, TimeTaken
from erreichbar.intake.calendars import fetch, read_due
from erreichbar.promise.calendars import NoCalendar
from tests.house import House, StandingClock

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\n"
    b"DTSTART:20260306T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Server(BaseHTTPRequestHandler):
    """A calendar, a page that is not there, and one that points elsewhere."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        found = self.path == "/calendar.ics"
        self.send_response(200 if found else 302 if self.path == "/elsewhere" else 404)
        if self.path == "/elsewhere":
            self.send_header("Location", "/calendar.ics")
        self.end_headers()
        self.wfile.write(CALENDAR if found else b"")

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Server.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


@pytest.fixture
def house(db: None, standing: StandingClock) -> House:
    return House(offices.demo(), standing).opens_for_business()


def follows(house: House, person: str, address: str) -> CalendarAddress:
    return CalendarAddress.objects.create(user=house.user(person), address=address)


def test_what_is_due_is_read_and_a_failure_keeps_nobody(house: House, server: str) -> None:
    lost = follows(house, "yildiz", f"{server}/lost")
    follows(house, "lange", f"{server}/calendar.ics")
    assert read_due(house.clock.now()) == 2
    assert [(entry.user.username, entry.from_calendar) for entry in TimeTaken.objects.all()] == [("lange", True)]
    lost.refresh_from_db()
    assert lost.trouble is not None and "HTTP 404" in lost.trouble["en"]
    assert read_due(house.clock.now() + timedelta(minutes=14)) == 0
    assert read_due(house.clock.now() + timedelta(minutes=15)) == 2


def test_what_was_read_before_stays_while_the_calendar_is_away(house: House, server: str) -> None:
    follows(house, "lange", f"{server}/calendar.ics")
    read_due(house.clock.now())

    def away(address: str) -> bytes:
        raise NoCalendar("weg", "away")

    assert read_due(house.clock.now() + timedelta(minutes=15), away) == 1
    assert TimeTaken.objects.count() == 1


def test_whoever_may_not_sign_in_is_left_out(house: House, server: str) -> None:
    follows(house, "lange", f"{server}/calendar.ics")
    type(house.user("lange")).objects.filter(username="lange").update(is_active=False)
    assert read_due(house.clock.now()) == 0


def test_no_other_place_is_followed(server: str) -> None:
    with pytest.raises(NoCalendar, match="HTTP 302"):
        fetch(f"{server}/elsewhere")
    assert Server.asked == ["/elsewhere"]


def test_what_is_no_http_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def answer() -> None:
            caller, _ = rude.accept()
            with caller:
                caller.recv(4096)
                caller.sendall(b"SSH-2.0-OpenSSH\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(NoCalendar, match="cannot be reached"):
            fetch(f"http://127.0.0.1:{rude.getsockname()[1]}/calendar.ics")


def test_nobody_there_is_said_so() -> None:
    with pytest.raises(NoCalendar, match="cannot be reached"):
        fetch("http://127.0.0.1:9/calendar.ics")
