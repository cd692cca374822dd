"""Tickets: one of them, what to deal with next, what lies with whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from erreichbar import promise
from erreichbar.access import AccessModel
from erreichbar.centre import clock, sight
from erreichbar.centre.errors import NotFound
from erreichbar.centre.models import Attempt, Call, CallState, Ticket, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.centre.reading import safe_times
from erreichbar.office import Office, Urgency
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Channel, Role

MOST_TRIED = 200
"""Of so many callbacks, those due first, the next is chosen."""

_FOR_WORK = (
    "ref", "holder", "number", "attempts_made", "person", "channel", "reason", "urgent",
    "opened_at", "due_elapsed", "last_chance", "window_from", "window_to", "waiting_since", "decide_by",
    "person__safe_from", "person__safe_to",
)  # fmt: skip


FOR_LISTS = (
    *_FOR_WORK, "version", "unit", "responsible", "language", "reached_at", "closed_at", "waiting_until", "due_why",
    "person__given_name", "person__family_name", "holder__username", "responsible__username",
)  # fmt: skip


class Promised(NamedTuple):
    """How the promise of a ticket stands. ``due`` is that of the headline clock."""

    is_open: bool
    reached: bool
    attempts_made: int
    due: datetime
    last_chance: datetime | None


def promise_of(ticket: Ref) -> Promised:
    """Return how the promise of a ticket stands. Raises ``NotFound``."""
    columns = ("closed_at", "reached_at", "attempts_made", "due_elapsed", "last_chance")
    found = Ticket.objects.filter(ref=ticket).values_list(*columns).first()
    if found is None:
        raise NotFound("Dieses Ticket gibt es nicht.", "There is no such ticket.")
    closed, reached, attempts, due, last_chance = found
    return Promised(closed is None, reached is not None, attempts, due, last_chance)


def version(ticket: Ref) -> int:
    """Return the present version of a ticket. Raises ``NotFound``."""
    found = Ticket.objects.filter(ref=ticket).values_list("version", flat=True).first()
    if found is None:
        raise NotFound("Dieses Ticket gibt es nicht.", "There is no such ticket.")
    return found


def ticket_for(user: User, ref: Ref) -> Ticket:
    """Return a ticket that somebody may see. Raises ``NotFound``, also for one that is none of her business."""
    ticket = (
        Ticket.objects.select_related("person", "holder", "responsible", "matter__call", "changed_by")
        .filter(ref=ref)
        .first()
    )
    if ticket is None or not sight.may_see(user, ticket, office_in_force(), clock.now()):
        raise NotFound("Dieses Ticket gibt es für Sie nicht.", "There is no such ticket for you.")
    return ticket


def units_of(user: User) -> list[str]:
    """Return the units whose tickets somebody deals with, in the order of the office file."""
    if Role(user.role) not in sight.WITH_TICKETS:
        return []
    office = office_in_force()
    return [unit for unit in office.units if sight.covers(user, unit, office)]


class Work(NamedTuple):
    """A ticket to deal with now: call back, or (``written``) answer by e-mail or letter."""

    ticket: Ref
    written: bool


def next_work(user: str, at: datetime, model: AccessModel) -> Work | None:
    """Return what somebody should deal with now, none if there is nothing: callbacks first, her list before her pools.

    The rule for callbacks is ``promise.next_callback``. Left out are citizens who are being called already, and tickets
    with as many attempts as ``model`` asks for: after those the citizen's ring-back is waited for.
    """
    office = office_in_force()
    who = User.objects.get(username=user)
    # A duty officer is for what is urgent; the units' pools are their own.
    pools = Q() if who.role != Role.DUTY_OFFICER else Q(pk__in=[])
    desk = Q(holder=who) | (Q(holder=None, unit__in=units_of(who)) & pools)
    waiting = Ticket.objects.filter(OPEN, desk, reached_at=None).select_related("person").only(*_FOR_WORK)
    tickets = list(waiting.order_by("due_elapsed", "pk"))
    if not tickets:
        return None
    lists = [ticket for ticket in tickets if ticket.holder_id], [ticket for ticket in tickets if not ticket.holder_id]
    busy = set(Attempt.objects.filter(ended_at=None, person__isnull=False).values_list("person", flat=True))
    for listed in lists:
        callable_ones = [
            ticket
            for ticket in listed
            if ticket.number and ticket.attempts_made < model.rules.attempts and ticket.person_id not in busy
        ]
        callbacks = callbacks_of(callable_ones[:MOST_TRIED], office)
        chosen = promise.next_callback(callbacks.values(), office.calendar, at)
        if chosen is not None:
            return Work(Ref(chosen.ref), written=False)
    written = [ticket for listed in lists for ticket in listed if ticket.channel != Channel.TELEPHONE]
    return Work(Ref(written[0].ref), written=True) if written else None


def callbacks_of(tickets: Sequence[Ticket] | QuerySet[Ticket], office: Office) -> dict[int, promise.Callback]:
    """Return, by primary key, what the rules of ``promise`` ask of each ticket. One query, however many tickets."""
    missed: dict[int, list[datetime]] = defaultdict(list)
    tried = [ticket.pk for ticket in tickets if ticket.attempts_made]
    attempts = Attempt.objects.filter(ticket__in=tried, outcome__isnull=False).order_by("started_at", "pk")
    for ticket, started in attempts.values_list("ticket_id", "started_at") if tried else ():
        missed[ticket].append(started)
    return {ticket.pk: callback_of(ticket, office, missed[ticket.pk]) for ticket in tickets}


def callback_of(ticket: Ticket, office: Office, attempts: Iterable[datetime]) -> promise.Callback:
    """Return what the rules of ``promise`` ask of a ticket with the moments of its attempts so far."""
    return promise.Callback(
        ref=ticket.ref,
        opened=ticket.opened_at,
        due=ticket.due_elapsed,
        last_chance=ticket.last_chance,
        urgency=_urgency(ticket, office),
        window=(ticket.window_from, ticket.window_to) if ticket.window_from and ticket.window_to else None,
        safe=safe_times(ticket.person),
        attempts=tuple(attempts),
        waiting=ticket.waiting_since is not None,
        decide_by=ticket.decide_by,
    )


def held_now() -> dict[str, int]:
    """Return how many open tickets lie with each person (id) now; who has none is left out."""
    held = Ticket.objects.filter(OPEN, holder__isnull=False).values_list("holder__username")
    return dict(held.annotate(number=Count("pk")).order_by())


def in_use() -> Q:
    """Return the condition of tickets that somebody is calling about or talking of; they stay where they are meanwhile."""
    calling = Attempt.objects.filter(ended_at=None).values("ticket")
    talking = Call.objects.filter(state=CallState.TALKING, user__role=Role.CASE_WORKER, person__isnull=False)
    return Q(pk__in=calling) | Q(person__in=talking.values("person"))


def _urgency(ticket: Ticket, office: Office) -> Urgency:
    reason = office.reasons.get(ticket.reason)
    if reason is not None:
        return reason.urgency
    return Urgency.URGENT if ticket.urgent else Urgency.NORMAL
