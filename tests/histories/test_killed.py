"""Histories of a process that is really killed, with SIGKILL, on a database file; another goes on from file and spool alone."""

import os
import random
import shutil
import signal
import traceback
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from erreichbar import office as offices
from erreichbar.centre import clock, journal, refs
from erreichbar.centre.models import Message
from erreichbar.post import outbox
from tests.centre.conftest import on_file
from tests.histories import steps
from tests.histories.history import History
from tests.histories.holds import due_moments_stay, holds, is_over
from tests.histories.play import AT_FIRST, STARTS, Untrue
from tests.histories.world import Power
from tests.house import House, StandingClock

KILLED_WITHIN = 1500
"""So many points away at most is the end; a whole history has more."""
SOME, AFTERWARDS = 30, 4


class Plug(Power):
    """Power that really goes."""

    def goes(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A database file with the demo office in force and nothing else."""
    path = Path(tmp_path_factory.mktemp("killed")) / "erreichbar.sqlite3"
    with django_db_blocker.unblock(), on_file(path), clock.use(StandingClock()):
        call_command("migrate", verbosity=0)
        House(offices.demo(), StandingClock()).opens_for_business()
    return path


@pytest.fixture
def file(template: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A copy of it."""
    path = tmp_path / template.name
    for suffix in ("", ".head.json"):
        shutil.copy(f"{template}{suffix}", f"{path}{suffix}")
    with django_db_blocker.unblock():
        yield path


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(16))
def test_another_process_goes_on(
    file: Path, tmp_path: Path, standing: StandingClock, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    standing.moment = datetime.fromisoformat(STARTS[seed % len(STARTS)])
    if (child := os.fork()) == 0:
        is_killed(file, tmp_path, standing, monkeypatch, seed)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, (tmp_path / "fault").read_text()

    with on_file(file), refs.seeded(seed + 1000):
        standing.moment = max(standing.moment, journal.last_moment() or standing.moment) + timedelta(minutes=1)
        assert journal.verify().ok
        history = History(House(offices.demo(), standing), seed + 1000, tmp_path / "spool")
        monkeypatch.setattr(outbox, "ways", history.post.ways)
        history.post.taken.update(Message.objects.exclude(sent_at=None).values_list("ref", flat=True))
        try:
            history.passes(1)
            holds(history)
            for _ in range(AFTERWARDS):
                history.goes_on(steps.STEPS)
                due_moments_stay(history)
                holds(history)
            is_over(history)
        except Exception as error:
            raise Untrue(f"{history.story()}\n{type(error).__name__}: {error}") from error


def is_killed(file: Path, folder: Path, standing: StandingClock, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Play a history until the power goes. Never returns."""
    try:
        with on_file(file), refs.seeded(seed):
            history = History(House(offices.demo(), standing), seed, folder / "spool", power=Plug(), power_fails=0)
            monkeypatch.setattr(outbox, "ways", history.post.ways)
            for _ in range(AT_FIRST):
                history.does([steps.a_matter_without_a_call])
            history.power.left = random.Random(seed).randint(1, KILLED_WITHIN)
            for _ in range(SOME):
                history.goes_on(steps.STEPS)
    except BaseException:
        (folder / "fault").write_text(f"{history.story()}\n{traceback.format_exc()}")
    else:
        (folder / "fault").write_text("it came to its end")
    os._exit(1)
