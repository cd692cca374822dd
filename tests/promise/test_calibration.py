"""What is called probable comes as often: in every tenth, on an office that follows the model. One that does not is seen."""

import pytest

from tests.promise.calibration import OFFICES, PARTS, Outcome, brier, play, tenths

FAR = 4.0
"""So many standard deviations of a binomial draw are too many: one in 16,000 by chance."""


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return play(desks=900, futures=300, seed=3)


@pytest.mark.parametrize("part", range(3), ids=PARTS)
def test_what_is_called_probable_comes_as_often(outcome: Outcome, part: int) -> None:
    for tenth in tenths(outcome, "model", part):
        assert tenth is not None
        assert tenth.number >= 100
        assert abs(tenth.deviations) < FAR, tenth


@pytest.mark.parametrize("office", sorted(OFFICES.keys() - {"model"}))
def test_an_office_that_does_not_follow_the_model_is_seen(outcome: Outcome, office: str) -> None:
    assert max(abs(tenth.deviations) for tenth in tenths(outcome, office, 0) if tenth) > 2 * FAR


@pytest.mark.parametrize("office", OFFICES)
def test_the_forecast_is_better_than_the_base_rate(outcome: Outcome, office: str) -> None:
    for part in range(3):
        ours, base = brier(outcome, office, part)
        assert ours < base, PARTS[part]


def test_where_all_came_alike_the_base_rate_is_not_divided_by(outcome: Outcome) -> None:
    alike = Outcome(outcome.said, {"model": outcome.came["model"] * 0 + 1}, outcome.futures)
    ours, base = brier(alike, "model", 0)
    assert base == 0 < ours
