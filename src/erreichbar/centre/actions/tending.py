"""Tickets lie with who is there. The rule is ``promise.holder``; here what it says is carried out."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.steps import in_parts, take_steps
from erreichbar.centre.actions.waiting import end_wait
from erreichbar.centre.models import Ticket, TimeTaken, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.queries.presence import roster
from erreichbar.centre.queries.tickets import held_now, in_use
from erreichbar.promise import stand_in
from erreichbar.promise.clocks import MINUTE
from erreichbar.promise.stand_in import Level, Readiness
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
        self.everybody = {user.pk: user for user in User.objects.all()}
        self.users = {user.username: user for user in self.everybody.values() if user.is_active}

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
            urgent=ticket.reason if ticket.urgent else None,
            decide_by=ticket.decide_by,
        )
        in_the_pool = ticket.responsible is None and found.level is Level.RESPONSIBLE
        holder = None if in_the_pool else self.users.get(found.person or "")
        nobody = found.level is Level.NOBODY
        if ticket.holder == holder and ticket.nobody is nobody:
            return False
        self.carry(ticket.holder, holder)
        ticket.holder, ticket.nobody = holder, nobody
        ticket.assigned_why = {"de": found.why.de, "en": found.why.en}
        return True

    def carry(self, before: User | None, after: User | None) -> None:
        """Count a ticket to another list."""
        if before is not None:
            self.open_tickets[before.username] -= 1
        if after is not None:
            self.open_tickets[after.username] += 1

    def settled(self) -> Q:
        """Return the condition of tickets that certainly stay: with who is asked first for them, and there in time.

        Up to half of its time a ticket's limit is that half, which is its next step; from then on its last chance (and the date
        of an urgent matter), and who holds it must be there; what is late lies with who is free first. All others are looked
        at one by one.
        """
        found = {user: stand_in.readiness(self.roster, user, self.action.moment) for user in self.users}
        first = min((one.free_from for one in found.values() if one.free_from), default=None)
        lists: dict[Terms, list[str]] = defaultdict(list)
        for user, one in found.items():
            lists[Terms.of([one], first)].append(user)
        pools: dict[Terms, list[str]] = defaultdict(list)
        for unit in self.action.office.units:
            members = (person.id for person in self.action.office.in_role(Role.CASE_WORKER, unit))
            pools[Terms.of([found[one] for one in members if one in found], first)].append(unit)
        whose = Q(responsible=F("holder")) if self.action.office.keeping.returns else Q()
        stay = Q(pk__in=[])
        for terms, people in lists.items():
            stay |= Q(holder__in=[self.users[one].pk for one in people]) & whose & terms.kept(self.action.moment)
        for terms, units in pools.items():
            stay |= Q(unit__in=units, holder=None, responsible=None, urgent=False) & terms.kept(self.action.moment)
        return stay & Q(nobody=False, reached_at=None)


class Terms(NamedTuple):
    """When who is asked first is ready, and when ready though she must be here already; whether nobody is free before her."""

    ready: datetime | None
    ready_here: datetime | None
    first: bool

    @classmethod
    def of(cls, people: Collection[Readiness], first: datetime | None) -> "Terms":
        """Return the terms of a list or a pool; in a pool one of them is enough. ``first`` is when anybody is free first."""
        return cls(
            min((one.ready for one in people if one.ready), default=None),
            min((one.ready for one in people if one.ready and one.here), default=None),
            first is not None and any(one.free_from == first for one in people),
        )

    def kept(self, now: datetime) -> Q:
        """Return the condition of tickets for which these terms are good enough."""
        kept = Q(pk__in=[])
        if self.ready is not None:
            kept |= Q(next_step=LadderStep.REASSIGN, next_step_at__gte=self.ready)
        if self.ready_here is not None:
            later = [step for step in LadderStep if step is not LadderStep.REASSIGN]
            own_date = Q(decide_by=None) | Q(decide_by__gte=self.ready_here - MINUTE)
            kept |= Q(next_step__in=later, last_chance__gte=self.ready_here - MINUTE) & own_date
        if self.first:
            kept |= Q(last_chance=None) | Q(last_chance__lte=now - MINUTE)
        return kept


def tend(action: Action) -> Placing:
    """Let open tickets lie with who is there, by the house itself.

    Whoever is in the middle of a callback keeps its ticket; no decision that somebody is making becomes stale by this.
    """
    placing = Placing(action)
    may_move = _may_move(placing.settled())
    for some in in_parts(list(may_move.values_list("pk", flat=True))):
        locked = may_move.filter(pk__in=some).select_for_update().defer("due_why", "answers")
        for ticket in locked:
            # Fetched apart from it: joined to a locked row, it could be older.
            ticket.holder = placing.everybody.get(ticket.holder_id or 0)
            ticket.responsible = placing.everybody.get(ticket.responsible_id or 0)
            if placing.place(ticket):
                _move(action, ticket)
                placing.moved += 1
    return placing


def _move(action: Action, ticket: Ticket) -> None:
    ticket.save(update_fields=["holder", "nobody", "assigned_why"])
    action.journal(
        events.TicketAssigned(
            ticket=Ref(ticket.ref),
            unit=Code(ticket.unit),
            holder=action.staff(ticket.holder) if ticket.holder else None,
            by=None,
        )
    )


@dataclass(kw_only=True)
class TendTickets(Action):
    """Do what is due now: forget absences and waits that are over, place every open ticket, take steps of the ladder.

    Done again at the same moment it does nothing, unless ``steps.any_due``: then the rest is for ``TakeSteps``. Returns how many
    tickets moved.
    """

    def perform(self) -> int:
        TimeTaken.objects.filter(end__lte=self.moment).delete()
        for ticket in Ticket.objects.filter(OPEN, waiting_until__lte=self.moment).order_by("pk"):
            end_wait(self, ticket, None)
        placing = tend(self)
        take_steps(self)
        return placing.moved


@dataclass(kw_only=True)
class TakeSteps(Action):
    """Take further steps that are due, when there were more than one change takes: after a long stop."""

    def perform(self) -> None:
        take_steps(self)


def _may_move(settled: Q) -> QuerySet[Ticket]:
    """Return the open tickets that may have to move, those due first: nobody is calling about them or talking of them."""
    return Ticket.objects.filter(OPEN).exclude(settled).exclude(in_use()).order_by("due_elapsed", "pk")
