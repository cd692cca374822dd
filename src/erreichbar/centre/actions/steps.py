"""The ladder carried out: which step of a ticket falls due when, and what is done then. Each step is taken once."""

from datetime import datetime

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.telling import tell_broken
from erreichbar.centre.models import StepTaken, Ticket
from erreichbar.centre.models.ticket import OPEN
from erreichbar.office import Office
from erreichbar.promise.ladder import Ladder, due_steps, next_step
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import LadderStep


def plan_step(office: Office, ticket: Ticket) -> None:
    """Let a ticket, not yet saved, know its first step."""
    _plan(ticket, next_step(_moments(office, ticket), ()))


def take_steps(action: Action) -> None:
    """Take every step that is due: note it, and on a broken promise tell the citizen."""
    tickets = (
        Ticket.objects.select_for_update()
        .prefetch_related("person", "holder", "steps")
        .filter(OPEN, next_step_at__lte=action.moment)
        .order_by("next_step_at", "pk")
    )
    for ticket in tickets:
        moments = _moments(action.office, ticket)
        taken = {LadderStep(one.step) for one in ticket.steps.all()}
        for step in due_steps(moments, taken, action.moment):
            StepTaken.objects.create(ticket=ticket, step=step, taken_at=action.moment)
            action.journal(events.StepTaken(ticket=Ref(ticket.ref), step=step))
            if step is LadderStep.BROKEN:
                tell_broken(action, ticket)
            taken.add(step)
        _plan(ticket, next_step(moments, taken))
        ticket.save(update_fields=["next_step", "next_step_at"])


def _moments(office: Office, ticket: Ticket) -> dict[LadderStep, datetime]:
    calendar = office.calendar_of(ticket.unit)
    return Ladder.of(office).moments(calendar, ticket.opened_at, ticket.due_elapsed, ticket.last_chance)


def _plan(ticket: Ticket, step: tuple[LadderStep, datetime] | None) -> None:
    ticket.next_step, ticket.next_step_at = step or (None, None)
