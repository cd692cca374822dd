"""The morning's digest as one e-mail a person: how many tickets are in danger today, and their codes. Nothing of any citizen.

Each is handed over outside of any change, then recorded. Between the two the power may fail: then it is sent again after a
pause, under the same reference, by which a mail server or reader knows it again.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from erreichbar.centre import actions, queries, refs
from erreichbar.centre.models import MorningDigest
from erreichbar.centre.queries.digests import digests_to_send, people_due, still_running
from erreichbar.office import Office
from erreichbar.office.text import Text
from erreichbar.post.mail import MailWay
from erreichbar.post.port import Letterbox, NotSent
from erreichbar.post.texts import HELLO, NO_ANSWER, Written
from erreichbar.promise import receipt
from erreichbar.promise.digest import is_due
from erreichbar.record.words import Language

MOST_NAMED = 50
"""So many codes stand in one e-mail; of the rest how many they are."""
SUBJECT = Text("Ihre Tickets heute", "Your tickets today")
OWN = (
    Text(
        "1 Ticket auf Ihrer Liste ist heute gefährdet: {codes}.", "1 ticket on your list is in danger today: {codes}."
    ),
    Text(
        "{count} Tickets auf Ihrer Liste sind heute gefährdet: {codes}.",
        "{count} tickets on your list are in danger today: {codes}.",
    ),
)
LED = (
    Text(
        "In Ihren Stellen ist 1 Ticket heute gefährdet: {codes}.", "In your units 1 ticket is in danger today: {codes}."
    ),
    Text(
        "In Ihren Stellen sind {count} Tickets heute gefährdet: {codes}.",
        "In your units {count} tickets are in danger today: {codes}.",
    ),
)
TOLD = Text(
    "Bei diesen ist seit gestern die meiste Zeit vorbei: {codes}.",
    "Of these most of the time has gone by since yesterday: {codes}.",
)
AND_MORE = Text("und {count} weitere", "and {count} more")
DESK = Text("Zu Ihren Tickets: {address}", "To your tickets: {address}")


def send_due(now: datetime) -> int:
    """Write the digests that are due, and send those whose turn it is. Returns how many went out."""
    office = queries.office_in_force()
    for person in people_due(now):
        actions.WriteDigest(key=f"digest.write.{refs.new_ref()}", person=person, at=now).run()
    if office.post.mail is None:
        return 0
    way, there, sent = MailWay(office.post.mail), queries.roster(now), 0
    for digest in digests_to_send(now):
        known = office.people.get(digest.user.username)
        # Whoever has gone since, or turned out not to be in, is told nothing more today.
        if known is not None and known.email and is_due(office, there, known.id, now):
            sent += _send(office, way, digest, known.email, now)
    return sent


def text_of(office: Office, digest: MorningDigest) -> Written:
    """Return what an e-mail says, none of it of a ticket that was settled meanwhile."""
    person = office.people[digest.user.username]
    language = "de" if Language.GERMAN in person.languages else "en"
    tickets = digest.tickets
    codes = {ref: receipt.shown(one.code) for ref, one in still_running([*tickets["own"], *tickets["led"]]).items()}
    lines = [HELLO.in_(language)]
    for refs_, (one, several) in ((tickets["own"], OWN), (tickets["led"], LED)):
        left = [codes[ref] for ref in refs_ if ref in codes]
        if left:
            text = (one if len(left) == 1 else several).in_(language)
            lines.append(text.format(count=len(left), codes=_named(left, language)))
    told = [codes[ref] for ref in tickets["told"] if ref in codes]
    if told:
        lines.append(TOLD.in_(language).format(codes=_named(told, language)))
    origins: Sequence[str] = settings.CSRF_TRUSTED_ORIGINS
    if origins:
        lines.append(DESK.in_(language).format(address=f"{origins[0]}/tickets"))
    return Written(SUBJECT.in_(language), (*lines, NO_ANSWER.in_(language), office.post.neutral_name))


def _named(codes: Sequence[str], language: str) -> str:
    more = len(codes) - MOST_NAMED
    said = ", ".join(codes[:MOST_NAMED])
    return f"{said} {AND_MORE.in_(language).format(count=more)}" if more > 0 else said


def _send(office: Office, way: MailWay, digest: MorningDigest, address: str, now: datetime) -> bool:
    # A key of its own for each who tries, so that of two only one is told that she may.
    if not actions.TryDigest(key=f"digest.try.{refs.new_ref()}", digest=digest.ref, at=now).run():
        return False
    try:
        way.send(Letterbox(digest.ref, address), text_of(office, digest))
    except NotSent as no:
        actions.DigestDidNotGoOut(
            key=f"digest.not.{refs.new_ref()}", digest=digest.ref, problem=no.problem, for_good=no.for_good, at=now
        ).run()
        return False
    actions.DigestWentOut(key=f"digest.sent.{digest.ref}", digest=digest.ref, at=now).run()
    return True
