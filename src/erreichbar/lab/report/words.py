"""What figures are called, and numbers as they are read, in German and English."""

from collections.abc import Mapping
from typing import NamedTuple

from erreichbar.figures.figure import Unit
from erreichbar.figures.promise import Part
from erreichbar.lab.experiment.result import Comparison, Estimate, Row
from erreichbar.lab.experiment.shown import Section
from erreichbar.office.model import OrganisationKind
from erreichbar.office.text import Text
from erreichbar.record.words import ClockName, MatterEnd, PresentedNumber, Role, TalkedWith, WorkKind

_ROLES = {
    Role.AGENT: Text("Servicecenter", "agents"),
    Role.CASE_WORKER: Text("Sachbearbeitung", "case workers"),
    Role.DUTY_OFFICER: Text("Tagesdienst", "duty officers"),
}
_ORGANISATIONS = {
    OrganisationKind.OFFICE: Text("beim Amt", "of the office"),
    OrganisationKind.CENTRE: Text("beim Servicecenter", "of the centre"),
}
_PARTS = {
    Part.ATTEMPTED: Text("versucht", "attempted"),
    Part.REACHED: Text("erreicht", "reached"),
    Part.RESOLVED: Text("erledigt", "resolved"),
}
_CLOCKS = {
    ClockName.ELAPSED: Text("48 Stunden", "48 hours"),
    ClockName.SERVICE_HOURS: Text("48 Servicestunden", "48 service hours"),
    ClockName.WORKING_DAYS: Text("zweiter Arbeitstag", "second working day"),
}
_KINDS = {
    WorkKind.APPOINTMENT: Text("Termine", "appointments"),
    WorkKind.PROTECTED: Text("geschützte Fallarbeit", "protected case work"),
    WorkKind.CASE_WORK: Text("Fallarbeit", "case work"),
    WorkKind.CALL: Text("Gespräche", "conversations"),
    WorkKind.WRAP_UP: Text("Nachbearbeitung", "work after calls"),
    WorkKind.CALLBACK: Text("Rückrufe", "callbacks"),
    WorkKind.IDLE: Text("nichts zu tun", "nothing to do"),
    WorkKind.OTHER: Text("anderes", "other things"),
}
_ENDS = {
    MatterEnd.SETTLED: Text("im Anruf erledigt", "settled in a call"),
    MatterEnd.TICKET: Text("durch ein Ticket", "through a ticket"),
    MatterEnd.IN_PERSON: Text("vor Ort erledigt", "settled in person"),
    MatterEnd.GIVEN_UP: Text("aufgegeben", "given up"),
    MatterEnd.NEVER_VOICED: Text("nie vorgebracht", "never voiced"),
}
_NUMBERS = {
    PresentedNumber.WITHHELD: Text("unterdrückter Nummer", "the number withheld"),
    PresentedNumber.CENTRE: Text("der Nummer des Servicecenters", "the centre's number"),
    PresentedNumber.OWN: Text("der Durchwahl", "the direct number"),
}
_WHOM = {
    TalkedWith.RESPONSIBLE: Text("der zuständigen Person", "the person responsible"),
    TalkedWith.SUBSTITUTE: Text("der Vertretung", "a substitute"),
    TalkedWith.DUTY_OFFICER: Text("dem Tagesdienst", "a duty officer"),
    TalkedWith.AGENT: Text("dem Servicecenter", "an agent"),
    TalkedWith.NOBODY: Text("niemandem (schriftlich)", "nobody (in writing)"),
}
NAMES: Mapping[str, Text] = {
    "served_in_time": Text("Rechtzeitig bedient", "Served in time"),
    "served_in_time_by_responsible": Text("… von der zuständigen Person", "… by the person responsible"),
    "undisturbed_work": Text("Ungestörte Fallarbeit", "Undisturbed case work"),
    "undisturbed_work_without_resuming": Text("… ohne Wiedereinstieg", "… without getting back into it"),
    "offered": Text("Anrufe angeboten", "Calls offered"),
    "answered": Text("… angenommen", "… answered"),
    "abandoned": Text("… aufgelegt", "… abandoned"),
    "turned_away": Text("… abgewiesen", "… turned away"),
    "out_of_hours": Text("Anrufe außerhalb der Servicezeit", "Calls out of hours"),
    "reachability": Text("Erreichbarkeit", "Reachability"),
    "wait_mean": Text("Wartezeit, Mittel", "Wait, mean"),
    "wait_p50": Text("Wartezeit, Hälfte höchstens", "Wait, half at most"),
    "wait_p90": Text("Wartezeit, 90 % höchstens", "Wait, 90 % at most"),
    "service_level_20_s": Text("In 20 s angenommen", "Answered within 20 s"),
    "ring_backs": Text("Anrufe auf verpasste Rückrufe", "Calls that answer a missed callback"),
    "settled_at_first_contact": Text("Im ersten Gespräch erledigt", "Settled at first contact"),
    "settled_without_repeat": Text("… ohne neuen Anruf in 7 Tagen", "… without a further call in 7 days"),
    "tickets_opened": Text("Tickets", "Tickets"),
    "impossible_by_calendar": Text("In 48 Stunden unmöglich", "Impossible within 48 hours"),
    "attempts_until_reached": Text("Versuche, bis erreicht", "Attempts until reached"),
    "direct_reachability": Text("Durchwahl: angenommen", "Direct line: answered"),
    "misdirected": Text("An die falsche Stelle geraten", "Misdirected"),
    "diverted": Text("Durchwahl: weitergeleitet", "Direct line: diverted"),
    "callbacks_held_up": Text("Rückrufe warten auf Direktgespräche", "Callbacks wait for direct calls"),
    "direct_time_of_top_callers": Text("Direktzeit des oberen Zehntels", "Direct time of the top tenth"),
    "urgent_in_time": Text("Dringende bis zum Termin", "Urgent ones by their date"),
    "time_to_served_p50": Text("Bis bedient, Hälfte höchstens", "Until served, half at most"),
    "time_to_served_p90": Text("Bis bedient, 90 % höchstens", "Until served, 90 % at most"),
    "calls_until_spoken": Text("Anrufe bis zum Gespräch", "Calls until spoken with"),
    "matters_open": Text("Anliegen noch offen", "Matters still open"),
    "visits": Text("Persönlich gekommen", "Came in person"),
    "visits_received": Text("… und empfangen", "… and received"),
    "visits_wait_mean": Text("… Wartezeit vor Ort, Mittel", "… wait at the office, mean"),
    "interruptions": Text("Unterbrechungen", "Interruptions"),
    "resuming_mean": Text("Wiedereinstieg, Mittel", "Getting back into it, mean"),
    **{f"wait_mean_{role}": Text(f"Wartezeit bis {said.de}", f"Wait for {said.en}") for role, said in _ROLES.items()},
    **{f"talk_mean_{role}": Text(f"Gespräch, {said.de}", f"Conversation, {said.en}") for role, said in _ROLES.items()},
    **{
        f"wrap_up_mean_{role}": Text(f"Nachbearbeitung, {said.de}", f"Work after calls, {said.en}")
        for role, said in _ROLES.items()
    },
    **{
        f"transferred_{role}": Text(f"Durchgestellt: {said.de}", f"Put through to {said.en}")
        for role, said in _ROLES.items()
    },
    **{
        f"{part}_in_time_{clock.replace('-', '_')}": Text(
            f"Versprechen: {said.de}, {how.de}", f"Promise: {said.en}, {how.en}"
        )
        for part, said in _PARTS.items()
        for clock, how in _CLOCKS.items()
    },
    **{f"time_to_{part}": Text(f"Bis {said.de}, Median", f"Until {said.en}, median") for part, said in _PARTS.items()},
    **{
        f"reached_showing_{number}": Text(f"Erreicht mit {said.de}", f"Reached with {said.en}")
        for number, said in _NUMBERS.items()
    },
    **{f"talked_with_{whom}": Text(f"Gesprochen mit {said.de}", f"Talked with {said.en}") for whom, said in _WHOM.items()},
    **{f"matters_{end}": Text(f"Anliegen: {said.de}", f"Matters: {said.en}") for end, said in _ENDS.items()},
    **{
        f"time_{role}_{kind}": Text(f"Zeit, {said.de}: {what.de}", f"Time, {said.en}: {what.en}")
        for role, said in _ROLES.items()
        for kind, what in _KINDS.items()
    },
    **{
        f"presence_{role}_{kind}": Text(f"Anwesenheit, {said.de} {where.de}", f"Presence, {said.en} {where.en}")
        for role, said in _ROLES.items()
        for kind, where in _ORGANISATIONS.items()
    },
    **{f"euros_{kind}": Text(f"Kosten {said.de}", f"Costs {said.en}") for kind, said in _ORGANISATIONS.items()},
}  # fmt: skip
"""Every figure of the lab by its name. A test holds that none is missing."""
SECTIONS = {
    Section.ESTIMANDS: Text("Worauf es ankommt", "What it comes down to"),
    Section.CALLS: Text("Anrufe", "Calls"),
    Section.FIRST_CONTACT: Text("Im ersten Gespräch", "At first contact"),
    Section.PROMISE: Text("Das Versprechen", "The promise"),
    Section.DIRECT: Text("Durchwahlen und Durchstellen", "Direct lines and transfers"),
    Section.MATTERS: Text("Anliegen", "Matters"),
    Section.WORK: Text("Arbeitszeit", "Working time"),
    Section.COSTS: Text("Stunden und Kosten", "Hours and costs"),
}


OFFICES = {
    "as-contracted": Text("Muster-Amt, wie vereinbart", "Default office, as contracted"),
    "as-audited": Text("Muster-Amt, wie geprüft", "Default office, as audited"),
}


def office(found: Comparison, language: str) -> str:
    """Return what the office is called. A file that only says how it differs bears the title of its base, so its name stands first."""
    named = OFFICES.get(found.office.name)
    return named.in_(language) if named else f"{found.office.name}: {found.office.title}"


class Scale(NamedTuple):
    """How a figure's values are read: times ``factor``, with so many ``digits``, in ``unit``."""

    unit: Text
    factor: float
    digits: int


_PERCENT = Scale(Text("%", "%"), 100.0, 1)
_POINTS = Text("Prozentpunkte", "percentage points")
_SECONDS = Scale(Text("s", "s"), 1e-3, 1)
_MINUTES = Scale(Text("min", "min"), 1 / 60_000, 1)
_HOURS = Scale(Text("Std.", "h"), 1 / 3_600_000, 1)


def scale(row: Row, found: Comparison) -> Scale:
    """Return how a figure is read. Counts are told for each working day, presence and costs for each week."""
    weeks = found.days / 7
    if row.name.startswith("presence_"):
        return Scale(Text("Std. je Woche", "h a week"), _HOURS.factor / weeks, 0)
    if row.name.startswith(("time_to_", "callbacks_held_up")):
        return _HOURS
    if row.name.startswith("resuming"):
        return _MINUTES
    return {
        Unit.SHARE: _PERCENT,
        Unit.RATIO: Scale(Text("", ""), 1.0, 2),
        Unit.COUNT: Scale(Text("je Arbeitstag", "a working day"), 1 / max(1, found.working_days), 1),
        Unit.MILLISECONDS: _SECONDS,
        Unit.MILLISECONDS_A_WEEK: Scale(Text("Std. je Vollzeitwoche", "h a full-time week"), _HOURS.factor, 1),
        Unit.PER_WEEK: Scale(Text("je Vollzeitwoche", "a full-time week"), 1.0, 1),
        Unit.EUROS: Scale(Text("€ je Woche", "€ a week"), 1 / weeks, 0),
    }[row.unit]


def number(value: float, digits: int, language: str, *, sign: bool = False) -> str:
    """Return a number as it is read: groups of thousands and the decimal sign of the language; a true minus."""
    text = f"{value:{'+' if sign else ''},.{digits}f}"
    if not text.strip("+-0.,"):
        text = text.lstrip("+-")
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "−")


def estimate(one: Estimate | None, scale: Scale, language: str, *, sign: bool = False) -> str:
    """Return a value with its interval, "–" if there is none."""
    if one is None:
        return "–"
    value = number(one.value * scale.factor, scale.digits, language, sign=sign)
    if one.low is None or one.high is None:
        return value
    low, high = (number(end * scale.factor, scale.digits, language, sign=sign) for end in (one.low, one.high))
    return f"{value} [{low}; {high}]"


def unit(row: Row, found: Comparison, language: str, *, difference: bool = False) -> str:
    """Return what a figure is told in; the difference of two shares is told in percentage points."""
    if difference and row.unit is Unit.SHARE:
        return _POINTS.in_(language)
    return scale(row, found).unit.in_(language)


def name(row: Row, language: str) -> str:
    """Return what a figure is called."""
    return NAMES[row.name].in_(language)
