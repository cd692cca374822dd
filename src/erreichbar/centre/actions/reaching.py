"""The one way a ticket becomes reached."""

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.steps import plan_step
from erreichbar.centre.models import Ticket, User
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import TalkedWith


def mark_reached(
    action: Action, ticket: Ticket, whom: TalkedWith, by: User | None, *, without_contact: bool = False
) -> None:
    """Let a ticket be reached, with whom, from the action's moment. The first time counts; later ones change nothing.

    Attempted is the earliest of first attempt, reached and resolved, so it is set if it was not.
    """
    if ticket.reached_at is not None:
        return
    ticket.reached_at = action.moment
    ticket.attempted_at = min(action.moment, ticket.attempted_at or action.moment)
    ticket.reached_with = whom
    ticket.without_contact = without_contact
    plan_step(action.office, ticket)
    decide(action, ticket, by, "reached")
    ticket.save()
    action.journal(events.CitizenReached(ticket=Ref(ticket.ref), with_whom=whom, without_contact=without_contact))


def decide(action: Action, ticket: Ticket, by: User | None, how: str) -> None:
    """Give a ticket its next version: somebody decided something about it."""
    ticket.version += 1
    ticket.changed_at = action.moment
    ticket.changed_by = by
    ticket.changed_how = how
