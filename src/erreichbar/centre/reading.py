"""Reading what people write: names, numbers, addresses. Faults name the field."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from erreichbar.centre.errors import Invalid
from erreichbar.centre.models import Person
from erreichbar.office import Office, benefit_units, numbers


def number_of(field: str, text: str | None) -> str | None:
    """Return the E.164 form of a number as people write it, none for an empty text. Raises ``Invalid``."""
    if text is None or not text.strip():
        return None
    try:
        return numbers.parse(text)
    except numbers.NotANumber as error:
        raise Invalid(field, error.de, error.en) from None


def safe_times(person: Person | None) -> tuple[time, time] | None:
    """Return between which times of day (office time) somebody may be called, none for all."""
    if person is None or person.safe_from is None or person.safe_to is None:
        return None
    return person.safe_from, person.safe_to


def email_address(field: str, text: str | None) -> str:
    """Return an e-mail address without spaces around it, empty for none. Raises ``Invalid``."""
    address = (text or "").strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise Invalid(
                field,
                "Das ist keine vollständige E-Mail-Adresse. Beispiel: name@example.org.",
                "This is no complete e-mail address. Example: name@example.org.",
            ) from None
    return address


def one_line(field: str, text: str | None, longest: int) -> str:
    """Return text composed and with single spaces. Raises ``Invalid`` if it is too long or unreadable."""
    cleaned = " ".join(unicodedata.normalize("NFC", text or "").split())
    if len(cleaned) > longest or not cleaned.isprintable():
        raise Invalid(
            field, f"Bitte höchstens {longest} lesbare Zeichen.", f"Please no more than {longest} readable characters."
        )
    return cleaned


def note_text(field: str, text: str | None, longest: int = 4000) -> str:
    """Return what somebody wrote, lines kept. Raises ``Invalid`` if it is too long."""
    cleaned = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").strip()
    if len(cleaned) > longest:
        raise Invalid(field, f"Bitte höchstens {longest} Zeichen.", f"Please no more than {longest} characters.")
    return cleaned


def benefit_unit_number(field: str, text: str | None, office: Office) -> str:
    """Return a benefit-unit number as it is stored, empty for none. Raises ``Invalid`` with the office's example."""
    if not (text or "").strip():
        return ""
    try:
        return benefit_units.parse(text or "", office.benefit_unit_numbers)
    except benefit_units.NotABenefitUnitNumber as error:
        raise Invalid(field, error.de, error.en) from None


def search_name(family_name: str, given_name: str) -> str:
    """Return a name without case, accents and umlaut spellings: Müller, Mueller and MULLER are the same."""
    return " ".join(_plain(part) for part in (family_name, given_name) if part.strip())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    # "ue" for "ü" and plain "u" are both common; without the e they meet.
    return re.sub(r"(?<=[aou])e", "", " ".join(re.sub(r"[^\w]+", " ", letters).split()))


def cents(field: str, text: str | None) -> int | None:
    """Return an amount of money as people write it (``1.234,50 €``) in cents, none for an empty text. Raises ``Invalid``."""
    plain = re.sub(r"[\s€]|EUR", "", str(text or ""))
    if not plain:
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", plain):
        plain = plain.replace(".", "")
    found = re.fullmatch(r"(\d{1,6})(?:[.,](\d{1,2}))?", plain)
    if not found:
        raise Invalid(
            field,
            "Bitte geben Sie den Betrag in Euro an, zum Beispiel 410,50.",
            "Please give the amount in euros, for example 410.50.",
        )
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def flat_facts(given: Mapping[str, object]) -> dict[str, object]:
    """Return what is known of a flat: ``address`` (text), ``size_m2`` and ``persons`` (numbers), costs a month in cents.

    Raises ``Invalid`` for what cannot be.
    """
    found: dict[str, object] = {}
    if address := one_line("flat.address", str(given.get("address") or ""), 200):
        found["address"] = address
    size = str(given.get("size_m2") or "").replace(",", ".").replace("m²", "").strip()
    if size:
        if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", size):
            raise Invalid(
                "flat.size_m2", "Bitte die Größe in m², zum Beispiel 54,5.", "Please the size in m², as 54.5."
            )
        found["size_m2"] = float(size)
    persons = str(given.get("persons") or "").strip()
    if persons:
        if not re.fullmatch(r"[1-9]\d?", persons):
            raise Invalid("flat.persons", "Wie viele Personen ziehen ein?", "How many people move in?")
        found["persons"] = int(persons)
    for name in ("rent", "service", "heating"):
        amount = cents(f"flat.{name}", str(given.get(name) or ""))
        if amount is not None:
            found[name] = amount
    return found
