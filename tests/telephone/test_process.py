"""The floor as a process: what is due now is done once a minute, and never before what waits in the spool."""

from datetime import timedelta
from typing import Any, cast

from erreichbar.centre.bell import Bell
from erreichbar.centre.models import ActionKey, TimeTaken, User
from erreichbar.telephone.process import Heart


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


def test_not_before_what_waits_in_the_spool(scene: Any) -> None:
    heart = Heart(scene.floor, scene.clock.now, cast(Bell, None))
    (scene.folder / "spool.jsonl").write_text("")
    heart.tend()
    assert tended() == 0
