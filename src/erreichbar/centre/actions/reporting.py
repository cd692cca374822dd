"""A matter that another organisation took down, and the promise that its agents gave."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from erreichbar.centre import one_at_a_time
from erreichbar.centre.actions.applicants import known_person
from erreichbar.centre.actions.applications import RecordApplication
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.citizens import RaiseMatter, RegisterPerson
from erreichbar.centre.actions.opening import OpenTicket
from erreichbar.centre.actions.tending import tend
from erreichbar.centre.errors import Invalid
from erreichbar.centre.models import Person, Report, Ticket
from erreichbar.centre.reading import one_line
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import Channel, Language, ReportWay

OLDEST = timedelta(days=14)
"""How long ago the call may have been. Assumption."""
FAST = timedelta(minutes=5)
"""By how much the clock of another organisation may be ahead of ours. Assumption."""
SAME_CALL = timedelta(minutes=30)
"""Reports of one person and reason whose calls are no farther apart are of one call. Assumption."""


@dataclass(kw_only=True)
class ReportMatter(Action):
    """Let a matter that another organisation reports be a ticket, once.

    Returns ``{"ticket": ref, "known": bool, "application": ref or none}``.

    The promise counts from ``called_at``, the moment of the citizen's call. Reported again under the same ``reference``, or
    by another way without it (same person, same reason, same call), it is the ticket that is there already.
    ``application_made`` says what she applied for in that call, from the list of the office file.
    """

    organisation: str
    way: ReportWay
    reference: str
    called_at: datetime
    reason: str
    family_name: str = field(repr=False)
    given_name: str = field(default="", repr=False)
    date_of_birth: date | None = field(default=None, repr=False)
    benefit_unit_number: str | None = field(default=None, repr=False)
    postal_code: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    channel: Channel = Channel.TELEPHONE
    language: Language = Language.GERMAN
    window_from: time | None = None
    window_to: time | None = None
    application_made: str | None = None
    note: str = field(default="", repr=False)

    def perform(self) -> dict[str, Any]:
        if self.organisation not in self.office.organisations:
            raise Invalid(
                "organisation",
                "Diese Organisation steht nicht in der Amtsdatei.",
                "This organisation is not in the office file.",
            )
        reference = one_line("reference", self.reference, 80)
        if not reference:
            raise Invalid(
                "reference", "Das eigene Zeichen der Meldung fehlt.", "The report's own reference is missing."
            )
        if not self.moment - OLDEST <= self.called_at <= self.moment + FAST:
            raise Invalid(
                "called_at",
                f"Der Anruf muss in den letzten {OLDEST.days} Tagen gewesen sein.",
                f"The call must have been within the last {OLDEST.days} days.",
            )
        one_at_a_time.wait_for(one_at_a_time.REPORTS)
        report = (
            Report.objects.filter(organisation=self.organisation, reference=reference).select_related("ticket").first()
        )
        ticket = report.ticket if report else self._same_call()
        known = ticket is not None
        if ticket is None:
            ticket = Ticket.objects.get(ref=self._open())
        if report is None:
            Report.objects.create(
                organisation=self.organisation, reference=reference, ticket=ticket, reported_at=self.moment
            )
            self.journal(
                events.MatterReported(
                    ticket=Ref(ticket.ref), organisation=Code(self.organisation), way=self.way, known=known
                )
            )
        return {"ticket": ticket.ref, "known": known, "application": self._applied(ticket)}

    def _applied(self, ticket: Ticket) -> str | None:
        """Record that she applied in that call, once; return the reference of the application, none if she did not."""
        if self.application_made is None:
            return None
        around = (self.called_at - SAME_CALL, self.called_at + SAME_CALL)
        same = ticket.matter.applications.filter(kind=self.application_made, made_at__range=around, withdrawn_at=None)
        if known := same.first():
            return str(known.ref)
        made = RecordApplication(
            key=f"{self.key}.application", matter=ticket.matter.ref, kind=self.application_made, began=self.called_at,
            organisation=self.organisation, proof=self.channel, email=self.email,
        )  # fmt: skip
        return str(made.run())

    def _same_call(self) -> Ticket | None:
        person = self._known()
        around = (self.called_at - SAME_CALL, self.called_at + SAME_CALL)
        same = Ticket.objects.filter(person=person, reason=self.reason, opened_at__range=around)
        return same.order_by("opened_at", "pk").first() if person else None

    def _open(self) -> str:
        at = min(self.called_at, self.moment)
        known = self._known()
        person = Ref(known.ref if known else self._register(at))
        matter = RaiseMatter(key=f"{self.key}.matter", at=at, person=person, reason=self.reason).run()
        opened = OpenTicket(
            key=f"{self.key}.ticket",
            at=at,
            matter=matter,
            number=self.number,
            channel=self.channel,
            email=self.email,
            language=self.language,
            window_from=self.window_from,
            window_to=self.window_to,
            note=self.note,
            answers={"benefit_unit_number": self.benefit_unit_number or "", "postal_code": self.postal_code or ""},
        )
        ref = opened.run()
        tend(self)  # who was there when the citizen called may have left since
        return str(ref)

    def _known(self) -> Person | None:
        return known_person(
            self.office,
            family_name=self.family_name,
            given_name=self.given_name,
            date_of_birth=self.date_of_birth,
            unit_number=self.benefit_unit_number,
            number=self.number,
        )

    def _register(self, at: datetime) -> str:
        person = RegisterPerson(
            key=f"{self.key}.person",
            at=at,
            given_name=self.given_name,
            family_name=self.family_name,
            date_of_birth=self.date_of_birth,
            benefit_unit_number=self.benefit_unit_number,
            postal_code=self.postal_code,
            number=self.number,
            language=self.language,
            channel=self.channel,
            email=self.email,
        )
        return str(person.run())
