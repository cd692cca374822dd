"""What is the same under every access model is made once for all that are compared, and kept as long as they need it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from erreichbar.lab.office import LabOffice
from erreichbar.lab.office.arrays import Run

T = TypeVar("T")


class Shared:
    """Parts that have been made. Threads share them, and nobody changes them; two that make one at once make the same."""

    def __init__(self, office: LabOffice) -> None:
        # Kept, so that its number stays its own.
        self._office = office
        self._parts: dict[Hashable, Any] = {}

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return a part, which is made when it is first asked for."""
        found: T = self._parts[name] if name in self._parts else self._parts.setdefault(name, make())
        return found


_latest: dict[tuple[Hashable, ...], Shared] = {}
"""What is so in all replications of a run, and the replication that was begun last."""


def shared(office: LabOffice, run: Run, *replication: int) -> Shared:
    """Return what is known of a run of an office in this process, or of one ``replication`` of it: seed and number."""
    key = id(office), run, *replication
    found = _latest.get(key) or _latest.setdefault(key, Shared(office))
    same = [old for old in list(_latest) if len(old) == len(key)]
    for old in same[:-1]:
        _latest.pop(old, None)
    return found
