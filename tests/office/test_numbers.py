"""Telephone numbers as people write them, as they are stored, shown and refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar import office
from erreichbar.office import numbers
from erreichbar.office.numbers import HYPHEN, SPACE

TELEPHONE = office.demo().telephone
SEPARATORS = st.sampled_from(["", " ", "-", "/", " / ", " - ", "\N{NO-BREAK SPACE}", "\N{EN DASH}", HYPHEN, "."])
PREFIXES = st.sampled_from(["0221", "(0221)", "+49 221", "+49 (0)221", "+49(0) 221", "0049 221", "0049 (0)221"])


@given(PREFIXES, SEPARATORS, SEPARATORS, st.integers(0, 999))
def test_every_german_spelling_is_the_same_number(prefix: str, first: str, second: str, extension: int) -> None:
    assert numbers.parse(f"{prefix}{first}4710{second}{extension:03}") == f"+492214710{extension:03}"


@pytest.mark.parametrize("text", ["Tel.: 0221 4710-118", "  0221/4710118 ", "Telefon 0221 4710 118"])
def test_a_label_is_no_hindrance(text: str) -> None:
    assert numbers.parse(text) == "+492214710118"


@pytest.mark.parametrize(
    "text", ["", "   ", "4710118", "0221", "110", "112", "115", "118 80", "geheim", "0221 4710x118", "+", "+999 1"]
)
def test_what_is_no_complete_number_is_told_so(text: str) -> None:
    with pytest.raises(numbers.NotANumber) as raised:
        numbers.parse(text)
    assert raised.value.de
    assert raised.value.en


@pytest.mark.parametrize(
    ("text", "e164"),
    [("+492214710118", "+492214710118"), ("492214710118", "+492214710118"), ("02214710118", "+492214710118")],
)
def test_signalled_numbers(text: str, e164: str) -> None:
    assert numbers.signalled(text) == e164


@pytest.mark.parametrize("text", [None, "", "anonymous", "110", "unknown"])
def test_unusable_signalled_numbers_are_none(text: str | None) -> None:
    assert numbers.signalled(text) is None


@pytest.mark.parametrize(
    ("e164", "digits", "shown"),
    [
        ("+492214710118", 3, f"0221{SPACE}4710{HYPHEN}118"),
        ("+492214710118", 0, f"0221{SPACE}4710118"),
        ("+4915228817386", 0, f"01522{SPACE}8817386"),
        ("+41446681800", 0, f"+41{SPACE}44{SPACE}6681800"),
        ("+491802123456", 0, f"0180{SPACE}2{SPACE}123456"),
    ],
)
def test_shown_by_din_5008(e164: str, digits: int, shown: str) -> None:
    assert numbers.din5008(e164, digits) == shown


def test_international_form() -> None:
    assert numbers.din5008("+492214710118", 3, international=True) == f"+49{SPACE}221{SPACE}4710{HYPHEN}118"


@given(st.integers(0, 999))
def test_what_is_shown_is_read_again(extension: int) -> None:
    number = numbers.Number("+492214710", f"{extension:03}")
    assert numbers.parse(number.din5008) == number.e164


@pytest.mark.parametrize("number", ["+49110", "110", "112", "+49112", "+49116117", "115"])
def test_emergency_and_help_numbers_are_never_dialled(number: str) -> None:
    refused = numbers.refusal(number, TELEPHONE)
    assert refused is not None
    assert "Notruf" in refused.de


@pytest.mark.parametrize(
    "number", ["+499001123456", "+491802123456", "+491377123456", "+4911880", "+4970012345678", "+49191234"]
)
def test_costly_numbers_are_never_dialled(number: str) -> None:
    refused = numbers.refusal(number, TELEPHONE)
    assert refused is not None
    assert "Sonderrufnummern" in refused.de


def test_countries_that_are_not_allowed() -> None:
    refused = numbers.refusal("+41446681800", TELEPHONE)
    assert refused is not None
    assert "+41" in refused.de


@pytest.mark.parametrize("number", ["", "02214710118", "+49", "+492", "anonymous"])
def test_what_is_no_number_is_refused(number: str) -> None:
    assert numbers.refusal(number, TELEPHONE) is not None


@pytest.mark.parametrize("number", ["+492214710118", "+4915228817386"])
def test_ordinary_numbers_may_be_dialled(number: str) -> None:
    assert numbers.refusal(number, TELEPHONE) is None
