"""Two processes, one start: keep ``web`` (any number) and ``floor`` (one) running until told to stop."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

GRACE_S = 10
"""How long a process may take to end by itself."""
LOOK_S = 1
"""How often to look after the processes; one that ends is noticed at once."""


class PortInUse(RuntimeError):
    """Another program listens where we were to listen."""


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket that web processes inherit, so a restart of web refuses nobody.

    Raises ``PortInUse`` with what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"{host}:{port} cannot be used ({error.strerror}). Another program may be listening there; "
            "end it, or choose another port with --port."
        ) from None
    listener.listen(256)
    listener.set_inheritable(True)
    return listener


@dataclass
class Child:
    """A process that is started again when it ends."""

    name: str
    command: list[str]
    descriptors: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = field(default=0.0)

    def start(self) -> None:
        # The child ends when this pipe closes, so none outlives a supervisor that was killed.
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, pass_fds=self.descriptors)
        self.started = time.monotonic()

    def tend(self) -> None:
        """Start the process again if it has ended, ever more patiently if it ends at once each time."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        self.failures = 0 if lived > 10 else self.failures + 1
        pause = min(5.0, 0.1 * 2**self.failures)
        if lived < pause:
            return
        log.warning("%s ended (code %s) and is started again.", self.name, self.process.returncode)
        self.start()


def supervise(listener: socket.socket, web: int, floor_arguments: list[str] | None) -> None:
    """Run until SIGINT or SIGTERM. ``floor_arguments`` none: no telephone."""
    fd = listener.fileno()
    children = [
        Child(f"web {n + 1}", [sys.executable, "-m", "erreichbar.site.web", str(fd)], (fd,)) for n in range(web)
    ]
    if floor_arguments is not None:
        children.append(Child("floor", [sys.executable, "-m", "erreichbar.site.floor", *floor_arguments]))
    stopping, awake = threading.Event(), threading.Event()

    def stop(*_: object) -> None:
        stopping.set()
        awake.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    signal.signal(signal.SIGCHLD, lambda *_: awake.set())
    for child in children:
        child.start()
    while not stopping.is_set():
        awake.wait(LOOK_S)
        awake.clear()
        for child in children:
            child.tend()
    for child in children:
        if child.process:
            child.process.terminate()
    end = time.monotonic() + GRACE_S
    for child in children:
        if child.process:
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()


def end_with_parent() -> None:
    """End this process when the supervisor is gone. For the children's main modules."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
