"""Where an access model has no centre nobody answers for it, and it is paid nothing."""

import polars as pl
import pytest

from erreichbar import access
from erreichbar.figures.window import within
from erreichbar.lab.engine.simulating import Course
from erreichbar.lab.experiment.shown import Scene, shown
from erreichbar.record.words import Role, code
from tests.lab.engine.test_presets import FIRST, small_office

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules


@pytest.mark.parametrize("name", ["direct-lines", "direct-lines-and-daily-hours"])
def test_without_a_centre_nobody_answers_for_it_and_it_is_paid_nothing(name: str) -> None:
    model, office = access.load(name), small_office({})
    course = Course(office, model, days=10, first=FIRST, warm_up=0)
    tables, run = course.run(1, rows=True).tables, course.arrays.run
    assert tables is not None
    assert tables.work is not None
    agents = tables.work.filter(pl.col("role") == code(Role.AGENT))
    window = (run.begins, run.ends)
    scene = Scene(tables, within(tables, window), window, office, 10, model.rules.centre)
    figures = {one.figure.name: one.figure for one in shown(scene)}
    paid, there = figures["euros_centre"], figures["presence_agent_centre"]
    if name == "direct-lines":
        assert agents.is_empty()
        assert paid.value == there.value == 0
    else:
        assert agents.height
        assert paid.value is not None
        assert paid.value > 0
    assert figures["euros_office"].value
