"""Which office is simulated: one of the two default ones by name, or a file; a file may only say how it differs from another."""

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from erreichbar.office import Fault, Faults, Office, OfficeFaults, loads
from erreichbar.office.checking import did_you_mean, listed
from erreichbar.office.loading import text_of
from erreichbar.office.toml import NotToml, read

NAMES = ("as-contracted", "as-audited")
"""The default offices: as the centre's contract has it, and as the federal audit found such centres."""
OVERLAID = ("traffic", "lab")
"""The sections that a file may take from its ``base`` and change."""


class LabFaults(Faults):
    """An office cannot be simulated."""


def office(name_or_path: str | Path) -> Office:
    """Return the office of a default name or a file, its sections ``[traffic]`` and ``[lab]`` complete.

    A file that begins with ``base = "as-contracted"`` (or another file's path) takes everything from there, and what it
    says in ``[traffic]`` and ``[lab]`` instead. Raises ``OfficeFaults`` or ``LabFaults``.
    """
    given = str(name_or_path)
    if given in NAMES:
        return _read(_text(given), f"{given}.toml")
    path = Path(given)
    if not path.is_file():
        near = did_you_mean(given, NAMES)
        de = f"Es gibt weder ein Muster-Amt noch eine lesbare Datei dieses Namens.{near.de}"
        en = f"There is neither a default office nor a readable file of this name.{near.en}"
        raise LabFaults([Fault(given, "", "", de, en, listed(NAMES))])
    return _read(text_of(path), path.name)


def _text(name: str) -> str:
    return resources.files("erreichbar.office").joinpath("offices", f"{name}.toml").read_text(encoding="utf-8")


def _read(text: str, file: str) -> Office:
    try:
        document = read(text, file)
    except NotToml as error:
        raise OfficeFaults([error.fault]) from None
    if "base" not in document.table:
        return loads(text, file)
    faults = [
        Fault(
            file,
            f"[{name}]",
            "",
            "Neben base darf hier nur stehen, was in [traffic] und [lab] anders ist.",
            "Beside base only what differs in [traffic] and [lab] may stand here.",
            listed(("base", *OVERLAID)),
            document.line((name,)),
        )
        for name in document.table
        if name not in ("base", *OVERLAID)
    ]
    if faults:
        raise LabFaults(faults)
    base = office(str(document.table["base"]))
    sections: dict[str, Any] = {
        name: overlaid(base.sections.get(name, {}), document.table.get(name, {})) for name in OVERLAID
    }
    digest = hashlib.sha256(f"{base.digest}{text}".encode()).hexdigest()
    return replace(base, file=file, text=text, digest=digest, sections=sections)


def overlaid(base: Any, changes: Any) -> Any:
    """Return a table with changes laid over it. Lists of tables are matched by id; a sourced value is replaced whole."""
    if isinstance(base, Mapping) and isinstance(changes, Mapping) and "value" not in changes:
        return {key: overlaid(base[key], changes[key]) if key in base and key in changes else changes.get(key, base.get(key))
                for key in {**base, **changes}}  # fmt: skip
    if _has_ids(base) and _has_ids(changes):
        known = {entry["id"]: entry for entry in base}
        return [overlaid(known.get(id, {}), change) for id, change in _merged_ids(base, changes)]
    return changes


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) and "id" in entry for entry in value)


def _merged_ids(base: list[Any], changes: list[Any]) -> list[tuple[str, Any]]:
    changed = {entry["id"]: entry for entry in changes}
    new = [id for id in changed if id not in {entry["id"] for entry in base}]
    return [(entry["id"], changed.get(entry["id"], {})) for entry in base] + [(id, changed[id]) for id in new]


def varied(base: Office, values: Mapping[str, float]) -> Office:
    """Return an office with other values, named as ``LabOffice.assumptions`` names them (``lab.direct.induced``).

    Raises ``KeyError`` for a name that the office does not have.
    """
    sections = copy.deepcopy({name: base.sections[name] for name in OVERLAID})
    for name, value in values.items():
        *way, last = name.split(".")
        here: Any = sections
        for part in way:
            here = next(entry for entry in here if entry["id"] == part) if isinstance(here, list) else here[part]
        if isinstance(here[last], Mapping):
            here[last] = {"value": value, "source": here[last]["source"]}
        else:
            here[last] = value
    said = json.dumps(sections, sort_keys=True, default=str, ensure_ascii=False)
    return replace(base, sections=sections, digest=hashlib.sha256(f"{base.digest}{said}".encode()).hexdigest())
