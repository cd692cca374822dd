"""Automatic duty officers decide urgent matters: always yes, with a made-up flat, through the same changes as people."""

from collections.abc import Callable
from typing import Any

from erreichbar.centre import actions, queries
from erreichbar.office import Office
from erreichbar.promise.duty import may_decide
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import DecisionOutcome, DispatchForm, TicketOutcome

FLAT = {
    "address": "Übungsstraße 1 (erfunden)", "size_m2": "50", "persons": "1", "rent": "400", "service": "80", "heating": "60",
}  # fmt: skip
"""What training knows of every new flat."""
Run = Callable[..., Any]
"""Makes a change of an action class with its fields, by the colleague."""


def outcome_of(office: Office, user: str, ticket: Ref, run: Run) -> TicketOutcome | None:
    """Decide what is to be decided about a ticket and return with what result it is to be closed, none if not by her."""
    reason = office.reasons.get(queries.reason_of(ticket))
    if reason is None or reason.decision is None:
        return TicketOutcome.SETTLED
    if may_decide(office, user, reason.id) is None:
        return None
    needs, ours = reason.decision, next((body for body in office.bodies.values() if body.ours), None)
    place = ours.postal_codes[0][0] if needs.asks_new_place and ours else None
    run(
        actions.DecideMatter,
        ticket=ticket,
        version=queries.version(ticket),
        outcome=DecisionOutcome.APPROVED,
        reason="Übung",
        checked={one.id: True for one in needs.checklist},
        new_postal_code=place,
        flat=FLAT if needs.asks_new_place else None,
    )
    if needs.ends_with is None:
        return TicketOutcome.DECIDED
    run(
        actions.DispatchDecision,
        ticket=ticket,
        version=queries.version(ticket),
        how=DispatchForm.SIGNED_LETTER,
    )
    return needs.ends_with
