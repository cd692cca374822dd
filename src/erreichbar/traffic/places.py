"""Benefit-unit numbers and postal codes for which the office has somebody responsible."""

import re
from collections.abc import Iterable

from erreichbar.office import benefit_units
from erreichbar.office.model import Office

_TRAILING = re.compile(r"(.*?)(\d+)$")
_NO_RULES = ("50667", "50668", "50670", "50674", "50676")
"""Postal codes for an office that does not divide its work by them."""

Stretch = tuple[str, int, int, int]
"""What numbers begin with, how many digits follow, the first and the last of them."""


class Places:
    """The ranges by which an office divides its work, joined where they meet or overlap."""

    def __init__(self, office: Office) -> None:
        rules = office.responsibilities
        ranges = [
            (benefit_units.compact(span.first), benefit_units.compact(span.last))
            for rule in rules
            for span in rule.benefit_unit_numbers
        ]
        self._benefit_units = _joined(ranges) or _around(benefit_units.compact(office.benefit_unit_numbers.example))
        self._postal_codes = _joined((span.first, span.last) for rule in rules for span in rule.postal_codes)

    def benefit_unit_number(self, place: int, of: int) -> str:
        """Return the number of benefit unit ``place`` of ``of``, spread evenly over the ranges.

        Every place has another one, if the ranges hold as many.
        """
        return _nth(self._benefit_units, place * _size(self._benefit_units) // of)

    def postal_code(self, u: float) -> str:
        """Return the postal code that a draw picks."""
        if not self._postal_codes:
            return _NO_RULES[int(u * len(_NO_RULES))]
        return _nth(self._postal_codes, int(u * _size(self._postal_codes)))


def _joined(ranges: Iterable[tuple[str, str]]) -> list[Stretch]:
    found: list[Stretch] = []
    for first, last in sorted(set(ranges)):
        low, high = _TRAILING.match(first), _TRAILING.match(last)
        if not low or not high or low[1] != high[1] or len(low[2]) != len(high[2]):
            continue
        start, end = int(low[2]), int(high[2])
        if found and found[-1][:2] == (low[1], len(low[2])) and start <= found[-1][3] + 1:
            found[-1] = (*found[-1][:3], max(end, found[-1][3]))
        else:
            found.append((low[1], len(low[2]), start, end))
    return found


def _around(example: str) -> list[Stretch]:
    """Return the numbers that look like the example: the same beginning, any last digits (at most six)."""
    match = re.fullmatch(r"(.*?)(\d{1,6})", example)
    return [(match[1], len(match[2]), 1, 10 ** len(match[2]) - 1)] if match else [(example, 0, 0, 0)]


def _size(stretches: list[Stretch]) -> int:
    return sum(last - first + 1 for _, _, first, last in stretches)


def _nth(stretches: list[Stretch], nth: int) -> str:
    for beginning, digits, first, last in stretches:
        if nth <= last - first:
            return f"{beginning}{first + nth:0{digits}}" if digits else beginning
        nth -= last - first + 1
    raise IndexError("beyond the last range")
