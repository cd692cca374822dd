"""Loss, delay, priorities and limits against published tables and against each other."""

import math

import numpy as np
import pytest

from erreichbar.lab.closed_forms import (
    Unstable,
    Waiting,
    erlang_b,
    erlang_c,
    garnett,
    halfin_whitt,
    log_erlang_b,
    non_preemptive,
    preemptive_resume,
)


@pytest.mark.parametrize(("servers", "load"), [(10, 4.46), (50, 37.9), (100, 84.1)])
def test_the_published_loads_at_one_percent_loss(servers: int, load: float) -> None:
    assert erlang_b(servers, load) == pytest.approx(0.01, abs=1e-4)


def test_loss_is_the_last_state_of_a_truncated_poisson_law() -> None:
    for servers, load in ((1, 0.3), (5, 9.0), (30, 20.0)):
        terms = [load**k / math.factorial(k) for k in range(servers + 1)]
        assert erlang_b(servers, load) == pytest.approx(terms[-1] / sum(terms), rel=1e-12)


def test_the_logarithm_goes_on_where_the_number_is_too_small() -> None:
    for servers, load in ((0, 1.0), (3, 2.0), (3, 2000.0), (100, 84.1), (1000, 700.0)):
        assert log_erlang_b(servers, load) == pytest.approx(math.log(erlang_b(servers, load)), rel=1e-9)
    # By the recursion in logarithms, where a·B has long become nothing beside n.
    steps = [math.log(5_000.0) - math.log(n) for n in range(8_001, 10_001)]
    assert log_erlang_b(10_000, 5_000.0) == pytest.approx(log_erlang_b(8_000, 5_000.0) + sum(steps), rel=1e-12)
    assert log_erlang_b(0, 0.0) == 0
    assert log_erlang_b(4, 0.0) == -math.inf


def test_delay_with_one_server_is_the_load() -> None:
    assert erlang_c(1, 0.7) == pytest.approx(0.7)
    assert erlang_c(4, 0.0) == 0


def test_impossible_queues_are_refused() -> None:
    for formula, servers, load in ((erlang_b, -1, 1.0), (erlang_b, 1, -1.0), (erlang_c, 2, math.nan)):
        with pytest.raises(ValueError, match="no queue"):
            formula(servers, load)
    with pytest.raises(Unstable):
        erlang_c(3, 3.0)


RATES = (0.2, 0.6, 1.2)


def test_interruption_with_one_doctor() -> None:
    """Hillier, Lieberman: Introduction to Operations Research, three classes of patients, μ = 3."""
    assert preemptive_resume(RATES, 3.0, 1) == pytest.approx([0.02381, 0.15368, 1.03030], abs=5e-6)


def test_precedence_without_interruption() -> None:
    """The same book, the same patients: 0.238, 0.325 and 0.889 hours with s = 1; here the formula's own digits."""
    assert non_preemptive(RATES, 3.0, 1) == pytest.approx([5 / 21, 25 / 77, 10 / 11], rel=1e-12)
    two = non_preemptive(RATES, 3.0, 2)
    assert two == pytest.approx([0.0287, 0.0331, 0.0481], abs=1e-3)


@pytest.mark.parametrize("servers", [1, 2, 7])
def test_who_goes_first_changes_who_waits_but_not_how_much_all_wait(servers: int) -> None:
    """With one service rate the number waiting is the same whatever the order (conservation, Kleinrock 1965)."""
    rates = [0.2 * servers, 0.6 * servers, 1.2 * servers]
    total = Waiting(sum(rates), 3.0, servers).mean_queue
    for rule in (non_preemptive, preemptive_resume):
        waits = rule(rates, 3.0, servers)
        assert float(np.dot(waits, rates)) == pytest.approx(total, rel=1e-12)
        assert waits == sorted(waits)


def test_one_class_is_the_queue_itself() -> None:
    for rule in (non_preemptive, preemptive_resume):
        assert rule([2.0], 3.0, 2) == pytest.approx([1 / 24])


def test_too_many_classes_are_unstable() -> None:
    for rule in (non_preemptive, preemptive_resume):
        with pytest.raises(Unstable):
            rule([1.0, 1.0, 1.0], 3.0, 1)


@pytest.mark.parametrize("slack", [0.2, 1.0, 2.0])
def test_halfin_and_whitts_limit_is_approached(slack: float) -> None:
    errors = []
    for servers in (100, 1_000, 10_000):
        # n = a + slack √a, solved for a.
        root = (-slack + math.sqrt(slack * slack + 4 * servers)) / 2
        errors.append(abs(erlang_c(servers, root * root) - halfin_whitt(slack)))
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 0.005


@pytest.mark.parametrize("slack", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("impatience", [0.2, 1.0, 5.0])
def test_garnetts_limit_is_approached(slack: float, impatience: float) -> None:
    root = (-slack + math.sqrt(slack * slack + 4 * 10_000)) / 2
    queue = Waiting(root * root, 1.0, 10_000, impatience)
    assert queue.p_wait == pytest.approx(garnett(slack, impatience), abs=0.005)


def test_limits_are_asked_only_where_they_exist() -> None:
    with pytest.raises(ValueError, match="slack"):
        halfin_whitt(0.0)
    with pytest.raises(ValueError, match="halfin_whitt"):
        garnett(1.0, 0.0)
    # With hardly any impatience the one is the limit of the other.
    assert garnett(0.5, 1e-9) == pytest.approx(halfin_whitt(0.5), abs=1e-4)
