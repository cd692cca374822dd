"""Which tickets tip over, and when does the first? What a leader asks first of a change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from erreichbar.promise.forecast.changes import Change

LIKELY = 0.5
"""From this chance on a ticket is taken to be reached in time. Assumption."""


@dataclass(frozen=True, slots=True)
class Tipping:
    """The tickets (refs) ``lost`` and ``saved``, those that run out first first, and when the first one lost does."""

    lost: tuple[str, ...]
    saved: tuple[str, ...]
    first: datetime | None


def tipping(changes: Iterable[Change], limits: Mapping[str, datetime]) -> Tipping:
    """Return which tickets are likely reached in time only before a change, or only after it.

    ``limits`` says by ref until when each can be.
    """
    lost: list[str] = []
    saved: list[str] = []
    for one in changes:
        before, after = one.before.reached >= LIKELY, one.after.reached >= LIKELY
        if before != after:
            (lost if before else saved).append(one.ref)
    for refs in (lost, saved):
        refs.sort(key=lambda ref: (limits[ref], ref))
    return Tipping(tuple(lost), tuple(saved), limits[lost[0]] if lost else None)
