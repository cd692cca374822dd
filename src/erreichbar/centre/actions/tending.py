"""Tickets lie with who is there. The rule is ``promise.holder``; here what it says is carried out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count as CountOf

from erreichbar.centre.actions.base import Action
from erreichbar.centre.models import Attempt, Call, CallState, Ticket, TimeTaken, User
from erreichbar.centre.queries.presence import roster
from erreichbar.promise import stand_in
from erreichbar.promise.stand_in import Level
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import Role


class Placing:
    """Says with whom tickets are to lie at the moment of an action, each on top of what the others add to a desk."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.roster = roster(action.moment)
        held = Ticket.objects.filter(closed_at=None, holder__isnull=False).values_list("holder__username")
        self.open_tickets = Counter(dict(held.annotate(number=CountOf("pk")).order_by()))
        self.users = {user.username: user for user in User.objects.filter(is_active=True)}

    def place(self, ticket: Ticket) -> bool:
        """Let a ticket, not yet saved, lie with who is to hold it. Returns whether anything of that has changed.

        A pool keeps what nobody of it holds, as long as somebody of it is there in time. That there is nobody is said.
        """
        found = stand_in.holder_of(
            self.action.office,
            self.roster,
            unit=ticket.unit,
            responsible=ticket.responsible.username if ticket.responsible else None,
            opened=ticket.opened_at,
            due=ticket.due_elapsed,
            last_chance=ticket.last_chance,
            now=self.action.moment,
            open_tickets=self.open_tickets,
        )
        in_the_pool = ticket.responsible is None and found.level is Level.RESPONSIBLE
        holder = None if in_the_pool else self.users.get(found.person or "")
        nobody = stand_in.nobody(self.action.office, ticket.unit)
        said_nobody = ticket.assigned_why == {"de": nobody.de, "en": nobody.en}
        if ticket.holder == holder and (found.level is Level.NOBODY) is said_nobody:
            return False
        if ticket.holder is not None:
            self.open_tickets[ticket.holder.username] -= 1
        if holder is not None:
            self.open_tickets[holder.username] += 1
        ticket.holder = holder
        ticket.assigned_why = {"de": found.why.de, "en": found.why.en}
        return True


def tend(action: Action, tickets: Iterable[Ticket]) -> int:
    """Let open tickets lie with who is there, by the house itself. Returns how many moved.

    Whoever is in the middle of a callback keeps its ticket; no decision that somebody is making becomes stale by this.
    """
    placing, moved = Placing(action), 0
    for ticket in tickets:
        if placing.place(ticket):
            ticket.save(update_fields=["holder", "assigned_why"])
            action.journal(
                events.TicketAssigned(
                    ticket=Ref(ticket.ref),
                    unit=Code(ticket.unit),
                    holder=action.staff(ticket.holder) if ticket.holder else None,
                    by=None,
                )
            )
            moved += 1
    return moved


@dataclass(kw_only=True)
class TendTickets(Action):
    """Do what is due now: forget absences that are over, let every open ticket lie with who is there in time.

    Done again at the same moment it does nothing. Returns how many tickets moved.
    """

    def perform(self) -> int:
        TimeTaken.objects.filter(end__lte=self.moment).delete()
        return tend(self, open_tickets())


def open_tickets() -> Iterable[Ticket]:
    """Return the open tickets that may move, those due first: nobody is calling about them or talking of them."""
    calling = Attempt.objects.filter(ended_at=None).values("ticket")
    talking = Call.objects.filter(state=CallState.TALKING, user__role=Role.CASE_WORKER, person__isnull=False)
    return (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("holder", "responsible")
        .filter(closed_at=None)
        .exclude(pk__in=calling)
        .exclude(person__in=talking.values("person"))
        .order_by("due_elapsed", "pk")
    )
