"""What became of a written message. It is sent outside of any change; here only what came of it is recorded."""

from dataclasses import dataclass
from datetime import timedelta

from erreichbar.centre import sight
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.telling import give_up, queue
from erreichbar.centre.errors import NotAllowed, NotFound
from erreichbar.centre.models import Message
from erreichbar.promise import messages
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import MessageChannel, MessageKind, MessageProblem


def _message(ref: str) -> Message:
    """Return a message, locked until the change is made. Raises ``NotFound``."""
    found = (
        Message.objects.select_for_update()
        .prefetch_related("ticket__person", "application__person")
        .filter(ref=ref)
        .first()
    )
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
        if self.actor is not None and not sight.prints(self.actor, found, self.office):
            raise NotAllowed("Dieser Brief liegt bei einer anderen Stelle.", "This letter lies with another unit.")
        if found.channel != MessageChannel.LETTER:
            raise NotAllowed("Diese Nachricht ist kein Brief.", "This message is no letter.")
        _sent(self, found)


@dataclass(kw_only=True)
class MessageDidNotGoOut(Action):
    """A message could not be sent. It is tried again after growing pauses, or, ``for_good`` or after the last try, given up.

    That a promise was broken is then told in a letter, unless she said that no message may be left; so is the proof of an
    application, which she asked for.
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
        if pause is not None:
            found.next_try_at = self.moment + timedelta(minutes=pause)
        found.save(update_fields=["tries", "problem", "next_try_at"])
        if pause is None:
            give_up(self, found, self.problem)
            self._by_letter(found)

    def _by_letter(self, found: Message) -> None:
        """Queue as a letter what could not be told otherwise and must be told."""
        kind, of = MessageKind(found.kind), found.application or found.ticket
        person = of.person if of else None
        # Who asked for a proof has it by letter, whatever else was agreed: a letter is sealed.
        refused = person is not None and person.may_leave_message is False and kind is MessageKind.PROMISE_BROKEN
        if kind is MessageKind.MISSED_CALLBACK or found.channel == MessageChannel.LETTER or refused:
            return
        queue(self, found.ticket, kind, MessageChannel.LETTER, found.facts, application=found.application)


def _sent(action: Action, found: Message) -> None:
    if found.sent_at is not None:
        return
    # Given up, but taken after all: what happened counts.
    found.sent_at, found.given_up_at, found.problem = action.moment, None, None
    found.save(update_fields=["sent_at", "given_up_at", "problem"])
    action.journal(
        events.MessageSent(
            message=Ref(found.ref),
            ticket=Ref(found.ticket.ref) if found.ticket else None,
            channel=MessageChannel(found.channel),
            by=action.staff_of_actor,
        )
    )
