"""What a way out must be able to do."""

from dataclasses import dataclass
from typing import Protocol

from erreichbar.post.texts import Written
from erreichbar.record.words import MessageProblem


class NotSent(Exception):
    """A message did not go out. ``for_good`` says that trying again would not help. Holds no address and no text."""

    def __init__(self, problem: MessageProblem, *, for_good: bool = False) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where a message goes, and its reference, by which the other side knows a message that it was given before."""

    ref: str
    address: str


class Way(Protocol):
    """A way out for messages."""

    def send(self, to: Letterbox, written: Written) -> None:
        """Hand a message over. Returns when the other side has taken it. Raises ``NotSent``."""
