"""What is to be sent now? Asked round by round; each message is handed over outside of any change, then recorded.

Between the two the power may fail: then it is sent again, under the same reference. So every message goes out at least once.
"""

from datetime import datetime

from django.db.models import Q

from erreichbar.centre import actions, queries
from erreichbar.centre.models import Message
from erreichbar.centre.models.keeping import WAITING
from erreichbar.office import Office
from erreichbar.post.mail import MailWay
from erreichbar.post.port import Letterbox, NotSent, Way
from erreichbar.post.proof import proof
from erreichbar.post.sms import SmsWay
from erreichbar.post.texts import Written, written
from erreichbar.record.words import Language, MessageChannel, MessageKind, MessageProblem


def ways(office: Office) -> dict[MessageChannel, Way]:
    """Return the ways out that an office has, besides letters, which people print."""
    found: dict[MessageChannel, Way] = {}
    if office.post.mail:
        found[MessageChannel.EMAIL] = MailWay(office.post.mail)
    if office.post.sms:
        found[MessageChannel.SMS] = SmsWay(office.post.sms)
    return found


def send_due(now: datetime) -> int:
    """Send every message whose turn it is. Returns how many went out.

    What has no way out stays, and is shown. Of a ticket that was closed meanwhile nothing is sent any more.
    """
    office = queries.office_in_force()
    known = ways(office)
    due = Message.objects.filter(
        WAITING, Q(next_try_at__isnull=True) | Q(next_try_at__lte=now), channel__in=list(known), ticket__closed_at=None
    )
    return sum(
        _send(office, message, known[MessageChannel(message.channel)], now)
        for message in due.order_by("queued_at", "pk")
    )


def text_of(office: Office, message: Message, now: datetime) -> Written:
    """Return what a message says. A next call whose moment is over by now is not announced."""
    if message.application is not None:
        return proof(office, message.application, MessageChannel(message.channel), Language(message.language))
    ticket, facts = message.ticket, dict(message.facts)
    assert ticket is not None  # a message is about one of the two
    if facts.get("next") and datetime.fromisoformat(facts["next"]) <= now:
        facts["next"] = None
    return written(
        office,
        MessageKind(message.kind),
        MessageChannel(message.channel),
        Language(message.language),
        code=ticket.code,
        reason=ticket.reason,
        facts=facts,
    )


def _send(office: Office, message: Message, way: Way, now: datetime) -> bool:
    key = f"post.{message.ref}.{message.tries}"
    try:
        address = _address(message)
        if not address:
            raise NotSent(MessageProblem.NO_ADDRESS, for_good=True)
        way.send(Letterbox(message.ref, address), text_of(office, message, now))
    except NotSent as no:
        actions.MessageDidNotGoOut(key=key, message=message.ref, problem=no.problem, for_good=no.for_good).run()
        return False
    actions.MessageWentOut(key=key, message=message.ref).run()
    return True


def _address(message: Message) -> str:
    about = message.application or message.ticket
    assert about is not None
    if message.channel == MessageChannel.SMS:
        return about.number or ""
    return about.person.email if about.person else ""
