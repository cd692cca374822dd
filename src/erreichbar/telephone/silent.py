"""No telephone of ours: calls come and go elsewhere, everything after the ticket works."""

from collections.abc import Callable

from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import PresentedNumber
from erreichbar.telephone.line import Announcement, LineEvent, Surviving


class SilentLine:
    """The port ``Line`` where there is none."""

    name = "none"
    picks_up_at_desk = False
    dials = False

    def start(self, tell: Callable[[LineEvent], None]) -> None:
        """Nothing will be told."""

    def stop(self) -> None:
        """Nothing goes on."""

    def recover(self) -> list[Surviving]:
        return []

    def announce(self, call: Ref, what: Announcement) -> None:
        """There are no calls."""

    def wait(self, call: Ref) -> None:
        """There are no calls."""

    def ring(self, call: Ref, user: str) -> None:
        """There are no calls."""

    def stop_ringing(self, call: Ref, user: str) -> None:
        """There are no calls."""

    def pick_up(self, call: Ref, user: str) -> None:
        """There are no calls."""

    def dial(self, call: Ref, user: str, number: str, presented: PresentedNumber) -> None:
        """There are no calls."""

    def hang_up(self, call: Ref) -> None:
        """There are no calls."""
