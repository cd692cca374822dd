"""What is known of an urgent matter, and what every decision about one has in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from erreichbar.centre.actions.deciding import TicketDecision
from erreichbar.centre.actions.reaching import decide
from erreichbar.centre.actions.urgency import dates_of, set_deadline, set_place, standing
from erreichbar.centre.errors import Invalid, NotAllowed, Refused
from erreichbar.centre.models import Decision, Ticket, UrgentMatter, User
from erreichbar.centre.reading import flat_facts
from erreichbar.office import ContactReason
from erreichbar.promise.duty import may_decide
from erreichbar.promise.moves import Move

RENT = ("rent", "service", "heating")
"""The parts of what a flat costs."""


@dataclass(kw_only=True)
class AboutMatter(TicketDecision):
    """What decisions about an urgent matter share. What is none stays as it was; ``checked`` are ids, each yes or no."""

    move: ClassVar[Move] = Move.DECIDE

    dates: dict[str, Any] | None = field(default=None, repr=False)
    new_postal_code: str | None = field(default=None, repr=False)
    flat: dict[str, Any] | None = field(default=None, repr=False)
    checked: dict[str, Any] | None = None

    def reason_of(self, ticket: Ticket) -> ContactReason:
        """Return the contact reason. Raises ``Invalid`` if nothing is to be decided about it."""
        reason = self.office.reasons.get(ticket.reason)
        if reason is None or reason.decision is None:
            raise Invalid(
                "ticket",
                "Zu diesem Anliegen gibt es hier nichts zu entscheiden.",
                "There is nothing to decide here about this matter.",
            )
        return reason

    def learn(self, ticket: Ticket, reason: ContactReason) -> UrgentMatter:
        """Keep what was given and return all that is known of the matter."""
        assert reason.decision is not None
        matter = UrgentMatter.objects.filter(ticket=ticket).first() or UrgentMatter(ticket=ticket)
        if self.dates is not None:
            matter.dates = dates_of(self, reason, self.dates)
        if self.new_postal_code is not None and reason.decision.asks_new_place:
            set_place(self.office, matter, self.new_postal_code)
        if self.flat is not None and reason.decision.asks_new_place:
            matter.flat = flat_facts(self.flat)
        if self.checked is not None:
            matter.checked = [one.id for one in reason.decision.checklist if self.checked.get(one.id)]
        set_deadline(self, ticket, matter)
        matter.save()
        return matter

    def person(self) -> User:
        """Return who makes this change. Raises ``NotAllowed`` for the house itself."""
        if self.actor is None:
            raise NotAllowed("Das kann nur ein Mensch.", "Only a person can do this.")
        return self.actor

    def authority(self, ticket: Ticket) -> str:
        """Return by which authority this person decides. Raises ``NotAllowed``, naming who may."""
        found = may_decide(self.office, self.person().username, ticket.reason)
        if found is None:
            those = {
                person: self.office.people[person].name
                for one in self.office.authorities.values()
                if ticket.reason in one.reasons
                for person in one.people
            }
            names = ", ".join(those.values())
            raise NotAllowed(
                f"Über dieses Anliegen dürfen Sie nicht entscheiden. Es entscheiden: {names}.",
                f"You may not decide about this matter. Those who may: {names}.",
                "no_authority",
            )
        return found

    def stands(self, ticket: Ticket) -> Decision:
        """Return the decision that stands. Raises ``Refused`` if there is none."""
        found = standing(ticket)
        if found is None:
            raise Refused("undecided", "Es ist noch nichts entschieden.", "Nothing has been decided yet.")
        return found


@dataclass(kw_only=True)
class KeepUrgentFacts(AboutMatter):
    """Keep dates, the flat and what was checked, for a decision later."""

    def perform(self) -> None:
        ticket = self.found()
        self.learn(ticket, self.reason_of(ticket))
        decide(self, ticket, self.actor, "facts")
        ticket.save()


def sum_of(flat: Mapping[str, Any]) -> int | None:
    """Return what a flat costs a month in cents, none if a part of it is not known."""
    parts = [flat.get(name) for name in RENT]
    return None if any(part in (None, "") for part in parts) else sum(int(part) for part in parts if part is not None)
