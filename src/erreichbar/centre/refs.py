"""Random references, codes and salts. ``seeded`` makes them repeatable, for virtual time and tests only."""

import random
import secrets
from types import TracebackType
from typing import Protocol

from erreichbar.record.vocabulary import Ref

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32."""


class Source(Protocol):
    """Where random bits come from."""

    def getrandbits(self, k: int, /) -> int: ...

    def randrange(self, stop: int, /) -> int: ...


_source: Source = secrets.SystemRandom()


def new_ref() -> Ref:
    """Return a random reference: 13 characters of Crockford's base 32 (65 bits)."""
    while True:
        bits = _source.getrandbits(65)
        ref = "".join(ALPHABET[bits >> 5 * place & 31] for place in range(13))
        # One in four million has digits only, and looks like a telephone number; the journal takes no such thing.
        if not ref.isdigit():
            return Ref(ref)


def new_salt() -> str:
    """Return 16 random bytes in hexadecimal."""
    return f"{_source.getrandbits(128):032x}"


def new_number(digits: int) -> int:
    """Return a random whole number of at most so many decimal digits."""
    return _source.randrange(10**digits)


class seeded:
    """Draw the same references in the same order from now on, or until the end of a ``with`` block.

    Never for real data: whoever knows the seed knows the references.
    """

    def __init__(self, seed: int) -> None:
        global _source
        self._before = _source
        _source = random.Random(seed)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        global _source
        _source = self._before
