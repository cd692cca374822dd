"""The chances of fixed tickets are what they were: digests of every probability, to the last digit."""

import hashlib
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from erreichbar.office.periods import Periods, joined
from erreichbar.promise.forecast import Habits, Lasting, OpenTicket, chances

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def office(case: int, rows: int, futures: int) -> str:
    """Return a digest of the chances of ``rows`` tickets on three desks, of all kinds there are."""
    random = np.random.default_rng(case)

    def minutes(low: float, high: float) -> timedelta:
        return float(random.uniform(low, high)) * MINUTE

    tickets = []
    for number in range(rows):
        tried = int(random.integers(0, 4)) if random.random() < 0.4 else 0
        # Asked about a moment of the past, the last attempt may lie after it.
        last = NOW + minutes(-300, 20) if tried else None
        tickets.append(
            OpenTicket(
                f"t{number}", [None, "a", "a", "b", "c"][random.integers(0, 5)], "xyz"[random.integers(0, 3)],
                NOW + minutes(-60, 3000), tried, last, bool(tried), bool(tried) and random.random() < 0.3,
                random.random() < 0.1,
            )
        )  # fmt: skip
    free: dict[str, Periods] = {
        person: joined((start, start + minutes(5, 200)) for start in [NOW + minutes(-300, 3500) for _ in range(9)])
        for person in "abc"
    }
    habits = Habits(
        answers=float(random.uniform(0.1, 0.9)), settles=float(random.uniform(0.1, 0.9)), talk=Lasting(4, 7),
        talk_by_reason={"y": Lasting(15, 25), "z": Lasting(5, 5)}, pause=minutes(1, 200),
        share=float(random.uniform(0.05, 1)), attempts=int(random.integers(1, 5)),
    )  # fmt: skip
    found = chances(tickets, free, NOW, habits, reserved=["b"], futures=futures, seed=case)
    return hashlib.sha256("\n".join(f"{ref} {one!r}" for ref, one in found.items()).encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("case", "rows", "futures", "digest"),
    [
        (1, 1, 50, "27518b5fb1278f1a"),
        (2, 5, 1, "9fc51e88406fa4af"),
        (3, 12, 200, "2779fa3b3e21217d"),
        (4, 40, 37, "32f311eaa15bc350"),
        (5, 90, 100, "6905dc437192fa29"),
        (6, 250, 64, "813a3eb8967ce015"),
        (7, 400, 200, "314654eb6bff90f0"),
        (8, 60, 1000, "62820a23c81a5b50"),
        (9, 30, 500, "04c43bb3f4fa3ef7"),
        (10, 700, 30, "d61b1e70fe518427"),
        (11, 25, 333, "8fa014dd887c6ba3"),
        (12, 25, 333, "03ca4fdc5066023a"),
    ],
)
def test_the_chances_are_what_they_were(case: int, rows: int, futures: int, digest: str) -> None:
    assert office(case, rows, futures) == digest
