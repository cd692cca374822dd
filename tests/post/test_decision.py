"""A written decision is a PDF that a screen reader can read; it holds the facts, and is a draft until it is signed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from erreichbar import office as offices
from erreichbar.centre.models import Decision, Person, Ticket, User
from erreichbar.post import decision as decisions
from erreichbar.record.words import Language

OFFICE = offices.demo()
FLAT = {"address": "Hafenstraße 3, 41460 Rheinfeld", "size_m2": 54.5, "persons": 2, "rent": 41050, "service": 9000, "heating": 7000}  # fmt: skip
ON = date(2026, 3, 5)


def decision(about: str = "housing_approval", **fields: Any) -> Decision:
    person = Person(given_name="Nadia", family_name="Albrecht", postal_code="50667")
    about_flat = about == "housing_approval"
    given = {
        "outcome": "approved", "authority": "duty-office", "reason": "Angemessen.",
        "authority_said": {"de": "Tagesdienst", "en": "Duty office"}, "flat": FLAT if about_flat else {},
        "assured": 57050 if about_flat else None, "decided_at": datetime(2026, 3, 5, 9, tzinfo=UTC), **fields,
    }  # fmt: skip
    ticket = Ticket(code="47110815", reason=about, person=person)
    return Decision(ticket=ticket, decided_by=User(username="brandt"), **given)


def said(found: Decision, language: Language = Language.GERMAN, office: offices.Office = OFFICE) -> str:
    """Return all that a letter says."""
    told = []
    for one in decisions.versions(office, found, ON, language):
        told += [one.mark, one.draft, one.date, one.subject, *one.before, *(" ".join(row) for row in one.rows)]
        told += [*one.after, one.signed, one.authority, *one.remedy]
    return "\n".join(told).replace("\N{NO-BREAK SPACE}", " ")


def test_an_assurance_holds_flat_amount_ground_form_and_who_signs() -> None:
    text = said(decision())
    for part in (
        "Zusicherung für eine neue Wohnung", "Hafenstraße 3, 41460 Rheinfeld", "54,5 m²", "Kaltmiete im Monat 410,50 €",
        "Zusammen im Monat 570,50 €", "in Höhe von 570,50 € im Monat", "§ 22 Abs. 4 SGB II", "§ 34 Abs. 1 SGB X",
        "Entwurf, solange nicht unterschrieben", "Julia Brandt", "Tagesdienst", "5. März 2026", "Rechtsbehelfsbelehrung",
    ):  # fmt: skip
        assert part in text, part
    assert "Angemessen." not in text, "who gets all needs no reason"
    assert "Courtesy" not in text


def test_who_wished_another_language_finds_a_translation_that_does_not_count() -> None:
    for language in (Language.ENGLISH, Language.ARABIC):
        text = said(decision(), language)
        assert text.index("wir sichern Ihnen zu") < text.index("Only the German text counts")
        assert "we assure you" in text and "€570.50 a month" in text


def test_a_part_says_what_is_not_assured_and_why() -> None:
    text = said(decision(outcome="approved_in_part", assured=50000, reason="Bis zur Grenze für zwei Personen."))
    assert "500,00 € im Monat" in text and "übrigen 70,50 €" in text
    assert "Begründung: Bis zur Grenze für zwei Personen." in text


def test_a_refusal_is_written_too_with_its_reason_and_remedies() -> None:
    text = said(decision(outcome="refused", assured=None, reason="Zu teuer."))
    assert "keine Zusicherung" in text and "Begründung: Zu teuer." in text
    bare = replace(OFFICE, post=replace(OFFICE.post, remedy=None))
    assert "bitte den Text des Amtes einsetzen" in said(decision(outcome="refused", assured=None), office=bare)
    assert "Rechtsbehelf" not in said(decision(), office=bare), "nobody is burdened"


def test_other_matters_say_what_was_decided() -> None:
    text = said(decision("no_means", reason="100 Euro vorzeitig, heute."))
    assert "Unsere Entscheidung: Kein Geld für das Nötigste" in text
    assert "Dem haben wir entsprochen." in text and "100 Euro vorzeitig, heute." in text
    assert "m²" not in text


@pytest.mark.parametrize("outcome", ["approved", "approved_in_part", "refused"])
@pytest.mark.parametrize("language", [Language.GERMAN, Language.ENGLISH])
def test_it_is_an_accessible_pdf(outcome: str, language: Language) -> None:
    made = decisions.pdf(OFFICE, decision(outcome=outcome, assured=50000), ON, language)
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in made and b"StructTreeRoot" in made and b"/Lang(de)" in made
    assert b"/Table" in made and b"/TH" in made, "the costs are a table with a head"


@pytest.mark.parametrize("nonsense", ['#panic("x")', "$ * _ ` < > @ \\ ]", "مرحبا 你好", '"}, {"'])
def test_what_is_typed_is_text_and_no_command(nonsense: str) -> None:
    found = decision(outcome="refused", assured=None, reason=nonsense, flat={**FLAT, "address": nonsense})
    assert decisions.pdf(OFFICE, found, ON, Language.GERMAN).startswith(b"%PDF")


def test_a_flat_of_which_nothing_is_known_has_no_table() -> None:
    found = decision(outcome="refused", assured=None, flat={})
    assert decisions.pdf(OFFICE, found, ON, Language.GERMAN).startswith(b"%PDF")
