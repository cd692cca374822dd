"""The agenda: what the floor and the virtual citizens will do, and when.

One heap serves real and virtual time. Ties are broken by (moment, kind of event, id, order of entry), so the same agenda
runs the same way everywhere (design decision 3).
"""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Return whole milliseconds since the Unix epoch."""
    return (moment - EPOCH) // MILLISECOND


def from_ms(ms: int) -> datetime:
    """Return the moment (UTC) that lies ``ms`` milliseconds after the Unix epoch."""
    return EPOCH + ms * MILLISECOND


class Kind(IntEnum):
    """What comes first when several things fall on the same millisecond: calls end before others begin."""

    CALL_ENDS = 0
    SEAT = 1
    CALL_ANSWERED = 2
    CALL_ARRIVES = 3
    TIMER = 4
    PERSON = 5


@dataclass(order=True, slots=True)
class Entry:
    """One thing to do. ``cancel`` makes it do nothing."""

    at: int
    kind: Kind
    key: str
    order: int
    act: Callable[[], None] | None = field(compare=False)

    def cancel(self) -> None:
        self.act = None


class Agenda:
    """A heap of things to do, in milliseconds since the Unix epoch."""

    def __init__(self) -> None:
        self._heap: list[Entry] = []
        self._order = itertools.count()

    def at(self, moment: int, kind: Kind, key: str, act: Callable[[], None]) -> Entry:
        """Put ``act`` on the agenda for ``moment``."""
        entry = Entry(moment, kind, key, next(self._order), act)
        heapq.heappush(self._heap, entry)
        return entry

    def next(self) -> int | None:
        """Return the moment of the first thing to do, none if there is nothing."""
        while self._heap and self._heap[0].act is None:
            heapq.heappop(self._heap)
        return self._heap[0].at if self._heap else None

    def pop(self) -> Entry:
        """Take the first thing to do off the agenda. Raises ``IndexError`` if there is nothing."""
        self.next()
        return heapq.heappop(self._heap)
