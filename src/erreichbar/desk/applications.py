"""An application made by telephone as the pages show it: what for, since when, what is read aloud, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from erreichbar.centre.models import Application
from erreichbar.desk import words
from erreichbar.office import Office, numbers
from erreichbar.promise import receipt
from erreichbar.record.words import Channel, Mistake


@dataclass(frozen=True)
class ApplicationShown:
    """``state`` is empty while it still has to be taken over; ``sentences`` are to be read aloud, in order."""

    application: Application
    code: str
    who: str
    what: str
    made: str
    back: str
    law: str
    taken_by: str
    state: str
    sentences: tuple[str, ...]

    @property
    def mistake_form(self) -> str:
        """The form that withdraws it."""
        return f"mistake-{self.application.ref}"

    @property
    def taken_form(self) -> str:
        """The form that says it stands in the case file."""
        return f"taken-{self.application.ref}"

    @property
    def who_form(self) -> str:
        """The form that says who applied."""
        return f"who-{self.application.ref}"


def shown(office: Office, applications: Iterable[Application], now: datetime) -> list[ApplicationShown]:
    """Return applications in the reader's language."""
    return [_shown(office, one, now) for one in applications]


def kinds(office: Office) -> list[tuple[str, str]]:
    """Return what can be applied for, as choices."""
    return [(kind.id, kind.label.in_(_language())) for kind in office.applications.values()]


def proofs() -> list[tuple[str, Any]]:
    """Return by which ways she may have her proof, as choices."""
    return [
        (Channel.TELEPHONE.value, _("the code alone")),
        (Channel.LETTER.value, words.CHANNELS[Channel.LETTER]),
        (Channel.EMAIL.value, words.CHANNELS[Channel.EMAIL]),
    ]


def asked(office: Office, now: datetime, began: datetime | None) -> str:
    """Return what is asked before an application is taken down; it counts from the beginning of the conversation."""
    day = date_format((began or now).astimezone(office.zone), pgettext("spoken date", "j F Y"))
    return _("“You apply today, %(day)s. Is that right?”") % {"day": day}


def _shown(office: Office, one: Application, now: datetime) -> ApplicationShown:
    kind = office.applications.get(one.kind)
    what = kind.label.in_(_language()) if kind else one.kind
    local = one.made_at.astimezone(office.zone)
    made = date_format(local, pgettext("spoken moment with year", "j F Y, H:i"))
    back = date_format(one.works_back_to, pgettext("spoken date", "j F Y"))
    code = receipt.shown(one.code)
    return ApplicationShown(
        application=one,
        code=code,
        who=_who(one),
        what=what,
        made=made,
        back=back,
        law=str(one.law[_language()]),
        taken_by=_taken_by(office, one),
        state=_state(office, one, now),
        sentences=(
            _("Your application is taken down: %(what)s.") % {"what": what},
            _("It counts from %(made)s and works back to %(back)s.") % {"made": made, "back": back},
            _("Your proof has the code %(code)s. Whether benefits are due is still to be decided.") % {"code": code},
        ),
    )


def _who(one: Application) -> str:
    if one.person is not None:
        return one.person.name
    return numbers.din5008(one.number) if one.number else _("Name and number not known")


def _taken_by(office: Office, one: Application) -> str:
    if one.organisation:
        known = office.organisations.get(one.organisation)
        return known.name.in_(_language()) if known else one.organisation
    if one.taken_by is None:
        return _("The house")
    person = office.people.get(one.taken_by.username)
    return person.name if person else one.taken_by.username


def _state(office: Office, one: Application, now: datetime) -> str:
    if one.withdrawn_at is not None and one.mistake is not None:
        when = words.moment(one.withdrawn_at, now, office.zone)
        return _("withdrawn %(moment)s: %(why)s") % {"moment": when, "why": words.MISTAKES[Mistake(one.mistake)]}
    if one.taken_over_at is not None:
        return _("taken over into the file %(moment)s") % {"moment": words.moment(one.taken_over_at, now, office.zone)}
    return ""


def _language() -> str:
    return "de" if (get_language() or "de").startswith("de") else "en"
