"""What a citizen answered to the questions of a contact reason."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erreichbar.centre.models import Ticket
from erreichbar.office import Office


def answers(office: Office, found: Ticket) -> list[tuple[str, str]]:
    """Return the answers with their questions, in order; answers that told who is responsible last."""
    questions = questions_of(office, found)
    told: dict[str, str] = dict(found.answers)
    shown = [(question, told.pop(str(nth))) for nth, question in enumerate(questions, 1) if str(nth) in told]
    names = {
        "benefit_unit_number": _("Benefit-unit number"),
        "family_name": _("Family name"),
        "postal_code": _("Postal code"),
    }
    return shown + [(names.get(name, name), text) for name, text in told.items() if text]


def deciding(office: Office, found: Ticket) -> list[tuple[str, str]]:
    """Return the questions whose answers decide, each with its answer, empty if it was not asked."""
    reason, questions = office.reasons.get(found.reason), questions_of(office, found)
    if reason is None or reason.decision is None:
        return []
    return [(questions[nth - 1], str(found.answers.get(str(nth), ""))) for nth in reason.decision.deciding]


def questions_of(office: Office, found: Ticket) -> list[str]:
    """Return the questions of a ticket's contact reason in the reader's language."""
    reason = office.reasons.get(found.reason)
    return [question.in_(get_language() or "de") for question in reason.questions] if reason else []
