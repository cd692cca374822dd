"""The floor as a process: one thread that takes line events, commands and what is due, one after the other."""

import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime

from erreichbar.centre import queries
from erreichbar.centre.actions import TakeSteps, TendTickets
from erreichbar.centre.actions.steps import any_due
from erreichbar.centre.bell import Bell
from erreichbar.telephone.adopt import adopt
from erreichbar.telephone.agenda import to_ms
from erreichbar.telephone.floor import Floor
from erreichbar.telephone.line import LineEvent

log = logging.getLogger(__name__)

HEARTBEAT_S = 1.0
"""Even when nobody rings the bell, commands and the spool are looked at this often (real seconds)."""


MINUTE_MS = 60_000


class Heart:
    """The loop of a floor process.

    ``speed`` is how many seconds of the office pass in one real second; ``begin`` is called once the floor has found its
    way into what goes on.
    """

    def __init__(
        self,
        floor: Floor,
        now: Callable[[], datetime],
        bell: Bell,
        speed: float = 1.0,
        begin: Callable[[], object] = lambda: None,
    ) -> None:
        self._floor = floor
        self._now = now
        self._bell = bell
        self._speed = speed
        self._begin = begin
        self._tended = self._begun = -1
        self._parts = 0
        self._inbox: queue.SimpleQueue[LineEvent | None] = queue.SimpleQueue()
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Let ``beat`` return. Safe in a signal handler."""
        self._stopping.set()
        self._inbox.put(None)

    def beat(self) -> None:
        """Run until ``stop``."""
        threading.Thread(target=self._listen, name="bell", daemon=True).start()
        self._floor.line.start(self._inbox.put)
        adopt(self._floor)
        self._begin()
        try:
            while not self._stopping.is_set():
                self._once()
        finally:
            self._floor.line.stop()

    def tend(self) -> None:
        """Do what is due now, once in each minute of the office's time; not before what waits in the spool.

        What is due after a long stop is done in parts, one each time, so that nobody's call waits for it.
        """
        now = self._now()
        minute, parts, self._parts = to_ms(now) // MINUTE_MS, self._parts, 0
        if not self._floor.book.waiting:
            if minute != self._begun:
                TendTickets(key=f"floor.tend.{minute}", at=now).run()
                self._begun, parts = minute, 0
            else:
                TakeSteps(key=f"floor.steps.{minute}.{parts}", at=now).run()
            if any_due(now):
                self._parts = parts + 1
                return
        self._tended = minute

    def _listen(self) -> None:
        while not self._stopping.is_set():
            if self._bell.wait(HEARTBEAT_S):
                self._inbox.put(None)

    def _once(self) -> None:
        event: LineEvent | None = None
        try:
            event = self._inbox.get(timeout=self._patience())
        except queue.Empty:
            self._floor.book.replay()
            self._guard(self._renew_model, "the access model")
        # One fault must not take the telephone away from everybody else.
        if event is not None:
            self._guard(lambda: self._floor.tell(event), type(event).__name__)
        self._guard(self._floor.obey, "a command")
        while (due := self._floor.agenda.next()) is not None and due <= to_ms(self._now()):
            entry = self._floor.agenda.pop()
            if entry.act is not None:
                self._guard(entry.act, entry.kind.name)
                self._guard(self._floor.obey, "a command")

        if to_ms(self._now()) // MINUTE_MS != self._tended:
            self._guard(self.tend, "what is due now")

    def _renew_model(self) -> None:
        """Work by the access model that is in force now; somebody may have adopted another."""
        self._floor.model = queries.model_in_force()

    def _patience(self) -> float:
        if self._parts:
            return 0.0
        due = self._floor.agenda.next()
        if due is None:
            return HEARTBEAT_S
        return min(HEARTBEAT_S, max(0.0, (due - to_ms(self._now())) / 1000 / self._speed))

    def _guard(self, act: Callable[[], None], what: str) -> None:
        try:
            act()
        except Exception:
            log.exception("The floor failed at %s and goes on.", what)
