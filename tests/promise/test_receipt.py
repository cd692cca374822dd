"""The code that the citizen is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.promise import receipt

NUMBERS = st.integers(0, 9_999_999)


def test_a_known_code() -> None:
    assert receipt.code(4711081) == "47110815"
    assert receipt.shown("47110815") == "4711\N{NO-BREAK SPACE}0815"
    assert len(receipt.code(0)) == 8


@pytest.mark.parametrize("written", ["4711 0815", "4711-0815", " 47 11 08 15 ", "4711\N{NO-BREAK SPACE}0815"])
def test_read_as_people_write_it(written: str) -> None:
    assert receipt.check(written) == "47110815"


@given(NUMBERS, st.integers(0, 7), st.integers(1, 9))
def test_every_wrong_digit_is_found(number: int, place: int, off: int) -> None:
    code = receipt.code(number)
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    with pytest.raises(receipt.NotAReceipt, match="wrong"):
        receipt.check(wrong)


@given(NUMBERS, st.integers(0, 6))
def test_every_swap_of_neighbours_is_found(number: int, place: int) -> None:
    code = receipt.code(number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped == code:
        assert receipt.check(swapped) == code
    else:
        with pytest.raises(receipt.NotAReceipt):
            receipt.check(swapped)


@pytest.mark.parametrize("written", ["", "4711081", "471108155", "4711 081X", "４７１１０８１５"])
def test_what_has_not_eight_digits_is_told_so(written: str) -> None:
    with pytest.raises(receipt.NotAReceipt, match="8 digits"):
        receipt.check(written)


@pytest.mark.parametrize("number", [-1, 10_000_000])
def test_a_number_has_seven_digits_at_most(number: int) -> None:
    with pytest.raises(ValueError, match="at most 7"):
        receipt.code(number)
