"""Urgent matters: what is known of one, what was decided, who decides now, what lies with the duty office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from erreichbar.centre import sight
from erreichbar.centre.models import Decision, Ticket, UrgentMatter, User
from erreichbar.centre.models.ticket import OPEN
from erreichbar.centre.office_in_force import office_in_force
from erreichbar.centre.queries.presence import roster
from erreichbar.office import ContactReason
from erreichbar.office.deciding import Body, ToDecide
from erreichbar.promise import duty
from erreichbar.promise.duty import OnDuty
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import Role


@dataclass(frozen=True, slots=True)
class Urgent:
    """An urgent matter as the desk shows it.

    ``needs`` is what its decision needs, none if nothing is decided about it here. ``body`` is the competent one, none: not
    asked or not known. ``decision`` is the one that stands, none: undecided. ``authority`` is that of who asks, none: none.
    """

    ticket: Ticket
    reason: ContactReason | None
    needs: ToDecide | None
    matter: UrgentMatter
    body: Body | None
    decision: Decision | None
    authority: str | None

    @property
    def deadline(self) -> date | None:
        """The day by whose end it must be decided, none: no date is known."""
        return self.matter.deadline

    @property
    def decided(self) -> bool:
        """Whether a decision stands."""
        return self.decision is not None

    @property
    def elsewhere(self) -> bool:
        """Whether another body is competent."""
        return self.body is not None and not self.body.ours


def urgent_of(user: User, tickets: Iterable[Ticket]) -> list[Urgent]:
    """Return what is known of urgent tickets, in their order; the others are left out. A fixed number of queries."""
    office = office_in_force()
    urgent = [ticket for ticket in tickets if ticket.urgent]
    matters = {one.ticket_id: one for one in UrgentMatter.objects.filter(ticket__in=urgent)}
    decisions = {
        one.ticket_id: one
        for one in Decision.objects.filter(ticket__in=urgent, withdrawn_at=None).select_related(
            "decided_by", "dispatched_by"
        )
    }
    found = []
    for ticket in urgent:
        reason = office.reasons.get(ticket.reason)
        matter = matters.get(ticket.pk) or UrgentMatter(ticket=ticket)
        found.append(
            Urgent(
                ticket=ticket,
                reason=reason,
                needs=reason.decision if reason else None,
                matter=matter,
                body=office.bodies.get(matter.body),
                decision=decisions.get(ticket.pk),
                authority=duty.may_decide(office, user.username, ticket.reason),
            )
        )
    return found


MOST_SEEN = 200
"""The duty office's page shows no more tickets than this, those due first."""


def duty_list(user: User) -> list[Urgent]:
    """Return the open urgent tickets that somebody deals with: what has no decision first, then by its day, then by the promise."""
    office = office_in_force()
    tickets = Ticket.objects.filter(OPEN, urgent=True).select_related("person", "holder", "responsible")
    seen = [ticket for ticket in tickets.order_by("due_elapsed", "pk") if sight.works_on(user, ticket, office)]
    return sorted(urgent_of(user, seen[:MOST_SEEN]), key=_order)


def _order(one: Urgent) -> tuple[bool, date, datetime, int]:
    ticket = one.ticket
    return one.decided, one.deadline or date.max, ticket.last_chance or ticket.due_elapsed, ticket.pk


def on_duty(at: datetime) -> OnDuty:
    """Return who decides urgent matters at a moment, and who does next."""
    return duty.on_duty(office_in_force(), roster(at), at)


def decision_for(user: User, ticket: Ticket) -> Decision | None:
    """Return the decision that stands about a ticket that somebody deals with, none if there is none for her."""
    if not sight.works_on(user, ticket, office_in_force()):
        return None
    return Decision.objects.filter(ticket=ticket, withdrawn_at=None).select_related("decided_by").first()


def to_conclude(user: str) -> list[Ref]:
    """Return the open urgent tickets on a duty officer's list whose citizen was reached, those due first."""
    reached = Ticket.objects.filter(
        OPEN, urgent=True, reached_at__isnull=False, waiting_since=None,
        holder__username=user, holder__role=Role.DUTY_OFFICER,
    )  # fmt: skip
    return [Ref(ref) for ref in reached.order_by("due_elapsed", "pk").values_list("ref", flat=True)]


def reason_of(ticket: Ref) -> str:
    """Return the contact reason of a ticket, empty if there is no such ticket."""
    return Ticket.objects.filter(ref=ticket).values_list("reason", flat=True).first() or ""
