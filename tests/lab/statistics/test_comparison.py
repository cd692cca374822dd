"""Comparisons with a baseline: paired, simultaneous, and as wide as they must be and no wider."""

import math

import numpy as np
import pytest
from scipy import stats

from erreichbar.lab.statistics import Method, TooFew, against_baseline, comparison, critical_value, mean_interval

EXPERIMENTS = 300


def draws(key: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=key))


def test_with_common_random_numbers_a_difference_is_surer_than_either_side() -> None:
    chance = draws(1)
    common = chance.standard_normal(100) * 10
    baseline, model = common + 50, common + 51 + chance.standard_normal(100) * 0.1
    [found] = against_baseline([model], baseline)
    assert found.holds(1.0)
    assert found.half_width < mean_interval(baseline).half_width / 50
    paired = stats.ttest_rel(model, baseline).confidence_interval()
    assert found.low <= paired.low < paired.high <= found.high
    assert found.half_width < 1.05 * (paired.high - paired.low) / 2, "longer only by what skewness there is by chance"


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("alike", [0.0, 0.9])
def test_all_intervals_hold_together_as_often_as_said(
    method: Method, alike: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A critical value found with fewer draws errs by 2 % to either side; over 300 experiments that evens out.
    monkeypatch.setattr(comparison, "DRAWS", 2_000)
    chance = draws(2)
    truth = np.arange(8.0)
    together = 0
    for _ in range(EXPERIMENTS):
        common = chance.standard_normal(30)
        noise = math.sqrt(alike) * common + math.sqrt(1 - alike) * chance.standard_normal((8, 30))
        found = against_baseline(truth[:, np.newaxis] + noise, np.zeros(30), method)
        together += all(interval.holds(value) for interval, value in zip(found, truth, strict=True))
    error = math.sqrt(0.95 * 0.05 * EXPERIMENTS)
    assert together >= 0.94 * EXPERIMENTS - 4 * error
    if method is Method.DUNNETT:
        assert together <= 0.97 * EXPERIMENTS + 4 * error


def test_dunnetts_value_is_that_of_independent_groups_of_one_size() -> None:
    """Against SciPy: three groups and a control, 16 each, 60 degrees of freedom, correlation 1/2."""
    chance = draws(3)
    groups = chance.standard_normal((4, 16))
    interval = stats.dunnett(*groups[1:], control=groups[0], random_state=1).confidence_interval()
    spread = math.sqrt(groups.var(axis=1, ddof=1).mean() * 2 / 16)
    theirs = float((interval.high - interval.low)[0] / 2 / spread)
    # 61 replications have 60 degrees of freedom; made so that the correlation is exactly one half.
    root = np.linalg.cholesky(np.full((3, 3), 0.5) + 0.5 * np.eye(3))
    independent = np.linalg.qr(np.column_stack([np.ones(61), chance.standard_normal((61, 3))]))[0][:, 1:]
    assert critical_value(root @ independent.T, Method.DUNNETT) == pytest.approx(theirs, rel=0.01)


def test_dunnett_is_never_wider_than_bonferroni_and_the_same_each_time() -> None:
    sample = draws(4).standard_normal((5, 40))
    dunnett = critical_value(sample, Method.DUNNETT)
    assert dunnett == critical_value(sample.copy(), Method.DUNNETT)
    assert critical_value(sample[:1], Method.DUNNETT) < dunnett < critical_value(sample, Method.BONFERRONI) * 1.005


def test_a_model_that_never_differs_has_an_interval_of_nothing() -> None:
    baseline = draws(5).standard_normal(20)
    for method in Method:
        same, other = against_baseline([baseline, baseline + draws(6).standard_normal(20)], baseline, method)
        assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)
        assert other.half_width > 0


def test_one_replication_compares_nothing() -> None:
    with pytest.raises(TooFew):
        against_baseline([[1.0]], [1.0])
    with pytest.raises(ValueError, match="finite"):
        against_baseline([[1.0, math.nan]], [1.0, 2.0])
