"""Intervals of a whole office hold the truth about as often as they say. ``make bench BENCH=office_coverage`` asks 2,000 times."""

import math

import pytest

from tests.lab.experiment.covering import MODELS, courses, experiment, held, office

EXPERIMENTS, REPLICATIONS = 20, 30


@pytest.mark.slow  # the loop is compiled anew after every change of the rules
def test_intervals_of_95_percent_hold_the_truth_about_as_often() -> None:
    small = office()
    ready = courses(small)
    found = [experiment(ready, number, REPLICATIONS) for number in range(EXPERIMENTS)]
    there, holds = held(found, small)
    assert {what for what, _ in there} == {*MODELS, "difference"}
    assert {name for _, name in there} >= {"served_in_time", "undisturbed_work", "reachability", "wait_mean"}
    for key, count in there.items():
        z = (holds[key] / count - 0.95) / math.sqrt(0.95 * 0.05 / count)
        assert count > EXPERIMENTS / 2, key
        assert abs(z) <= 4, (key, z)
