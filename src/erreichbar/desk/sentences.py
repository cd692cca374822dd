"""A ticket as a sentence: who, what, how much time is left, what was tried, when she can be reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from erreichbar import promise
from erreichbar.centre.models import Attempt, StepTaken, Ticket
from erreichbar.centre.queries.tickets import callback_of
from erreichbar.desk import words
from erreichbar.office import Office, numbers
from erreichbar.promise import NextAttempt, Standing
from erreichbar.record.words import AttemptOutcome, Channel, LadderStep, Language

STANDINGS: dict[Standing, tuple[str, Promise]] = {
    Standing.DANGER_NOW: ("danger", lazy("Call now, it runs out")),
    Standing.LATE_NOW: ("danger", lazy("Late, call now")),
    Standing.NOW: ("success", lazy("Can be reached now")),
    Standing.DANGER_LATER: ("warning", lazy("Runs out")),
    Standing.LATE_LATER: ("warning", lazy("Late")),
    Standing.LATER: ("info", lazy("There is time")),
    Standing.WAITING: ("info", lazy("Waits for the citizen")),
}
"""How a ticket stands, as colour (and shape) and in words."""


@dataclass(frozen=True)
class Sentence:
    """A ticket as a list shows it. ``level`` is one of KERN's four, ``standing`` says the same in words."""

    ticket: Ticket
    who: str
    what: str
    limit: datetime
    left: str
    until: str
    tried: str
    window: str
    channel: str
    language: str
    further: tuple[str, ...]
    level: str
    standing: str
    next: NextAttempt | None


def sentences(office: Office, tickets: Iterable[Ticket], now: datetime) -> list[Sentence]:
    """Return tickets as sentences, in their order."""
    listed = list(tickets)
    attempts: dict[int, list[Attempt]] = {ticket.pk: [] for ticket in listed}
    for one in Attempt.objects.filter(ticket__in=attempts):
        attempts[one.ticket_id].append(one)
    reminded = StepTaken.objects.filter(ticket__in=attempts, step=LadderStep.REMIND)
    late = set(reminded.values_list("ticket_id", flat=True))
    return [_sentence(office, ticket, now, attempts[ticket.pk], ticket.pk in late) for ticket in listed]


def sentence(office: Office, ticket: Ticket, now: datetime) -> Sentence:
    """Return a ticket as a sentence."""
    return sentences(office, [ticket], now)[0]


def _sentence(office: Office, ticket: Ticket, now: datetime, made: list[Attempt], reminded: bool) -> Sentence:
    limit = limit_of(ticket)
    attempts = counted(made)
    level, standing, coming = _stands(office, ticket, attempts, now)
    tried = ""
    if attempts:
        last = attempts[-1]
        outcome = AttemptOutcome(last.outcome) if last.outcome else None
        tried = words.attempt(len(attempts), last.started_at, outcome, now, office.zone)
    return Sentence(
        ticket=ticket,
        who=who(ticket),
        what=what(office, ticket.reason),
        limit=limit,
        left=words.left(limit, now),
        until=words.until(limit, now, office.zone),
        tried=tried,
        window=words.window(ticket.window_from, ticket.window_to),
        channel=str(words.CHANNELS[Channel(ticket.channel)]),
        language=str(words.LANGUAGES[Language(ticket.language)]),
        further=_further(office, ticket, now, reminded),
        level=level,
        standing=standing,
        next=coming,
    )


def who(ticket: Ticket) -> str:
    """Return who is waiting for the answer: her name, else the number she left."""
    if ticket.person is not None:
        return ticket.person.name
    return numbers.din5008(ticket.number) if ticket.number else _("Name not known")


def what(office: Office, reason: str) -> str:
    """Return a contact reason in the reader's language; its id, if the office file no longer has it."""
    known = office.reasons.get(reason)
    return known.label.in_(get_language() or "de") if known else reason


def limit_of(ticket: Ticket) -> datetime:
    """Return until when the promise can be kept: the last staffed minute, else (there is none) the due moment.

    Once the citizen was reached it is until when an urgent matter can be decided in time, if that is left.
    """
    if ticket.reached_at is not None and ticket.decide_by is not None:
        return ticket.decide_by
    return ticket.last_chance or ticket.due_elapsed


def counted(made: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts that count, first to last: answered, or with an outcome, or going on."""
    attempts = [one for one in made if one.connected_at or one.outcome or one.ended_at is None]
    return sorted(attempts, key=lambda one: (one.started_at, one.pk))


def _stands(
    office: Office, ticket: Ticket, attempts: list[Attempt], now: datetime
) -> tuple[str, str, NextAttempt | None]:
    if not ticket.is_open:
        return "success", _("Closed"), None
    if ticket.waiting_until is not None:
        until = words.moment(ticket.waiting_until, now, office.zone)
        return "info", _("Waits for the citizen until %(until)s") % {"until": until}, None
    if ticket.reached_at is not None:
        left = _("Reached, to be closed") if ticket.decide_by is None else _("Reached, to be decided")
        return "info", left, None
    calendar = office.calendar_of(ticket.unit)
    missed = (one.started_at for one in attempts if one.outcome != AttemptOutcome.REACHED)
    callback = callback_of(ticket, office, missed)
    coming = promise.next_attempt(callback, calendar, now)
    standing = promise.standing(callback, calendar, now, coming=coming)
    level, said = STANDINGS[standing]
    if ticket.number is None or ticket.channel != Channel.TELEPHONE:
        return level, _("To be answered %(channel)s") % {"channel": words.CHANNELS[Channel(ticket.channel)]}, None
    return level, str(said), coming


def _further(office: Office, ticket: Ticket, now: datetime, reminded: bool) -> tuple[str, ...]:
    said = []
    if ticket.reached_at is None and reminded:
        said.append(_("most of the promised time is over"))
    if ticket.decide_by is not None and ticket.is_open:
        by = words.moment(ticket.decide_by, now, office.zone)
        said.append(_("to be decided by %(moment)s") % {"moment": by})
    if ticket.responsible is not None and ticket.responsible_id != ticket.holder_id:
        person = office.people.get(ticket.responsible.username)
        said.append(_("stands in for %(name)s") % {"name": person.name if person else ticket.responsible.username})
    if ticket.language != Language.GERMAN:
        said.append(_("speaks %(language)s") % {"language": words.LANGUAGES[Language(ticket.language)]})
    if ticket.channel != Channel.TELEPHONE:
        said.append(str(words.CHANNELS[Channel(ticket.channel)]))
    return tuple(said)
