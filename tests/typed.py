"""Two small words that keep the tests' types honest."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)


class Compiled(Protocol[R_co]):
    """A function as Numba compiles it."""

    @property
    def signatures(self) -> list[Any]: ...

    def __call__(self, *given: Any) -> R_co: ...


def there(value: T | None) -> T:
    """Return what must be there."""
    assert value is not None
    return value


def compiled(function: Callable[..., R_co]) -> Compiled[R_co]:
    """Return a function compiled by Numba."""
    import numba

    made: Compiled[R_co] = numba.njit()(function)
    return made
