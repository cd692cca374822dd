"""Our Asterisk as a process: start it, find it again, know that it is ready, stop it. By process id, never by name.

It is a process group of its own: calls go on when the floor ends, and the next floor finds it by what stands in the run folder.
"""

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from erreichbar.telephone.asterisk.install import Installed, NoAsterisk

NOTE = "asterisk.json"


@dataclass(frozen=True, slots=True)
class Running:
    """A process of ours. ``born`` is its start in clock ticks since boot: a process id alone may be somebody else's by now."""

    pid: int
    born: int
    ari_port: int

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return _born(self.pid) == self.born


def _born(pid: int) -> int | None:
    try:
        # The name in brackets may hold spaces and brackets itself; what follows the last one is fields 3 and on.
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in ("Z", "X") else int(fields[19])


def noted(run: Path) -> Running | None:
    """Return the Asterisk that was started in this run folder if it still runs."""
    try:
        running = Running(**json.loads((run / NOTE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return running if running.is_alive else None


def free_port() -> int:
    """Return a TCP port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(found: Installed, run: Path, ari_port: int) -> Running:
    """Start Asterisk with the configuration in ``run``, and note it there."""
    with (run / "log/console").open("ab") as console:
        process = subprocess.Popen(
            [str(found.program), "-C", str(run / "conf/asterisk.conf"), "-f", "-n"],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            cwd=run,
            start_new_session=True,
        )
    born = _born(process.pid)
    if born is None:
        raise _did_not_start(run)
    # Keep it from becoming a zombie that looks alive while we do.
    _children.append(process)
    running = Running(process.pid, born, ari_port)
    note = run / f".{NOTE}"
    note.write_text(json.dumps({"pid": running.pid, "born": born, "ari_port": ari_port}) + "\n", "utf-8")
    note.replace(run / NOTE)
    return running


_children: list[subprocess.Popen[bytes]] = []


def wait_until_ready(running: Running, run: Path, password: str, seconds: float = 60.0) -> None:
    """Return once ARI answers. Raises ``NoAsterisk`` if Asterisk ends or takes too long."""
    end = time.monotonic() + seconds
    while not answers(running.ari_port, password):
        if not running.is_alive or time.monotonic() > end:
            raise _did_not_start(run)
        time.sleep(0.05)


def answers(port: int, password: str) -> bool:
    """Whether ARI is there and takes our password."""
    return ask("GET", "asterisk/ping", port, password)[0] == 200


def reload(running: Running, password: str, modules: Iterable[str]) -> None:
    """Let modules read their configuration again. Calls are not touched."""
    for module in modules:
        ask("PUT", f"asterisk/modules/{module}", running.ari_port, password)


def ask(method: str, path: str, port: int, password: str, host: str = "127.0.0.1") -> tuple[int, Any]:
    """Ask ARI without a connection of one's own. Returns status and JSON; 0 if nobody answers, none without JSON."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    credentials = base64.b64encode(f"erreichbar:{password}".encode()).decode()
    try:
        connection.request(method, f"/ari/{path}", headers={"Authorization": f"Basic {credentials}"})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if answer.status == 200 and text else None
    except (OSError, http.client.HTTPException, ValueError):
        return 0, None
    finally:
        connection.close()


def stop(running: Running, seconds: float = 10.0) -> None:
    """End it: asked first, then forced."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not running.is_alive:
            break
        os.kill(running.pid, number)
        end = time.monotonic() + seconds
        while running.is_alive and time.monotonic() < end:
            time.sleep(0.02)
    for child in _children:
        child.poll()


def _did_not_start(run: Path) -> NoAsterisk:
    log = run / "log/messages"
    said = [line for line in log.read_text("utf-8", "replace").splitlines() if "ERROR" in line] if log.exists() else []
    last = said[-1] if said else "-"
    return NoAsterisk(
        f"Asterisk ist nicht gestartet (siehe {log}). Zuletzt: {last}",
        f"Asterisk did not start (see {log}). Last said: {last}",
    )
