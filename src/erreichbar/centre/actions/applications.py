"""Applications made by telephone: kept with their moment as proof, until they stand in the case file.

No form is prescribed (§ 37 SGB II, § 9 SGB X as of March 2022), and to take a declaration must not be refused (§ 20(3) SGB X):
so neither a name nor a number is needed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from erreichbar.centre import refs, sight
from erreichbar.centre.actions.applicants import identified, known_person, unit_of
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.citizens import RegisterPerson, WithCaller
from erreichbar.centre.actions.found import matter_with, person_with
from erreichbar.centre.actions.telling import give_up, queue
from erreichbar.centre.errors import Invalid, NotAllowed, NotFound, Refused
from erreichbar.centre.models import Application, Call, Matter, Ticket
from erreichbar.centre.reading import email_address
from erreichbar.promise import applications as rules
from erreichbar.promise import receipt
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import Channel, MessageChannel, MessageKind, MessageProblem, Mistake


@dataclass(kw_only=True)
class RecordApplication(WithCaller):
    """Somebody applies, in the call of a matter or in a callback for its ticket. Returns the reference of the application.

    It counts from the beginning of that conversation, also if it is entered afterwards. ``proof`` says by which way she
    gets it in writing, none: it is enough to read the code aloud. ``organisation`` and ``began`` are for what others report.
    """

    matter: Ref
    kind: str
    proof: Channel | None = None
    email: str | None = field(default=None, repr=False)
    organisation: str = ""
    began: datetime | None = None

    def perform(self) -> Ref:
        matter = matter_with(self.matter)
        ticket = Ticket.objects.filter(matter=matter).first()
        call, began = self._conversation(matter, ticket)
        kind = self.office.applications.get(self.kind)
        if kind is None:
            listed = ", ".join(self.office.applications)
            raise Invalid(
                "kind",
                f"Wofür ist der Antrag? Bitte wählen Sie eines von: {listed}.",
                f"What is the application for? Please choose one of: {listed}.",
            )
        made = rules.made_at(self.moment, began)
        self._check_new(matter, made)
        person = matter.person or (call.person if call else None)
        back = rules.works_back_to(kind, made, self.office.zone)
        application = Application.objects.create(
            code=new_code(),
            matter=matter,
            call=call,
            person=person,
            number=(call.e164 if call else None) or (ticket.number if ticket else None),
            kind=kind.id,
            made_at=made,
            works_back_to=back.day,
            law={"de": back.why.de, "en": back.why.en},
            unit=ticket.unit if ticket else unit_of(self.office, matter.reason, person),
            organisation=self.organisation,
            recorded_at=self.moment,
            taken_by=self.actor,
        )
        self.journal(
            events.ApplicationRecorded(
                application=Ref(application.ref),
                matter=Ref(matter.ref),
                applied_for=Code(kind.id),
                made_at=made,
                identified=person is not None,
                organisation=Code(self.organisation) if self.organisation else None,
                by=self.staff_of_actor,
            )
        )
        self._prove(application)
        return Ref(application.ref)

    def _conversation(self, matter: Matter, ticket: Ticket | None) -> tuple[Call | None, datetime | None]:
        """Return the citizen's call and when the conversation began, none for what there was not. Raises ``NotAllowed``."""
        if self.actor is None:
            return matter.call, self.began
        if matter.call is not None and sight.is_in_front(self.actor, matter.call, self.moment):
            return matter.call, matter.call.answered_at
        if ticket is None or not sight.may_see(self.actor, ticket, self.office, self.moment):
            raise NotAllowed(
                "Das geht nur im Gespräch mit dieser Person oder an ihrem Ticket.",
                "This is possible only in the conversation with this person or at her ticket.",
            )
        calls = Call.objects.filter(user=self.actor, person=ticket.person, answered_at__isnull=False)
        call = calls.order_by("-answered_at").first() if ticket.person else None
        if call is not None and sight.is_in_front(self.actor, call, self.moment):
            return call, call.answered_at
        talks = ticket.attempts.filter(user=self.actor, connected_at__isnull=False).order_by("-connected_at").first()
        recent = talks is not None and (talks.ended_at is None or self.moment <= talks.ended_at + sight.AFTERWARDS)
        return None, talks.connected_at if talks is not None and recent else None

    def _check_new(self, matter: Matter, made: datetime) -> None:
        known = Application.objects.filter(matter=matter, kind=self.kind, made_at=made, withdrawn_at=None).first()
        if known is not None:
            code = receipt.shown(known.code)
            raise Refused(
                "application_is_known",
                f"Dieser Antrag ist schon aufgenommen: {code}.",
                f"This application has been taken down already: {code}.",
            )

    def _prove(self, application: Application) -> None:
        person = application.person
        if self.proof is None or self.proof is Channel.TELEPHONE:
            return
        if person is None:
            raise Invalid(
                "proof",
                "Ohne Namen geht nur das Kennzeichen als Beleg. Der Antrag gilt trotzdem.",
                "Without a name the code is the only proof. The application counts all the same.",
            )
        if self.proof is Channel.EMAIL:
            person.email = email_address("email", self.email) or person.email
            if not person.email:
                raise Invalid("email", "Für den Beleg fehlt die E-Mail-Adresse.", "The proof needs an e-mail address.")
            person.save(update_fields=["email"])
        channel = MessageChannel.EMAIL if self.proof is Channel.EMAIL else MessageChannel.LETTER
        queue(self, None, MessageKind.APPLICATION_PROOF, channel, {}, application=application)


@dataclass(kw_only=True)
class IdentifyApplicant(Action):
    """It was found out who applied: somebody known by these answers, else somebody new. Returns her reference."""

    application: Ref
    family_name: str = field(repr=False)
    given_name: str = field(default="", repr=False)
    date_of_birth: date | None = field(default=None, repr=False)
    benefit_unit_number: str | None = field(default=None, repr=False)
    postal_code: str | None = field(default=None, repr=False)

    def perform(self) -> Ref:
        application = pending(self, self.application)
        if application.person is not None:
            raise Refused(
                "applicant_is_known", "Es ist schon bekannt, wer das ist.", "It is known already who this is."
            )
        person = known_person(
            self.office,
            family_name=self.family_name,
            given_name=self.given_name,
            date_of_birth=self.date_of_birth,
            unit_number=self.benefit_unit_number,
            number=application.number,
        )
        if person is None:
            new = RegisterPerson(
                key=f"{self.key}.person",
                by=self.by,
                at=self.at,
                family_name=self.family_name,
                given_name=self.given_name,
                date_of_birth=self.date_of_birth,
                benefit_unit_number=self.benefit_unit_number,
                postal_code=self.postal_code,
                number=application.number,
            ).run()
            person = person_with(new)
        identified(self, application, person)
        return Ref(person.ref)


@dataclass(kw_only=True)
class TakeOverApplication(Action):
    """An application stands in the case file now; only from here on may it be forgotten here."""

    application: Ref

    def perform(self) -> None:
        application = pending(self, self.application)
        if self.actor is None:
            raise NotAllowed("Das kann nur ein Mensch.", "Only a person can do this.")
        if application.person is None:
            raise Invalid(
                "application",
                "Bitte klären Sie zuerst, wer den Antrag gestellt hat.",
                "Please find out first who has applied.",
            )
        application.taken_over_at, application.taken_over_by = self.moment, self.actor
        application.save(update_fields=["taken_over_at", "taken_over_by"])
        self.journal(events.ApplicationTakenOver(application=self.application, by=self.staff(self.actor)))


@dataclass(kw_only=True)
class WithdrawApplication(Action):
    """An application was entered by mistake. The entry stays; a proof that has not gone out yet does not."""

    application: Ref
    mistake: Mistake

    def perform(self) -> None:
        application = pending(self, self.application)
        application.withdrawn_at, application.withdrawn_by, application.mistake = self.moment, self.actor, self.mistake
        application.save(update_fields=["withdrawn_at", "withdrawn_by", "mistake"])
        self.journal(
            events.ApplicationWithdrawn(application=self.application, mistake=self.mistake, by=self.staff_of_actor)
        )
        for message in application.messages.filter(sent_at=None, given_up_at=None):
            give_up(self, message, MessageProblem.WITHDRAWN)


def pending(action: Action, ref: Ref) -> Application:
    """Return an application, locked until the change is made. Raises ``NotFound``, ``NotAllowed``, ``Refused`` if it is done."""
    found = Application.objects.select_for_update().prefetch_related("person", "call", "matter").filter(ref=ref).first()
    if found is None:
        raise NotFound("Diesen Antrag gibt es nicht.", "There is no such application.")
    actor = action.actor
    if actor is not None and not sight.may_see_application(actor, found, action.office, action.moment):
        raise NotAllowed("Dieser Antrag liegt bei einer anderen Stelle.", "This application lies with another unit.")
    if not found.is_pending:
        raise Refused(
            "application_is_done",
            "Dieser Antrag ist schon in die Akte übernommen oder zurückgenommen.",
            "This application has been taken over into the file, or withdrawn, already.",
        )
    return found


def new_code() -> str:
    """Return a free code that is no ticket's either: who names it on the telephone means one thing."""
    while True:
        code = receipt.code(refs.new_number(7))
        if not (Ticket.objects.filter(code=code).exists() or Application.objects.filter(code=code).exists()):
            return code
