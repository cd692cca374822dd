"""Several tickets at once onto other lists, as a leader has seen it before."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.deciding import state_of
from erreichbar.centre.actions.found import name_of
from erreichbar.centre.actions.reaching import decide
from erreichbar.centre.actions.tending import Placing
from erreichbar.centre.errors import Invalid
from erreichbar.centre.models import Ticket, User
from erreichbar.centre.queries.tickets import in_use
from erreichbar.promise.moves import Move, refusal
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref

MOST = 500
"""So many tickets at most are spread in one change."""


class Wish(NamedTuple):
    """That a ticket, seen in a ``version``, is to lie with somebody (id)."""

    version: int
    holder: str


@dataclass(kw_only=True)
class SpreadTickets(Action):
    """Let several tickets lie with colleagues, each only if it is still as it was seen. The promises stay what they were.

    ``moves`` says by ticket (ref) ``{"version": 3, "holder": "lange"}``. Returns ``{"moved": [ref, …], "left": {ref: why}}``;
    what has become otherwise meanwhile is left where it is: ``gone`` (closed, or not hers any more), ``changed`` (somebody
    decided something), ``in_use`` (somebody is calling about it or talking of it), ``not_there`` (who was to have it).
    """

    moves: dict[str, Any]

    def perform(self) -> dict[str, Any]:
        wishes = {ref: _wish(given) for ref, given in self.moves.items()}
        if not 0 < len(wishes) <= MOST:
            raise Invalid("moves", "Es ist nichts zu verteilen.", "There is nothing to spread.")
        tickets = Ticket.objects.select_for_update().prefetch_related("holder", "responsible").filter(ref__in=wishes)
        found = {ticket.ref: ticket for ticket in tickets.order_by("due_elapsed", "pk")}
        used = set(Ticket.objects.filter(in_use(), ref__in=wishes).values_list("ref", flat=True))
        placing, left, moved = Placing(self), {}, []
        for ref, wish in wishes.items():
            ticket = found.get(ref)
            why = "in_use" if ref in used else self._move(placing, ticket, wish)
            if why is None:
                moved.append(ref)
            else:
                left[ref] = why
        return {"moved": moved, "left": left}

    def _move(self, placing: Placing, ticket: Ticket | None, wish: Wish) -> str | None:
        """Let a ticket lie where it is wished. Returns why not, none if it does."""
        if ticket is None or not ticket.is_open:
            return "gone"
        if self.actor is not None and not sight.works_on(self.actor, ticket, self.office):
            return "gone"
        if ticket.version != wish.version or refusal(state_of(ticket), Move.FORWARD) is not None:
            return "changed"
        holder = placing.users.get(wish.holder)
        if holder is None or not sight.is_of_unit(holder, ticket.unit, self.office):
            return "not_there"
        before = ticket.holder
        if before == holder:
            return "changed"
        ticket.holder = ticket.responsible = holder
        placing.carry(before, holder)
        placing.place(ticket)
        if ticket.holder != holder:  # who is not there in time would lose it again within the minute
            placing.carry(ticket.holder, before)
            return "not_there"
        self._keep(ticket, holder)
        return None

    def _keep(self, ticket: Ticket, holder: User) -> None:
        by = name_of(self.office, self.actor)
        ticket.assigned_why = {"de": f"Verteilt von {by.de}.", "en": f"Spread by {by.en}."}
        decide(self, ticket, self.actor, "assigned")
        ticket.save()
        self.journal(
            events.TicketAssigned(
                ticket=Ref(ticket.ref), unit=Code(ticket.unit), holder=self.staff(holder), by=self.staff_of_actor
            )
        )


def _wish(given: Any) -> Wish:
    if isinstance(given, dict):
        version, holder = given.get("version"), given.get("holder")
        if isinstance(version, int) and isinstance(holder, str):
            return Wish(version, holder)
    raise Invalid("moves", "Bitte laden Sie die Seite neu.", "Please reload the page.")
