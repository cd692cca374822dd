"""Children are started again, end with their parent, and a port in use is told plainly."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from erreichbar.site.supervise import Child, PortInUse, listen


def until(condition: Callable[[], bool], seconds: float = 120.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=f"127.0.0.1:{port} .* --port"):
            listen("127.0.0.1", port)


def test_a_killed_child_is_started_again() -> None:
    child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])
    child.start()
    assert child.process
    first = child.process.pid
    try:
        os.kill(first, signal.SIGKILL)

        def again() -> bool:
            child.tend()
            return child.process is not None and child.process.pid != first

        assert until(again)
    finally:
        child.process.kill()
        child.process.wait()


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "child.pid"
    body = (
        "import os, time; from pathlib import Path; from erreichbar.site.supervise import end_with_parent; "
        f"end_with_parent(); Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import sys, time; from erreichbar.site.supervise import Child; Child('c', [sys.executable, '-c', {body!r}]).start(); time.sleep(60)",
        ]
    )
    assert until(lambda: note.exists() and note.read_text() != "")
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    assert until(lambda: not Path(f"/proc/{note.read_text()}").exists() or _zombie(int(note.read_text())))


def _zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1].startswith("Z")
    except FileNotFoundError:
        return True
