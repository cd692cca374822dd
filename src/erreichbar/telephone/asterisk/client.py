"""A client of the Asterisk REST Interface: requests and events over one WebSocket, so that everything keeps its order.

The connection is made again whenever it is lost; requests under way then fail with ``Lost``. Events are filtered in Asterisk, because
most of what happens in a call does not concern us.
"""

import asyncio
import base64
import json
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

log = logging.getLogger(__name__)

Json = dict[str, Any]
EVENTS = (
    "StasisStart",
    "ChannelStateChange",
    "ChannelDestroyed",
    "PlaybackFinished",
    "ApplicationReplaced",
)
PATIENCE_S = 10.0
"""How long a request may take. Asterisk answers in about a millisecond, unless it is overloaded."""
BACKOFF_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
"""Pauses between attempts to connect; the last one is repeated."""


class Lost(ConnectionError):
    """There is no connection to Asterisk, or it was lost before the answer came."""


class Refused(RuntimeError):
    """Asterisk answered a request with an error. ``status`` 404: what was meant is gone; 409: not in a state for it."""

    def __init__(self, status: int, reason: str, what: str) -> None:
        self.status = status
        super().__init__(f"{what}: {status} {reason}")


class Ari:
    """One application in one Asterisk.

    ``event`` takes every event, in order, and must return at once. ``connected`` is awaited after every connection; it may make
    requests. ``before`` is awaited before each attempt to connect (whoever runs the Asterisk sees there that it runs).
    """

    def __init__(
        self,
        host: str,
        port: int,
        app: str,
        password: str,
        *,
        event: Callable[[Json], None],
        connected: Callable[[], Awaitable[None]],
        before: Callable[[], Awaitable[None]],
    ) -> None:
        self._address = f"ws://{host}:{port}/ari/events?{urlencode({'app': app, 'subscribeAll': 'false'})}"
        self._credentials = base64.b64encode(f"{app}:{password}".encode()).decode()
        self._app = app
        self._event = event
        self._connected = connected
        self._before = before
        self._socket: ClientConnection | None = None
        self._pending: dict[str, asyncio.Future[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Connect, and connect again, until cancelled."""
        attempt = 0
        while True:
            try:
                await self._before()
                headers = {"Authorization": f"Basic {self._credentials}"}
                async with connect(self._address, additional_headers=headers, max_size=None, proxy=None) as socket:
                    attempt = 0
                    await self._serve(socket)
            except (OSError, TimeoutError, WebSocketException, InvalidHandshake) as problem:
                log.info("No connection to Asterisk: %s", problem)
            finally:
                self._lose()
            await asyncio.sleep(BACKOFF_S[min(attempt, len(BACKOFF_S) - 1)])
            attempt += 1

    async def _serve(self, socket: ClientConnection) -> None:
        self._socket = socket
        greeting = asyncio.create_task(self._greet())
        self._tasks.add(greeting)
        greeting.add_done_callback(self._tasks.discard)
        async for frame in socket:
            message: Json = json.loads(frame)
            if message["type"] == "RESTResponse":
                waiting = self._pending.pop(message["request_id"], None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(message)
            else:
                self._take(message)

    def _take(self, event: Json) -> None:
        try:
            self._event(event)
        except Exception:
            # One event that is not understood must not cut the telephone off.
            log.exception("An event of Asterisk (%s) was not dealt with.", event.get("type"))

    async def _greet(self) -> None:
        try:
            # Without RESTResponse in the filter every request would wait for ever.
            allowed = [{"type": name} for name in (*EVENTS, "RESTResponse")]
            await self.put(f"applications/{self._app}/eventFilter", body={"allowed": allowed})
            await self._connected()
        except (Lost, Refused) as problem:
            log.warning("Asterisk did not greet us: %s", problem)
            if self._socket is not None:
                await self._socket.close()

    def _lose(self) -> None:
        self._socket = None
        for waiting in self._pending.values():
            if not waiting.done():
                waiting.set_exception(Lost("the connection to Asterisk was lost"))
        self._pending.clear()

    async def request(self, method: str, path: str, query: Json | None = None, body: Json | None = None) -> Any:
        """Ask for something and return the JSON answered, none if there is none. Raises ``Refused``, ``Lost``."""
        if self._socket is None:
            raise Lost("no connection to Asterisk")
        given = {name: value for name, value in (query or {}).items() if value is not None}
        key = uuid.uuid4().hex
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._pending[key] = waiting
        frame = {
            "type": "RESTRequest",
            "transaction_id": key,
            "request_id": key,
            "method": method,
            "uri": f"{path}?{urlencode(given, quote_via=quote)}" if given else path,
        }
        if body is not None:
            frame |= {"content_type": "application/json", "message_body": json.dumps(body)}
        try:
            await self._socket.send(json.dumps(frame))
            async with asyncio.timeout(PATIENCE_S):
                answer = await waiting
        except (WebSocketException, TimeoutError) as problem:
            raise Lost(f"{method} {path}: {problem!r}") from problem
        finally:
            self._pending.pop(key, None)
        if answer["status_code"] >= 300:
            raise Refused(answer["status_code"], answer.get("reason_phrase", ""), f"{method} {path}")
        text = answer.get("message_body")
        return json.loads(text) if text else None

    async def get(self, path: str) -> Any:
        """Ask for a resource."""
        return await self.request("GET", path)

    async def post(self, path: str, query: Json | None = None, body: Json | None = None) -> Any:
        """Make or start something."""
        return await self.request("POST", path, query, body)

    async def put(self, path: str, query: Json | None = None, body: Json | None = None) -> Any:
        """Set something."""
        return await self.request("PUT", path, query, body)

    async def delete(self, path: str, query: Json | None = None) -> None:
        """End something. What is gone already is as good."""
        try:
            await self.request("DELETE", path, query)
        except Refused as refused:
            if refused.status != 404:
                raise
