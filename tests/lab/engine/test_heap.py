"""The heap gives back what was put in, in order."""

import random

import numpy as np

from erreichbar.lab.engine.heap import drop, first_key, push, second_key


def test_entries_come_out_by_moment_kind_and_id() -> None:
    chance = random.Random(1)
    known: list[tuple[int, int]] = []
    heap, size = np.zeros((4_000, 2), dtype=np.int64), 0
    for _ in range(20_000):
        if known and (chance.random() < 0.45 or size == 4_000):
            known.sort()
            assert (heap[0, 0], heap[0, 1]) == known.pop(0)
            size = drop(heap, size)
        else:
            # Few moments, kinds and ids, so that all of them are often the same.
            first = first_key(chance.randrange(40), chance.randrange(6))
            second = second_key(chance.randrange(5), chance.randrange(12), chance.randrange(3))
            known.append((first, second))
            size = push(heap, size, first, second)
        assert size == len(known)


def test_the_largest_moments_and_ids_still_fit() -> None:
    assert 0 < first_key(2**59, 5) < first_key(2**59 + 1, 0) < 2**63
    assert 0 < second_key(2**36 - 1, 11, 2**22 - 1) < 2**63
    assert second_key(7, 3, 2**22 - 1) < second_key(7, 4, 0) < second_key(8, 0, 0)
