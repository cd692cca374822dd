"""Who is responsible, and what is missing to know it."""

import pytest

from erreichbar import office
from erreichbar.office.benefit_units import NotABenefitUnitNumber
from erreichbar.office.responsibility import folded

DEMO = office.demo()
UNKNOWN = DEMO.text.replace('[[responsibilities]]\nunit = "benefits-2"\n\n', "").replace(
    '[[responsibilities]]\nunit = "placement-1"\nreasons = ["job_related"]\n\n', ""
)
STRICT = office.loads(UNKNOWN, "strict.toml")


@pytest.mark.parametrize(
    ("number", "worker"),
    [("99901BG0000850", "lange"), ("99901 BG 0000851", "yildiz"), ("99901bg0005000", "klein")],
)
def test_by_benefit_unit_number(number: str, worker: str) -> None:
    found = office.responsible(DEMO, "no_means", benefit_unit_number=number)
    assert found.case_worker == worker
    assert "BG-Nummern" in found.why.de


@pytest.mark.parametrize(
    ("name", "worker"), [("Ägidius", "bondarenko"), ("Hž", "bondarenko"), ("ibrahim", "wagner"), ("Ščepan", "fuchs")]
)
def test_by_initial_letter_whatever_marks_it_bears(name: str, worker: str) -> None:
    assert office.responsible(DEMO, "job_related", family_name=name).case_worker == worker


def test_the_pool_takes_what_has_no_number() -> None:
    found = office.responsible(DEMO, "new_application", family_name="Zimmer")
    assert (found.unit, found.case_worker) == ("benefits-2", None)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(office.NotResponsible) as raised:
        office.responsible(STRICT, "job_related")
    assert raised.value.missing == ("family_name", "benefit_unit_number")
    assert "Familienname" in raised.value.de


def test_nobody_covers_the_case() -> None:
    with pytest.raises(office.NotResponsible) as raised:
        office.responsible(STRICT, "no_means", benefit_unit_number="99901BG0009999", family_name="Zimmer")
    assert raised.value.missing == ()


def test_a_number_of_another_office_is_refused_with_the_example() -> None:
    with pytest.raises(NotABenefitUnitNumber, match=DEMO.benefit_unit_numbers.example):
        office.responsible(DEMO, "no_means", benefit_unit_number="12345BG0000001")


def test_an_unknown_reason_is_told_the_known_ones() -> None:
    with pytest.raises(office.NotResponsible, match="no_means"):
        office.responsible(DEMO, "lottery")


def test_names_are_folded_for_sorting() -> None:
    assert [folded(name) for name in ("Öz", "Straße", "Łuk", "Ørsted")] == ["OZ", "STRASSE", "LUK", "ORSTED"]
