"""What became of a written message. It is sent outside of any change; here only what came of it is recorded."""

from dataclasses import dataclass
from datetime import timedelta

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.telling import queue
from erreichbar.centre.errors import NotAllowed, NotFound
from erreichbar.centre.models import Message
from erreichbar.promise import messages
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import MessageChannel, MessageKind, MessageProblem


def _message(ref: str) -> Message:
    """Return a message, locked until the change is made. Raises ``NotFound``."""
    found = Message.objects.select_for_update().prefetch_related("ticket__person").filter(ref=ref).first()
    if found is None:
        raise NotFound("Diese Nachricht gibt es nicht.", "There is no such message.")
    return found


@dataclass(kw_only=True)
class MessageWentOut(Action):
    """A mail server or an SMS provider took a message. Told again, nothing happens."""

    message: Ref

    def perform(self) -> None:
        _sent(self, _message(self.message))


@dataclass(kw_only=True)
class DispatchLetter(Action):
    """Somebody of the office printed a letter and gave it to the post."""

    message: Ref

    def perform(self) -> None:
        found = _message(self.message)
        sight.require_work_on(self.actor, found.ticket, self.office)
        if found.channel != MessageChannel.LETTER:
            raise NotAllowed("Diese Nachricht ist kein Brief.", "This message is no letter.")
        _sent(self, found)


@dataclass(kw_only=True)
class MessageDidNotGoOut(Action):
    """A message could not be sent. It is tried again after growing pauses, or, ``for_good`` or after the last try, given up.

    That a promise was broken is then told in a letter, unless she said that no message may be left.
    """

    message: Ref
    problem: MessageProblem
    for_good: bool = False

    def perform(self) -> None:
        found = _message(self.message)
        if found.sent_at is not None or found.given_up_at is not None:
            return
        found.tries, found.problem = found.tries + 1, self.problem
        pause = None if self.for_good else messages.pause_after(found.tries)
        if pause is None:
            found.given_up_at = self.moment
            self._give_up(found)
        else:
            found.next_try_at = self.moment + timedelta(minutes=pause)
        found.save(update_fields=["tries", "problem", "next_try_at", "given_up_at"])

    def _give_up(self, found: Message) -> None:
        channel = MessageChannel(found.channel)
        ticket = found.ticket
        self.journal(
            events.MessageFailed(message=Ref(found.ref), ticket=Ref(ticket.ref), channel=channel, problem=self.problem)
        )
        person = ticket.person
        refused = person is not None and person.may_leave_message is False
        if found.kind != MessageKind.PROMISE_BROKEN or channel is MessageChannel.LETTER or refused:
            return
        queue(self, ticket, MessageKind(found.kind), MessageChannel.LETTER, found.facts)


def _sent(action: Action, found: Message) -> None:
    if found.sent_at is not None:
        return
    # Given up, but taken after all: what happened counts.
    found.sent_at, found.given_up_at, found.problem = action.moment, None, None
    found.save(update_fields=["sent_at", "given_up_at", "problem"])
    action.journal(
        events.MessageSent(
            message=Ref(found.ref),
            ticket=Ref(found.ticket.ref),
            channel=MessageChannel(found.channel),
            by=action.staff_of_actor,
        )
    )
