"""Time in words, German and English."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from erreichbar.desk import words
from erreichbar.record import words as lists
from erreichbar.record.words import AttemptOutcome

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 5, 10, 50, tzinfo=BERLIN)
"""A Thursday."""


@pytest.mark.parametrize(
    ("due", "de", "en"),
    [
        ("2026-03-05T16:10", "noch 5 Std. 20 Min. · bis heute 16:10", "5 h 20 min left · until today 16:10"),
        ("2026-03-05T12:50", "noch 2 Std. · bis heute 12:50", "2 h left · until today 12:50"),
        ("2026-03-05T10:50:30", "noch weniger als 1 Min. · bis heute 10:50", "less than 1 min left · until today 10:50"),
        ("2026-03-06T09:05", "noch 22 Std. 15 Min. · bis morgen 09:05", "22 h 15 min left · until tomorrow 09:05"),
        ("2026-03-07T10:49", "noch 47 Std. 59 Min. · bis Samstag 10:49", "47 h 59 min left · until Saturday 10:49"),
        ("2026-03-07T10:50", "noch 2 Tage · bis Samstag 10:50", "2 days left · until Saturday 10:50"),
        ("2026-03-11T17:59", "noch 6 Tage · bis Mittwoch 17:59", "6 days left · until Wednesday 17:59"),
        ("2026-03-12T17:59", "noch 7 Tage · bis Do, 12.3. 17:59", "7 days left · until Thu 12 Mar 17:59"),
        ("2026-03-04T17:59", "16 Std. 51 Min. überfällig · bis gestern 17:59", "overdue for 16 h 51 min · until yesterday 17:59"),
    ],
)  # fmt: skip
def test_what_is_left(due: str, de: str, en: str) -> None:
    moment = datetime.fromisoformat(due).replace(tzinfo=BERLIN)
    for language, said in (("de", de), ("en", en)):
        with translation.override(language):
            assert words.left_until(moment, NOW, BERLIN) == said


def test_what_is_left_is_real_time_over_the_change_of_hour() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 in the office, half an hour before the clocks jump
    due = before + timedelta(hours=2)
    with translation.override("de"):
        assert words.left_until(due, before, BERLIN) == "noch 2 Std. · bis heute 04:30"


@pytest.mark.parametrize(
    ("start", "end", "de", "en"),
    [
        (time(14), time(16), "14–16 Uhr", "14–16 h"),
        (time(9, 30), time(12), "09:30–12:00 Uhr", "09:30–12:00 h"),
        (None, None, "", ""),
    ],
)
def test_window(start: time | None, end: time | None, de: str, en: str) -> None:
    with translation.override("de"):
        assert words.window(start, end) == de
    with translation.override("en"):
        assert words.window(start, end) == en


def test_attempts() -> None:
    today = datetime(2026, 3, 5, 9, 12, tzinfo=UTC)
    with translation.override("de"):
        assert (
            words.attempt(1, today, AttemptOutcome.NOT_ANSWERED, NOW, BERLIN) == "1. Versuch 10:12: niemand abgenommen"
        )
        yesterday = today - timedelta(days=1)
        assert words.attempt(2, yesterday, AttemptOutcome.BUSY, NOW, BERLIN) == "2. Versuch gestern 10:12: besetzt"
        assert words.attempt(3, today, None, NOW, BERLIN) == "3. Versuch 10:12: Ergebnis noch nicht eingetragen"
    with translation.override("en"):
        assert words.attempt(1, today, AttemptOutcome.VOICEMAIL, NOW, BERLIN) == "attempt 1, 10:12: voicemail"


@pytest.mark.parametrize(
    ("persons", "tickets", "de"),
    [
        (0, 0, "Unter dieser Nummer ist noch niemand bekannt."),
        (1, 0, "1 Person, kein offenes Ticket zu dieser Nummer"),
        (2, 1, "2 Personen, 1 offenes Ticket zu dieser Nummer"),
        (1, 3, "1 Person, 3 offene Tickets zu dieser Nummer"),
    ],
)
def test_hint(persons: int, tickets: int, de: str) -> None:
    with translation.override("de"):
        assert words.hint(persons, tickets) == de


def test_queue() -> None:
    with translation.override("de"):
        assert [words.waiting(count) for count in (0, 1, 12)] == ["niemand wartet", "1 wartet", "12 warten"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (words.SEAT_STATES, lists.SeatState), (words.ATTEMPT_OUTCOMES, lists.AttemptOutcome),
        (words.TICKET_OUTCOMES, lists.TicketOutcome), (words.TALKED_WITH, lists.TalkedWith),
        (words.CHANNELS, lists.Channel), (words.LANGUAGES, lists.Language),
        (words.PRESENTED, lists.PresentedNumber), (words.ENDED_BY, lists.EndedBy),
    ],
)  # fmt: skip
def test_every_word_of_a_closed_list_can_be_said(said: dict[object, object], kind: type[StrEnum]) -> None:
    assert list(said) == list(kind)
    for language in ("de", "en"):
        with translation.override(language):
            assert len({str(text) for text in said.values()}) == len(list(kind))


def test_no_outcome_says_unreachable() -> None:
    for language in ("de", "en"):
        with translation.override(language):
            for text in (*words.ATTEMPT_OUTCOMES.values(), *words.TICKET_OUTCOMES.values()):
                assert "unreach" not in str(text).lower() and "nicht erreichbar" not in str(text).lower()
