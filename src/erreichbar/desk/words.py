"""Time in words, and the closed lists of ``record.words`` as people say them, in the reader's language.

Moments are shown in the office's zone. A function that says how long something takes is given ``now``: it has no clock.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext

from erreichbar.record.words import (
    AttemptOutcome,
    Channel,
    DecisionOutcome,
    DispatchForm,
    EndedBy,
    Language,
    MessageChannel,
    MessageKind,
    MessageProblem,
    Mistake,
    PresentedNumber,
    SeatState,
    TalkedWith,
    TicketOutcome,
)

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
HOURS_UP_TO = 48
"""Longer stretches than so many hours are said in days."""
WEEKDAY_ALONE = 6
"""So many days ahead a weekday is understood without its date."""

YES_OR_NO = [("yes", lazy("Yes")), ("no", lazy("No"))]
"""The choices of a question that may also be left open."""
SEAT_STATES: dict[SeatState, Promise] = {
    SeatState.OFF: lazy("Signed off"),
    SeatState.READY: lazy("Ready"),
    SeatState.RINGING: lazy("Ringing"),
    SeatState.TALKING: lazy("In conversation"),
    SeatState.WRAP_UP: lazy("Wrap-up"),
    SeatState.PAUSE: lazy("Pause"),
}
ATTEMPT_OUTCOMES: dict[AttemptOutcome, Promise] = {
    AttemptOutcome.REACHED: lazy("reached in person"),
    AttemptOutcome.NOT_ANSWERED: lazy("nobody answered"),
    AttemptOutcome.BUSY: lazy("engaged"),
    AttemptOutcome.VOICEMAIL: lazy("voicemail"),
    AttemptOutcome.OTHER_PERSON: lazy("another person answered"),
    AttemptOutcome.WRONG_NUMBER: lazy("wrong number"),
}
TICKET_OUTCOMES: dict[TicketOutcome, Promise] = {
    TicketOutcome.SETTLED: lazy("Settled in conversation"),
    TicketOutcome.DECIDED: lazy("Decided, the letter follows"),
    TicketOutcome.REFERRED: lazy("Referred to another body"),
    TicketOutcome.DONE_NOT_TOLD: lazy("Done, but the citizen was not told"),
    TicketOutcome.WRITTEN_ASSURANCE_SENT: lazy("Written assurance sent"),
}
DECISIONS: dict[DecisionOutcome, Promise] = {
    DecisionOutcome.APPROVED: lazy("Approved"),
    DecisionOutcome.APPROVED_IN_PART: lazy("Approved in part"),
    DecisionOutcome.REFUSED: lazy("Refused"),
    DecisionOutcome.NOT_NEEDED: lazy("No decision needed any more"),
}
DISPATCH_FORMS: dict[DispatchForm, Promise] = {
    DispatchForm.SIGNED_LETTER: lazy("signed letter, posted"),
    DispatchForm.HANDED_OVER: lazy("signed letter, handed over in person"),
    DispatchForm.QUALIFIED_SIGNATURE: lazy("electronic, with qualified signature"),
    DispatchForm.DE_MAIL: lazy("De-Mail with confirmation of the sender"),
}
TALKED_WITH: dict[TalkedWith, Promise] = {
    TalkedWith.RESPONSIBLE: lazy("the person responsible"),
    TalkedWith.SUBSTITUTE: lazy("a substitute"),
    TalkedWith.DUTY_OFFICER: lazy("the duty office"),
    TalkedWith.AGENT: lazy("the service centre"),
    TalkedWith.NOBODY: lazy("nobody, answered in writing"),
}
CHANNELS: dict[Channel, Promise] = {
    Channel.TELEPHONE: lazy("by telephone"),
    Channel.EMAIL: lazy("by e-mail"),
    Channel.LETTER: lazy("by letter"),
}
MESSAGES: dict[MessageKind, Promise] = {
    MessageKind.MISSED_CALLBACK: lazy("We called and reached nobody"),
    MessageKind.PROMISE_BROKEN: lazy("The promise was not kept"),
    MessageKind.APPLICATION_PROOF: lazy("Confirmation of an application"),
}
MESSAGE_CHANNELS: dict[MessageChannel, Promise] = {
    MessageChannel.EMAIL: lazy("e-mail"),
    MessageChannel.SMS: lazy("text message"),
    MessageChannel.LETTER: lazy("letter"),
}
MESSAGE_PROBLEMS: dict[MessageProblem, Promise] = {
    MessageProblem.NO_ADDRESS: lazy("the citizen has no such address"),
    MessageProblem.UNREACHABLE: lazy("mail server or provider does not answer"),
    MessageProblem.REFUSED: lazy("mail server or provider refused it"),
    MessageProblem.WITHDRAWN: lazy("the application was withdrawn"),
}
MISTAKES: dict[Mistake, Promise] = {
    Mistake.NOT_DECLARED: lazy("there was no application"),
    Mistake.WRONG_PERSON: lazy("it was somebody else"),
    Mistake.WRONG_KIND: lazy("it was for something else"),
    Mistake.TWICE: lazy("it was entered twice"),
}
LANGUAGES: dict[Language, Promise] = {
    Language.GERMAN: lazy("German"),
    Language.ENGLISH: lazy("English"),
    Language.TURKISH: lazy("Turkish"),
    Language.ARABIC: lazy("Arabic"),
    Language.RUSSIAN: lazy("Russian"),
    Language.UKRAINIAN: lazy("Ukrainian"),
}
PRESENTED: dict[PresentedNumber, Promise] = {
    PresentedNumber.WITHHELD: lazy("no number"),
    PresentedNumber.CENTRE: lazy("the centre's number"),
    PresentedNumber.OWN: lazy("your direct line"),
}
ENDED_BY: dict[EndedBy, Promise] = {
    EndedBy.CITIZEN: lazy("the other side has hung up"),
    EndedBy.OFFICE: lazy("you have hung up"),
    EndedBy.LINE: lazy("the line has ended the call"),
}


def duration(length: timedelta) -> str:
    """Return a length of time in words: hours and minutes, days beyond two of them, less than a minute as such."""
    minutes = int(length / MINUTE)
    hours, rest = divmod(minutes, 60)
    if minutes < 1:
        return _("less than 1 min")
    if hours >= HOURS_UP_TO:
        days = length // DAY
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    parts = [_("%(count)d h") % {"count": hours}] if hours else []
    if rest:
        parts.append(_("%(count)d min") % {"count": rest})
    return " ".join(parts)


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return a time of day, 24 hours: ``16:10``."""
    return f"{moment.astimezone(zone):%H:%M}"


def day(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a day as people say it: today, tomorrow, yesterday, a weekday of the coming days, else the date."""
    local = moment.astimezone(zone)
    ahead = (local.date() - now.astimezone(zone).date()).days
    if ahead in (-1, 0, 1):
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[ahead]
    if 1 < ahead <= WEEKDAY_ALONE:
        return date_format(local, "l")
    return date_format(local, pgettext("date with weekday", "D j M"))


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return day and time of day: ``heute 16:10``."""
    return f"{day(at, now, zone)} {clock(at, zone)}"


def short_moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return the time of day alone for today, else with its day: ``10:12``, ``gestern 10:12``."""
    today = at.astimezone(zone).date() == now.astimezone(zone).date()
    return clock(at, zone) if today else moment(at, now, zone)


def share(part: float) -> str:
    """Return a share (0 to 1) in whole per cent: ``92 %``."""
    return f"{part:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


def left(due: datetime, now: datetime) -> str:
    """Return how much time is left, or for how long the moment has been over."""
    if due >= now:
        return _("%(time)s left") % {"time": duration(due - now)}
    return _("overdue for %(time)s") % {"time": duration(now - due)}


def until(due: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return until when: ``bis heute 16:10``."""
    return _("until %(moment)s") % {"moment": moment(due, now, zone)}


def left_until(due: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return both, what is left first: ``noch 5 Std. 20 Min. · bis heute 16:10``."""
    return f"{left(due, now)} · {until(due, now, zone)}"


def window(start: time | None, end: time | None) -> str:
    """Return when a citizen wishes to be called, full hours without minutes: ``14–16 Uhr``; empty if it is all the same."""
    if start is None or end is None:
        return ""
    plain = not (start.minute or end.minute)
    said = f"{start.hour}–{end.hour}" if plain else f"{start:%H:%M}–{end:%H:%M}"
    return pgettext("time of day", "%(hours)s h") % {"hours": said}


def attempt(number: int, started: datetime, outcome: AttemptOutcome | None, now: datetime, zone: ZoneInfo) -> str:
    """Return what came of the so-many-eth attempt: ``1. Versuch 10:12: niemand abgenommen``."""
    said = ATTEMPT_OUTCOMES[outcome] if outcome else _("no outcome recorded yet")
    return _("attempt %(number)d, %(moment)s: %(outcome)s") % {
        "number": number,
        "moment": short_moment(started, now, zone),
        "outcome": said,
    }


def waiting(count: int) -> str:
    """Return how many calls wait."""
    return ngettext("%(count)d waits", "%(count)d wait", count) % {"count": count} if count else _("nobody waits")


def hint(persons: int, tickets: int) -> str:
    """Return what may be said of a number before the identity check: counts only."""
    if not persons:
        return _("Nobody is known yet under this number.")
    known = ngettext("%(count)d person", "%(count)d persons", persons) % {"count": persons}
    promised = ngettext("%(count)d open ticket", "%(count)d open tickets", tickets) % {"count": tickets}
    if not tickets:
        return _("%(persons)s, no open ticket on this number") % {"persons": known}
    return _("%(persons)s, %(tickets)s on this number") % {"persons": known, "tickets": promised}
