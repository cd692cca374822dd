"""The bell: a change wakes whoever waits, in every process, once it is committed and never before."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from erreichbar.centre import actions, bell, refs
from tests.house import House
from tests.typed import there

SOON_S = 30
"""For what must come: it comes at once, the rest is patience with the machine."""
A_WHILE_S = 0.2
"""For what must not come."""

WAITER = (
    "import sys; from erreichbar.site import boot; boot.django(sys.argv[1]); from erreichbar.centre import bell; "
    "ear = bell.listen(); print('hears', flush=True); print(ear.wait(60), flush=True); sys.stdin.read()"
)


@pytest.fixture
def run_folder(settings: Any, tmp_path: Path) -> Path:
    """A run folder so deep that the names of its sockets do not fit into an address."""
    folder = tmp_path / ("deep" * 20) / ("deeper" * 10)
    settings.RUN_FOLDER = folder
    return folder


def waiter(house: House, folder: Path) -> "subprocess.Popen[str]":
    """Let another process listen."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITER, house.address],
        env={**os.environ, "ERREICHBAR_RUN": str(folder)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert there(process.stdout).readline() == "hears\n"
    return process


def test_a_change_rings_once_it_is_committed(either_house: House, settings: Any, tmp_path: Path) -> None:
    settings.RUN_FOLDER = tmp_path
    with bell.listen() as ear:
        with transaction.atomic():
            either_house.arrives()
            assert not ear.wait(A_WHILE_S)
        assert ear.wait(SOON_S)
        assert not ear.wait(A_WHILE_S), "two changes, one ring"


def test_what_is_refused_or_rolled_back_does_not_ring(either_house: House, settings: Any, tmp_path: Path) -> None:
    settings.RUN_FOLDER = tmp_path
    with bell.listen() as ear:
        with pytest.raises(actions.NotFound):
            either_house.do(actions.QueueCall, call=refs.new_ref())
        with transaction.atomic():
            either_house.arrives()
            transaction.set_rollback(True)
        assert not ear.wait(A_WHILE_S)


def test_it_is_heard_in_other_processes(either_house: House, settings: Any, tmp_path: Path) -> None:
    settings.RUN_FOLDER = tmp_path
    others = [waiter(either_house, tmp_path) for _ in range(2)]
    try:
        either_house.arrives()
        assert [there(other.stdout).readline() for other in others] == ["True\n", "True\n"]
    finally:
        for other in others:
            other.kill()
            other.wait()


def test_everybody_hears_it_also_deep_down_in_the_folders(run_folder: Path) -> None:
    with bell.listen() as one, bell.listen() as other:
        assert len(str(run_folder / bell.FOLDER)) > 108
        bell.ring()
        assert one.wait(SOON_S)
        assert other.wait(SOON_S)


def test_a_ring_before_one_waits_is_not_lost(run_folder: Path) -> None:
    with bell.listen() as ear:
        bell.ring()
        assert ear.wait(0)


def test_ringing_never_waits_for_who_does_not_listen(run_folder: Path) -> None:
    with bell.listen() as ear:
        for _ in range(2_000):
            bell.ring()
        assert ear.wait(SOON_S)
        assert not ear.wait(0)


def test_nobody_there_is_no_fault(run_folder: Path) -> None:
    bell.ring()
    bell.listen().close()
    bell.ring()
    assert list((run_folder / bell.FOLDER).iterdir()) == []


def test_what_a_killed_process_left_is_cleared_away(file_house: House, settings: Any, tmp_path: Path) -> None:
    settings.RUN_FOLDER = tmp_path
    killed = waiter(file_house, tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert len(list((tmp_path / bell.FOLDER).iterdir())) == 1
    bell.ring()
    assert list((tmp_path / bell.FOLDER).iterdir()) == []


def test_tasks_go_on_while_one_waits(run_folder: Path) -> None:
    async def waits() -> list[bool]:
        with bell.listen() as ear:
            first = await ear.wait_async(A_WHILE_S)
            threading.Timer(A_WHILE_S, bell.ring).start()
            second, _ = await asyncio.gather(ear.wait_async(SOON_S), asyncio.sleep(0))
            return [first, second]

    assert asyncio.run(waits()) == [False, True]
