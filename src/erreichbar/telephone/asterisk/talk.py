"""What all calls have in common: an inbox of their own, so that orders and events of one call are dealt with one after the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from erreichbar.centre import clock
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import EndedBy
from erreichbar.telephone.asterisk.client import Json, Lost, Refused
from erreichbar.telephone.line import HungUp, LineEvent

if TYPE_CHECKING:
    from erreichbar.telephone.asterisk.exchange import Exchange

log = logging.getLogger(__name__)

Item = Callable[[], Awaitable[None]]

FAULTS = frozenset({27, 34, 38, 41, 42, 44, 47, 58, 102, 127})
"""Causes (Q.850) that mean the line failed, not a person: out of order, congestion, no circuit, timer expired, interworking."""
UNSAID = 0
"""The cause of a channel of which nobody said why it ended; so ends also a caller who simply hangs up."""


class End(NamedTuple):
    """Why a channel ended: its cause (Q.850), and the final answer of SIP if there was one, else 0."""

    cause: int
    status: int


LOST = End(41, 0)
"""The end of a channel that was gone when we looked again: temporary failure."""


class Talk:
    """A call that goes on. Subclasses know what its channels are for."""

    def __init__(self, exchange: Exchange, ref: Ref) -> None:
        self.exchange = exchange
        self.ari = exchange.ari
        self.ref = ref
        self.over = False
        self._inbox: asyncio.Queue[Item] = asyncio.Queue()
        self._timer: asyncio.TimerHandle | None = None
        self._task = asyncio.create_task(self._run(), name=f"call {ref}")

    # -- one thing after the other ----------------------------------------------------------------------------------

    def put(self, item: Item) -> None:
        """Have something done when everything before it is done."""
        self._inbox.put_nowait(item)

    async def _run(self) -> None:
        while not self.over:
            item = await self._inbox.get()
            try:
                await item()
            except Refused as refused:
                # A channel that has just hung up: its end is told by an event of its own.
                (log.info if refused.status in (404, 409, 412) else log.warning)("%s", refused)
            except Lost as lost:
                log.warning("%s", lost)
            except Exception:
                log.exception("A call failed at a step and goes on.")

    def tell(self, event: type[LineEvent], **more: Any) -> None:
        """Tell the floor."""
        self.exchange.tell(event(call=self.ref, at=clock.now(), **more))

    def in_time(self, seconds: float, item: Item) -> None:
        """Have something done later, unless it is called off. One timer a call."""
        self.call_off()
        self._timer = asyncio.get_running_loop().call_later(seconds, self.put, item)

    def call_off(self) -> None:
        """Call the timer off."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # -- what subclasses say ----------------------------------------------------------------------------------------

    async def started(self, channel: Json) -> None:
        """A channel of ours is in the application: a telephone was picked up, or a channel waits to be dialled."""

    async def changed(self, channel: Json) -> None:
        """A channel rings or was answered."""

    async def gone(self, channel: str, end: End) -> None:
        """A channel is no more."""

    async def played(self, playback: str) -> None:
        """Something was played to its end."""

    def channels(self) -> list[str]:
        """Return the ids of the channels that belong to the call now."""
        raise NotImplementedError

    # -- bridge and end ---------------------------------------------------------------------------------------------

    async def join(self, *channels: str) -> None:
        """Join channels in the bridge of the call."""
        await self.ari.post("bridges", {"type": "mixing", "bridgeId": self.ref, "name": self.ref})
        await self.ari.post(f"bridges/{self.ref}/addChannel", {"channel": ",".join(channels)})

    async def drop(self, channel: str) -> None:
        """Hang a channel up and forget it; what is still told of it is nobody's business."""
        self.exchange.forget(channel)
        await self.ari.delete(f"channels/{channel}")

    async def end(self) -> None:
        """Hang everything up, once, and be forgotten."""
        if self.over:
            return
        self.over = True
        self.call_off()
        left = self.channels()
        self.exchange.remove(self)
        for channel in left:
            await self.ari.delete(f"channels/{channel}")
        await self.ari.delete(f"bridges/{self.ref}")

    async def hang_up(self) -> None:
        """End the call by order of the office."""
        self.tell(HungUp, by=EndedBy.OFFICE)
        await self.end()


def by(person: EndedBy, end: End) -> EndedBy:
    """Return who ended a call whose channel ended so."""
    return EndedBy.LINE if end.cause in FAULTS else person
