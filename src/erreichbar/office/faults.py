"""What is wrong with a configuration file, in words a clerk understands."""

from collections.abc import Iterable
from dataclasses import dataclass

from erreichbar.office.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: where it stands, what is wrong, what is allowed.

    ``section`` and ``key`` are as written in the file, ``line`` counts from 1 and is none if it is not known.
    ``allowed`` is empty if ``de`` and ``en`` say it all.
    """

    file: str
    section: str
    key: str
    de: str
    en: str
    allowed: Text = NOTHING
    line: int | None = None

    def in_(self, language: str) -> str:
        """Return the fault as one line to be read by people."""
        words = Text("Zeile", "line").in_(language)
        place = [self.file, f"{words} {self.line}" if self.line else "", self.section, self.key]
        said = Text(self.de, self.en).in_(language)
        allowed = self.allowed.in_(language)
        hint = f" {Text('Erlaubt', 'Allowed').in_(language)}: {allowed}." if allowed else ""
        return f"{', '.join(part for part in place if part)}: {said}{hint}"


class Faults(Exception):
    """A configuration file cannot be used. ``faults`` holds every reason, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line or 0))
        super().__init__("\n".join(fault.in_("en") for fault in self.faults))

    def in_(self, language: str) -> str:
        """Return all faults, one a line."""
        return "\n".join(fault.in_(language) for fault in self.faults)


class OfficeFaults(Faults):
    """An office file cannot be used."""
