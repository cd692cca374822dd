"""M/M/n and M/M/n+M against published figures, a brute-force solution of the balance equations, and their own limits."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import integrate

from erreichbar.lab.closed_forms import BirthDeath, Unstable, Waiting, erlang_c

QUEUES = [
    Waiting(1 / 3, 1 / 240, 80, 1 / 180),
    Waiting(1 / 3, 1 / 240, 60, 1 / 180),
    Waiting(0.2, 1 / 240, 55),
    Waiting(2.0, 3.0, 1),
    Waiting(2.0, 3.0, 2, 0.1),
    Waiting(5.0, 1.0, 3, 2.0),
]


def balance(queue: Waiting, states: int) -> NDArray[np.float64]:
    """Solve π G = 0, Σ π = 1 as linear equations, knowing nothing of products or logarithms."""
    generator = np.zeros((states, states))
    for k in range(states):
        if k + 1 < states:
            generator[k, k + 1] = queue.arrival_rate
        if k:
            waiting = max(0, k - queue.servers)
            generator[k, k - 1] = min(k, queue.servers) * queue.service_rate + waiting * queue.abandon_rate
        generator[k, k] = -generator[k].sum()
    # One of the balance equations follows from the others; in its place stands that the probabilities sum to 1.
    generator[:, -1] = 1.0
    return np.linalg.solve(generator.T, np.array([0.0] * (states - 1) + [1.0]))


def test_the_case_of_eighty_agents() -> None:
    queue = Waiting(1200 / 3600, 1 / 240, 80, 1 / 180)
    assert queue.p_abandon == pytest.approx(0.0477477, abs=5e-8)
    assert queue.mean_wait == pytest.approx(8.59, abs=5e-3)
    assert queue.p_wait == pytest.approx(0.480125, abs=5e-7)


def test_erlang_c_with_fifty_five_agents() -> None:
    queue = Waiting(0.2, 1 / 240, 55)
    assert queue.p_wait == pytest.approx(0.2387, abs=5e-5)
    assert queue.mean_wait == pytest.approx(8.184, abs=5e-4)
    assert 1 - queue.p_wait_over(15) == pytest.approx(0.8459, abs=5e-5)


def test_the_county_hospital() -> None:
    """Hillier, Lieberman: Introduction to Operations Research, the emergency room with one and with two doctors."""
    one, two = Waiting(2, 3, 1), Waiting(2, 3, 2)
    assert one.mean_wait == pytest.approx(2 / 3)
    assert one.mean_queue + one.load == pytest.approx(2)
    assert two.mean_wait == pytest.approx(1 / 24)
    assert two.mean_queue + two.load == pytest.approx(3 / 4)


@pytest.mark.parametrize("queue", QUEUES)
def test_every_figure_is_that_of_the_balance_equations(queue: Waiting) -> None:
    law = balance(queue, 300)
    waiting = np.maximum(0, np.arange(300) - queue.servers)
    busy = np.minimum(np.arange(300), queue.servers)
    assert queue.p_wait == pytest.approx(law[queue.servers :].sum(), rel=1e-9)
    assert queue.mean_queue == pytest.approx(law @ waiting, rel=1e-9)
    assert queue.p_abandon == pytest.approx(queue.abandon_rate * (law @ waiting) / queue.arrival_rate, rel=1e-9)
    assert queue.occupancy == pytest.approx(law @ busy / queue.servers, rel=1e-9)


@pytest.mark.parametrize("queue", QUEUES)
@pytest.mark.parametrize("time", [0.1, 1.0, 20.0])
def test_tails_of_the_offered_wait_are_those_of_a_chain_that_only_falls(queue: Waiting, time: float) -> None:
    """Ahead of somebody who never hangs up: her place falls at rate nμ + iθ; the chance not to be served yet by ``time``."""
    law = balance(queue, 300)
    places = 300 - queue.servers
    falls = queue.servers * queue.service_rate + np.arange(places) * queue.abandon_rate
    # By uniformisation: a Poisson number of steps, each of which falls or stays.
    pace = float(falls.max())
    here = law[queue.servers :].copy()
    over, steps = 0.0, 0
    while steps < pace * time + 12 * math.sqrt(pace * time) + 60:
        over += math.exp(steps * math.log(pace * time) - pace * time - math.lgamma(steps + 1)) * here.sum()
        down = here * falls / pace
        here = here - down + np.append(down[1:], 0.0)
        steps += 1
    assert queue.p_offered_wait_over(time) == pytest.approx(over, rel=1e-7, abs=1e-10)
    assert queue.p_wait_over(time) == pytest.approx(math.exp(-queue.abandon_rate * time) * over, rel=1e-7, abs=1e-10)


@pytest.mark.parametrize("queue", QUEUES)
def test_the_mean_wait_is_the_area_under_its_tail(queue: Waiting) -> None:
    times = np.linspace(0, 60 * max(queue.mean_wait, 0.01), 601)
    tail = [queue.p_wait_over(time) for time in times]
    assert integrate.simpson(tail, x=times) == pytest.approx(queue.mean_wait, rel=1e-3)


def test_the_conditional_tail_of_erlang_c_is_exponential() -> None:
    queue = Waiting(0.2, 1 / 240, 55)
    for time in (1.0, 15.0, 100.0):
        assert queue.p_wait_over(time) == pytest.approx(queue.p_wait * math.exp(-(55 / 240 - 0.2) * time), rel=1e-9)


def test_where_nobody_loses_patience_it_is_erlang_c() -> None:
    never, hardly = Waiting(0.2, 1 / 240, 55), Waiting(0.2, 1 / 240, 55, 1e-12)
    assert never.p_wait == pytest.approx(erlang_c(55, 48), rel=1e-12)
    assert hardly.p_wait == pytest.approx(never.p_wait, rel=1e-6)
    assert hardly.mean_wait == pytest.approx(never.mean_wait, rel=1e-6)
    assert hardly.p_wait_over(15) == pytest.approx(never.p_wait_over(15), rel=1e-6)


def test_where_patience_is_as_long_as_service_the_number_is_poisson() -> None:
    queue = Waiting(5.0, 0.5, 8, 0.5)
    law = queue.process().stationary()
    poisson = [math.exp(-10 + k * math.log(10) - math.lgamma(k + 1)) for k in range(len(law))]
    assert law == pytest.approx(np.array(poisson), abs=1e-12)
    assert queue.p_wait == pytest.approx(sum(poisson[8:]), rel=1e-10)


def test_ten_thousand_agents_are_calculated_without_overflow() -> None:
    for load in (100.0, 5_000.0, 9_900.0, 10_000.0, 15_000.0):
        for patience in (0.01, 1.0, 1000.0):
            queue = Waiting(load, 1.0, 10_000, 1 / patience)
            law = queue.process().stationary()
            assert queue.p_wait == pytest.approx(law[10_000:].sum(), abs=1e-9)
            assert queue.occupancy == pytest.approx(law @ np.minimum(np.arange(len(law)), 10_000) / 10_000, rel=1e-9)
            assert 0 <= queue.p_wait_over(0.01) <= queue.p_wait
    # Far more come than can be served: all but those served hang up.
    assert Waiting(15_000.0, 1.0, 10_000, 1e-3).p_abandon == pytest.approx(1 / 3, rel=1e-9)


def test_more_work_than_servers_is_called_unstable_unless_people_hang_up() -> None:
    with pytest.raises(Unstable):
        Waiting(1.0, 1.0, 1)
    with pytest.raises(Unstable):
        Waiting(3.0, 1.0, 2)
    assert Waiting(3.0, 1.0, 2, 0.5).p_abandon > 0.3


@pytest.mark.parametrize("rates", [(0, 1, 1, 0), (1, 0, 1, 0), (1, 1, 0, 1), (1, 1, 1, -1), (math.nan, 1, 1, 1)])
def test_what_is_no_queue_is_refused(rates: tuple[float, float, int, float]) -> None:
    with pytest.raises(ValueError, match="no queue"):
        Waiting(*rates)


def test_how_long_a_simulation_must_be_is_known_for_one_server() -> None:
    """Whitt: Planning queueing simulations, Management Science 35 (1989), for the number in M/M/1 with μ = 1."""
    for load in (0.5, 0.8, 0.9):
        chain = Waiting(load, 1.0, 1).process()
        number = np.arange(len(chain.births), dtype=float)
        assert chain.variance_constant(number) == pytest.approx(2 * load * (1 + load) / (1 - load) ** 4, rel=1e-6)


def test_poissons_equation_is_solved() -> None:
    queue = Waiting(1 / 3, 1 / 240, 80, 1 / 180)
    chain = queue.process()
    cost = np.maximum(0.0, np.arange(len(chain.births)) - 80)
    steps = np.append(chain.steps(cost), 0.0)
    up, down = chain.births * steps, chain.deaths * np.append([0.0], steps[:-1])
    # Where the queue is at all likely: A V = mean − cost.
    likely = slice(30, 150)
    assert (up - down)[likely] == pytest.approx((queue.mean_queue - cost)[likely], abs=1e-6)


def test_rates_that_do_not_fit_are_refused() -> None:
    for births, deaths in (([1.0], [0.0, 1.0]), ([0.0, 1.0], [0.0, 1.0]), ([1.0, 1.0], [0.0, 0.0])):
        with pytest.raises(ValueError, match="rate"):
            BirthDeath(np.array(births), np.array(deaths))
