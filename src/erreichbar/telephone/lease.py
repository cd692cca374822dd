"""One floor at a time: a lease held as long as the process lives."""

import fcntl
import os
from pathlib import Path
from typing import IO


class FloorIsRunning(RuntimeError):
    """Another process holds the lease."""


def take(folder: Path) -> IO[str]:
    """Take the lease of the floor in this run folder, to be kept open. Raises ``FloorIsRunning``.

    The kernel gives the lease back when the process ends, however it ends.
    """
    lease = (folder / "floor.lease").open("a+")
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lease.seek(0)
        raise FloorIsRunning(f"A floor is running already (process {lease.read().strip() or 'unknown'}).") from None
    lease.truncate(0)
    lease.write(str(os.getpid()))
    lease.flush()
    return lease
