"""Who deals with a matter? The first rule of the office file that fits."""

import unicodedata
from dataclasses import dataclass

from erreichbar.office import benefit_units
from erreichbar.office.model import Office, Responsibility, Span
from erreichbar.office.text import Text

# Letters that Unicode does not take apart into a letter and a mark.
_FOLDED = str.maketrans(
    {
        "ß": "SS",
        "ẞ": "SS",
        "Æ": "AE",
        "æ": "AE",
        "Ø": "O",
        "ø": "O",
        "Ł": "L",
        "ł": "L",
        "Đ": "D",
        "đ": "D",
        "ı": "I",
        "Œ": "OE",
        "œ": "OE",
    }
)

_ASKED = {
    "benefit_unit_number": Text("die BG-Nummer", "the benefit-unit number"),
    "family_name": Text("der Familienname", "the family name"),
    "postal_code": Text("die Postleitzahl", "the postal code"),
}


class NotResponsible(ValueError):
    """Nobody can be named. ``missing`` lists what would decide it; if it is empty, no rule covers the case."""

    def __init__(self, de: str, en: str, missing: tuple[str, ...] = ()) -> None:
        self.de, self.en, self.missing = de, en, missing
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Responsible:
    """The unit that deals with a matter, its case worker (none: the unit's pool), and by what rule."""

    unit: str
    case_worker: str | None
    why: Text


def responsible(
    office: Office,
    reason: str,
    *,
    benefit_unit_number: str | None = None,
    family_name: str | None = None,
    postal_code: str | None = None,
) -> Responsible:
    """Return who deals with a matter of this contact reason.

    Rules are tried in the order of the file; one that needs something not given is passed over. Raises
    ``NotResponsible`` naming what is missing if no rule fits, and ``NotABenefitUnitNumber`` for a number that is not
    of this office.
    """
    if reason not in office.reasons:
        known = ", ".join(office.reasons)
        raise NotResponsible(
            f"Das Anliegen „{reason}“ gibt es nicht. Bekannt sind: {known}.",
            f"There is no contact reason “{reason}”. Known are: {known}.",
        )
    number = benefit_units.parse(benefit_unit_number, office.benefit_unit_numbers) if benefit_unit_number else None
    given = {
        "benefit_unit_number": number,
        "family_name": folded(family_name) if family_name else None,
        "postal_code": postal_code.strip() if postal_code else None,
    }
    missing: dict[str, None] = {}
    for rule in office.responsibilities:
        if rule.reasons and reason not in rule.reasons:
            continue
        unknown = [name for name, spans in _limits(rule).items() if spans and given[name] is None]
        if unknown:
            missing.update(dict.fromkeys(unknown))
            continue
        matched = {name: _span(name, spans, given[name] or "") for name, spans in _limits(rule).items() if spans}
        if all(matched.values()):
            return Responsible(rule.unit, rule.case_worker, _why(office, rule, matched))
    raise _nobody(office, reason, tuple(missing))


def folded(name: str) -> str:
    """Return a name as it is sorted into letters: capitals without marks, umlauts as their base letter, ß as SS."""
    apart = unicodedata.normalize("NFKD", name.strip().translate(_FOLDED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).upper()


def _limits(rule: Responsibility) -> dict[str, tuple[Span, ...]]:
    return {
        "benefit_unit_number": rule.benefit_unit_numbers,
        "family_name": rule.letters,
        "postal_code": rule.postal_codes,
    }


def _span(name: str, spans: tuple[Span, ...], value: str) -> Span | None:
    """Return the span that ``value`` lies in, none if none."""
    for span in spans:
        first, last = span.first, span.last
        if name == "family_name":
            # A letter stands for all that begin with it, so each end is compared by its own length.
            first, last = folded(first), folded(last)
            fits = first <= value[: len(first)] and value[: len(last)] <= last
        elif name == "benefit_unit_number":
            # Numbers of different length do not lie in one range, whatever their letters say.
            first, last = benefit_units.compact(first), benefit_units.compact(last)
            fits = len(first) == len(value) == len(last) and first <= value <= last
        else:
            fits = first <= value <= last
        if fits:
            return span
    return None


def _why(office: Office, rule: Responsibility, matched: dict[str, Span | None]) -> Text:
    unit = office.units[rule.unit].name
    limits = {
        "benefit_unit_number": Text("BG-Nummern", "benefit-unit numbers"),
        "family_name": Text("Anfangsbuchstaben", "initial letters"),
        "postal_code": Text("Postleitzahlen", "postal codes"),
    }
    de, en = [], []
    for name, span in matched.items():
        assert span is not None
        shown = span.first if span.first == span.last else f"{span.first}–{span.last}"
        de.append(f"{limits[name].de} {shown}")
        en.append(f"{limits[name].en} {shown}")
    return Text(
        f"{unit.de}" + (f" ({', '.join(de)})" if de else ""), f"{unit.en}" + (f" ({', '.join(en)})" if en else "")
    )


def _nobody(office: Office, reason: str, missing: tuple[str, ...]) -> NotResponsible:
    label = office.reasons[reason].label
    if missing:
        asked_de = " oder ".join(_ASKED[name].de for name in missing)
        asked_en = " or ".join(_ASKED[name].en for name in missing)
        return NotResponsible(
            f"Wer für „{label.de}“ zuständig ist, lässt sich noch nicht sagen. Es fehlt: {asked_de}.",
            f"Who is responsible for “{label.en}” cannot be told yet. Missing: {asked_en}.",
            missing,
        )
    return NotResponsible(
        f"Für „{label.de}“ ist nach den Angaben keine Einheit zuständig. Bitte die Angaben prüfen; fehlt eine "
        "Zuständigkeit, trägt die Administration sie in die Amtsdatei ein.",
        f"By these particulars no unit is responsible for “{label.en}”. Please check them; if a rule is missing, the "
        "administrator enters it into the office file.",
    )
