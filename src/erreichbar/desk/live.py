"""Pages are live: server-sent events that tail the journal.

One tail a web process reads what is new, woken by the bell, and tells every page that listens. A message says only what
kind of thing changed (``calls``, ``seats``, ``tickets``; ``here``, if it is at the reader's own seat), so it holds nothing
about anybody; the page then fetches its own fragments. A message's id is the journal's sequence number: a page that was away
names the last one it saw and is told.

What is new is read once for all pages: with twenty of them, a question each would hold up everything else.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Iterable
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from erreichbar.centre.bell import Bell
from erreichbar.centre.models import JournalEntry
from erreichbar.centre.queries.desk import at_seats
from erreichbar.desk.here import journal_head

LOOK_S = 1.0
"""How often the tail looks unasked, should a ring be lost (s)."""
GATHER_S = 0.05
"""How long more of a burst is waited for, so that it is one message (s). A call that is taken up writes several entries."""
KEPT = 1000
"""How many of the last entries the tail remembers; a page that was away for longer has them read for it."""
HEARTBEAT_S = 15.0
"""How often a stream says that it is alive (s)."""
TOPICS = {
    "seat": "seats",
    "call": "calls",
    "caller": "calls",
    "matter": "calls",
    "ticket": "tickets",
    "decision": "tickets",
    "message": "tickets",
}
"""Which topic the first word of an event's kind belongs to."""
TICKETS = {"attempt", "citizen", "application"}
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
        self._began = 0
        self._seats: dict[int, list[tuple[object, ...]]] = {}
        self._moved_here: dict[int, int] = {}
        self._last: deque[tuple[int, str]] = deque(maxlen=KEPT)
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to follow, once."""
        if self._task is None or self._task.done():
            self._seats, self._began = await _seats()
            self.sequence = self._began
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

    async def topics_after(self, sequence: int) -> set[str]:
        """Return what changed after an entry."""
        upto = self.sequence
        if self._last and self._last[0][0] <= sequence + 1:
            return topics(kind for number, kind in self._last if sequence < number <= upto)
        return topics(kind for _, kind in await _entries(sequence, upto))

    def is_here(self, user: int, sequence: int) -> bool:
        """Return whether something changed at somebody's seat (primary key) after an entry, or may have."""
        return sequence < self._began or self._moved_here.get(user, 0) > sequence

    def moved_to(self, sequence: int) -> None:
        """Wake every page that waits. No lock: a page that goes away in whatever moment holds up no other."""
        self.sequence = sequence
        self._moved.set()
        self._moved = asyncio.Event()

    async def _follow(self) -> None:
        bell = await sync_to_async(Bell)()
        try:
            while True:
                if await bell.wait_async(LOOK_S):
                    await asyncio.sleep(GATHER_S)
                try:
                    new = await _entries(self.sequence)
                    seats, upto = await _seats() if new else ({}, 0)
                except Exception:
                    # The database is away; pages keep what they show, and the tail looks again.
                    await asyncio.sleep(LOOK_S)
                    continue
                if new:
                    # ``upto`` was read last: what is told of a seat is never from before what is seen of it.
                    moved = {user for user in {*seats, *self._seats} if seats.get(user) != self._seats.get(user)}
                    self._moved_here |= dict.fromkeys(moved, upto)
                    self._seats = seats
                    self._last.extend(new)
                    self.moved_to(new[-1][0])
        finally:
            bell.close()


_tails: WeakKeyDictionary[asyncio.AbstractEventLoop, Tail] = WeakKeyDictionary()


@sync_to_async
def _seats() -> tuple[dict[int, list[tuple[object, ...]]], int]:
    """Return the state of all seats, and an entry that it is not older than."""
    seats = at_seats()
    return seats, journal_head()


@sync_to_async
def _entries(after: int, upto: int | None = None) -> list[tuple[int, str]]:
    """Return number and kind of the entries after one, in order."""
    found = JournalEntry.objects.filter(sequence__gt=after).order_by("sequence")
    if upto is not None:
        found = found.filter(sequence__lte=upto)
    return list(found.values_list("sequence", "kind"))


async def stream(user: int, after: int) -> AsyncIterator[str]:
    """Return the messages of a page of somebody (primary key) that has seen the journal up to entry ``after``."""
    tail = _tails.setdefault(asyncio.get_running_loop(), Tail())
    await tail.start()
    yield "retry: 1000\n\n"
    while True:
        if not await tail.wait_beyond(after, HEARTBEAT_S):
            yield ": here\n\n"
            continue
        upto = tail.sequence
        changed = sorted(await tail.topics_after(after) | ({"here"} if tail.is_here(user, after) else set()))
        after = upto
        yield f"id: {upto}\ndata: {json.dumps({'changed': changed})}\n\n"


async def live(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Stream what changes. ``Last-Event-ID``, else ``?after=``, says what the page has seen. 204 if not signed in."""
    user = await request.auser()
    if not user.is_authenticated:
        return HttpResponse(status=204)  # tells the browser not to ask again
    told = request.headers.get("Last-Event-ID") or request.GET.get("after") or ""
    after = int(told) if told.isascii() and told.isdigit() else await sync_to_async(journal_head)()
    response = StreamingHttpResponse(stream(user.pk, after), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response
