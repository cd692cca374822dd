"""The bell: whoever changed something wakes whoever waits for changes, in this process and in others.

With SQLite a bell is a Unix datagram socket in the run folder, with PostgreSQL a ``LISTEN``. A ring says only "look";
what there is to see stands in the database. A ring can be lost, so whoever waits looks now and then unasked.
"""

import asyncio
import contextlib
import itertools
import os
import select
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, transaction

CHANNEL = "erreichbar"
FOLDER = "bells"
_numbers = itertools.count()


class _Ear(Protocol):
    def fileno(self) -> int: ...

    def drain(self) -> bool: ...

    def close(self) -> None: ...


class Bell:
    """Hears the rings of every process from the moment it is made. Close it, or use it in a ``with`` block."""

    def __init__(self) -> None:
        self._ear: _Ear = _SocketEar() if connection.vendor == "sqlite" else _ListenEar()

    def fileno(self) -> int:
        """Return the file descriptor that becomes readable when it rings."""
        return self._ear.fileno()

    def wait(self, timeout: float) -> bool:
        """Wait until it rings, at most ``timeout`` seconds. Returns whether it rang; several rings count once."""
        readable, _, _ = select.select([self.fileno()], [], [], timeout)
        return bool(readable) and self._ear.drain()

    async def wait_async(self, timeout: float) -> bool:
        """Wait like ``wait``, without holding up other tasks."""
        loop = asyncio.get_running_loop()
        rang = asyncio.Event()
        loop.add_reader(self.fileno(), rang.set)
        try:
            await asyncio.wait_for(rang.wait(), timeout)
        except TimeoutError:
            return False
        finally:
            loop.remove_reader(self.fileno())
        return self._ear.drain()

    def close(self) -> None:
        """Stop hearing."""
        self._ear.close()

    def __enter__(self) -> "Bell":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def listen() -> Bell:
    """Return a bell that hears from now on, to be used in a ``with`` block."""
    return Bell()


def ring() -> None:
    """Wake everybody who waits. Never raises: a ring may be lost."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
        return
    with contextlib.suppress(OSError), os.scandir(_folder()) as bells:
        for entry in bells:
            _ring_one(entry.path, entry.name)


def ring_on_commit() -> None:
    """Wake everybody who waits once the present transaction is committed."""
    if connection.vendor == "postgresql":
        ring()  # PostgreSQL delivers it at the commit, and not at all without one.
    else:
        transaction.on_commit(ring, robust=True)


def _folder() -> Path:
    return Path(settings.RUN_FOLDER) / FOLDER


def _ring_one(path: str, name: str) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            with _short(Path(path)) as address:
                sender.sendto(b"!", address)
        except BlockingIOError:
            pass  # its buffer is full of rings already
        except ConnectionRefusedError:
            # Its process ended without closing it.
            with contextlib.suppress(OSError):
                os.unlink(path)


@contextlib.contextmanager
def _short(path: Path) -> Any:
    """Give a name for a socket that fits the 108 bytes of an address, however deep the folder lies."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class _SocketEar:
    """A Unix datagram socket in the run folder."""

    def __init__(self) -> None:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / f"{os.getpid()}-{next(_numbers)}"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()  # left by an earlier process of the same number
        with _short(self._path) as address:
            self._socket.bind(address)

    def fileno(self) -> int:
        return self._socket.fileno()

    def drain(self) -> bool:
        rang = False
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(16):
                rang = True
        return rang

    def close(self) -> None:
        self._socket.close()
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()


class _ListenEar:
    """A connection of its own that listens on PostgreSQL."""

    def __init__(self) -> None:
        import psycopg

        options = connection.get_connection_params()
        for ours in ("cursor_factory", "context", "prepare_threshold", "client_encoding"):
            options.pop(ours, None)
        self._connection = psycopg.connect(**options, autocommit=True)
        self._connection.execute(f"LISTEN {CHANNEL}")

    def fileno(self) -> int:
        return self._connection.fileno()

    def drain(self) -> bool:
        return any(True for _ in self._connection.notifies(timeout=0))

    def close(self) -> None:
        self._connection.close()
