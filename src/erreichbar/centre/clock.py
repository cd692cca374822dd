"""The one clock: what time it is, for everything above floor 1.

Tests, the demo and virtual time set it with ``use``. A moment is aware, in UTC, cut to the millisecond, so that what
the database stores and what the journal says are the same.
"""

from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """Return the present moment, aware."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


_clock: Clock = SystemClock()


def now() -> datetime:
    """Return the present moment in UTC, to the millisecond."""
    return to_millisecond(_clock.now())


def to_millisecond(moment: datetime) -> datetime:
    """Return the moment in UTC, cut to the millisecond. Raises ``ValueError`` without an offset."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset from UTC")
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class use:
    """Let the process run by another clock from now on, or until the end of a ``with`` block."""

    def __init__(self, clock: Clock) -> None:
        global _clock
        self._before = _clock
        _clock = clock

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        global _clock
        _clock = self._before
