"""What a replication draws of an office is the same under every access model, so it is drawn once for all that meet it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from erreichbar.lab.office import LabOffice
from erreichbar.lab.office.arrays import Run

T = TypeVar("T")
KEPT = 2
"""So many replications are kept: the one that is under way, and the next."""


class Drawn:
    """What has been drawn of a replication. Threads share it, and nobody changes it; two that draw at once draw the same."""

    def __init__(self, office: LabOffice) -> None:
        # Kept, so that its number stays its own.
        self._office = office
        self._parts: dict[Hashable, Any] = {}

    def once(self, name: Hashable, draw: Callable[[], T]) -> T:
        """Return a part of it, which is drawn when it is first asked for."""
        found: T = self._parts[name] if name in self._parts else self._parts.setdefault(name, draw())
        return found


_latest: dict[tuple[int, Run, int, int], Drawn] = {}


def drawn(office: LabOffice, run: Run, seed: int, replication: int) -> Drawn:
    """Return what is known of a replication of an office, in this process."""
    found = _latest.setdefault((id(office), run, seed, replication), Drawn(office))
    for old in list(_latest)[:-KEPT]:
        _latest.pop(old, None)
    return found
