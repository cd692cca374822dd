"""What a citizen is to be told in writing is kept here, with the change it belongs to. ``post`` sends it."""

from collections.abc import Mapping
from datetime import datetime, time

from erreichbar import promise
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import name_of
from erreichbar.centre.models import Message, Ticket, User
from erreichbar.centre.office_in_force import model_in_force
from erreichbar.centre.queries.tickets import callbacks_of
from erreichbar.office import numbers
from erreichbar.promise import messages
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Channel, MessageChannel, MessageKind


def tell_missed(action: Action, ticket: Ticket, by: User) -> None:
    """Tell the citizen, once a day, that we called and when we try again."""
    midnight = datetime.combine(action.moment.astimezone(action.office.zone).date(), time(), action.office.zone)
    if ticket.messages.filter(kind=MessageKind.MISSED_CALLBACK, queued_at__gte=midnight).exists():
        return
    again = ticket.attempts_made < model_in_force().rules.attempts
    _tell(
        action,
        ticket,
        MessageKind.MISSED_CALLBACK,
        next=_next(action, ticket) if again else None,
        who=name_of(action.office, by).de,
    )


def tell_broken(action: Action, ticket: Ticket) -> None:
    """Tell the citizen that the promise was not kept, when somebody will call, and who."""
    _tell(
        action,
        ticket,
        MessageKind.PROMISE_BROKEN,
        due=ticket.due_elapsed.isoformat(),
        next=_next(action, ticket),
        who=name_of(action.office, ticket.holder).de if ticket.holder else None,
    )


def _tell(action: Action, ticket: Ticket, kind: MessageKind, **facts: str | None) -> None:
    person = ticket.person
    channel = messages.channel_of(
        kind,
        wished=Channel(ticket.channel),
        has_email=bool(person and person.email),
        has_mobile=ticket.number is not None and numbers.is_mobile(ticket.number),
        may_leave_message=person.may_leave_message if person else None,
    )
    if channel is None:
        return
    queue(action, ticket, kind, channel, facts)


def queue(
    action: Action, ticket: Ticket, kind: MessageKind, channel: MessageChannel, facts: Mapping[str, str | None]
) -> None:
    """Let a message go out by a channel."""
    message = Message.objects.create(
        ticket=ticket, kind=kind, channel=channel, language=ticket.language, facts=dict(facts), queued_at=action.moment
    )
    action.journal(events.MessageQueued(message=Ref(message.ref), ticket=Ref(ticket.ref), about=kind, channel=channel))


def _next(action: Action, ticket: Ticket) -> str | None:
    """Return when the next attempt is advised, none for who is not to be called."""
    if ticket.number is None or ticket.channel != Channel.TELEPHONE:
        return None
    callback = callbacks_of([ticket], action.office)[ticket.pk]
    calendar = action.office.calendar_of(ticket.unit)
    return promise.next_attempt(callback, calendar, action.moment).moment.isoformat()
