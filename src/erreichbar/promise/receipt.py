"""The short code of a ticket, made to be said on the telephone: seven digits and a check digit, "4711 0815".

The check digit is Damm's (H. M. Damm 2004, "Total anti-symmetrische Quasigruppen"): it finds every wrong digit and
every swap of neighbours, as when "vierundzwanzig" is written down as 42.
"""

import re

from stdnum import damm
from stdnum.exceptions import ValidationError

DIGITS = 7
"""How many digits stand before the check digit."""


class NotAReceipt(ValueError):
    """What was given is no ticket code. ``de`` and ``en`` say why and what to do."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


def code(number: int) -> str:
    """Return the code (8 digits) of a number from 0 to 9,999,999. Raises ``ValueError`` outside it."""
    if not 0 <= number < 10**DIGITS:
        raise ValueError(f"a ticket number has at most {DIGITS} digits, not {number}")
    digits = f"{number:0{DIGITS}}"
    return digits + str(damm.calc_check_digit(digits))


def shown(code: str) -> str:
    """Return a code as it is written and read aloud: two groups of four, kept on one line."""
    return f"{code[:4]}\N{NO-BREAK SPACE}{code[4:]}"


def check(text: str) -> str:
    """Return the code (8 digits) that people typed or said, with or without spaces, dots and hyphens.

    Raises ``NotAReceipt`` if it has not eight digits or its check digit does not fit: one is wrong or two are swapped.
    """
    digits = re.sub(r"[\s.\-\u2010-\u2015/]", "", text)
    if not re.fullmatch(rf"[0-9]{{{DIGITS + 1}}}", digits):
        raise NotAReceipt(
            f"Ein Ticketcode hat {DIGITS + 1} Ziffern, zum Beispiel {shown(code(4711081))}.",
            f"A ticket code has {DIGITS + 1} digits, as {shown(code(4711081))}.",
        )
    try:
        return str(damm.validate(digits))
    except ValidationError:
        raise NotAReceipt(
            "Der Ticketcode stimmt nicht: Eine Ziffer ist falsch, oder zwei sind vertauscht. Bitte noch einmal lesen.",
            "The ticket code is not right: a digit is wrong, or two are swapped. Please read it again.",
        ) from None
