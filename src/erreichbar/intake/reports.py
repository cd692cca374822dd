"""Reports of another organisation, whatever way they come: named values in, what became of them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from erreichbar.centre import actions, queries, refs
from erreichbar.centre.models import Application, Ticket
from erreichbar.office import moments
from erreichbar.promise import receipt
from erreichbar.record.words import ReportWay

FIELDS: Mapping[str, tuple[str, ...]] = {
    "reference": ("zeichen", "vorgang"),
    "called_at": ("anruf", "zeitpunkt", "call"),
    "reason": ("anliegen",),
    "family_name": ("name", "familienname", "nachname"),
    "given_name": ("vorname",),
    "date_of_birth": ("geburtsdatum",),
    "benefit_unit_number": ("bg-nummer", "bg_nummer", "bedarfsgemeinschaft"),
    "postal_code": ("plz", "postleitzahl"),
    "number": ("telefon", "rufnummer", "telephone", "phone"),
    "email": ("e-mail", "mail"),
    "channel": ("antwort", "answer"),
    "language": ("sprache",),
    "window_from": ("erreichbar ab", "erreichbar_ab"),
    "window_to": ("erreichbar bis", "erreichbar_bis"),
    "application_made": ("antrag", "application"),
    "note": ("notiz", "bemerkung"),
}
"""The named values of a report → other names they may come under. Capital letters do not matter."""
REQUIRED = ("called_at", "reason", "family_name")
_BY_NAME = {name: field for field, others in FIELDS.items() for name in (field, *others)}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a report: the ticket's code, its moments (ISO, office's zone), and whether it was there already.

    ``application`` is the code of the application that the citizen made in that call, none if she made none.
    """

    code: str
    opened: str
    due: str
    last_chance: str | None
    known: bool
    application: str | None

    def to_json(self) -> dict[str, str | bool | None]:
        """Return it as a JSON object."""
        names = ("code", "opened", "due", "last_chance", "known", "application")
        return {name: getattr(self, name) for name in names}


def known_fields(names: Mapping[str, str]) -> dict[str, str]:
    """Return the named values that a report has, by our names, without empty ones. Others are left out."""
    found = {_BY_NAME.get(str(name).strip().lower()): str(value).strip() for name, value in names.items() if value}
    return {field: value for field, value in found.items() if field and value}


def take(given: Mapping[str, str], *, organisation: str, way: ReportWay) -> Taken:
    """Let a report be a ticket, once. Raises ``Refused`` with the field at fault.

    A report without a reference of its own gets one from what it says, so that it is known when it comes again.
    """
    fields = known_fields(given)
    for name in REQUIRED:
        if name not in fields:
            de, en = f"In der Meldung fehlt: {name}.", f"The report lacks: {name}."
            raise actions.Invalid(name, de, en)
    office = queries.office_in_force()
    try:
        fields["called_at"] = moments.read(fields["called_at"], office.zone).isoformat()
    except moments.AmbiguousMoment as no:
        raise actions.Invalid("called_at", no.de, no.en) from None
    said = "\x1f".join(f"{name}={fields[name]}" for name in sorted(fields))
    reference = fields.pop("reference", "") or f"sha256-{sha256(said.encode()).hexdigest()[:40]}"
    values: dict[str, Any] = dict(fields)  # the action turns each into what it holds, or says what is wrong with it
    key = f"report.{refs.new_ref()}"
    done = actions.ReportMatter(key=key, organisation=organisation, way=way, reference=reference, **values).run()
    ticket = Ticket.objects.get(ref=done["ticket"])
    applied = Application.objects.filter(ref=done["application"]).first()
    zone = office.zone
    return Taken(
        code=receipt.shown(ticket.code),
        opened=ticket.opened_at.astimezone(zone).isoformat(timespec="seconds"),
        due=ticket.due_elapsed.astimezone(zone).isoformat(timespec="seconds"),
        last_chance=ticket.last_chance.astimezone(zone).isoformat(timespec="seconds") if ticket.last_chance else None,
        known=done["known"],
        application=receipt.shown(applied.code) if applied else None,
    )
