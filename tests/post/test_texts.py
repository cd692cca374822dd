"""What is written: polite, exact, and whoever else reads it learns nothing."""

import itertools
from datetime import datetime

import pytest

from erreichbar import office as offices
from erreichbar.post.texts import FIRST, written
from erreichbar.record.words import Language, MessageChannel, MessageKind
from tests.post.servers import tells_nothing

OFFICE = offices.demo()
FACTS = {"next": "2026-03-06T13:00:00+00:00", "due": "2026-03-05T15:00:00+00:00", "who": "Petra Lange"}
OPEN_TO_OTHERS = (MessageChannel.EMAIL, MessageChannel.SMS)


def text(
    kind: str = "missed_callback",
    channel: str = "sms",
    language: str = "de",
    reason: str = "payment_status",
    **facts: str | None,
) -> str:
    message = written(
        OFFICE,
        MessageKind(kind),
        MessageChannel(channel),
        Language(language),
        code="12345678",
        reason=reason,
        facts=FACTS | facts,
    )
    return f"{message.subject}\n{message.text}".strip()


def test_a_text_message_says_who_when_and_where() -> None:
    assert text() == (
        "Servicecenter: Wir haben Sie angerufen und nicht erreicht. Wir rufen Sie wieder an: Freitag, 6. März, 14:00 Uhr. "
        "Sie erreichen uns unter 0221 4710-100. Nennen Sie bitte das Kennzeichen 1234 5678."
    )


def test_a_broken_promise_is_said_with_a_new_moment_and_a_name() -> None:
    told = text("promise_broken", "email", "en")
    assert told.startswith("Our answer is late\nHello,")
    assert (
        "We promised you an answer by Thursday, 5 March, 16:00. We have not kept that promise. We apologise.".lower()
        in told.lower()
    )
    assert "Petra Lange will call you: Friday, 6 March, 14:00." in told


def test_without_a_next_call_none_is_announced() -> None:
    assert "wieder an" not in text(next="")


def test_when_a_broken_promise_has_no_moment_yet_somebody_is_named() -> None:
    assert "Petra Lange kümmert sich so bald wie möglich darum." in text("promise_broken", next="")
    assert "Jemand aus dem zuständigen Team ruft Sie an: Freitag" in text("promise_broken", who=None)
    assert "Somebody of the team responsible will see to it" in text("promise_broken", "email", "en", next="", who=None)


def test_who_speaks_another_language_reads_both() -> None:
    told = text(channel="letter", language="ar")
    assert "nicht erreicht" in told and "did not reach you" in told


def test_only_a_letter_lists_the_papers() -> None:
    reason = next(reason for reason in OFFICE.reasons.values() if reason.papers)
    paper = reason.papers[0].de
    assert paper in text(channel="letter", reason=reason.id)
    assert all(paper not in text(channel=channel, reason=reason.id) for channel in OPEN_TO_OTHERS)


@pytest.mark.parametrize(("kind", "channel"), list(itertools.product(FIRST, OPEN_TO_OTHERS)))
def test_nothing_that_others_may_see_reveals_a_benefit(kind: MessageKind, channel: MessageChannel) -> None:
    """Neither the office's name, nor a reason, paper or unit, nor a word that belongs to benefits (§ 35 SGB I)."""
    for one, language in itertools.product(OFFICE.reasons, Language):
        assert tells_nothing(OFFICE, text(kind, channel, language, one))


def test_a_moment_is_of_the_office_zone_in_summer_too() -> None:
    summer = datetime.fromisoformat("2026-07-06T12:00:00+00:00")
    assert "Montag, 6. Juli, 14:00 Uhr" in text(next=summer.isoformat())
