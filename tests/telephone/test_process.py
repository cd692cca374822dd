"""The floor as a process: what is due now is done once a minute, and never before what waits in the spool."""

from datetime import timedelta
from typing import Any, cast

import pytest

from erreichbar.centre.actions import steps
from erreichbar.centre.bell import Bell
from erreichbar.centre.models import ActionKey, Ticket, TimeTaken, User
from erreichbar.telephone.process import Heart
from tests.copies import copies
from tests.telephone.test_floor import ticket_of


def tended() -> int:
    return ActionKey.objects.filter(action="TendTickets").count()


def test_what_is_due_now_is_done_once_a_minute(scene: Any) -> None:
    heart = Heart(scene.floor, scene.clock.now, cast(Bell, None))
    start = scene.clock.now()
    TimeTaken.objects.create(
        user=User.objects.get(username="lange"), start=start, end=start + timedelta(minutes=1), kind="absent"
    )
    heart.tend()
    heart.tend()
    assert (tended(), TimeTaken.objects.count()) == (1, 1)
    scene.passes(60)
    heart.tend()
    assert (tended(), TimeTaken.objects.count()) == (2, 0)


def test_after_a_long_stop_a_call_waits_for_a_part_of_it_at_most(scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST", 2)
    heart = Heart(scene.floor, scene.clock.now, cast(Bell, None))
    copies(ticket_of(scene).ref, 4)
    scene.passes(10 * 24 * 3600)
    left = []
    for _ in range(4):
        heart.tend()
        left.append(Ticket.objects.exclude(next_step=None).count())
    assert left == [3, 1, 0, 0]
    assert tended() == 1


def test_not_before_what_waits_in_the_spool(scene: Any) -> None:
    heart = Heart(scene.floor, scene.clock.now, cast(Bell, None))
    (scene.folder / "spool.jsonl").write_text("")
    heart.tend()
    assert tended() == 0
