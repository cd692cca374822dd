"""The table of rooms as a contract for import-linter (see ``[tool.importlinter]`` in pyproject.toml).

A room imports directly only the rooms of its row; what a room needs further down it gets through them. A room without
a row is a fault, so a new folder has to be given its place in the house first. Rows may name rooms yet to come.
"""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class RoomsContract(Contract):
    """``rows``: ``room: imports``, the imports separated by spaces; ``*`` for all."""

    type_name = "rooms"

    package = fields.StringField()
    # Any, because import-linter's descriptors do not say what they hold.
    rows: Any = fields.ListField(subfield=fields.StringField())
    pure: Any = fields.ListField(subfield=fields.StringField())
    not_in_pure: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Compare every direct import with the table."""
        package = str(self.package)
        table = {}
        for row in self.rows:
            name, _, imports = str(row).partition(":")
            table[name.strip()] = set(imports.split())
        faults: list[tuple[str, str, list[int]]] = []
        for module in sorted(graph.modules):
            room = _room(module, package)
            if room is None:
                continue
            if room not in table:
                faults.append((module, "has no row in the table of rooms", []))
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                if fault := self._fault(room, table[room], imported, package):
                    details = graph.get_import_details(importer=module, imported=imported)
                    faults.append((module, fault, [detail["line_number"] for detail in details]))
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def _fault(self, room: str, allowed: set[str], imported: str, package: str) -> str | None:
        other = _room(imported, package)
        if other is not None:
            allows = other == room or other in allowed or "*" in allowed
            return None if allows else f"imports {imported}, which does not stand in the row of {room}/"
        banned = {str(name) for name in self.not_in_pure}
        if room in {str(name) for name in self.pure} and any(
            imported == name or imported.startswith(f"{name}.") for name in banned
        ):
            return f"imports {imported}, but {room}/ is pure"
        return None

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each fault with its place."""
        for module, fault, lines in check.metadata["faults"]:
            place = f" (line {', '.join(map(str, lines))})" if lines else ""
            output.print_error(f"{module}{place} {fault}.")


def _room(module: str, package: str) -> str | None:
    """Return the room of a module, none for libraries and for the bare package."""
    head, _, rest = module.partition(".")
    return rest.split(".")[0] if head == package and rest else None
