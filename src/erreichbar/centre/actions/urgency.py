"""Urgent matters: whose they are, what is known of them, by which day they must be decided, and when they may be closed."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from erreichbar.centre.actions.base import Action
from erreichbar.centre.actions.fields import to_date
from erreichbar.centre.actions.steps import plan_step
from erreichbar.centre.errors import Invalid, Refused
from erreichbar.centre.models import Decision, Ticket, UrgentMatter, User
from erreichbar.centre.models.decision import STANDS
from erreichbar.centre.reading import one_line
from erreichbar.office import ContactReason, Office
from erreichbar.promise import duty, urgent
from erreichbar.record import events
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import DecisionOutcome, TicketOutcome

AGO, AHEAD = timedelta(days=366), timedelta(days=2 * 366)
"""How far from today a date of a matter may lie: further away it was mistyped. Assumption."""


def officer_for(action: Action, unit: str, reason: ContactReason) -> User | None:
    """Return whose an urgent matter is: by the duty roster at the action's moment, none if nobody of the office decides."""
    if not reason.is_urgent:
        return None
    people = [person for person, _ in duty.order(action.office, action.moment, unit=unit, reason=reason.id)]
    users = {user.username: user for user in User.objects.filter(username__in=people, is_active=True)}
    return next((users[person] for person in people if person in users), None)


def matter_of(
    action: Action, reason: ContactReason, dates: Mapping[str, Any], new_postal_code: str, *, contact_told: bool
) -> UrgentMatter | None:
    """Return what is known of a matter that is to be decided, not saved, none for every other.

    Raises ``Invalid``, with the code ``other_body`` if another body is competent and the citizen was not told of it.
    """
    if reason.decision is None:
        return None
    matter = UrgentMatter(dates=dates_of(action, reason, dates))
    set_place(action.office, matter, new_postal_code if reason.decision.asks_new_place else "")
    body = action.office.bodies.get(matter.body)
    if body is not None and not body.ours:
        if not contact_told:
            contact = urgent.contact_of(body)
            raise Invalid(
                "contact_told",
                f"Für diese Wohnung ist eine andere Stelle zuständig. Bitte vorlesen: {contact.de}.",
                f"Another body is competent for this flat. Please read aloud: {contact.en}.",
                "other_body",
            )
        matter.contact_told_at = action.moment
    return matter


def dates_of(action: Action, reason: ContactReason, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the dates of a matter by their ids, ISO 8601; what is empty is left out. Raises ``Invalid`` for the one at fault."""
    assert reason.decision is not None
    asked = {one.id for one in reason.decision.dates}
    today = action.moment.astimezone(action.office.zone).date()
    found = {}
    for name, value in given.items():
        if name not in asked or value in (None, ""):
            continue
        day = to_date(f"dates.{name}", value)
        if not today - AGO <= day <= today + AHEAD:
            raise Invalid(
                f"dates.{name}",
                "Dieses Datum liegt zu weit weg. Bitte prüfen Sie das Jahr.",
                "This date is too far away. Please check the year.",
            )
        found[name] = day.isoformat()
    return found


def set_place(office: Office, matter: UrgentMatter, postal_code: str) -> None:
    """Let a matter know the place of the new flat, and the body that is competent there. Raises ``Invalid``."""
    code = one_line("new_postal_code", postal_code, 10)
    if code and not re.fullmatch(r"\d{5}", code):
        raise Invalid(
            "new_postal_code",
            "Eine Postleitzahl hat fünf Ziffern, zum Beispiel 50667.",
            "A postal code has five digits, for example 50667.",
        )
    if code != matter.new_postal_code:
        matter.contact_told_at = None
    found = urgent.competent(office, code) if code else None
    matter.new_postal_code, matter.body = code, found.id if found else ""


def reckon(office: Office, ticket: Ticket, matter: UrgentMatter) -> None:
    """Let a matter and its ticket (neither saved) know by which day it must be decided, from the dates known."""
    dates = {name: date.fromisoformat(day) for name, day in matter.dates.items()}
    calendar = office.calendar_of(ticket.unit)
    found = urgent.deadline(office, ticket.reason, dates, ticket.opened_at, calendar)
    matter.deadline = found.day if found else None
    matter.deadline_why = {"de": found.why.de, "en": found.why.en} if found else None
    ticket.decide_by = found.decide_by if found and not (ticket.pk and standing(ticket)) else None


def set_deadline(action: Action, ticket: Ticket, matter: UrgentMatter) -> None:
    """Reckon the day anew after a change. When the ticket is due stays; its steps come earlier where its own date does."""
    before = matter.deadline
    reckon(action.office, ticket, matter)
    plan_step(action.office, ticket)
    if matter.deadline != before:
        tell_deadline(action, ticket, matter)


def tell_deadline(action: Action, ticket: Ticket, matter: UrgentMatter) -> None:
    """Let the journal tell by which day a matter must be decided."""
    action.journal(events.DeadlineSet(ticket=Ref(ticket.ref), day=matter.deadline, by=action.staff_of_actor))


def standing(ticket: Ticket) -> Decision | None:
    """Return the decision about a ticket that was not taken back, none if there is none."""
    return ticket.decisions.filter(STANDS).select_related("decided_by", "dispatched_by").first()


def check_closing(office: Office, ticket: Ticket, outcome: TicketOutcome) -> None:
    """Raise ``Refused`` if what was decided does not let a ticket be closed with an outcome."""
    decision = standing(ticket)
    stands = (
        urgent.Standing(DecisionOutcome(decision.outcome), decision.dispatched_at is not None) if decision else None
    )
    why = urgent.closing_refusal(office.reasons.get(ticket.reason), stands, outcome)
    if why is not None:
        raise Refused("not_decided", why.de, why.en)
