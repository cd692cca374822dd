"""Playing a history from its beginning to its end."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from erreichbar.centre import refs
from erreichbar.post import outbox
from erreichbar.record.words import SeatState
from tests.histories import steps
from tests.histories.history import AGENTS, History
from tests.histories.holds import due_moments_stay, holds, is_over
from tests.house import House

STARTS = (
    "2026-03-05T08:10:00+01:00",
    "2026-03-06T15:30:00+01:00",
    "2026-03-27T16:00:00+01:00",
    "2026-10-23T11:00:00+02:00",
)
"""A Thursday morning, a Friday afternoon, and the Fridays before both changes of hour."""
AT_FIRST, STEPS = 4, 14
"""So many tickets are there at first, and so many things happen then."""


class Untrue(AssertionError):
    """What must hold does not; tells what happened until then."""


def play(house: House, seed: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """Play a history in an empty house, which is empty again afterwards. Raises ``Untrue``."""
    with transaction.atomic(), refs.seeded(seed):
        house.clock.moment = datetime.fromisoformat(STARTS[seed % len(STARTS)])
        shutil.rmtree(folder / "spool", ignore_errors=True)  # what the history before this one left there
        history = History(house, seed, folder / "spool")
        monkeypatch.setattr(outbox, "ways", history.post.ways)
        try:
            for user in AGENTS:
                history.floor.seat_wants(user, SeatState.READY)
            for _ in range(AT_FIRST):
                history.does([steps.a_matter_without_a_call])
            for _ in range(STEPS):
                history.goes_on(steps.STEPS)
                due_moments_stay(history)
                holds(history)
            is_over(history)
        except Exception as error:
            raise Untrue(f"{history.story()}\n{type(error).__name__}: {error}") from error
        finally:
            transaction.set_rollback(True)
    return history
