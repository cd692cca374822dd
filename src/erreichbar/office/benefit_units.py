"""Numbers of benefit units: read as people write them, by the office's own pattern."""

import re

from erreichbar.office.model import BenefitUnitNumbers


class NotABenefitUnitNumber(ValueError):
    """What was given is no number of a benefit unit of this office. ``de`` and ``en`` say how they look."""

    def __init__(self, given: str, numbers: BenefitUnitNumbers) -> None:
        self.de = f"„{given[:40]}“ ist keine BG-Nummer dieses Amtes. Sie sieht so aus: {numbers.example}."
        self.en = f"“{given[:40]}” is no benefit-unit number of this office. It looks like this: {numbers.example}."
        super().__init__(self.en)


def compact(text: str) -> str:
    """Return the number as it is compared: capital letters, without spaces, hyphens, dots and slashes."""
    return re.sub(r"[\s./\-–]", "", text).upper()


def parse(text: str, numbers: BenefitUnitNumbers) -> str:
    """Return the number as it is stored. Raises ``NotABenefitUnitNumber``."""
    compacted = compact(text)
    if not re.fullmatch(numbers.pattern, compacted):
        raise NotABenefitUnitNumber(text, numbers)
    return compacted
