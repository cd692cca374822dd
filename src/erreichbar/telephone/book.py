"""The book: how the floor writes down what happened, also while the database is away.

A change that the database cannot take now goes to an append-only spool beside it, and so does every later one, so the
order holds. ``replay`` enters them once the database is back; every change carries its key and its moment, so a change
that had been entered before a crash is not entered twice.
"""

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from erreichbar.centre.actions import Action, Busy, Refused, ReplaySpool, from_json

log = logging.getLogger(__name__)


class Book:
    """Enter actions, in order, exactly once."""

    def __init__(self, folder: Path) -> None:
        self._spool = folder / "spool.jsonl"
        self._refused = folder / "spool-refused.jsonl"

    @property
    def waiting(self) -> bool:
        """Whether changes wait in the spool."""
        return self._spool.exists()

    def enter(self, action: Action) -> bool:
        """Write down a change. Returns false if it waits in the spool; raises ``Refused`` if the house refuses it."""
        if not self.waiting:
            try:
                action.run()
            except Busy:
                log.warning("The database is away; what happens is kept in %s.", self._spool.name)
            else:
                return True
        _append(self._spool, json.dumps(action.to_json()))
        return False

    def replay(self) -> None:
        """Enter what waits. Stays as it is if the database is still away."""
        if not self.waiting:
            return
        actions = list(_whole(self._spool.read_text()))
        for given in actions:
            try:
                from_json(given).run()
            except Busy:
                return
            except Refused as refused:
                log.error("A change kept while the database was away was refused: %s", refused.en)
                _append(self._refused, json.dumps(given))
        if actions:
            first = actions[0]
            done = ReplaySpool(key=f"spool.{first['key']}", entries=len(actions), since=first["at"])
            try:
                done.run()
            except Busy:
                return
        self._spool.unlink()
        log.warning("The database is back; %d changes have been entered.", len(actions))


def _whole(spool: str) -> Iterator[dict[str, Any]]:
    """Return the changes that were written to the end; what a crash left half written was never acknowledged."""
    for line in spool.splitlines():
        try:
            given = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield given


def _append(file: Path, line: str) -> None:
    # The leading newline closes a line that a crash left half written; empty lines say nothing.
    with file.open("a") as out:
        out.write("\n" + line + "\n")
        out.flush()
        os.fsync(out.fileno())
