"""Pages are live: server-sent events that tail the journal.

One tail a web process reads what is new, woken by the bell, and tells every page that listens. A message says only what
kind of thing changed (``calls``, ``seats``, ``tickets``), so it holds nothing about anybody; the page then fetches its own
fragments. A message's id is the journal's sequence number: a page that was away names the last one it saw and is told.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from erreichbar.centre.bell import Bell
from erreichbar.centre.models import JournalEntry

LOOK_S = 1.0
"""How often the tail looks unasked, should a ring be lost (s)."""
HEARTBEAT_S = 15.0
"""How often a stream says that it is alive (s)."""
TOPICS = {"seat": "seats", "call": "calls", "caller": "calls", "matter": "calls", "ticket": "tickets"}
"""Which topic the first word of an event's kind belongs to."""
TICKETS = {"attempt", "citizen"}
"""First words of kinds that concern both calls and tickets."""


def topics(kinds: Iterable[str]) -> set[str]:
    """Return what changed, by the kinds of the journal entries."""
    found = set()
    for kind in kinds:
        word = kind.partition(".")[0]
        found |= (
            {"calls", "tickets"} if word in TICKETS or kind == "call.joined_ticket" else {TOPICS.get(word, "house")}
        )
    return found


class Tail:
    """Follows the journal for every page of this process."""

    def __init__(self) -> None:
        self.sequence = 0
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to follow, once."""
        if self._task is None or self._task.done():
            self.sequence = await _head()
            self._task = asyncio.create_task(self._follow())

    async def wait_beyond(self, sequence: int, timeout: float) -> bool:
        """Wait until the journal is longer than ``sequence``. Returns whether it is."""
        try:
            async with asyncio.timeout(timeout):
                while self.sequence <= sequence:
                    await self._moved.wait()
        except TimeoutError:
            return False
        return True

    def moved_to(self, sequence: int) -> None:
        """Wake every page that waits. No lock: a page that goes away in whatever moment holds up no other."""
        self.sequence = sequence
        self._moved.set()
        self._moved = asyncio.Event()

    async def _follow(self) -> None:
        bell = await sync_to_async(Bell)()
        try:
            while True:
                await bell.wait_async(LOOK_S)
                try:
                    head = await _head()
                except Exception:
                    # The database is away; pages keep what they show, and the tail looks again.
                    await asyncio.sleep(LOOK_S)
                    continue
                if head > self.sequence:
                    self.moved_to(head)
        finally:
            bell.close()


_tails: WeakKeyDictionary[asyncio.AbstractEventLoop, Tail] = WeakKeyDictionary()


@sync_to_async
def _head() -> int:
    last = JournalEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return last or 0


@sync_to_async
def _kinds(after: int, upto: int) -> list[str]:
    return list(
        JournalEntry.objects.filter(sequence__gt=after, sequence__lte=upto).values_list("kind", flat=True).distinct()
    )


async def stream(after: int) -> AsyncIterator[str]:
    """Return the messages of a page that has seen the journal up to entry ``after``."""
    tail = _tails.setdefault(asyncio.get_running_loop(), Tail())
    await tail.start()
    yield "retry: 1000\n\n"
    while True:
        if not await tail.wait_beyond(after, HEARTBEAT_S):
            yield ": here\n\n"
            continue
        upto = tail.sequence
        changed = sorted(topics(await _kinds(after, upto)))
        after = upto
        yield f"id: {upto}\ndata: {json.dumps({'changed': changed})}\n\n"


async def live(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Stream what changes. ``Last-Event-ID``, else ``?after=``, says what the page has seen. 204 if not signed in."""
    user = await request.auser()
    if not user.is_authenticated:
        return HttpResponse(status=204)  # tells the browser not to ask again
    told = request.headers.get("Last-Event-ID") or request.GET.get("after") or ""
    after = int(told) if told.isascii() and told.isdigit() else await _head()
    response = StreamingHttpResponse(stream(after), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response
