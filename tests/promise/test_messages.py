"""By which channel a citizen may be told: the one she chose, else only what she allowed."""

import pytest

from erreichbar.promise.messages import channel_of
from erreichbar.record.words import Channel, MessageChannel, MessageKind

MISSED, BROKEN = MessageKind.MISSED_CALLBACK, MessageKind.PROMISE_BROKEN
SMS, EMAIL, LETTER = MessageChannel.SMS, MessageChannel.EMAIL, MessageChannel.LETTER


@pytest.mark.parametrize(
    ("kind", "wished", "email", "mobile", "allowed", "channel"),
    [
        (MISSED, Channel.EMAIL, True, True, False, EMAIL),
        (MISSED, Channel.LETTER, True, True, False, LETTER),
        (MISSED, Channel.TELEPHONE, True, True, True, SMS),
        (MISSED, Channel.TELEPHONE, True, False, True, EMAIL),
        (MISSED, Channel.TELEPHONE, False, False, True, None),
        (MISSED, Channel.TELEPHONE, True, True, None, None),
        (MISSED, Channel.TELEPHONE, True, True, False, None),
        (BROKEN, Channel.TELEPHONE, True, True, True, SMS),
        (BROKEN, Channel.TELEPHONE, False, False, True, LETTER),
        (BROKEN, Channel.TELEPHONE, True, True, None, LETTER),
        (BROKEN, Channel.TELEPHONE, True, True, False, None),
    ],
)
def test_channel(
    kind: MessageKind, wished: Channel, email: bool, mobile: bool, allowed: bool | None, channel: MessageChannel | None
) -> None:
    found = channel_of(kind, wished=wished, has_email=email, has_mobile=mobile, may_leave_message=allowed)
    assert found == channel
