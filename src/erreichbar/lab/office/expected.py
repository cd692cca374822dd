"""What closed forms say of the centre before anything is simulated: half hours as queues M/M/n+M of their own (Erlang A).

How many agents are there in a half hour is binomial: everybody on the roll is there or not, on a break or not. Who hung up
calls again in the same half hour with the file's probability, so the rate is the fixed point of itself. Left out: the luck of
days, turns of the month, the log-normal shape of times, what carries over from one half hour into the next, and places that
may run out. So it is a check of the file, not a forecast.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

from erreichbar.lab.closed_forms import Waiting
from erreichbar.lab.office.model import LabOffice
from erreichbar.lab.office.shapes import week

HALF_HOUR = 30
WORKING_DAYS = 250
"""Working days of an ordinary year: five a week, less public holidays and closed days."""
_WORKING_WEEK = 5


class Expected(NamedTuple):
    """Over a week: calls ``offered`` and ``answered``, repeated ones included, and the ``reachability``."""

    offered: float
    answered: float

    @property
    def reachability(self) -> float:
        """Answered of offered."""
        return self.answered / self.offered if self.offered else 1.0


def expected(lab: LabOffice, *, calls_again: bool = True) -> Expected:
    """Return what Erlang A says of an ordinary week. ``calls_again``: whether who hung up calls again."""
    offered = answered = 0.0
    for weekday, periods in enumerate(lab.office.calendar.week):
        for half_hour in range(48):
            middle = half_hour * HALF_HOUR + HALF_HOUR // 2
            if not any(start <= middle < end for start, end in periods):
                continue
            calls = calls_in(lab, weekday, half_hour)
            tried, lost = _half_hour(lab, weekday, middle, calls, calls_again)
            offered += tried
            answered += tried - lost
    return Expected(offered, answered)


def calls_in(lab: LabOffice, weekday: int, half_hour: int) -> float:
    """Return how many first calls are expected in a half hour of an ordinary week."""
    traffic = lab.parameters
    weights = traffic.days.weekdays.value[:_WORKING_WEEK]
    monthly = traffic.volume.calls_per_benefit_unit_and_month.value * traffic.volume.benefit_units.value
    day = 12.0 * monthly / WORKING_DAYS * weights[weekday] / (sum(weights) / len(weights))
    return day * traffic.hours.working_day.value[half_hour]


def on_roll(lab: LabOffice, weekday: int, minute: int) -> int:
    """Return how many agents are on the roll at a minute of a weekday."""
    return sum(
        shift.agents
        for shift in lab.lab.shifts
        if any(start <= minute < end for start, end in week(shift.hours)[weekday])
    )


def handling_s(lab: LabOffice) -> float:
    """Return how long an agent is taken by a call on average: ringing, talk with further matters, work afterwards (s)."""
    talk, matters = lab.parameters.talk, lab.parameters.matters
    further = talk.further_matter.value * (matters.second.value + 2 * matters.third.value)
    pick_up = lab.parameters.seats.pick_up_s.mean.value
    return pick_up + talk.agent_s.mean.value * (1.0 + further) + talk.wrap_up_s.mean.value


def _half_hour(lab: LabOffice, weekday: int, minute: int, calls: float, calls_again: bool) -> tuple[float, float]:
    """Return (calls offered, calls lost) of a half hour."""
    roll, away = on_roll(lab, weekday, minute), lab.lab.agents.away
    there = (1.0 - away.absence.value) * (1.0 - away.breaks.value)
    share = stats.binom.pmf(np.arange(roll + 1), roll, there)
    again = lab.parameters.patience.calls_again.value if calls_again else 0.0
    tried = calls
    for _ in range(40):
        lost = sum(float(part) * _lost(lab, tried, servers) for servers, part in enumerate(share) if part > 1e-6)
        before, tried = tried, calls + again * tried * lost
        if abs(tried - before) < 1e-5 * max(1.0, tried):
            break
    return tried, tried * lost


def _lost(lab: LabOffice, calls: float, servers: int) -> float:
    if calls <= 0:
        return 0.0
    if servers == 0:
        return 1.0
    per_second = calls / (HALF_HOUR * 60.0)
    return Waiting(per_second, 1.0 / handling_s(lab), servers, 1.0 / lab.parameters.patience.mean_s.value).p_abandon
