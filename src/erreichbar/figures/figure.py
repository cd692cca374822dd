"""What a figure is: never a number alone."""

from dataclasses import dataclass
from enum import StrEnum

from erreichbar.office.text import Text


class Unit(StrEnum):
    """What a value is counted in."""

    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"
    MILLISECONDS = "ms"
    MILLISECONDS_A_WEEK = "ms/week"
    PER_WEEK = "1/week"
    EUROS = "eur"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its definition and the raw counts it is made of.

    ``value`` is none where there is nothing to divide by: no call is not the same as a share of 0. A count has no
    ``denominator``; the numerator of a length of time is the sum of what is averaged, or the count a quantile is taken
    of. Money is counted in cents. What the tables do not hold is not ``recorded``: then there is neither value nor count, for
    0 would be a claim.
    """

    name: str
    value: float | None
    numerator: int
    denominator: int | None
    unit: Unit
    definition: Text
    recorded: bool = True


def not_recorded(name: str, unit: Unit, de: str, en: str) -> Figure:
    """Return a figure that these tables cannot tell."""
    return Figure(
        name, None, -1, None, unit, Text(f"{de} Hier nicht aufgezeichnet.", f"{en} Not recorded here."), False
    )


def count(name: str, number: int, de: str, en: str) -> Figure:
    """Return a figure that is a raw count."""
    return Figure(name, float(number), number, None, Unit.COUNT, Text(de, en))


def share(name: str, numerator: int, denominator: int, de: str, en: str) -> Figure:
    """Return a figure that is a part of something. Raises ``ValueError`` if the part is larger than the whole."""
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{name}: {numerator} of {denominator}")
    value = numerator / denominator if denominator else None
    return Figure(name, value, numerator, denominator, Unit.SHARE, Text(de, en))


def ratio(name: str, numerator: int, denominator: int, de: str, en: str) -> Figure:
    """Return a figure that is one count for each of another."""
    value = numerator / denominator if denominator else None
    return Figure(name, value, numerator, denominator, Unit.RATIO, Text(de, en))


def mean(name: str, total_ms: int, of: int, de: str, en: str) -> Figure:
    """Return a figure that is a mean length of time."""
    return Figure(name, total_ms / of if of else None, total_ms, of, Unit.MILLISECONDS, Text(de, en))


def quantile(name: str, value: float | None, of: int, de: str, en: str) -> Figure:
    """Return a figure that is a quantile of lengths of time, taken of so many."""
    return Figure(name, value, of, of, Unit.MILLISECONDS, Text(de, en))


def a_week(name: str, number: int, present_ms: int, week_ms: int, unit: Unit, de: str, en: str) -> Figure:
    """Return a figure of so much (or so many) for each full-time week of presence; the denominator is presence in ms."""
    return Figure(name, number * week_ms / present_ms if present_ms else None, number, present_ms, unit, Text(de, en))


def money(name: str, cents: int, de: str, en: str) -> Figure:
    """Return a figure in euros; its numerator are cents."""
    return Figure(name, cents / 100, cents, None, Unit.EUROS, Text(de, en))
