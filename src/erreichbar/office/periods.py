"""Stretches of time in UTC, in order and apart from each other: what two rows have in common, and what one leaves."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Period = tuple[datetime, datetime]
"""A stretch of time in UTC, its start included, its end not."""
Periods = tuple[Period, ...]
"""Stretches in order, apart from each other."""


def joined(given: Iterable[Period]) -> Periods:
    """Return stretches in any order as a row, those that meet or overlap as one."""
    found: list[Period] = []
    for start, end in sorted(given):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def common(one: Sequence[Period], other: Sequence[Period]) -> Periods:
    """Return what lies in both rows."""
    found: list[Period] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def without(given: Sequence[Period], taken: Iterable[Period]) -> Periods:
    """Return what of a row is left when others are taken out."""
    left = list(given)
    for begin, stop in joined(taken):
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, begin)), (max(start, stop), end))
            if piece[0] < piece[1]
        ]
    return tuple(left)


def length(given: Iterable[Period]) -> timedelta:
    """Return how long a row is altogether."""
    return sum((end - start for start, end in given), timedelta())
