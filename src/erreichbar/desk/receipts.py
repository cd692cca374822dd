"""What the citizen is told at the end: the code of her ticket, until when she is answered, what to have ready."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from erreichbar.centre.models import Ticket, UrgentMatter
from erreichbar.desk.urgent_shown import day_said
from erreichbar.office import Office
from erreichbar.promise import receipt, urgent
from erreichbar.record.words import Channel


@dataclass(frozen=True)
class Receipt:
    """The sentences to be read aloud, in order. ``impossible``: nobody is there before the promise runs out."""

    code: str
    sentences: tuple[str, ...]
    papers: tuple[str, ...]
    impossible: bool


def receipt_of(office: Office, ticket: Ticket, now: datetime) -> Receipt:
    """Return the receipt of a ticket in the reader's language."""
    language = get_language() or "de"
    reason = office.reasons.get(ticket.reason)
    papers = tuple(paper.in_(language) for paper in reason.papers) if reason else ()
    code = receipt.shown(ticket.code)
    sentences = [_("Your ticket has the code %(code)s.") % {"code": code}]
    if urgent_said(office, ticket, sentences):
        return Receipt(code, tuple(sentences), papers, impossible=False)
    if ticket.last_chance is not None:
        sentences.append(_PROMISES[Channel(ticket.channel)]() % {"moment": _spoken(office, ticket.last_chance)})
    else:
        sentences.append(
            _("Within 48 hours nobody is here. We answer as soon as we are back, from %(moment)s.")
            % {"moment": _spoken(office, office.calendar_of(ticket.unit).next_opening(ticket.due_elapsed))}
        )
    if papers:
        sentences.append(_("Please have ready: %(papers)s.") % {"papers": "; ".join(papers)})
    return Receipt(code, tuple(sentences), papers, ticket.is_impossible_by_calendar)


def urgent_said(office: Office, ticket: Ticket, sentences: list[str]) -> bool:
    """Add what is said of an urgent matter. Returns whether it is for another body."""
    matter = UrgentMatter.objects.filter(ticket=ticket).first()
    if matter is None:
        return False
    body = office.bodies.get(matter.body)
    if body is not None and not body.ours:
        contact = urgent.contact_of(body).in_(get_language() or "de")
        sentences.append(
            _("Competent is %(contact)s. What you applied for here we pass on to them.") % {"contact": contact}
        )
        return True
    if matter.deadline is None:
        sentences.append(_("It lies with the duty office at once."))
    else:
        sentences.append(
            _("It lies with the duty office at once; we have noted %(day)s as the last day.")
            % {"day": day_said(matter.deadline)}
        )
    return False


_PROMISES = {
    Channel.TELEPHONE: lambda: _("We call you back by %(moment)s at the latest."),
    Channel.EMAIL: lambda: _("You have our answer by e-mail by %(moment)s at the latest."),
    Channel.LETTER: lambda: _("Our letter leaves here by %(moment)s at the latest."),
}


def _spoken(office: Office, moment: datetime) -> str:
    """Return a moment as one says it on the telephone: weekday, date, time of day."""
    local = moment.astimezone(office.zone)
    return date_format(local, pgettext("spoken moment", "l, j F, H:i"))
