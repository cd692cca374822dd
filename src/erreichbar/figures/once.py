"""What several figures ask of the same table is looked out once, and sums are taken without a copy of the rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import polars as pl

T = TypeVar("T")

_kept: ContextVar[dict[tuple[object, int], tuple[pl.DataFrame, Any]] | None] = ContextVar("kept", default=None)
"""By question and table, the table and the answer; none where each question is asked anew."""


@contextmanager
def asked_once() -> Iterator[None]:
    """Let what is asked of the same tables be looked out once for all figures that are asked for meanwhile."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(question: Callable[[pl.DataFrame], T], table: pl.DataFrame) -> T:
    """Return what a question says of a table."""
    kept = _kept.get()
    if kept is None:
        return question(table)
    key = question, id(table)
    if key not in kept:
        # The table itself is kept, too, so that its number stays its own.
        kept[key] = table, question(table)
    found: T = kept[key][1]
    return found


def sums(rows: pl.DataFrame, *what: pl.Expr) -> tuple[int, ...]:
    """Return the sum of each expression over rows: how often it is true, or what its numbers are together."""
    return tuple(int(found) for found in rows.select(one.sum().alias(str(n)) for n, one in enumerate(what)).row(0))


def total(rows: pl.DataFrame, what: pl.Expr) -> int:
    """Return the sum of an expression over rows."""
    return sums(rows, what)[0]


def both(rows: pl.DataFrame, one: pl.Expr, other: pl.Expr) -> tuple[int, int]:
    """Return the sums of two expressions over rows, as a part and a whole."""
    first, second = sums(rows, one, other)
    return first, second
