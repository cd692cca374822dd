"""The ladder carried out: which step of a ticket falls due when, and what is done then. Each step is taken once."""

from datetime import datetime, time

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.telling import tell_broken, tell_colleague
from erreichbar.centre.models import Message, StepTaken, Ticket, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.queries.tickets import digest_of
from erreichbar.office import Office
from erreichbar.promise.ladder import Ladder, due_steps, next_step
from erreichbar.promise.presence import Roster
from erreichbar.record import keeping
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import LadderStep, MessageKind


def plan_step(office: Office, ticket: Ticket) -> None:
    """Let a ticket, not yet saved, know its first step."""
    _plan(ticket, next_step(_moments(office, ticket), ()))


def take_steps(action: Action) -> None:
    """Take every step that is due: note it, and on a broken promise tell the citizen."""
    tickets = (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("person", "holder")
        .prefetch_related("steps")
        .filter(OPEN, next_step_at__lte=action.moment)
        .order_by("next_step_at", "pk")
    )
    for ticket in tickets:
        moments = _moments(action.office, ticket)
        taken = {LadderStep(one.step) for one in ticket.steps.all()}
        for step in due_steps(moments, taken, action.moment):
            StepTaken.objects.create(ticket=ticket, step=step, taken_at=action.moment)
            action.journal(keeping.StepTaken(ticket=Ref(ticket.ref), step=step))
            if step is LadderStep.BROKEN:
                tell_broken(action, ticket)
            taken.add(step)
        _plan(ticket, next_step(moments, taken))
        ticket.save(update_fields=["next_step", "next_step_at"])


def send_digests(action: Action, roster: Roster) -> None:
    """Send everybody who began to work today, and has not had it, what needs her today; by e-mail, one a morning."""
    office = action.office
    if office.post.mail is None:
        return
    midnight = datetime.combine(action.moment.astimezone(office.zone).date(), time(), office.zone)
    had = Message.objects.filter(kind=MessageKind.DIGEST, queued_at__gte=midnight).values("user")
    for user in User.objects.filter(is_active=True, role__in=sight.WITH_TICKETS).exclude(pk__in=had):
        person = office.people.get(user.username)
        if person is None or person.email is None or not roster.there(person.id, midnight, action.moment):
            continue
        if facts := digest_of(user, action.moment):
            tell_colleague(action, user, facts)


def _moments(office: Office, ticket: Ticket) -> dict[LadderStep, datetime]:
    calendar = office.calendar_of(ticket.unit)
    return Ladder.of(office).moments(calendar, ticket.opened_at, ticket.due_elapsed, ticket.last_chance)


def _plan(ticket: Ticket, step: tuple[LadderStep, datetime] | None) -> None:
    ticket.next_step, ticket.next_step_at = step or (None, None)
