"""Written decisions about urgent matters as accessible PDF (PDF/UA-1), a draft until they are signed.

German counts; who wished another language finds an English courtesy translation behind it. What the letter says of legal
remedies is the office's own text. Nothing here is legal advice.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from erreichbar.centre.models import Decision
from erreichbar.office import Office, Text
from erreichbar.post.letter import BLANK, settable
from erreichbar.promise import receipt
from erreichbar.promise.urgent import APPROVALS
from erreichbar.record.words import DecisionOutcome, Language

TEMPLATE = Path(__file__).parent / "decision.typ"
RENT = ("rent", "service", "heating")

DRAFT = Text("Entwurf, solange nicht unterschrieben", "Draft as long as it is not signed")
TRANSLATION = Text(
    "Übersetzung zur Information", "Courtesy translation for your information. Only the German text counts."
)
HELLO = Text("Guten Tag,", "Hello,")
ABOUT = Text("Sie haben uns Ihr Anliegen mitgeteilt: {label}.", "You told us about this matter: {label}.")
SUBJECT = {
    "assurance": Text("Zusicherung für eine neue Wohnung", "Assurance for a new flat"),
    "other": Text("Unsere Entscheidung: {label}", "Our decision: {label}"),
}
ASSURED = {
    DecisionOutcome.APPROVED: Text(
        "wir sichern Ihnen zu, dass wir für die folgende Wohnung die Kosten für Unterkunft und Heizung in Höhe von {amount} "
        "im Monat berücksichtigen (§ 22 Abs. 4 SGB II).",
        "we assure you that for the following flat we will take into account costs of housing and heating of {amount} a "
        "month (§ 22(4) SGB II).",
    ),
    DecisionOutcome.APPROVED_IN_PART: Text(
        "wir sichern Ihnen zu, dass wir für die folgende Wohnung von den Kosten für Unterkunft und Heizung {amount} im Monat "
        "berücksichtigen (§ 22 Abs. 4 SGB II). Für die übrigen {rest} geben wir keine Zusicherung.",
        "we assure you that for the following flat we will take into account {amount} a month of the costs of housing and "
        "heating (§ 22(4) SGB II). For the remaining {rest} we give no assurance.",
    ),
    DecisionOutcome.REFUSED: Text(
        "für die folgende Wohnung geben wir keine Zusicherung (§ 22 Abs. 4 SGB II).",
        "for the following flat we give no assurance (§ 22(4) SGB II).",
    ),
}
DECIDED = {
    DecisionOutcome.APPROVED: Text("Dem haben wir entsprochen.", "We have granted it."),
    DecisionOutcome.APPROVED_IN_PART: Text("Dem haben wir zum Teil entsprochen.", "We have granted it in part."),
    DecisionOutcome.REFUSED: Text("Dem können wir nicht entsprechen.", "We cannot grant it."),
}
REASON = Text("Begründung: {reason}", "Reason, as written in German: {reason}")
IN_WRITING = Text(
    "Eine Zusicherung gilt nur schriftlich (§ 34 Abs. 1 SGB X), für diese Wohnung und diese Kosten. Über Kaution und "
    "Umzugskosten wird gesondert entschieden (§ 22 Abs. 6 SGB II).",
    "An assurance counts only in writing (§ 34(1) SGB X), for this flat and these costs. Deposit and costs of removal are "
    "decided separately (§ 22(6) SGB II).",
)
REMEDY = Text(
    "[Rechtsbehelfsbelehrung: bitte den Text des Amtes einsetzen (§ 36 SGB X)]",
    "[Legal remedies: please insert the office's own text (§ 36 SGB X)]",
)
HEAD = Text("Wohnung|Angabe", "Flat|Particulars")
ROWS = {
    "address": Text("Anschrift", "Address"),
    "size_m2": Text("Größe", "Size"),
    "persons": Text("Personen", "Persons"),
    "rent": Text("Kaltmiete im Monat", "Rent without heating, a month"),
    "service": Text("Nebenkosten im Monat", "Service costs, a month"),
    "heating": Text("Heizkosten im Monat", "Heating costs, a month"),
    "sum": Text("Zusammen im Monat", "Together, a month"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """A decision in one language: paragraphs before and after the table of the flat, who signs, and legal remedies."""

    language: str
    mark: str
    draft: str
    date: str
    subject: str
    before: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    signed: str
    authority: str
    remedy: tuple[str, ...]


def versions(office: Office, decision: Decision, on: date, language: Language) -> tuple[Version, ...]:
    """Return what a written decision says: in German, and in English for who wished another language."""
    read = ("de",) if language is Language.GERMAN else ("de", "en")
    return tuple(_version(office, decision, on, one) for one in read)


def pdf(office: Office, decision: Decision, on: date, language: Language) -> bytes:
    """Return a written decision as PDF, to be signed. Whose name and address stands on it comes from its ticket."""
    person = decision.ticket.person
    told = {
        "sender": office.name,
        "name": person.name if person else BLANK,
        "street": BLANK,
        "place": f"{person.postal_code} {BLANK}" if person and person.postal_code else BLANK,
        "code": receipt.shown(decision.ticket.code),
        "versions": [asdict(one) for one in versions(office, decision, on, language)],
    }
    made = typst.compile(
        TEMPLATE, sys_inputs={"decision": settable(json.dumps(told, ensure_ascii=False))}, pdf_standards=["ua-1"]
    )
    assert isinstance(made, bytes)
    return made


def _version(office: Office, decision: Decision, on: date, language: str) -> Version:
    outcome, reason = DecisionOutcome(decision.outcome), office.reasons.get(decision.ticket.reason)
    label = reason.label.in_(language) if reason else decision.ticket.reason
    about_flat = bool(decision.flat) or (
        reason is not None and reason.decision is not None and reason.decision.asks_new_place
    )
    signed = office.people.get(decision.decided_by.username)
    return Version(
        language=language,
        mark="" if language == "de" else TRANSLATION.in_(language),
        draft=DRAFT.in_(language),
        date=format_date(on, "long", locale=language),
        subject=SUBJECT["assurance" if about_flat else "other"].in_(language).format(label=label),
        before=_before(decision, outcome, label, language, about_flat=about_flat),
        head=tuple(HEAD.in_(language).split("|")),
        rows=_rows(decision.flat, language) if about_flat else (),
        after=_after(decision, outcome, language, about_flat=about_flat),
        signed=signed.name if signed else "",
        authority=str(decision.authority_said.get(language, "")),
        remedy=_remedy(office, outcome, language),
    )


def _before(
    decision: Decision, outcome: DecisionOutcome, label: str, language: str, *, about_flat: bool
) -> tuple[str, ...]:
    hello = HELLO.in_(language)
    if not about_flat:
        return hello, ABOUT.in_(language).format(label=label), DECIDED[outcome].in_(language)
    assured, whole = decision.assured or 0, sum(int(decision.flat.get(name, 0)) for name in RENT)
    return hello, ASSURED[outcome].in_(language).format(
        amount=_money(assured, language), rest=_money(whole - assured, language)
    )


def _after(decision: Decision, outcome: DecisionOutcome, language: str, *, about_flat: bool) -> tuple[str, ...]:
    # Who gets all she asked for needs no reason (§ 35(2) no. 1 SGB X); without a flat the reason says what she gets.
    said = (
        []
        if about_flat and outcome is DecisionOutcome.APPROVED
        else [REASON.in_(language).format(reason=decision.reason)]
    )
    if about_flat and outcome in APPROVALS:
        said.append(IN_WRITING.in_(language))
    return tuple(said)


def _remedy(office: Office, outcome: DecisionOutcome, language: str) -> tuple[str, ...]:
    if outcome is DecisionOutcome.APPROVED and office.post.remedy is None:
        return ()
    return ((office.post.remedy or REMEDY).in_(language),)


def _rows(flat: dict[str, Any], language: str) -> tuple[tuple[str, str], ...]:
    found = []
    for name in ("address", "size_m2", "persons", *RENT):
        if flat.get(name) in (None, ""):
            continue
        value = flat[name]
        if name in RENT:
            shown = _money(int(value), language)
        elif name == "size_m2":
            shown = f"{format_decimal(value, locale=language)} m²"
        else:
            shown = str(value)
        found.append((ROWS[name].in_(language), shown))
    if all(flat.get(name) is not None for name in RENT):
        found.append((ROWS["sum"].in_(language), _money(sum(int(flat[name]) for name in RENT), language)))
    return tuple(found)


def _money(amount: int, language: str) -> str:
    return str(format_currency(amount / 100, "EUR", locale=language))
