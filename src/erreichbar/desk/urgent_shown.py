"""An urgent matter as pages show it: the day and what is left, the facts that decide, what was checked, how far it is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from erreichbar.centre import queries
from erreichbar.centre.actions.urgent_facts import sum_of
from erreichbar.centre.models import Ticket, User
from erreichbar.centre.queries import Urgent
from erreichbar.desk import words
from erreichbar.desk.answers import deciding
from erreichbar.office import Office
from erreichbar.office.deciding import CheckItem
from erreichbar.promise import urgent
from erreichbar.record.words import DecisionOutcome, DispatchForm, TicketOutcome

SOON = timedelta(hours=4)
"""With less time than this the day is in danger. Assumption."""
COSTS = ("rent", "service", "heating")


@dataclass(frozen=True)
class Item:
    """Something to be checked, whether it was, and what it rests on."""

    id: str
    label: str
    checked: bool
    law: str


@dataclass(frozen=True)
class LawShown:
    """A rule of law in the reader's language, with the day on which its text was read."""

    reference: str
    says: str
    as_of: date


@dataclass(frozen=True)
class Shown:
    """An urgent matter in words. ``level`` is one of KERN's four; ``day`` empty: no date is known."""

    of: Urgent
    day: str
    left: str
    why: str
    level: str
    state: str
    facts: list[tuple[str, str]]
    checklist: list[Item]
    laws: list[LawShown]
    dates: list[tuple[str, str, str]]
    body: str
    contact: str
    flat: dict[str, str]
    costs: str

    @property
    def checked(self) -> int:
        """How many of the checklist were checked."""
        return sum(item.checked for item in self.checklist)


def shown(office: Office, one: Urgent, now: datetime) -> Shown:
    """Return an urgent matter in the reader's language."""
    language, needs, matter = get_language() or "de", one.needs, one.matter
    level, state = _state(one, now)
    whole = sum_of(matter.flat)
    return Shown(
        of=one,
        day=day_said(matter.deadline) if matter.deadline else "",
        left=_left(one, now),
        why=(matter.deadline_why or {}).get("de" if language.startswith("de") else "en", ""),
        level=level,
        state=state,
        facts=deciding(office, one.ticket),
        checklist=[_item(office, item, one, language) for item in needs.checklist] if needs else [],
        laws=[
            LawShown(law.reference.in_(language), law.says.in_(language), law.as_of)
            for law in (office.laws.get(name) for name in (needs.laws if needs else ()))
            if law is not None
        ],
        dates=[
            (asked.id, asked.label.in_(language), matter.dates.get(asked.id, ""))
            for asked in (needs.dates if needs else ())
        ],
        body=one.body.name.in_(language) if one.body else "",
        contact=urgent.contact_of(one.body).in_(language) if one.body and one.elsewhere else "",
        flat=flat_typed(matter.flat),
        costs=money(whole) if whole is not None else "",
    )


def context_of(user: User, ticket: Ticket, office: Office, now: datetime) -> dict[str, Any]:
    """Return what the page of a ticket shows of an urgent matter, nothing of every other."""
    found = queries.urgent_of(user, [ticket])
    if not found or (found[0].needs is None and not ticket.urgent):
        return {"outcomes": outcomes(ticket, None)}
    one = found[0]
    on_duty = office.people.get(queries.on_duty(now).person or "")
    decision = one.decision
    return {
        "urgent": shown(office, one, now),
        "outcomes": outcomes(ticket, one),
        "decides_now": on_duty.name if on_duty else "",
        "passed_on_choices": [("yes", _("Yes, it has been passed on")), ("no", _("Nothing was applied for here"))],
        "decision_outcomes": [(outcome.value, said) for outcome, said in words.DECISIONS.items()],
        "dispatch_forms": [(form.value, said) for form, said in words.DISPATCH_FORMS.items()],
        "decision": decision,
        "decided": words.DECISIONS[DecisionOutcome(decision.outcome)] if decision else "",
        "decided_by": _name(office, decision.decided_by) if decision else "",
        "decided_with": (
            decision.authority_said.get("de" if (get_language() or "de").startswith("de") else "en", "")
            if decision
            else ""
        ),
        "dispatched": words.DISPATCH_FORMS[DispatchForm(decision.dispatch_form)]
        if decision and decision.dispatch_form
        else "",
        "assured": money(decision.assured) if decision and decision.assured else "",
        "may_send": decision is not None and decision.outcome != DecisionOutcome.NOT_NEEDED,
    }


def outcomes(ticket: Ticket, one: Urgent | None) -> list[tuple[str, object]]:
    """Return with what results a ticket may be closed: who was not reached was not told; what is to be decided, as it was."""
    told = ticket.reached_at is not None
    stands = None
    if one is not None and one.decision is not None:
        stands = urgent.Standing(DecisionOutcome(one.decision.outcome), one.decision.dispatched_at is not None)
    reason = one.reason if one else None
    return [
        (outcome.value, said)
        for outcome, said in words.TICKET_OUTCOMES.items()
        if told is (outcome is not TicketOutcome.DONE_NOT_TOLD)
        and urgent.closing_refusal(reason, stands, outcome) is None
        and not (one is not None and one.elsewhere and outcome is TicketOutcome.REFERRED)  # that is entered as such
    ]


def day_said(day: date) -> str:
    """Return a day with its weekday, as people write a deadline."""
    return date_format(day, pgettext("deadline", "l, j F"))


def money(cents: int) -> str:
    """Return an amount in euros as people write it."""
    whole = f"{cents / 100:,.2f}"
    if (get_language() or "de").startswith("de"):
        whole = whole.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return f"{whole}\N{NO-BREAK SPACE}€"


def flat_typed(flat: dict[str, Any]) -> dict[str, str]:
    """Return what is known of a flat as somebody would type it."""
    german = (get_language() or "de").startswith("de")
    typed = {name: str(value) for name, value in flat.items() if name not in COSTS}
    typed |= {name: f"{flat[name] / 100:.2f}" for name in COSTS if flat.get(name) is not None}
    return {name: value.replace(".", ",") if german and name != "address" else value for name, value in typed.items()}


def _left(one: Urgent, now: datetime) -> str:
    if one.decided or one.deadline is None or not one.ticket.is_open:
        return ""
    if one.ticket.decide_by is None:
        return _("nobody is there until then")
    return words.left(one.ticket.decide_by, now)


def _state(one: Urgent, now: datetime) -> tuple[str, str]:
    decision, ends_with = one.decision, one.needs.ends_with if one.needs else None
    if decision is not None:
        if decision.dispatched_at is not None:
            return "success", _("Decided, on its way in writing")
        if ends_with is not None and decision.outcome != DecisionOutcome.NOT_NEEDED:
            return "warning", _("Decided, to be sent in writing")
        return "success", _("Decided")
    if one.elsewhere:
        return "info", _("Another body is competent")
    if one.needs is None:
        return "warning", _("Urgent")
    by = one.ticket.decide_by
    if one.deadline is not None and (by is None or by < now):
        return "danger", _("The day is over, not decided")
    if by is not None and by - now < SOON:
        return "danger", _("Decide now")
    return "warning", _("Not decided yet")


def _item(office: Office, item: CheckItem, one: Urgent, language: str) -> Item:
    law = office.laws.get(item.law or "")
    return Item(
        item.id, item.label.in_(language), item.id in one.matter.checked, law.reference.in_(language) if law else ""
    )


def _name(office: Office, user: User) -> str:
    person = office.people.get(user.username)
    return person.name if person else user.username
