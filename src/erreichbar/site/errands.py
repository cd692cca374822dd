"""What must wait for the network, beside the floor: it is done in a thread of its own, so that no caller waits for it."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import close_old_connections, connection

log = logging.getLogger(__name__)

PAUSE_S = 20.0
"""How long the errands rest between two rounds (real seconds)."""
Errand = Callable[[datetime], object]


class Errands:
    """A thread that runs errands, one after the other, round by round. Each is to look itself for what is due."""

    def __init__(self, errands: Mapping[str, Errand], now: Callable[[], datetime], pause_s: float = PAUSE_S) -> None:
        self._errands = errands
        self._now = now
        self._pause_s = pause_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._rounds, name="errands", daemon=True)

    def start(self) -> None:
        """Begin with the first round."""
        self._thread.start()

    def stop(self) -> None:
        """Let no other errand begin. One that waits for the network ends with the process."""
        self._stopping.set()

    def run(self) -> None:
        """Run every errand once. One that fails does not keep the others."""
        for name, errand in self._errands.items():
            if self._stopping.is_set():
                return
            try:
                errand(self._now())
            except Exception:
                log.exception("The errand %s failed and is tried again.", name)

    def _rounds(self) -> None:
        try:
            while not self._stopping.is_set():
                close_old_connections()
                self.run()
                self._stopping.wait(self._pause_s)
        finally:
            connection.close()
