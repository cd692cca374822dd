"""Commands: what desks ask the floor to do. A desk never calls the floor; it writes, and the bell wakes the floor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from erreichbar.centre.actions.attempts import check_callback, check_safe
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import ticket_with
from erreichbar.centre.errors import Invalid, NotAllowed, NotFound, Refused
from erreichbar.centre.models import Command
from erreichbar.centre.queries.floor import OpenCommand

KINDS: Mapping[str, frozenset[str]] = {
    "ready": frozenset(),
    "pause": frozenset(),
    "leave": frozenset(),
    "accept": frozenset(),
    "hang_up": frozenset(),
    "wrap_up_done": frozenset(),
    "call_back": frozenset({"ticket"}),
    "take": frozenset(),
    "hand_over": frozenset(),
}
"""What the floor can be asked to do, with what must be told."""


@dataclass(kw_only=True)
class AskFloor(Action):
    """Ask the floor for something, for one's own seat. Returns the number of the command."""

    kind: str
    args: dict[str, Any] = field(default_factory=dict)

    def perform(self) -> int:
        if self.actor is None:
            raise NotAllowed("Nur wer einen Platz hat, kann darum bitten.", "Only somebody with a seat can ask for it.")
        if self.kind not in KINDS or set(self.args) != KINDS[self.kind]:
            allowed = ", ".join(KINDS)
            raise Invalid("kind", f"Das Telefon kann: {allowed}.", f"The telephone can: {allowed}.")
        if self.kind == "call_back":
            # The floor checks again; here the person who asks hears of it at once.
            ticket = ticket_with(str(self.args["ticket"]))
            check_callback(self.office, self.actor, ticket, self.moment)
            check_safe(ticket.person, self.office, self.moment)
        command = Command.objects.create(user=self.actor, kind=self.kind, args=self.args, written_at=self.moment)
        return int(command.pk)


@dataclass(kw_only=True)
class CommandHandled(Action):
    """The floor carried out a command, or says why it did not."""

    command: int
    refused: dict[str, Any] | None = None

    @classmethod
    def of(cls, command: OpenCommand, refused: Refused | None) -> "CommandHandled":
        """Return the change for a command that was taken from ``queries.open_commands``."""
        key = f"command.{command.id}.handled"
        return cls(key=key, command=command.id, refused=None if refused is None else refused.to_json())

    def perform(self) -> None:
        changed = Command.objects.filter(pk=self.command, handled_at=None).update(
            handled_at=self.moment, refused=self.refused
        )
        if not changed:
            raise NotFound("Dieser Auftrag ist schon erledigt.", "This command has been handled already.")
