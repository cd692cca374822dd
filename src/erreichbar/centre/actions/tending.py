"""Tickets lie with who is there. The rule is ``promise.holder``; here what it says is carried out."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.steps import take_steps
from erreichbar.centre.actions.waiting import end_wait
from erreichbar.centre.models import Attempt, Call, CallState, Ticket, TimeTaken, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.queries.presence import roster
from erreichbar.centre.queries.tickets import held_now
from erreichbar.promise import stand_in
from erreichbar.promise.clocks import MINUTE
from erreichbar.promise.stand_in import Level
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import LadderStep, Role


class Placing:
    """Says with whom tickets are to lie at the moment of an action, each on top of what the others add to a desk."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.roster = roster(action.moment)
        self.open_tickets = Counter(held_now())
        self.moved = 0
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
            present=ticket.holder.username if ticket.holder else None,
        )
        in_the_pool = ticket.responsible is None and found.level is Level.RESPONSIBLE
        holder = None if in_the_pool else self.users.get(found.person or "")
        nobody = found.level is Level.NOBODY
        if ticket.holder == holder and ticket.nobody is nobody:
            return False
        if ticket.holder is not None:
            self.open_tickets[ticket.holder.username] -= 1
        if holder is not None:
            self.open_tickets[holder.username] += 1
        ticket.holder, ticket.nobody = holder, nobody
        ticket.assigned_why = {"de": found.why.de, "en": found.why.en}
        return True

    def settled(self) -> Q:
        """Return the condition of tickets that certainly stay: with who is asked first for them, and ready by the limit.

        Up to half of its time a ticket's limit is that half, which is its next step; from then on its last chance, and
        who holds it must be there. All others are looked at one by one.
        """
        found = Q(pk__in=[])
        for (here, ready), people in self._ready(self.users).items():
            whose = Q(holder__username__in=people)
            if self.action.office.keeping.returns:
                whose &= Q(responsible=F("holder"))
            found |= whose & _in_time(ready, here=here)
        for unit in self.action.office.units:
            pool = [person.id for person in self.action.office.in_role(Role.CASE_WORKER, unit)]
            for here, ready in self._ready(pool):
                found |= Q(unit=unit, holder=None, responsible=None) & _in_time(ready, here=here)
        return found & Q(nobody=False, reached_at=None)

    def _ready(self, people: Iterable[str]) -> dict[tuple[bool, datetime], list[str]]:
        found = defaultdict(list)
        for person in people:
            one = stand_in.readiness(self.roster, person, self.action.moment)
            if one.ready is not None:
                found[one.here, one.ready].append(person)
        return found


def _in_time(ready: datetime, *, here: bool) -> Q:
    before_half = Q(next_step=LadderStep.REASSIGN, next_step_at__gte=ready)
    if not here:
        return before_half
    later = [step for step in LadderStep if step is not LadderStep.REASSIGN]
    return before_half | Q(next_step__in=later, last_chance__gte=ready - MINUTE)


def tend(action: Action) -> Placing:
    """Let open tickets lie with who is there, by the house itself.

    Whoever is in the middle of a callback keeps its ticket; no decision that somebody is making becomes stale by this.
    """
    placing = Placing(action)
    for ticket in _movable(placing.settled()):
        if placing.place(ticket):
            ticket.save(update_fields=["holder", "nobody", "assigned_why"])
            action.journal(
                events.TicketAssigned(
                    ticket=Ref(ticket.ref),
                    unit=Code(ticket.unit),
                    holder=action.staff(ticket.holder) if ticket.holder else None,
                    by=None,
                )
            )
            placing.moved += 1
    return placing


@dataclass(kw_only=True)
class TendTickets(Action):
    """Do what is due now: forget absences and waits that are over, take the steps of the ladder, place every open ticket.

    Done again at the same moment it does nothing. Returns how many tickets moved.
    """

    def perform(self) -> int:
        TimeTaken.objects.filter(end__lte=self.moment).delete()
        for ticket in Ticket.objects.filter(OPEN, waiting_until__lte=self.moment).order_by("pk"):
            end_wait(self, ticket, None)
        placing = tend(self)
        take_steps(self)
        return placing.moved


def _movable(settled: Q) -> Iterable[Ticket]:
    """Return the open tickets that may have to move, those due first: nobody is calling about them or talking of them."""
    calling = Attempt.objects.filter(ended_at=None).values("ticket")
    talking = Call.objects.filter(state=CallState.TALKING, user__role=Role.CASE_WORKER, person__isnull=False)
    return (
        Ticket.objects.select_for_update()
        .prefetch_related("holder", "responsible")
        .filter(OPEN)
        .exclude(settled)
        .exclude(pk__in=calling)
        .exclude(person__in=talking.values("person"))
        .order_by("due_elapsed", "pk")
    )
