"""Keyed draws: the published generator, the same bits compiled, evenly spread, streams apart."""

import random

import numpy as np
from scipy import stats

from erreichbar.traffic.draws import Stream, uniform
from tests.typed import compiled

_MASK = 2**64 - 1


def splitmix64(state: int) -> int:
    """Return the next output of SplitMix64, written from the paper with unsigned numbers."""
    z = (state + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


def keys(count: int) -> list[tuple[int, int, int, int, int]]:
    chance = random.Random(1)
    return [
        (
            chance.getrandbits(63),
            chance.getrandbits(31),
            chance.randrange(21),
            chance.getrandbits(62),
            chance.randrange(9),
        )
        for _ in range(count)
    ]


def test_the_reference_gives_the_published_first_numbers() -> None:
    assert splitmix64(0) == 0xE220A8397B1DCDAF
    assert splitmix64(1234567) == 6457827717110365317


def test_a_draw_is_the_chain_of_published_steps() -> None:
    for key in keys(2_000):
        z = 0
        for word in key:
            z = splitmix64(z ^ word)
        assert uniform(*key) == ((z >> 12) + 0.5) * 2.0**-52


def test_compiled_it_gives_the_same_bits() -> None:
    draw = compiled(uniform)
    for key in keys(5_000):
        assert draw(*key) == uniform(*key)


def test_draws_are_evenly_spread_along_citizens_and_along_their_calls() -> None:
    draw = compiled(uniform)
    for stream in Stream:
        along = [draw(1, 0, int(stream), citizen, 0) for citizen in range(20_000)]
        assert stats.kstest(along, "uniform").pvalue > 1e-5, stream
    assert stats.kstest([draw(1, 0, 0, 7, nth) for nth in range(20_000)], "uniform").pvalue > 1e-5


def test_streams_seeds_and_replications_are_apart() -> None:
    draw = compiled(uniform)
    rows = [(seed, rep, stream) for seed in (1, 2) for rep in (0, 1) for stream in range(len(Stream))]
    drawn = np.array([[draw(*row, citizen, 0) for citizen in range(4_000)] for row in rows])
    off_diagonal = np.corrcoef(drawn)[np.triu_indices(len(rows), 1)]
    assert np.abs(off_diagonal).max() < 6 / np.sqrt(4_000)


def test_streams_keep_their_numbers() -> None:
    names = "DAY GAP PERSON PERSON_NAME PERSON_BIRTH PERSON_NUMBER PERSON_LANGUAGE HOUSEHOLD MATTERS WITHHELD WINDOW PATIENCE"
    names += " TALK WRAP_UP SETTLES CALLS_AGAIN ANSWERS RINGS_BACK PICK_UP CASE_WORK CHANNEL GIVES_UP AFTER_MISSED"
    assert [(stream.name, stream.value) for stream in Stream][:23] == [
        (name, n) for n, name in enumerate(names.split())
    ]
