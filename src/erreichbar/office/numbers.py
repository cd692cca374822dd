"""Telephone numbers: read as people write them, kept as E.164, shown by DIN 5008.

A number of the office is kept as trunk and extension, because the boundary between them cannot be read off a number
again (``phonenumbers`` drops it, and so does RFC 3966).
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import PhoneNumberType

from erreichbar.office.text import Text

if TYPE_CHECKING:
    from erreichbar.office.model import Telephone

SPACE = "\N{NO-BREAK SPACE}"
HYPHEN = "\N{NON-BREAKING HYPHEN}"

_DASHES = re.compile(r"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]")
_TRUNK_ZERO = re.compile(r"[(\[]\s*0\s*[)\]]")
_LABEL = re.compile(r"^\s*(telephone|telefon|tel|phone|mobile|mobil|fax|fon)\s*[.:]*\s*", re.IGNORECASE)
_WRITTEN = re.compile(r"\+?[0-9 ()/.\[\]-]+")


class NotANumber(ValueError):
    """What was given is no telephone number that can be called back. ``de`` and ``en`` say why, and what to write."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the office: ``trunk`` (E.164), the start of all its lines, and the digits of its ``extension``."""

    trunk: str
    extension: str = ""

    @property
    def e164(self) -> str:
        """The whole number, as ``+492214710100``."""
        return self.trunk + self.extension

    @property
    def din5008(self) -> str:
        """The whole number as it is printed, ``0221 4710-100``, with characters at which no line breaks."""
        return din5008(self.e164, len(self.extension))


def is_mobile(e164: str) -> bool:
    """Return whether a number is certainly one of a mobile telephone, so that a text message reaches it."""
    return phonenumbers.number_type(phonenumbers.parse(e164, None)) == PhoneNumberType.MOBILE


def parse(text: str, region: str = "DE") -> str:
    """Return the E.164 form of a number as people write it: with "/", "-", "(0)", spaces, "00" or "+".

    ``region`` is the country a number without country code belongs to. Raises ``NotANumber`` for what is no complete
    number: the area code is missing, it is too short or too long, or a short number (110, 115) that has no such form.
    """
    cleaned = _LABEL.sub("", _DASHES.sub("-", " ".join(text.split())))
    if not cleaned:
        raise NotANumber("Es fehlt eine Telefonnummer.", "A telephone number is missing.")
    if not _WRITTEN.fullmatch(cleaned):
        raise NotANumber(
            f"„{cleaned[:40]}“ ist keine Telefonnummer: Erlaubt sind Ziffern, +, -, /, Klammern und Leerzeichen.",
            f"“{cleaned[:40]}” is no telephone number: digits, +, -, /, brackets and spaces are allowed.",
        )
    try:
        number = _parse(cleaned, region)
    except phonenumbers.NumberParseException:
        raise _incomplete(cleaned) from None
    if _is_short(number, region):
        raise NotANumber(
            f"{cleaned} ist eine Kurzwahl oder Notrufnummer. Nötig ist eine Nummer mit Vorwahl.",
            f"{cleaned} is a short or emergency number. A number with area code is needed.",
        )
    if not _has_area_code(cleaned, region) or not phonenumbers.is_valid_number(number):
        raise _incomplete(cleaned)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def trunk(text: str, region: str = "DE") -> str | None:
    """Return the E.164 form of a trunk number, the beginning all lines of an office share; none if it is no such thing.

    A trunk is not yet a number, so only its area code and its length are checked.
    """
    cleaned = _DASHES.sub("-", " ".join(text.split()))
    if not _WRITTEN.fullmatch(cleaned):
        return None
    try:
        number = _parse(cleaned, region)
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(number)
    # An area code (two to five digits) and a digit at least, and room for an extension.
    if not _has_area_code(cleaned, region) or not 5 <= len(national) <= 12:
        return None
    return f"+{number.country_code}{national}"


def signalled(text: str | None, region: str = "DE") -> str | None:
    """Return the E.164 form of a caller's number as the network signals it, none if it is withheld or unusable.

    Networks also send the country code without "+" (``492214710100``).
    """
    if text is None or not any(character.isdigit() for character in text):
        return None
    for candidate in (text, "+" + text.strip()):
        try:
            return parse(candidate, region)
        except NotANumber:
            continue
    return None


def refusal(number: str, telephone: "Telephone") -> Text | None:
    """Return why a number must not be called back, none if it may be.

    Refused are emergency and short numbers, premium-rate and service numbers (0900, 0137, 0180, 118, 0700, 0191–0194)
    and countries that the office does not allow. ``number`` is E.164; anything else is refused as well.
    """
    digits = number.removeprefix("+")
    if not digits.isdecimal():
        return _REFUSALS["no_number"]
    national = digits.removeprefix("49") if number.startswith("+49") else digits.lstrip("0")
    if phonenumbers.is_emergency_number(national, "DE") or national in _HELP:
        return _REFUSALS["emergency"]
    if not number.startswith("+"):
        return _REFUSALS["short"] if len(digits) <= 6 else _REFUSALS["no_number"]
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return _REFUSALS["no_number"]
    if parsed.country_code not in telephone.allowed_countries:
        return Text(
            f"Nummern mit der Landesvorwahl +{parsed.country_code} ruft das Amt nicht zurück. "
            "Bitte eine andere Nummer, E-Mail oder Brief vereinbaren.",
            f"The office does not call back numbers with country code +{parsed.country_code}. Please agree on another "
            "number, e-mail or letter.",
        )
    if parsed.country_code == 49 and national.startswith(_SERVICE):
        return _REFUSALS["service"]
    if phonenumbers.number_type(parsed) in _COSTLY:
        return _REFUSALS["service"]
    if parsed.country_code == 49 and len(national) <= 6 and phonenumbers.is_possible_short_number(parsed):
        return _REFUSALS["short"]
    if not phonenumbers.is_valid_number(parsed):
        return _REFUSALS["no_number"]
    return None


_HELP = ("110", "112", "115", "19222", "116116", "116117")
_SERVICE = ("900", "190", "137", "138", "180", "118", "700", "191", "192", "193", "194")
"""How German premium-rate, mass-traffic, service, directory, personal and dial-up numbers begin, without the 0."""
_COSTLY = (
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PERSONAL_NUMBER,
    PhoneNumberType.PAGER,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
)
_REFUSALS = {
    "emergency": Text(
        "Notrufnummern ruft das Amt nicht zurück. Bitte die eigene Nummer der Person angeben.",
        "Emergency numbers are not called back. Please give the person's own number.",
    ),
    "short": Text(
        "Kurzwahlen ruft das Amt nicht zurück. Bitte eine Nummer mit Vorwahl angeben.",
        "Short numbers are not called back. Please give a number with area code.",
    ),
    "service": Text(
        "Sonderrufnummern (0900, 0137, 0180, 118, 0700) ruft das Amt nicht zurück. Bitte eine andere Nummer angeben.",
        "Premium-rate and service numbers (0900, 0137, 0180, 118, 0700) are not called back. "
        "Please give another number.",
    ),
    "no_number": Text(
        "Das ist keine vollständige Telefonnummer. Bitte mit Vorwahl angeben.",
        "This is no complete telephone number. Please give it with its area code.",
    ),
}


def din5008(e164: str, extension_digits: int = 0, *, international: bool = False) -> str:
    """Return the number by DIN 5008: area code, space, number, and a hyphen before the last ``extension_digits``.

    German numbers are shown as dialled at home (``0221 4710-100``) unless ``international``, others always with country
    code (``+41 44 6681800``). Space and hyphen are those at which no line breaks.
    """
    number = phonenumbers.parse(e164, None)
    national = phonenumbers.national_significant_number(number)
    area = phonenumbers.length_of_national_destination_code(number)
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.SHARED_COST and number.country_code == 49:
        area = len("180") + 1  # DIN 5008 sets the tariff digit apart: 0180 2 123456
        parts = [national[:3], national[3:area], national[area:]]
    else:
        parts = [national[:area], national[area:]] if area else [national]
    if 0 < extension_digits < len(parts[-1]):
        parts[-1] = parts[-1][:-extension_digits] + HYPHEN + parts[-1][-extension_digits:]
    if international or number.country_code != 49:
        return SPACE.join([f"+{number.country_code}", *parts])
    return "0" + SPACE.join(parts)


def _parse(text: str, region: str) -> phonenumbers.PhoneNumber:
    # "+49 (0)221" says the zero to callers at home only; with the country code it must not be dialled.
    return phonenumbers.parse(_TRUNK_ZERO.sub(" ", text) if _has_country_code(text) else text, region)


def _has_area_code(text: str, region: str) -> bool:
    # Without it phonenumbers reads "4710118" as 0471 0118, another town.
    return region != "DE" or _has_country_code(text) or text.lstrip("([ ").startswith("0")


def _has_country_code(text: str) -> bool:
    return text.lstrip("([ ").startswith(("+", "00"))


def _is_short(number: phonenumbers.PhoneNumber, region: str) -> bool:
    digits = phonenumbers.national_significant_number(number)
    return len(digits) <= 6 and (
        phonenumbers.is_emergency_number(digits, region) or phonenumbers.is_valid_short_number(number)
    )


def _incomplete(text: str) -> NotANumber:
    return NotANumber(
        f"{text} ist keine vollständige Telefonnummer. Bitte mit Vorwahl angeben, zum Beispiel 0221 4710-100.",
        f"{text} is no complete telephone number. Please give it with its area code, as 0221 4710-100.",
    )
