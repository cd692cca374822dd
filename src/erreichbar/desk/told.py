"""What the citizen of a ticket is and was told in writing, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from erreichbar.centre import queries
from erreichbar.centre.models import Message, Ticket
from erreichbar.desk import words
from erreichbar.office import Office
from erreichbar.post.outbox import text_of, ways
from erreichbar.post.texts import begins_in
from erreichbar.record.words import Language, MessageChannel, MessageKind, MessageProblem


@dataclass(frozen=True)
class Told:
    """A message: what ``about``, by what way, what became of it, its text and the language that begins with."""

    ref: str
    about: str
    way: str
    state: str
    text: str
    language: str
    to_print: bool


def told(ticket: Ticket, office: Office, now: datetime) -> list[Told]:
    """Return every message of a ticket, oldest first."""
    return [_told(message, office, now) for message in queries.messages_of(ticket)]


def _told(message: Message, office: Office, now: datetime) -> Told:
    channel = MessageChannel(message.channel)
    waits = message.sent_at is None and message.given_up_at is None
    return Told(
        ref=message.ref,
        about=str(words.MESSAGES[MessageKind(message.kind)]),
        way=str(words.MESSAGE_CHANNELS[channel]),
        state=_state(message, channel, office, now),
        text=text_of(office, message, now).text,
        language=begins_in(Language(message.language)),
        to_print=channel is MessageChannel.LETTER and waits and (message.ticket is None or message.ticket.is_open),
    )


def _state(message: Message, channel: MessageChannel, office: Office, now: datetime) -> str:
    if message.sent_at is not None:
        return _("sent %(moment)s") % {"moment": words.moment(message.sent_at, now, office.zone)}
    why = str(words.MESSAGE_PROBLEMS[MessageProblem(message.problem)]) if message.problem else ""
    if message.given_up_at is not None:
        return _("not sent: %(why)s") % {"why": why}
    if channel is MessageChannel.LETTER:
        return _("to be printed")
    if channel not in ways(office):
        return _("waits: %(why)s") % {"why": _("there is no way out for it")}
    return _("waits: %(why)s") % {"why": why} if why else _("is being sent")
