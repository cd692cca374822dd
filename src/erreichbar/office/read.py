"""From the text of an office file to its tables in their shapes, with every fault of shape on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from erreichbar.office import deciding_shapes, shapes, toml
from erreichbar.office.basic_shapes import HoursShape
from erreichbar.office.checking import Shape, check, did_you_mean, listed, what_fits
from erreichbar.office.faults import Fault

SINGLE: Mapping[str, type[Shape]] = {
    "office": shapes.OfficeShape,
    "benefit_unit_numbers": shapes.BenefitUnitsShape,
    "hours": HoursShape,
    "telephone": shapes.TelephoneShape,
}
"""Sections that stand once, and must."""

OPTIONAL: Mapping[str, type[Shape]] = {
    "promise": shapes.KeepingShape,
    "post": shapes.PostShape,
}
"""Sections that stand once or not at all; what is not said has a default."""

LISTS: Mapping[str, type[Shape]] = {
    "closed_days": shapes.ClosedDaysShape,
    "part_days": shapes.PartDaysShape,
    "organisations": shapes.OrganisationShape,
    "units": shapes.UnitShape,
    "people": shapes.PersonShape,
    "applications": shapes.ApplicationShape,
    "reasons": shapes.ReasonShape,
    "responsibilities": shapes.ResponsibilityShape,
    "laws": deciding_shapes.LawShape,
    "authorities": deciding_shapes.AuthorityShape,
    "duty": deciding_shapes.DutyShape,
    "competent_bodies": deciding_shapes.BodyShape,
}
"""Sections that stand any number of times."""

NEEDED = ("organisations", "units", "people", "reasons", "responsibilities")
"""Sections of which at least one must stand."""

ELSEWHERE = ("traffic", "lab")
"""Sections that other rooms check and read."""


@dataclass(frozen=True)
class Entry:
    """One ``[[…]]`` of a list: its ``place`` in the document, how faults name it, what is ``given``, and its shape.

    An entry that is not ``whole`` has faults; of its shape only what refers to other tables may be read, and what is
    missing or faulty is empty there. Its shape is none if nothing of it could be read.
    """

    place: toml.Path
    section: str
    given: Mapping[str, Any]
    shape: Any
    whole: bool

    @property
    def id(self) -> str | None:
        """The entry's id, also of an entry with faults, so that what refers to it is not told it were missing."""
        given = self.given.get("id")
        return given if isinstance(given, str) else None


@dataclass
class Draft:
    """An office file that was read: single sections, lists of entries, and the faults found so far."""

    document: toml.Document
    faults: list[Fault] = field(default_factory=list)
    single: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    _ids: dict[str, dict[str, Entry]] = field(default_factory=dict)

    def entries(self, section: str) -> list[Entry]:
        """Return the entries of a list that have no fault of shape."""
        return [entry for entry in self.lists.get(section, []) if entry.whole]

    def readable(self, section: str) -> list[Entry]:
        """Return the entries of a list of which at least what refers to other tables can be read."""
        return [entry for entry in self.lists.get(section, []) if entry.shape is not None]

    def ids(self, section: str) -> dict[str, Entry]:
        """Return all entries of a list by id, those with faults too. For use once everything was read."""
        if section not in self._ids:
            entries = self.lists.get(section, [])
            self._ids[section] = {entry.id: entry for entry in entries if entry.id is not None}
        return self._ids[section]

    def fault(self, entry: Entry, key: str, de: str, en: str, **more: Any) -> None:
        """Note a fault of an entry."""
        line = self.document.line((*entry.place, key))
        self.faults.append(Fault(self.document.file, entry.section, key, de, en, line=line, **more))

    def fault_at(self, path: toml.Path, section: str, key: str, de: str, en: str, **more: Any) -> None:
        """Note a fault of a single section."""
        self.faults.append(Fault(self.document.file, section, key, de, en, line=self.document.line(path), **more))


def read(text: str, file: str) -> Draft:
    """Return what could be read, and every fault of shape. Raises ``toml.NotToml`` if the text is no TOML."""
    draft = Draft(toml.read(text, file))
    known = (*SINGLE, *OPTIONAL, *LISTS, *ELSEWHERE)
    for name in draft.document.table:
        if name not in known:
            near = did_you_mean(name, known)
            de, en = f"Diesen Abschnitt gibt es nicht.{near.de}", f"There is no such section.{near.en}"
            draft.fault_at((name,), f"[{name}]", "", de, en, allowed=listed(known))
    for name, shape in SINGLE.items():
        _read_single(draft, name, shape, draft.document.table.get(name))
    for name, shape in OPTIONAL.items():
        _read_single(draft, name, shape, draft.document.table.get(name, {}))
    for name, shape in LISTS.items():
        _read_list(draft, name, shape)
    return draft


def _read_single(draft: Draft, name: str, shape: type[Shape], table: object) -> None:
    if not isinstance(table, dict):
        draft.fault_at((name,), f"[{name}]", "", "Dieser Abschnitt fehlt.", "This section is missing.")
        return
    read, faults = check(shape, table, draft.document, (name,), f"[{name}]")
    draft.faults += faults
    if read is not None:
        draft.single[name] = read


def _read_list(draft: Draft, name: str, shape: type[Shape]) -> None:
    tables = draft.document.table.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        de, en = f"Jeder Eintrag beginnt mit [[{name}]].", f"Each entry begins with [[{name}]]."
        draft.fault_at((name,), f"[{name}]", "", de, en)
        return
    if not tables and name in NEEDED:
        de, en = "Mindestens ein Eintrag ist nötig.", "At least one entry is needed."
        draft.fault_at((name,), f"[[{name}]]", "", de, en)
    draft.lists[name] = []
    for number, table in enumerate(tables):
        identifier = table.get("id")
        named = f" ({identifier})" if isinstance(identifier, str) else ""
        section = f"[[{name}]] {number + 1}{named}"
        read, faults = check(shape, table, draft.document, (name, number), section)
        draft.faults += faults
        shown = read if read is not None else what_fits(shape, table, faults)
        draft.lists[name].append(Entry((name, number), section, table, shown, whole=read is not None))
