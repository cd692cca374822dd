"""Opening a ticket: a matter that could not be settled becomes a promise."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from erreichbar import promise
from erreichbar.centre import refs, sight
from erreichbar.centre.actions.agreeing import agree, check_times
from erreichbar.centre.actions.citizens import WithCaller, check_undone
from erreichbar.centre.actions.found import matter_with
from erreichbar.centre.actions.reaching import mark_reached
from erreichbar.centre.actions.steps import plan_step
from erreichbar.centre.actions.tending import Placing
from erreichbar.centre.actions.urgency import matter_of, officer_for, reckon, tell_deadline
from erreichbar.centre.errors import Invalid, NotResponsible
from erreichbar.centre.models import Matter, Person, PersonNumber, Ticket, TicketNote, UrgentMatter, User
from erreichbar.centre.presenting import check_dialling
from erreichbar.centre.reading import benefit_unit_number, email_address, note_text, number_of, one_line
from erreichbar.office import responsibility
from erreichbar.promise import receipt
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import Channel, ClockName, Language

ASKED = ("benefit_unit_number", "family_name", "postal_code")
"""Answers that tell who is responsible. They override what is recorded of the person."""


@dataclass(kw_only=True)
class OpenTicket(WithCaller):
    """Turn an unsettled matter into a promise. Returns the reference of the ticket.

    The due moments are computed once, here, and stored with their explanation; forwarding or reopening never restarts a
    clock. An urgent matter lies with the duty office; ``dates`` (by their ids in the office file) and the postal code of a new
    flat are asked for it. Raises ``NotResponsible`` if no unit covers the matter or an answer is missing that tells which one does,
    ``NumberRefused`` if the number must not be dialled.
    """

    matter: Ref
    answers: dict[str, Any] = field(default_factory=dict, repr=False)
    note: str = field(default="", repr=False)
    number: str | None = field(default=None, repr=False)
    window_from: time | None = None
    window_to: time | None = None
    language: Language | None = None
    channel: Channel | None = None
    email: str | None = field(default=None, repr=False)
    may_show_number: bool | None = None
    may_leave_message: bool | None = None
    safe_from: time | None = None
    safe_to: time | None = None
    dates: dict[str, Any] = field(default_factory=dict, repr=False)
    new_postal_code: str = field(default="", repr=False)
    contact_told: bool = False

    def perform(self) -> Ref:
        matter = matter_with(self.matter)
        check_undone(matter)
        self.caller(matter.call.ref if matter.call else None)
        reason = self.office.reasons[matter.reason]
        urgent = matter_of(self, reason, self.dates, self.new_postal_code, contact_told=self.contact_told)
        person = matter.person
        number = self._number(person)
        check_times(self.office, self.moment, "window", self.window_from, self.window_to)
        self._learn(person, number)
        found = self._responsible(matter)
        ticket = self._create(matter, number, found, urgent)
        if note := note_text("note", self.note):
            TicketNote.objects.create(ticket=ticket, author=self.actor, written_at=self.moment, text=note)
        self._tell(ticket, matter)
        if urgent is not None:
            self._keep(ticket, urgent)
        return Ref(ticket.ref)

    # -- how and when the citizen is called back --------------------------------------------------------------------

    def _number(self, person: Person | None) -> str | None:
        number = number_of("number", self.number)
        if number is not None:
            check_dialling("number", number, self.office)
        elif self._channel(person) is Channel.TELEPHONE:
            raise Invalid(
                "number",
                "Für den Rückruf fehlt die Telefonnummer. Ohne Telefon wählen Sie bitte E-Mail oder Brief.",
                "The callback needs a telephone number. Without a telephone please choose e-mail or letter.",
            )
        return number

    def _channel(self, person: Person | None) -> Channel:
        return self.channel or (Channel(person.channel) if person else Channel.TELEPHONE)

    def _learn(self, person: Person | None, number: str | None) -> None:
        """Keep for next time how the citizen wishes to be answered."""
        channel, email = self._channel(person), email_address("email", self.email)
        if channel is Channel.EMAIL and not (email or (person and person.email)):
            raise Invalid("email", "Für die Antwort fehlt die E-Mail-Adresse.", "The answer needs an e-mail address.")
        if person is None:
            if number is None or channel is not Channel.TELEPHONE:
                raise Invalid(
                    "matter",
                    "Ohne Namen ist nur ein Rückruf möglich. Bitte erfassen Sie die Person.",
                    "Without a name only a callback is possible. Please record the person.",
                )
            return
        known = (person.language, person.channel, person.email)
        person.language = self.language or person.language
        person.channel = channel
        person.email = email or person.email
        if known != (person.language, person.channel, person.email):
            person.save(update_fields=["language", "channel", "email"])
        agree(person, self)
        if number is not None:
            PersonNumber.objects.get_or_create(person=person, e164=number)

    # -- whose it is, and when it is due ----------------------------------------------------------------------------

    def _responsible(self, matter: Matter) -> responsibility.Responsible:
        person = matter.person
        told = {name: self.answers.get(name) or (getattr(person, name) if person else "") for name in ASKED}
        unit_number = benefit_unit_number("benefit_unit_number", str(told["benefit_unit_number"] or ""), self.office)
        try:
            return responsibility.responsible(
                self.office,
                matter.reason,
                benefit_unit_number=unit_number or None,
                family_name=one_line("family_name", str(told["family_name"] or ""), 80) or None,
                postal_code=one_line("postal_code", str(told["postal_code"] or ""), 10) or None,
            )
        except responsibility.NotResponsible as error:
            raise NotResponsible(error.missing[0] if error.missing else "matter", error.de, error.en) from None

    def _create(
        self, matter: Matter, number: str | None, found: responsibility.Responsible, urgent: UrgentMatter | None
    ) -> Ticket:
        dues = promise.on_all_clocks(self.office.calendar, self.moment, staffed=self.office.calendar_of(found.unit))
        headline = dues[ClockName.ELAPSED]
        person = matter.person
        reason = self.office.reasons[matter.reason]
        own = User.objects.filter(username=found.case_worker, is_active=True).first() if found.case_worker else None
        why = {"de": found.why.de, "en": found.why.en}
        if (officer := officer_for(self, found.unit, reason)) is not None:
            own = officer
            why = {
                "de": f"Dringend: Tagesdienst. Sonst: {why['de']}",
                "en": f"Urgent: duty office. Otherwise: {why['en']}",
            }
        ticket = Ticket(
            code=_new_code(),
            changed_at=self.moment,
            changed_by=self.actor,
            matter=matter,
            person=person,
            reason=matter.reason,
            urgent=reason.is_urgent,
            answers=self.answers,
            unit=found.unit,
            holder=own,
            responsible=own,
            assigned_why=why,
            number=number,
            window_from=self.window_from,
            window_to=self.window_to,
            language=self.language or (person.language if person else Language.GERMAN),
            channel=self._channel(person),
            opened_at=self.moment,
            opened_by=self.actor,
            due_elapsed=headline.moment,
            due_service_hours=dues[ClockName.SERVICE_HOURS].moment,
            due_working_days=dues[ClockName.WORKING_DAYS].moment,
            last_chance=headline.last_chance,
            due_why={clock.value: [why.to_json(self.office.zone) for why in due.why] for clock, due in dues.items()},
        )
        if urgent is not None:
            reckon(self.office, ticket, urgent)
        plan_step(self.office, ticket)
        Placing(self).place(ticket)
        ticket.save()
        return ticket

    def _keep(self, ticket: Ticket, urgent: UrgentMatter) -> None:
        """Keep what is known of an urgent matter. Who was told of another body in the call has her answer."""
        urgent.ticket = ticket
        urgent.save()
        if urgent.deadline is not None:
            tell_deadline(self, ticket, urgent)
        if urgent.contact_told_at is not None and self.actor is not None:
            mark_reached(self, ticket, sight.talked_with(self.actor, ticket, self.office), self.actor)

    def _tell(self, ticket: Ticket, matter: Matter) -> None:
        self.journal(
            events.TicketOpened(
                ticket=Ref(ticket.ref),
                matter=Ref(matter.ref),
                call=Ref(matter.call.ref) if matter.call else None,
                person=Ref(matter.person.ref) if matter.person else None,
                reason=Code(ticket.reason),
                unit=Code(ticket.unit),
                holder=self.staff(ticket.holder) if ticket.holder else None,
                urgent=ticket.urgent,
                channel=Channel(ticket.channel),
                language=Language(ticket.language),
                due_elapsed=ticket.due_elapsed,
                due_service_hours=ticket.due_service_hours,
                due_working_days=ticket.due_working_days,
                last_chance=ticket.last_chance,
            )
        )


def _new_code() -> str:
    """Return a free ticket code. Codes are drawn at random, so nobody can count or guess tickets by them."""
    while True:
        code = receipt.code(refs.new_number(7))
        if not Ticket.objects.filter(code=code).exists():
            return code
