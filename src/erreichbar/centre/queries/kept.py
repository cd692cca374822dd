"""What was found out from the record, kept for as long as the record is the same. Each process keeps its own.

What it is kept under begins with the journal's last hash: whatever changes the record writes there, so that no process
tells what another has overtaken.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from erreichbar.centre.models import JournalHead

T = TypeVar("T")


class Kept(Generic[T]):
    """The last few findings. While one is being found out, others who ask for it wait instead of doing it again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, what: Hashable, find_out: Callable[[], T]) -> T:
        """Return what is known of the record as it is, finding it out if it is not known yet."""
        key = (record_state(), what)
        with self._lock:
            if key not in self._found:
                self._found[key] = find_out()
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
            self._found.move_to_end(key)
            return self._found[key]


def record_state() -> str:
    """Return a mark of the record: it is another as soon as anything has changed."""
    return JournalHead.objects.values_list("entry_hash", flat=True).first() or ""
