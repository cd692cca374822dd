"""What happens while a promise runs out? Named steps at shares of the staffed time until the last chance.

A step is due in staffed time, never at midnight, and fires once. Which have fired is the caller's to remember; asking
again for the same moment and the same memory gives the same answer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from erreichbar.office.calendar import Calendar
from erreichbar.office.model import Office
from erreichbar.office.periods import Periods
from erreichbar.promise import holding
from erreichbar.promise.clocks import MINUTE
from erreichbar.record.words import LadderStep

_US = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Ladder:
    """At which share of the staffed time (0 to 1) each step falls due. The defaults are assumptions."""

    reassign: float = 0.5
    remind: float = 0.75
    tell_leader: float = 0.9

    def __post_init__(self) -> None:
        if not 0 <= self.reassign <= self.remind <= self.tell_leader <= 1:
            raise ValueError("The steps of the ladder must rise from 0 to 1: reassign, remind, tell_leader.")

    @classmethod
    def of(cls, office: Office) -> "Ladder":
        """Return the ladder of an office."""
        keeping = office.keeping
        return cls(keeping.reassign, keeping.remind, keeping.tell_leader)

    def moments(
        self, calendar: Calendar, opened: datetime, due: datetime, last_chance: datetime | None
    ) -> dict[LadderStep, datetime]:
        """Return when each step of a ticket falls due (UTC), by the calendar of those who call back.

        A promise that is impossible by calendar (``last_chance`` none) is broken from the start and told at the first
        staffed moment; the other steps are left out. A broken one is told at the first staffed moment after it was due.
        Raises ``NeverOpen`` if the calendar has no opening in three years.
        """
        if last_chance is None:
            return {LadderStep.BROKEN: calendar.next_opening(opened)}
        return {**self._spread(calendar, opened, last_chance), LadderStep.BROKEN: calendar.next_opening(due)}

    def until_decided(
        self, calendar: Calendar, opened: datetime, decide_by: datetime | None
    ) -> dict[LadderStep, datetime]:
        """Return when each step of an urgent matter falls due whose citizen was reached: her promise can break no more.

        None if nothing is left to decide by a date (``decide_by`` none).
        """
        return self._spread(calendar, opened, decide_by) if decide_by is not None else {}

    def _spread(self, calendar: Calendar, opened: datetime, limit: datetime) -> dict[LadderStep, datetime]:
        periods = calendar.periods(opened, limit + MINUTE)
        shares = (self.reassign, self.remind, self.tell_leader)
        steps = (LadderStep.REASSIGN, LadderStep.REMIND, LadderStep.TELL_LEADER)
        return {step: _at_share(periods, limit, share) for step, share in zip(steps, shares, strict=True)}


def at_share(calendar: Calendar, opened: datetime, last_chance: datetime, share: float) -> datetime:
    """Return the staffed moment (UTC) by which a share of the staffed time until the last chance is over.

    The last chance is a minute, and counts whole. At the end of a period it is the next staffed moment, and never later
    than the last chance itself.
    """
    return _at_share(calendar.periods(opened, last_chance + MINUTE), last_chance, share)


def _at_share(periods: Periods, last_chance: datetime, share: float) -> datetime:
    if not periods:
        return last_chance.astimezone(UTC)
    opened = periods[0][0]
    starts, ends = [(start - opened) // _US for start, _ in periods], [(end - opened) // _US for _, end in periods]
    moment = holding.share_moment(starts, ends, 0, 0, (last_chance - opened) // _US, ends[-1], share)
    return opened.astimezone(UTC) + moment * _US


def needed_by(
    moments: dict[LadderStep, datetime], last_chance: datetime | None, now: datetime
) -> tuple[datetime | None, bool]:
    """Return before when whoever holds a ticket must be there, none if that is over, and whether she must be at once.

    Until half of the time is over somebody who comes back by then is there in time; from then on only who is there.
    """
    if last_chance is None:
        return None, False
    half, end = moments[LadderStep.REASSIGN], last_chance + MINUTE
    found = holding.limit((half - last_chance) // _US, (end - last_chance) // _US, (now - last_chance) // _US)
    if found == holding.OVER:
        return None, False
    return last_chance + found * _US, now >= half


def due_steps(moments: dict[LadderStep, datetime], taken: Collection[LadderStep], now: datetime) -> list[LadderStep]:
    """Return the steps to take now, in order. Of several that were missed meanwhile each is still taken once."""
    return [step for step in LadderStep if step in moments and step not in taken and moments[step] <= now]


def next_step(moments: dict[LadderStep, datetime], taken: Collection[LadderStep]) -> tuple[LadderStep, datetime] | None:
    """Return the next step that is not taken yet, and when it falls due; none if all are."""
    left = [step for step in LadderStep if step in moments and step not in taken]
    return (left[0], moments[left[0]]) if left else None
