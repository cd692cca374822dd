"""What follows a decision: the letter on its way, or the way to the body that is competent."""

from dataclasses import dataclass
from typing import ClassVar

from erreichbar.centre import sight
from erreichbar.centre.actions.reaching import decide, mark_reached
from erreichbar.centre.actions.urgency import standing
from erreichbar.centre.actions.urgent_facts import AboutMatter
from erreichbar.centre.actions.waiting import end_wait
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.promise import urgent
from erreichbar.promise.moves import Move
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import Channel, DecisionOutcome, DispatchForm, TalkedWith, TicketOutcome

IN_WRITING = {
    Channel.LETTER: (DispatchForm.SIGNED_LETTER,),
    Channel.EMAIL: (DispatchForm.QUALIFIED_SIGNATURE, DispatchForm.DE_MAIL),
}
"""Channel that the citizen chose → the forms of dispatch by which she has her answer."""


@dataclass(kw_only=True)
class DispatchDecision(AboutMatter):
    """The decision is on its way in writing: signed by hand, or in a lawful electronic form.

    The citizen has her answer by it if that is the way she chose, or if it was handed over to her; who asked for a call is
    still to be called.
    """

    how: DispatchForm

    def perform(self) -> None:
        ticket = self.found()
        decision, user = self.stands(ticket), self.person()
        if decision.dispatched_at is not None:
            raise Refused("dispatched_already", "Das ist schon eingetragen.", "This has been recorded already.")
        if decision.outcome == DecisionOutcome.NOT_NEEDED:
            raise Refused(
                "nothing_to_send",
                "Es wurde keine Entscheidung gebraucht; es gibt kein Schreiben.",
                "No decision was needed; there is no letter.",
            )
        decision.dispatched_at = max(self.moment, decision.decided_at)
        decision.dispatched_by, decision.dispatch_form = user, self.how
        decision.save(update_fields=["dispatched_at", "dispatched_by", "dispatch_form"])
        decide(self, ticket, user, "dispatched")
        ticket.save()
        self.journal(
            events.DecisionDispatched(
                decision=Ref(decision.ref), ticket=self.ticket, form=self.how, staff=self.staff(user)
            )
        )
        if self.how is DispatchForm.HANDED_OVER:
            mark_reached(self, ticket, sight.talked_with(user, ticket, self.office), user)
        elif self.how in IN_WRITING.get(Channel(ticket.channel), ()):
            mark_reached(self, ticket, TalkedWith.NOBODY, user, without_contact=True)


@dataclass(kw_only=True)
class ReferMatter(AboutMatter):
    """Close a ticket because another body is competent and the citizen was told how to reach it.

    ``passed_on``: what she applied for here has been passed on to that body (§ 16(2) SGB I), or nothing had to be.
    """

    move: ClassVar[Move] = Move.RESOLVE

    contact_told: bool = False
    passed_on: bool | None = None

    def perform(self) -> None:
        ticket = self.found()
        matter, user = self.learn(ticket, self.reason_of(ticket)), self.person()
        body = self.office.bodies.get(matter.body)
        if body is None or body.ours:
            raise Invalid(
                "new_postal_code",
                "Nach der Postleitzahl ist keine andere Stelle zuständig.",
                "By the postal code no other body is competent.",
            )
        if standing(ticket) is not None:
            raise Refused(
                "decided_already",
                "Darüber ist schon entschieden. Bitte nehmen Sie die Entscheidung zuerst zurück.",
                "This has been decided already. Please take the decision back first.",
            )
        if matter.contact_told_at is None:
            if not self.contact_told:
                contact = urgent.contact_of(body)
                raise Invalid(
                    "contact_told", f"Bitte zuerst mitteilen: {contact.de}.", f"Please tell first: {contact.en}."
                )
            matter.contact_told_at = self.moment
            matter.save(update_fields=["contact_told_at"])
        if self.passed_on is None:
            raise Invalid(
                "passed_on",
                "Bitte sagen Sie, ob etwas weiterzuleiten war (§ 16 Abs. 2 SGB I).",
                "Please say whether something had to be passed on (§ 16(2) SGB I).",
            )
        self.at = max(self.moment, ticket.reached_at or self.moment)
        ticket.closed_at = ticket.resolved_at = self.moment
        ticket.outcome = TicketOutcome.REFERRED
        end_wait(self, ticket, user)
        decide(self, ticket, user, "closed")
        ticket.save()
        staff = self.staff(user)
        self.journal(
            events.MatterReferred(ticket=self.ticket, body=Code(body.id), passed_on=self.passed_on, staff=staff)
        )
        self.journal(events.TicketResolved(ticket=self.ticket, outcome=TicketOutcome.REFERRED, staff=staff))
