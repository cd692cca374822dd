"""The ladder carried out: which step of a ticket falls due when, and what is done then. Each step is taken once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.telling import broken, queued
from erreichbar.centre.models import Message, Person, StepTaken, Ticket, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.queries.tickets import callbacks_of
from erreichbar.office import Office
from erreichbar.promise.ladder import Ladder, due_steps, next_step
from erreichbar.promise.urgent import sooner
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import LadderStep

AT_ONCE = 500
"""So many tickets are looked at together. After a long stop all of them may be due; neither memory nor a statement grows with it."""
MOST = 2 * AT_ONCE
"""Of so many tickets a change takes the steps. Between two changes the telephone is heard and desks may write."""


def plan_step(office: Office, ticket: Ticket) -> None:
    """Let a ticket, not yet saved, know its next step; none once the citizen was reached and nothing is left to decide."""
    taken = {LadderStep(one.step) for one in ticket.steps.all()} if ticket.pk else set()
    _plan(ticket, next_step(_moments(office, ticket), taken))


def any_due(at: datetime) -> bool:
    """Return whether a step of any ticket is due."""
    return Ticket.objects.filter(OPEN, next_step_at__lte=at).exists()


def take_steps(action: Action) -> None:
    """Take the steps that are due, of ``MOST`` tickets at most: note them, and on a broken promise tell the citizen."""
    due = Ticket.objects.filter(OPEN, next_step_at__lte=action.moment).order_by("next_step_at", "pk")
    for some in in_parts(list(due.values_list("pk", flat=True)[:MOST])):
        found = due.filter(pk__in=some).select_for_update().defer("due_why", "answers", "assigned_why")
        _take(action, list(found))


def in_parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Return keys of tickets in parts of ``AT_ONCE``."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _take(action: Action, tickets: list[Ticket]) -> None:
    taken = defaultdict(set)
    for ticket_id, step in StepTaken.objects.filter(ticket__in=tickets).values_list("ticket_id", "step"):
        taken[ticket_id].add(LadderStep(step))
    ladder, steps, breaking = Ladder.of(action.office), {}, []
    for ticket in tickets:
        moments = _moments(action.office, ticket, ladder)
        steps[ticket.pk] = due_steps(moments, taken[ticket.pk], action.moment)
        if LadderStep.BROKEN in steps[ticket.pk]:
            breaking.append(ticket)
        _plan(ticket, next_step(moments, {*taken[ticket.pk], *steps[ticket.pk]}))
    StepTaken.objects.bulk_create(
        StepTaken(ticket=ticket, step=step, taken_at=action.moment) for ticket in tickets for step in steps[ticket.pk]
    )
    messages = _messages(action, breaking)
    for ticket in tickets:
        for step in steps[ticket.pk]:
            action.journal(events.StepTaken(ticket=Ref(ticket.ref), step=step))
        if ticket.pk in messages:
            action.journal(queued(messages[ticket.pk]))
    _keep_plans(tickets)


def _messages(action: Action, tickets: list[Ticket]) -> dict[int, Message]:
    """Return, by primary key, what the citizens of tickets whose promise breaks are told, saved; who is told nothing is left out."""
    people = Person.objects.in_bulk({one.person_id for one in tickets if one.person_id})
    users = User.objects.in_bulk({one.holder_id for one in tickets if one.holder_id})
    for one in tickets:
        # Fetched after the lock and by key: joined to it, a row could be older than the ticket.
        one.person, one.holder = people.get(one.person_id or 0), users.get(one.holder_id or 0)
    callbacks = callbacks_of(tickets, action.office)
    messages = {one.pk: broken(action, one, callbacks[one.pk]) for one in tickets}
    found = {key: message for key, message in messages.items() if message is not None}
    Message.objects.bulk_create(found.values())
    return found


def _keep_plans(tickets: list[Ticket]) -> None:
    adapted = connection.ops.adapt_datetimefield_value
    rows = [(one.next_step, one.next_step_at and adapted(one.next_step_at), one.pk) for one in tickets]
    with connection.cursor() as cursor:
        # Each ticket has its own moment, so no statement of Django's fits many of them.
        cursor.executemany("UPDATE centre_ticket SET next_step = %s, next_step_at = %s WHERE id = %s", rows)


def _moments(office: Office, ticket: Ticket, ladder: Ladder | None = None) -> dict[LadderStep, datetime]:
    calendar, ladder = office.calendar_of(ticket.unit), ladder or Ladder.of(office)
    if ticket.reached_at is not None:
        return ladder.until_decided(calendar, ticket.opened_at, ticket.decide_by)
    chance = sooner(ticket.last_chance, ticket.decide_by)
    return ladder.moments(calendar, ticket.opened_at, ticket.due_elapsed, chance)


def _plan(ticket: Ticket, step: tuple[LadderStep, datetime] | None) -> None:
    ticket.next_step, ticket.next_step_at = step or (None, None)
