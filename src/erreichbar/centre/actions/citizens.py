"""Citizens in a call: who they are and what they call about."""

from dataclasses import dataclass, field
from datetime import date

from erreichbar.centre import sight
from erreichbar.centre.actions.applicants import caller_found
from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.found import call_with, matter_with, person_with, ticket_with
from erreichbar.centre.actions.waiting import end_wait
from erreichbar.centre.errors import Invalid, NotAllowed, Refused
from erreichbar.centre.models import Call, Matter, Person, PersonNumber
from erreichbar.centre.reading import benefit_unit_number, email_address, number_of, one_line, search_name
from erreichbar.office import FirstLevel
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Count, Ref
from erreichbar.record.words import Channel, Language, Role

CHECKS_NEEDED = 2
"""How many pieces of knowledge must be confirmed before a caller counts as identified. Assumption."""
OLDEST = date(1900, 1, 1)


class WithCaller(Action):
    """What all changes made with a citizen on the telephone have in common."""

    def in_front(self, ref: str) -> Call:
        """Return the call, if whoever makes the change is (or just was) in it. Raises ``NotAllowed``, ``NotFound``."""
        call = call_with(ref)
        if self.actor is not None and not sight.is_in_front(self.actor, call, self.moment):
            raise NotAllowed(
                "Das geht nur im Gespräch mit dieser Person oder in der Nachbearbeitung.",
                "This is possible only in the conversation with this person or in wrap-up.",
            )
        return call

    def caller(self, call: str | None) -> Call | None:
        """Return the call in front of the actor; without one, let only those go on who have tickets of their own.

        Raises ``NotAllowed``.
        """
        if call:
            return self.in_front(call)
        if self.actor is not None and self.actor.role == Role.AGENT:
            raise NotAllowed("Das geht nur im Gespräch.", "This is possible only in a conversation.")
        return None


@dataclass(kw_only=True)
class RegisterPerson(WithCaller):
    """Record somebody who is not known yet, with what a callback needs. Returns her reference.

    In a call she becomes the person of this call.
    """

    call: Ref | None = None
    given_name: str = field(default="", repr=False)
    family_name: str = field(repr=False)
    date_of_birth: date | None = field(default=None, repr=False)
    benefit_unit_number: str | None = field(default=None, repr=False)
    postal_code: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    language: Language = Language.GERMAN
    channel: Channel = Channel.TELEPHONE
    email: str | None = field(default=None, repr=False)

    def perform(self) -> Ref:
        call = self.caller(self.call)
        family_name = one_line("family_name", self.family_name, 80)
        if not family_name:
            raise Invalid("family_name", "Bitte geben Sie den Familiennamen an.", "Please give the family name.")
        if self.date_of_birth and not OLDEST <= self.date_of_birth <= self.moment.date():
            raise Invalid(
                "date_of_birth",
                "Das Geburtsdatum liegt in der Zukunft oder vor 1900.",
                "The date of birth lies in the future or before 1900.",
            )
        given_name = one_line("given_name", self.given_name, 80)
        person = Person.objects.create(
            given_name=given_name,
            family_name=family_name,
            search_name=search_name(family_name, given_name),
            date_of_birth=self.date_of_birth,
            benefit_unit_number=benefit_unit_number("benefit_unit_number", self.benefit_unit_number, self.office),
            postal_code=one_line("postal_code", self.postal_code, 10),
            language=self.language,
            channel=self.channel,
            email=email_address("email", self.email),
        )
        if number := number_of("number", self.number):
            PersonNumber.objects.create(person=person, e164=number)
        if call is not None:
            call.person = person
            call.save(update_fields=["person"])
            caller_found(self, call, person)
        return Ref(person.ref)


@dataclass(kw_only=True)
class IdentifyCaller(WithCaller):
    """The identity check was passed. How many answers were right is kept, the answers are not."""

    call: Ref
    person: Ref
    checks: int

    def perform(self) -> None:
        call = self.in_front(self.call)
        person = person_with(self.person)
        if self.checks < CHECKS_NEEDED:
            raise Invalid(
                "checks",
                f"Für die Identitätsprüfung müssen mindestens {CHECKS_NEEDED} Angaben stimmen.",
                f"The identity check needs at least {CHECKS_NEEDED} confirmed answers.",
                "not_identified",
            )
        call.person, call.checks = person, self.checks
        call.save(update_fields=["person", "checks"])
        caller_found(self, call, person)
        self.journal(events.CallerIdentified(call=self.call, person=self.person, checks=Count(self.checks)))


@dataclass(kw_only=True)
class RaiseMatter(WithCaller):
    """A citizen brings up a matter. Returns its reference. ``person`` is by default the person of the call."""

    call: Ref | None = None
    person: Ref | None = None
    reason: str

    def perform(self) -> Ref:
        call = self.caller(self.call)
        if self.reason not in self.office.reasons:
            raise Invalid(
                "reason",
                "Dieses Anliegen steht nicht in der Bürodatei.",
                "This contact reason is not in the office file.",
            )
        person = person_with(self.person) if self.person else call.person if call else None
        if call is not None and person is not None and call.person_id != person.pk:
            raise NotAllowed(
                "Bitte prüfen Sie zuerst, wer anruft.", "Please check first who is calling.", "not_identified"
            )
        matter = Matter.objects.create(
            call=call, person=person, reason=self.reason, raised_at=self.moment, raised_by=self.actor
        )
        self.journal(
            events.MatterRaised(
                matter=Ref(matter.ref),
                call=self.call,
                person=Ref(person.ref) if person else None,
                reason=Code(self.reason),
            )
        )
        return Ref(matter.ref)


@dataclass(kw_only=True)
class SettleMatter(WithCaller):
    """A matter was settled in the call that brought it. What the first level may settle stands in the office file."""

    matter: Ref

    def perform(self) -> None:
        matter = matter_with(self.matter)
        check_undone(matter)
        if matter.call is None:
            raise Invalid(
                "matter",
                "Nur ein Anliegen aus einem Gespräch kann im Gespräch geklärt werden.",
                "Only a matter from a call can be settled in a call.",
            )
        self.in_front(matter.call.ref)
        reason = self.office.reasons[matter.reason]
        if self.actor is not None and self.actor.role == Role.AGENT and reason.first_level is FirstLevel.NONE:
            raise NotAllowed(
                f"„{reason.label.de}“ darf nur die Sachbearbeitung klären. Bitte legen Sie ein Ticket an.",
                f"“{reason.label.en}” may only be settled by a case worker. Please open a ticket.",
            )
        matter.settled_at = max(self.moment, matter.raised_at)
        matter.save(update_fields=["settled_at"])
        self.journal(events.MatterSettled(matter=self.matter, call=Ref(matter.call.ref)))


@dataclass(kw_only=True)
class JoinTicket(WithCaller):
    """A citizen's call is taken up on an open ticket of hers."""

    call: Ref
    ticket: Ref

    def perform(self) -> None:
        call = self.in_front(self.call)
        ticket = ticket_with(self.ticket)
        if call.person_id is None or call.person_id != ticket.person_id:
            raise NotAllowed(
                "Dieses Ticket gehört nicht zu der Person im Gespräch.",
                "This ticket does not belong to the person in this call.",
                "other_person",
            )
        if not ticket.is_open:
            raise Refused("ticket_is_closed", "Dieses Ticket ist abgeschlossen.", "This ticket is closed.")
        if call.joined_id == ticket.pk:
            return
        call.joined = ticket
        call.save(update_fields=["joined"])
        end_wait(self, ticket, self.actor)
        self.journal(events.CallJoinedTicket(call=self.call, ticket=self.ticket))


def check_undone(matter: Matter) -> None:
    """Raise ``Refused`` if a matter is settled or a ticket already."""
    if matter.settled_at is not None or hasattr(matter, "ticket"):
        raise Refused(
            "matter_is_done", "Dieses Anliegen ist schon erledigt.", "This matter has been dealt with already."
        )
