"""The proof of an application: the letter says when, for what and by which law; an e-mail reveals nothing of it."""

import io
from datetime import date, datetime

import pytest
from pypdf import PdfReader

from erreichbar import office as offices
from erreichbar.centre.models import Application, Person
from erreichbar.post import letter
from erreichbar.post.proof import proof
from erreichbar.promise.applications import works_back_to
from erreichbar.record.words import Language, MessageChannel

OFFICE = offices.demo()
MADE = datetime.fromisoformat("2026-03-31T23:58:30+02:00")


def application(kind: str = "new_award") -> Application:
    back = works_back_to(OFFICE.applications[kind], MADE, OFFICE.zone)
    law = {"de": back.why.de, "en": back.why.en}
    return Application(code="47110815", kind=kind, made_at=MADE, works_back_to=back.day, law=law)


def text_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ["Bestätigung Ihres Antrags", "Dienstag, 31. März 2026, 23:58 Uhr", "erstmals", "1. März 2026",
                "§ 37 Abs. 2 Satz 2 SGB II, Stand 26.03.2022", "4711 0815", "wird noch entschieden"]),
        ("en", ["Confirmation of your application", "Tuesday, 31 March 2026, 23:58", "for the first time", "1 March 2026",
                "§ 37(2) sentence 2 SGB II, as of 26 Mar 2022", "4711 0815", "still to be decided"]),
    ],
)  # fmt: skip
def test_the_letter_is_an_accessible_pdf_that_says_it_all(language: str, said: list[str]) -> None:
    person = Person(given_name="Nadia", family_name="Albrecht", postal_code="41460")
    spoken = Language(language)
    written = proof(OFFICE, application(), MessageChannel.LETTER, spoken)
    made = letter.pdf(OFFICE, person, written, date(2026, 4, 1), spoken)
    text = text_of(made)
    for part in ["Nadia Albrecht", OFFICE.short_name, *said]:
        assert part in text, part
    assert b"pdfuaid:part" in made and f"/Lang({language})".encode() in made


@pytest.mark.parametrize("language", Language)
def test_an_email_reveals_no_application_and_no_office(language: Language) -> None:
    for kind in OFFICE.applications.values():
        written = proof(OFFICE, application(kind.id), MessageChannel.EMAIL, language)
        text = f"{written.subject}\n{written.text}".lower()
        for secret in (kind.label.de, kind.label.en, "antrag", "applic", "sgb", "jobcent", "leistung", "benefit"):
            assert secret.lower() not in text, (secret, text)
        assert "4711 0815" in text and "2026" in text
