"""Experiments: the same bytes from any number of workers, the same citizens for all, enough and not more."""

import math
from dataclasses import replace

import joblib
import numpy as np
import pytest

from erreichbar import access
from erreichbar.figures.calls import reachability
from erreichbar.figures.window import within
from erreichbar.lab.engine.simulating import FIRST
from erreichbar.lab.experiment.result import Comparison, from_json
from erreichbar.lab.experiment.running import CannotCompare, Experiment, Progress, run
from erreichbar.lab.experiment.shown import Scene, Section, shown
from erreichbar.lab.experiment.simulated import warm_up
from erreichbar.lab.office import LabOffice, load
from erreichbar.lab.statistics import Stopping, ratio_interval
from tests.lab.conftest import MODELS
from tests.lab.experiment.fake import CITIZENS, played


def test_workers_threads_and_processes_change_no_byte(asked: Experiment, found: Comparison) -> None:
    few = replace(asked, replications=3)
    alone = run(few, played).to_json()
    assert run(few, played, workers=2).to_json() == alone
    with joblib.parallel_config(backend="loky"):
        assert run(few, played, workers=2).to_json() == alone
    assert b'"workers"' not in alone


def test_where_citizens_ask_about_late_cases_there_are_late_ones_from_the_first_day_that_counts() -> None:
    office = load("as-contracted")
    assert warm_up(office) == 7
    assert warm_up(office.varied({"lab.status_calls.elasticity": 0.5})) == 7 + 14


def test_another_seed_is_another_result(asked: Experiment, found: Comparison) -> None:
    other = run(replace(asked, seed=2), played)
    assert other.row("served_in_time").cells != found.row("served_in_time").cells


def test_shares_are_those_of_all_matters_with_the_interval_of_the_ratio(asked: Experiment, found: Comparison) -> None:
    counts = []
    for replication in range(6):
        one = played(asked.office, asked.models[0], FIRST, asked.days, asked.seed, replication)
        assert one.tables.matters is not None
        counts.append(float((one.tables.matters["served"] >= 0).sum()))
    cell = found.row("served_in_time").cells["service-centre"]
    assert cell.estimate is not None
    assert (cell.numerator, cell.denominator) == (sum(counts), 6 * 14 * CITIZENS)
    interval = ratio_interval(counts, [14 * CITIZENS] * 6)
    estimate = cell.estimate
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx((interval.value, interval.low, interval.high))


def test_the_warm_up_is_not_counted(asked: Experiment) -> None:
    one = played(asked.office, asked.models[0], FIRST, 2, 1, 0)
    window = (one.midnights[0], one.midnights[-1])
    scene = list(shown(Scene(one.tables, within(one.tables, window), window, asked.office, 2)))
    found = {each.figure.name: each.figure for each in scene}
    assert found["offered"].numerator == 2 * CITIZENS
    assert found["reachability"] == reachability(within(one.tables, window))
    assert found["reachability"].value != reachability(one.tables).value


def test_differences_are_paired_and_surer_than_the_figures(found: Comparison) -> None:
    row = found.row("served_in_time")
    assert row.cells[MODELS[0]].difference is None
    for model in MODELS[1:]:
        difference, estimate = row.cells[model].difference, row.cells[model].estimate
        assert difference is not None and estimate is not None
        assert difference.low is not None and difference.high is not None
        assert estimate.low is not None and estimate.high is not None
        baseline = row.cells[MODELS[0]].estimate
        assert baseline is not None and difference.value == pytest.approx(estimate.value - baseline.value)
        assert difference.low > 0
        assert baseline.low is not None and baseline.high is not None
        apart = math.hypot(estimate.high - estimate.low, baseline.high - baseline.low)
        assert difference.high - difference.low < 0.8 * apart


def test_all_that_the_lab_shows_is_there_once_and_unrecorded_is_said(found: Comparison, office: LabOffice) -> None:
    names = [row.name for row in found.rows]
    assert len(set(names)) == len(names)
    assert {row.section for row in found.rows} == set(Section)
    for name in ("reachability", "wait_p90", "talk_mean_case_worker", "reached_in_time_working_days", "callbacks_held_up",
                 "presence_agent_centre", "euros_centre", "euros_office", "time_case_worker_protected"):  # fmt: skip
        assert name in names
    # The fake's tickets and dates are none: what has nothing to divide by has no estimate, and no number is made up.
    assert found.row("reached_in_time_elapsed").cells[MODELS[0]].estimate is None
    assert found.row("offered").cells[MODELS[0]].numerator == 6 * 14 * CITIZENS
    worst = found.worst[MODELS[0]]
    assert worst is not None and worst.lower is not None and worst.lower < worst.share
    assert worst.name.startswith(("reason:", "language:", "available:"))


def test_pictures_have_their_counts(found: Comparison) -> None:
    for model in MODELS:
        offered = found.row("offered").cells[model].numerator
        served = found.served_after[model]
        assert sum(found.course[model].offered) == sum(found.waits[model]) == offered
        assert sum(found.course[model].answered) == found.row("answered").cells[model].numerator
        assert served is not None and sum(served) == found.row("served_in_time").cells[model].denominator


def test_it_stops_when_it_is_precise_and_not_before(asked: Experiment) -> None:
    rule = Stopping(0.01, minimum=4, growth=1.5, most=60)
    wished = replace(asked, models=asked.models[:2], days=7, replications=None, stopping=rule)
    heard: list[Progress] = []
    result = run(wished, played, progress=heard.append)
    first, *heard = heard
    assert (first.done, first.first, [model.name for model in first.look().models]) == (0, MODELS[0], [MODELS[0]])
    assert [one.done for one in heard] == list(range(1, result.replications + 1))
    assert [one.first for one in heard[:2]] == [MODELS[1], ""]
    assert result.replications > rule.minimum
    assert result.precision_reached
    for name in ("served_in_time", "undisturbed_work"):
        for cell in result.row(name).cells.values():
            assert cell.estimate is not None and cell.estimate.high is not None and cell.estimate.low is not None
            assert (cell.estimate.high - cell.estimate.low) / 2 <= 0.01 / 1.01 * cell.estimate.value
    early = heard[rule.minimum - 1].look()
    assert early.replications == rule.minimum and not early.precision_reached
    alone = heard[0].look().row("served_in_time").cells[MODELS[0]].estimate
    assert alone is not None and alone.low is None


def test_it_says_when_it_gave_up(asked: Experiment) -> None:
    rule = Stopping(0.0001, minimum=2, most=3)
    result = run(replace(asked, days=2, replications=None, stopping=rule), played)
    assert (result.replications, result.precision_reached) == (3, False)


def test_it_is_read_again_as_it_was_written(found: Comparison) -> None:
    assert from_json(found.to_json()).to_json() == found.to_json()
    assert from_json(found.to_json()).rows[0].unit is found.rows[0].unit
    with pytest.raises(ValueError, match="no result"):
        from_json(b'{"office": 1}')


def test_models_that_cannot_be_compared_are_refused_together(office: LabOffice) -> None:
    once = access.load("service-centre")
    text = access.load("phone-hours-daily").text.replace('monday = ["09:00-10:00"]', 'monday = ["05:00-06:00"]')
    with pytest.raises(CannotCompare) as wrong:
        Experiment(office, (once, once, access.loads(text, "early.toml")), replications=2)
    assert [fault.key for fault in wrong.value.faults] == ["service-centre", "monday"]
    with pytest.raises(CannotCompare, match="1 to 10"):
        Experiment(office, (), replications=2)
    with pytest.raises(ValueError, match="2 replications"):
        Experiment(office, (once,), replications=1)
    with pytest.raises(ValueError, match="precision or"):
        Experiment(office, (once,))


def test_every_assumption_and_what_reproduces_the_run_are_in_the_result(found: Comparison, office: LabOffice) -> None:
    assert [(one.name, one.source) for one in found.assumptions] == [(n, s) for n, _, s in office.assumptions()]
    assert any(one.source == "assumption" and one.between for one in found.assumptions)
    assert found.office.digest == office.file.digest
    assert found.models[1].digest == access.load(MODELS[1]).digest
    assert {"erreichbar", "numba", "sources"} <= set(found.versions)
    assert (found.seed, found.days, found.working_days) == (1, 14, 10)
    assert load("as-audited").file.digest != found.office.digest


def test_an_interval_covers_what_it_says() -> None:
    # 400 experiments of 10 replications each with a share that is known: 95 % of the intervals are to hold it.
    from erreichbar.lab.experiment.estimating import sample
    from erreichbar.lab.statistics import mean_interval

    chance = np.random.Generator(np.random.Philox(key=7))
    held = 0
    for _ in range(400):
        matters = chance.poisson(300, 10).astype(float)
        served = chance.binomial(matters.astype(int), 0.8).astype(float)
        values = sample(np.column_stack([served / matters, served, matters]), pooled=True)
        assert values is not None
        held += mean_interval(values).holds(0.8)
    assert 0.91 <= held / 400 <= 0.98
