"""Until when must an urgent matter be decided, is everything there for it, and may its ticket be closed?

The deadline stands beside the promise: it never changes when a ticket is due. It is reckoned to the day, by the earliest of
the dates that are known. Nothing here is legal advice; see ``docs/algorithms/urgent.md``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from erreichbar.office import moments, numbers
from erreichbar.office.calendar import Calendar, DayKind
from erreichbar.office.deciding import AskedDate, Body, CheckItem
from erreichbar.office.model import ContactReason, Office
from erreichbar.office.text import Text
from erreichbar.promise import words
from erreichbar.promise.clocks import MINUTE, last_chance
from erreichbar.record.words import DecisionOutcome, TicketOutcome

APPROVALS = (DecisionOutcome.APPROVED, DecisionOutcome.APPROVED_IN_PART)
"""The outcomes by which the citizen gets what she asked for, wholly or in part."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The ``day`` by whose end a matter must be decided; ``decide_by`` is the last staffed minute until then (UTC).

    ``decide_by`` none: nobody is there between opening and the end of that day. ``why`` names the date it comes from.
    """

    day: date
    decide_by: datetime | None
    why: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """The decision that stands about a matter, and whether it has left the office in writing."""

    outcome: DecisionOutcome
    dispatched: bool


def deadline(
    office: Office, reason: str, dates: Mapping[str, date], opened: datetime, staffed: Calendar
) -> Deadline | None:
    """Return the deadline of a matter with the ``dates`` known of it (by their ids), none if nothing sets one.

    The earliest counts. ``staffed`` says when those who decide are there. Dates that the reason does not ask for are
    passed over. Raises ``NeverOpen`` if the calendar has no opening in three years.
    """
    known = office.reasons.get(reason)
    if known is None or known.decision is None:
        return None
    found = [_of(office, asked, dates[asked.id], staffed) for asked in known.decision.dates if asked.id in dates]
    if known.decision.same_day:
        found.append(_same_day(opened, staffed))
    if not found:
        return None
    day, why = min(found, key=lambda one: one[0])
    end = moments.at(day + timedelta(days=1), 0, staffed.zone)
    chance = last_chance(staffed, opened, end) if end > opened else None
    if chance is None:
        why = Text(f"{why.de} {_NOBODY_BEFORE.de}", f"{why.en} {_NOBODY_BEFORE.en}")
    return Deadline(day, chance, why)


def months_after(day: date, months: int) -> date:
    """Return the last day of a period of months that begins with an event on a day (§§ 187(1), 188(2) and (3) BGB).

    It has the same number in its month; where there is no such day, it is the month's last.
    """
    ends: date = day + relativedelta(months=months)
    return ends


def sooner(last_chance: datetime | None, decide_by: datetime | None) -> datetime | None:
    """Return until when in staffed time a ticket's steps are spread: the earlier of its promise and its own date."""
    return min(last_chance, decide_by) if last_chance is not None and decide_by is not None else last_chance


def running(last_chance: datetime | None, decide_by: datetime | None, now: datetime) -> datetime | None:
    """Return by when somebody must be there for a ticket: by its own date while that can be met, then by its promise."""
    earlier = sooner(last_chance, decide_by)
    return last_chance if earlier is None or now >= earlier + MINUTE else earlier


def missing(reason: ContactReason, checked: Collection[str]) -> tuple[CheckItem, ...]:
    """Return what of a reason's checklist has not been checked yet (ids), in order."""
    return tuple(one for one in reason.decision.checklist if one.id not in checked) if reason.decision else ()


def competent(office: Office, postal_code: str) -> Body | None:
    """Return the body that is competent for a place, none if the office file does not say."""
    code = postal_code.strip()
    for body in office.bodies.values():
        if any(first <= code <= last for first, last in body.postal_codes):
            return body
    return None


def contact_of(body: Body) -> Text:
    """Return how a body is reached, to be read aloud, with the day on which that was last right."""
    de, en = [body.name.de], [body.name.en]
    if body.telephone:
        number = numbers.din5008(body.telephone)
        de.append(f"Telefon {number}")
        en.append(f"telephone {number}")
    if body.email:
        de.append(f"E-Mail {body.email}")
        en.append(f"e-mail {body.email}")
    if body.address:
        de.append(body.address)
        en.append(body.address)
    if body.checked:
        said = words.date_of(body.checked)
        de.append(f"Stand {said.de}")
        en.append(f"as of {said.en}")
    return Text(", ".join(de), ", ".join(en))


def closing_refusal(reason: ContactReason | None, standing: Standing | None, outcome: TicketOutcome) -> Text | None:
    """Return why a ticket cannot be closed with an outcome, none if it can.

    A matter that is to be decided is closed by its decision. Where only the written assurance counts, approval and
    refusal must have left the office, and an approval ends with that outcome alone.
    """
    if outcome is TicketOutcome.DONE_NOT_TOLD:
        return None
    ends_with = reason.decision.ends_with if reason and reason.decision else None
    if outcome is TicketOutcome.WRITTEN_ASSURANCE_SENT and (
        ends_with is None or standing is None or standing.outcome not in APPROVALS
    ):
        return _NO_ASSURANCE
    if reason is None or reason.decision is None:
        return None
    if outcome is TicketOutcome.REFERRED:
        return None if standing is None else _DECIDED
    if standing is None:
        return _UNDECIDED
    if ends_with is None or standing.outcome is DecisionOutcome.NOT_NEEDED:
        return None
    if not standing.dispatched:
        return _NOT_IN_WRITING
    if standing.outcome in APPROVALS and outcome is not ends_with:
        return _ENDS_OTHERWISE
    return None


def _of(office: Office, asked: AskedDate, given: date, calendar: Calendar) -> tuple[date, Text]:
    law = office.laws.get(asked.law or "")
    rests = Text(f" ({law.reference.de})", f" ({law.reference.en})") if law else Text("", "")
    said = words.date_of(given)
    if not asked.months_after:
        return given, Text(f"{asked.label.de} {said.de}{rests.de}.", f"{asked.label.en} {said.en}{rests.en}.")
    day = months_after(given, asked.months_after)
    ends = words.date_of(day)
    de = f"{asked.label.de} {said.de}, zwei Monate danach: {ends.de}{rests.de}."
    en = f"{asked.label.en} {said.en}, two months after it: {ends.en}{rests.en}."
    if asked.months_after != 2:
        de = de.replace("zwei Monate", f"{asked.months_after} Monate")
        en = en.replace("two months", f"{asked.months_after} months")
    later = _working_day_from(calendar, day)
    if later != day:
        moved = words.date_of(later)
        de += f" § 193 BGB verkürzt nichts: Endet die Frist am Wochenende oder Feiertag, dann erst am {moved.de}."
        de += " Das Haus rechnet mit dem früheren Tag."
        en += f" § 193 BGB shortens nothing: a period that ends at a weekend or holiday ends on {moved.en} only."
        en += " The house reckons with the earlier day."
    return day, Text(de, en)


def _same_day(opened: datetime, staffed: Calendar) -> tuple[date, Text]:
    day = staffed.next_opening(opened).astimezone(staffed.zone).date()
    said = words.date_of(day)
    return day, Text(f"Wird noch am selben Tag entschieden: {said.de}.", f"To be decided on the same day: {said.en}.")


def _working_day_from(calendar: Calendar, day: date) -> date:
    while day.weekday() >= 5 or calendar.day(day).kind is DayKind.PUBLIC_HOLIDAY:
        day += timedelta(days=1)
    return day


_NOBODY_BEFORE = Text("Bis dahin ist niemand mehr da.", "Nobody is there until then.")
_NO_ASSURANCE = Text(
    "Eine schriftliche Zusicherung setzt voraus, dass sie beschlossen ist.",
    "A written assurance needs a decision to give it.",
)
_DECIDED = Text(
    "Darüber ist schon entschieden; verwiesen wird, was hier nicht entschieden wird.",
    "This has been decided already; referred is what is not decided here.",
)
_UNDECIDED = Text(
    "Über dieses Anliegen ist noch nicht entschieden. Bitte zuerst entscheiden.",
    "This matter has not been decided yet. Please decide first.",
)
_NOT_IN_WRITING = Text(
    "Die Entscheidung ist noch nicht schriftlich unterwegs. Bitte zuerst das unterschriebene Schreiben absenden und eintragen.",
    "The decision has not left the office in writing. Please dispatch the signed letter and record it first.",
)
_ENDS_OTHERWISE = Text(
    "Eine Zusicherung endet mit „Zusicherung schriftlich abgesandt“.",
    "An assurance ends with “Written assurance sent”.",
)
