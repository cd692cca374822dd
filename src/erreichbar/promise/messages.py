"""What is told to a citizen in writing, and by which channel."""

from datetime import timedelta

from erreichbar.record.words import Channel, MessageChannel, MessageKind

NOTICE = timedelta(hours=1)
"""So long beforehand at least a call is announced to who waits for a broken promise: the message must arrive and be read. Assumption."""


def channel_of(
    kind: MessageKind, *, wished: Channel, has_email: bool, has_mobile: bool, may_leave_message: bool | None
) -> MessageChannel | None:
    """Return by which channel a citizen may be told, none if by none.

    The channel that she chose herself always; else a text message or an e-mail, if she said that she may be left one. That
    a promise was broken is told in a letter then, unless she said no: so she is told in the next conversation.
    """
    if wished is Channel.EMAIL and has_email:
        return MessageChannel.EMAIL
    if wished is Channel.LETTER:
        return MessageChannel.LETTER
    if may_leave_message:
        if has_mobile:
            return MessageChannel.SMS
        if has_email:
            return MessageChannel.EMAIL
    if kind is MessageKind.PROMISE_BROKEN and may_leave_message is not False:
        return MessageChannel.LETTER
    return None


PAUSES_MIN = (1, 5, 15, 60, 180)
"""Minutes to wait after the first, second, … try that failed; after the last of them a message is given up. Assumption."""


def pause_after(tries: int) -> int | None:
    """Return how many minutes to wait before a message that failed so often is tried again, none if it is given up."""
    return PAUSES_MIN[tries - 1] if tries <= len(PAUSES_MIN) else None
