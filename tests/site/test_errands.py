"""Errands: round by round, none keeps the others."""

import threading
from datetime import UTC, datetime

import pytest

from erreichbar.site.errands import Errands

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)


def test_one_that_fails_does_not_keep_the_others(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[datetime] = []

    def fails(_: datetime) -> None:
        raise RuntimeError("no network")

    Errands({"post": fails, "calendars": seen.append}, lambda: NOW).run()
    assert seen == [NOW]
    assert "The errand post failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_it_goes_round_until_it_is_stopped() -> None:
    rounds = threading.Semaphore(0)
    errands = Errands({"count": lambda _: rounds.release()}, lambda: NOW, pause_s=0.01)
    errands.start()
    for _ in range(3):
        assert rounds.acquire(timeout=30)
    errands.stop()
    errands._thread.join(timeout=30)
    assert not errands._thread.is_alive()
