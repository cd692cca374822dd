"""Letters are PDFs that a screen reader can read, whatever stands in them."""

from datetime import date

import pytest

from erreichbar import office as offices
from erreichbar.centre.models import Person
from erreichbar.post import letter
from erreichbar.post.texts import Written
from erreichbar.record.words import Language


def test_a_letter_is_an_accessible_pdf_with_its_title() -> None:
    person = Person(given_name="Nadia", family_name="Albrecht", postal_code="41460")
    made = letter.pdf(
        offices.demo(),
        person,
        Written("Our answer is late", ("Hello.", "We apologise.")),
        date(2026, 3, 5),
        Language.GERMAN,
    )
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in made and b"StructTreeRoot" in made


@pytest.mark.parametrize(
    "nonsense", ['#panic("x")', "$ * _ ` < > @ \\ ]", "Łukasz O'Neill مرحبا 你好", "#" * 500, '"}, {"']
)
def test_what_is_typed_is_text_and_no_command(nonsense: str) -> None:
    person = Person(given_name=nonsense[:80], family_name="")
    assert letter.pdf(offices.demo(), person, Written("x", (nonsense,)), date(2026, 3, 5), Language.GERMAN).startswith(
        b"%PDF"
    )


@pytest.mark.parametrize(("language", "read_as"), [("de", b"/Lang(de)"), ("en", b"/Lang(en)"), ("ar", b"/Lang(de)")])
def test_a_reader_is_told_the_language(language: str, read_as: bytes) -> None:
    made = letter.pdf(offices.demo(), None, Written("x", ("x",)), date(2026, 3, 5), Language(language))
    assert read_as in made
