"""What a citizen is to be told in writing is kept here, with the change it belongs to. ``post`` sends it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from erreichbar import promise
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import name_of
from erreichbar.centre.models import Application, Message, Ticket, User
from erreichbar.centre.office_in_force import model_in_force
from erreichbar.centre.queries.tickets import callbacks_of
from erreichbar.office import numbers
from erreichbar.promise import messages
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Channel, Language, MessageChannel, MessageKind, MessageProblem


def tell_missed(action: Action, ticket: Ticket, by: User) -> None:
    """Tell the citizen, once a day, that we called and when we try again."""
    midnight = datetime.combine(action.moment.astimezone(action.office.zone).date(), time(), action.office.zone)
    if ticket.messages.filter(kind=MessageKind.MISSED_CALLBACK, queued_at__gte=midnight).exists():
        return
    channel = _channel(ticket, MessageKind.MISSED_CALLBACK)
    if channel is None:
        return
    again = ticket.attempts_made < model_in_force().rules.attempts
    callback = callbacks_of([ticket], action.office)[ticket.pk]
    facts = {"next": _next(action, ticket, callback) if again else None, "who": name_of(action.office, by).de}
    queue(action, ticket, MessageKind.MISSED_CALLBACK, channel, facts)


def broken(action: Action, ticket: Ticket, callback: promise.Callback) -> Message | None:
    """Return what the citizen is told of a promise that was not kept: when somebody will call, and who. None: by no channel.

    Not saved, nor journalled: many may break at once.
    """
    channel = _channel(ticket, MessageKind.PROMISE_BROKEN)
    if channel is None:
        return None
    facts = {
        "due": ticket.due_elapsed.isoformat(),
        "next": _next(action, ticket, callback, messages.NOTICE),
        "who": name_of(action.office, ticket.holder).de if ticket.holder else None,
    }
    return _message(action, ticket, MessageKind.PROMISE_BROKEN, channel, facts)


def queue(
    action: Action,
    ticket: Ticket | None,
    kind: MessageKind,
    channel: MessageChannel,
    facts: Mapping[str, str | None],
    *,
    application: Application | None = None,
) -> None:
    """Let a message about a ticket, or about an application of somebody known, go out by a channel."""
    message = _message(action, ticket, kind, channel, facts, application)
    message.save()
    action.journal(queued(message))


def queued(message: Message) -> events.MessageQueued:
    """Return what the journal says of a message that is to go out."""
    return events.MessageQueued(
        message=Ref(message.ref),
        ticket=Ref(message.ticket.ref) if message.ticket else None,
        about=MessageKind(message.kind),
        channel=MessageChannel(message.channel),
    )


def give_up(action: Action, message: Message, problem: MessageProblem) -> None:
    """Let a message not go out (any more)."""
    message.given_up_at, message.problem = action.moment, problem
    message.save(update_fields=["given_up_at", "problem"])
    action.journal(
        events.MessageFailed(
            message=Ref(message.ref),
            ticket=Ref(message.ticket.ref) if message.ticket else None,
            channel=MessageChannel(message.channel),
            problem=problem,
        )
    )


def _channel(ticket: Ticket, kind: MessageKind) -> MessageChannel | None:
    person = ticket.person
    return messages.channel_of(
        kind,
        wished=Channel(ticket.channel),
        has_email=bool(person and person.email),
        has_mobile=ticket.number is not None and numbers.is_mobile(ticket.number),
        may_leave_message=person.may_leave_message if person else None,
    )


def _message(
    action: Action,
    ticket: Ticket | None,
    kind: MessageKind,
    channel: MessageChannel,
    facts: Mapping[str, str | None],
    application: Application | None = None,
) -> Message:
    applicant = application.person if application else None
    language = ticket.language if ticket else applicant.language if applicant else Language.GERMAN
    return Message(
        ticket=ticket, application=application, kind=kind, channel=channel, language=language, facts=dict(facts),
        queued_at=action.moment,
    )  # fmt: skip


def _next(action: Action, ticket: Ticket, callback: promise.Callback, notice: timedelta = timedelta()) -> str | None:
    """Return when the next attempt is advised, with so much notice at least; none for who is not to be called."""
    if ticket.number is None or ticket.channel != Channel.TELEPHONE:
        return None
    calendar = action.office.calendar_of(ticket.unit)
    return promise.next_attempt(callback, calendar, action.moment + notice).moment.isoformat()
