"""References are random, of one form, and never look like a telephone number; seeded they come again."""

from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from erreichbar.centre import refs


class Drawn:
    """A source that gives what it was told to."""

    def __init__(self, *bits: int) -> None:
        self.bits: Iterator[int] = iter(bits)

    def getrandbits(self, k: int, /) -> int:
        bits = next(self.bits)
        assert bits < 1 << k
        return bits

    def randrange(self, stop: int, /) -> int:
        return next(self.bits) % stop


def test_a_reference_is_13_characters_without_those_that_are_mistaken() -> None:
    drawn = {refs.new_ref() for _ in range(2_000)}
    assert len(drawn) == 2_000
    assert {len(ref) for ref in drawn} == {13}
    assert set("".join(drawn)) == set(refs.ALPHABET)
    assert not set(refs.ALPHABET) & set("ilou")


@given(st.integers(0, 2**65 - 1))
def test_every_bit_stands_in_the_reference(bits: int) -> None:
    assume(any(bits >> 5 * place & 31 >= 10 for place in range(13)))
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(refs, "_source", Drawn(bits))
        ref = refs.new_ref()
    assert sum(refs.ALPHABET.index(sign) << 5 * place for place, sign in enumerate(ref)) == bits


def test_what_looks_like_a_telephone_number_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digits = sum(place % 10 << 5 * place for place in range(13))
    monkeypatch.setattr(refs, "_source", Drawn(digits, 0, digits + 10))
    ref = refs.new_ref()
    assert ref == "a123456789012"


def test_a_salt_is_16_bytes_also_when_it_begins_with_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len({refs.new_salt() for _ in range(100)}) == 100
    monkeypatch.setattr(refs, "_source", Drawn(1))
    assert bytes.fromhex(refs.new_salt()) == bytes(15) + b"\1"


def test_a_number_has_at_most_so_many_digits() -> None:
    drawn = [refs.new_number(2) for _ in range(3_000)]
    assert set(drawn) == set(range(100))


def test_seeded_they_come_again_and_afterwards_nobody_can_tell() -> None:
    def some() -> list[object]:
        return [refs.new_ref(), refs.new_salt(), refs.new_number(7)]

    with refs.seeded(1):
        first = some()
        with refs.seeded(2):
            assert some() != first
        onwards = some()
    with refs.seeded(1):
        assert [some(), some()] == [first, onwards]
    assert some() != some()
