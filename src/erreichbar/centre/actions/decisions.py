"""Urgent matters decided, with authority and reason; a decision taken back before it has left the office."""

from dataclasses import dataclass, field

from erreichbar.centre.actions.found import name_of
from erreichbar.centre.actions.reaching import decide
from erreichbar.centre.actions.steps import plan_step
from erreichbar.centre.actions.urgency import standing
from erreichbar.centre.actions.urgent_facts import RENT, AboutMatter
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.models import Decision, UrgentMatter
from erreichbar.centre.reading import cents, note_text
from erreichbar.office import ContactReason
from erreichbar.promise import urgent
from erreichbar.promise.urgent import APPROVALS
from erreichbar.record import events
from erreichbar.record.vocabulary import Code, Ref
from erreichbar.record.words import DecisionOutcome


@dataclass(kw_only=True)
class DecideMatter(AboutMatter):
    """Decide an urgent matter, with a ``reason`` in words. Returns the reference of the decision.

    Only who has authority for it by the office file. What of the checklist is not checked needs ``unchecked_why``.
    ``assured`` is the amount a month that is assured for a flat, needed if that is only a part of what it costs.
    """

    outcome: DecisionOutcome
    reason: str = field(repr=False)
    unchecked_why: str = field(default="", repr=False)
    assured: str = field(default="", repr=False)

    def perform(self) -> Ref:
        ticket = self.found()
        reason, authority = self.reason_of(ticket), self.authority(ticket)
        if (before := standing(ticket)) is not None:
            who, when = name_of(self.office, before.decided_by), before.decided_at.astimezone(self.office.zone)
            raise Refused(
                "decided_already",
                f"Darüber hat {who.de} schon entschieden ({when:%d.%m.%Y, %H:%M} Uhr).",
                f"{who.en} has decided this already ({when:%Y-%m-%d, %H:%M}).",
            )
        matter = self.learn(ticket, reason)
        why = note_text("reason", self.reason)
        if not why:
            raise Invalid("reason", "Bitte begründen Sie die Entscheidung.", "Please give the reason for the decision.")
        missing = [one.id for one in urgent.missing(reason, matter.checked)] if self._on_the_matter else []
        unchecked_why = note_text("unchecked_why", self.unchecked_why)
        if missing and not unchecked_why:
            raise Invalid(
                "unchecked_why",
                "Es ist noch nicht alles geprüft. Bitte prüfen Sie es, oder sagen Sie, warum trotzdem entschieden wird.",
                "Not everything has been checked. Please check it, or say why it is decided all the same.",
            )
        self._check_competent(reason, matter)
        decision = Decision.objects.create(
            ticket=ticket,
            outcome=self.outcome,
            authority=authority,
            authority_said={
                language: self.office.authorities[authority].name.in_(language) for language in ("de", "en")
            },
            reason=why,
            unchecked=missing,
            unchecked_why=unchecked_why if missing else "",
            flat=matter.flat,
            assured=self._assured(reason, matter),
            decided_at=self.moment,
            decided_by=self.person(),
        )
        ticket.decide_by = None  # decided is decided; the promise still runs
        plan_step(self.office, ticket)
        decide(self, ticket, self.actor, "decided")
        ticket.save()
        self.journal(
            events.DecisionMade(
                decision=Ref(decision.ref),
                ticket=self.ticket,
                outcome=self.outcome,
                authority=Code(authority),
                complete=not missing,
                staff=self.staff(self.person()),
            )
        )
        return Ref(decision.ref)

    @property
    def _on_the_matter(self) -> bool:
        return self.outcome is not DecisionOutcome.NOT_NEEDED

    def _check_competent(self, reason: ContactReason, matter: UrgentMatter) -> None:
        if reason.decision is None or not reason.decision.asks_new_place or not self._on_the_matter:
            return
        if not matter.new_postal_code:
            raise Invalid(
                "new_postal_code",
                "Wo liegt die neue Wohnung? Davon hängt ab, wer zuständig ist (§ 22 Abs. 4 SGB II).",
                "Where is the new flat? It decides who is competent (§ 22(4) SGB II).",
            )
        body = self.office.bodies.get(matter.body)
        if body is not None and not body.ours:
            raise Invalid(
                "new_postal_code",
                f"Für diese Wohnung ist zuständig: {body.name.de}. Bitte verweisen Sie dorthin.",
                f"Competent for this flat: {body.name.en}. Please refer the citizen there.",
                "other_body",
            )

    def _assured(self, reason: ContactReason, matter: UrgentMatter) -> int | None:
        """Return what is assured for a flat, in cents a month."""
        if reason.decision is None or reason.decision.ends_with is None or self.outcome not in APPROVALS:
            return None
        missing = [name for name in ("address", *RENT) if matter.flat.get(name) in (None, "")]
        if missing:
            raise Invalid(
                f"flat.{missing[0]}",
                "Für das Schreiben fehlen Angaben zur Wohnung: Anschrift, Kaltmiete, Nebenkosten, Heizkosten.",
                "The letter needs the flat: address, rent without heating, service costs, heating costs.",
            )
        whole = sum(int(matter.flat[name]) for name in RENT)
        given = cents("assured", self.assured)
        if self.outcome is DecisionOutcome.APPROVED:
            if given not in (None, whole):
                raise Invalid(
                    "assured",
                    "Ganz bewilligt ist alles, was die Wohnung kostet. Bei einem anderen Betrag bitte „zum Teil“ wählen.",
                    "Approved is all that the flat costs. For another amount please choose “in part”.",
                )
            return whole
        if given is None or not 0 < given < whole:
            raise Invalid(
                "assured",
                "Welcher Betrag im Monat wird zugesichert? Er ist kleiner als die Kosten der Wohnung.",
                "Which amount a month is assured? It is less than the flat costs.",
            )
        return given


@dataclass(kw_only=True)
class WithdrawDecision(AboutMatter):
    """Take back a decision before it has left the office. ``why`` is kept as a note to colleagues."""

    why: str = field(repr=False)

    def perform(self) -> None:
        ticket = self.found()
        self.authority(ticket)
        decision, why = self.stands(ticket), note_text("why", self.why)
        if decision.dispatched_at is not None:
            raise Refused(
                "dispatched_already",
                "Die Entscheidung ist schon abgesandt. Sie kann nur noch durch einen neuen Bescheid geändert werden.",
                "The decision has left the office. Only a new written decision can change it.",
            )
        if not why:
            raise Invalid("why", "Bitte sagen Sie, warum sie zurückgenommen wird.", "Please say why it is taken back.")
        decision.withdrawn_at, decision.withdrawn_by = max(self.moment, decision.decided_at), self.actor
        decision.save(update_fields=["withdrawn_at", "withdrawn_by"])
        self.learn(ticket, self.reason_of(ticket))
        self.keep_note(ticket, why)
        decide(self, ticket, self.actor, "withdrawn")
        ticket.save()
        self.journal(
            events.DecisionWithdrawn(decision=Ref(decision.ref), ticket=self.ticket, staff=self.staff(self.person()))
        )
