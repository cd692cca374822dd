"""Case work that calls interrupt: preemptive-resume, against what can be calculated; calls do not notice it."""

import numpy as np
import pytest

from erreichbar import access
from erreichbar.lab.closed_forms import preemptive_resume
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.engine.shapes import Cases, Law, Plan, Seed, Sums, Window
from erreichbar.lab.queue import constant_days
from erreichbar.lab.statistics import mean_interval

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules
HOUR = 3_600_000
RATES = np.array([0.2, 0.6, 1.2])
"""Calls, urgent cases and cases an hour, of each of the people: Hillier and Lieberman's three classes of patients."""
SERVED = 3.0


def plan(people: int, replication: int, hours: int = 12_000, resume_ms: int = 0) -> Plan:
    """Return an office where a call interrupts every case, and an urgent case every other."""
    horizon = hours * HOUR
    plain = access.load("service-centre").rules
    return Plan(
        seed=Seed(1, replication),
        days=constant_days(people * RATES[0] / HOUR, horizon),
        talk=Law(-1.0, HOUR / SERVED),
        rules=plain._replace(places=-1, places_per_agent=-1.0, longest_wait_ms=-1),
        window=Window(200 * HOUR, horizon, 0),
        cases=Cases(people * RATES[1:] / HOUR, np.full(2, HOUR / SERVED), resume_ms),
    )


@pytest.mark.parametrize("people", [1, 2])
def test_time_not_served_is_that_of_preemptive_resume(people: int) -> None:
    found = [drive(plan(people, replication), np.arange(people)) for replication in range(40)]
    figures = [
        [one.sums[Sums.WAIT_MS] / one.sums[Sums.OFFERED] for one in found],
        *([one.case_sums[urgency, 1] / one.case_sums[urgency, 0] for one in found] for urgency in range(2)),
    ]
    for figure, expected in zip(figures, preemptive_resume(list(people * RATES), SERVED, people), strict=True):
        interval = mean_interval(np.array(figure) / HOUR)
        # Student's 97.5 % quantile at 39 degrees of freedom is 2.02.
        assert abs(interval.value - expected) <= 4 * interval.half_width / 2.02


def test_calls_do_not_notice_that_there_is_case_work() -> None:
    for people in (1, 3):
        busy = drive(plan(people, 0, 2_000, resume_ms=60_000), np.arange(people))
        idle = drive(
            plan(people, 0, 2_000)._replace(cases=Cases(np.array([1e-12]), np.array([1.0]), 0)), np.arange(people)
        )
        assert busy.case_sums[:, 0].min() > 500
        assert idle.case_sums[:, 0].max() == 0
        assert busy.sums.tolist() == idle.sums.tolist()


def test_every_case_is_done_once_and_finding_back_takes_longer() -> None:
    """The same cases, the same calls: done are all of them, later by what interruptions cost."""
    whole = Window(0, 1 << 50, 0)
    free = drive(plan(2, 3, 2_000)._replace(window=whole), np.arange(2), slots=4).case_sums
    costly = drive(plan(2, 3, 2_000, resume_ms=600_000)._replace(window=whole), np.arange(2), slots=4).case_sums
    assert free[:, 0].tolist() == costly[:, 0].tolist()
    assert free[:, 0] == pytest.approx(2 * RATES[1:] * 2_000, rel=0.2)
    assert (costly[:, 1] > free[:, 1]).all()
