"""Playing a history from its beginning to its end."""

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

AT_FIRST, STEPS = 4, 14
"""So many tickets are there at first, and so many things happen then."""


class Untrue(AssertionError):
    """What must hold does not; tells what happened until then."""


def play(house: House, seed: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """Play a history in an empty house, which is empty again afterwards. Raises ``Untrue``."""
    with transaction.atomic(), refs.seeded(seed):
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
