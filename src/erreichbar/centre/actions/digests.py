"""The morning's digests. None of it is journalled: when somebody is told what is nobody's history."""

from dataclasses import dataclass
from datetime import timedelta

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import user_named
from erreichbar.centre.errors import NotFound
from erreichbar.centre.models import MorningDigest
from erreichbar.centre.queries.digests import digest_for, people_due, today
from erreichbar.promise import messages
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import MessageProblem

KEPT = timedelta(days=3)
"""How long it is remembered that somebody had her digest. Assumption: a weekend and a day."""


@dataclass(kw_only=True)
class WriteDigest(Action):
    """Write down what somebody is to be told this morning, once a day. Old digests are forgotten. Returns its reference.

    None if it is not due, or was written already.
    """

    person: str

    def perform(self) -> Ref | None:
        day = today(self.office, self.moment)
        MorningDigest.objects.filter(day__lt=day - KEPT).delete()
        if self.person not in people_due(self.moment):
            return None
        user = user_named(self.person)
        found = digest_for(user, self.moment)
        tickets = {"own": list(found.own), "led": list(found.led), "told": sorted(found.told)}
        made = MorningDigest.objects.create(user=user, day=day, tickets=tickets, nothing=not found)
        return Ref(made.ref)


@dataclass(kw_only=True)
class TryDigest(Action):
    """Somebody is about to send a digest. Returns whether she may: two never send the same at once.

    When it is tried again, should nothing be heard of this try, is settled here.
    """

    digest: Ref

    def perform(self) -> bool:
        found = _digest(self.digest)
        over = found.sent_at is not None or found.given_up_at is not None
        if over or (found.next_try_at is not None and found.next_try_at > self.moment):
            return False
        found.tries += 1
        pause = messages.pause_after(found.tries)
        found.next_try_at = self.moment + (timedelta(minutes=pause) if pause is not None else KEPT)
        found.save(update_fields=["tries", "next_try_at"])
        return True


@dataclass(kw_only=True)
class DigestWentOut(Action):
    """A mail server took a digest. Told again, nothing happens."""

    digest: Ref

    def perform(self) -> None:
        found = _digest(self.digest)
        if found.sent_at is None:
            found.sent_at, found.given_up_at, found.problem = self.moment, None, None
            found.save(update_fields=["sent_at", "given_up_at", "problem"])


@dataclass(kw_only=True)
class DigestDidNotGoOut(Action):
    """A digest could not be sent: it is tried again as messages are, or given up. It stands in the desk in any case."""

    digest: Ref
    problem: MessageProblem
    for_good: bool = False

    def perform(self) -> None:
        found = _digest(self.digest)
        if found.sent_at is not None or found.given_up_at is not None:
            return
        found.problem = self.problem
        if self.for_good or messages.pause_after(found.tries) is None:
            found.given_up_at = self.moment
        found.save(update_fields=["problem", "given_up_at"])


@dataclass(kw_only=True)
class DismissDigest(Action):
    """Somebody has read her digest of today and puts it away."""

    def perform(self) -> None:
        day = today(self.office, self.moment)
        MorningDigest.objects.filter(user=self.actor, day=day, dismissed_at=None).update(dismissed_at=self.moment)


def _digest(ref: str) -> MorningDigest:
    """Return a digest, locked until the change is made. Raises ``NotFound``."""
    found = MorningDigest.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotFound("Diese Übersicht gibt es nicht (mehr).", "There is no such digest (any more).")
    return found
