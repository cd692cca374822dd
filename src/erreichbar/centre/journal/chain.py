"""How an entry is written and hashed. In prose: ``docs/algorithms/journal.md``."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from erreichbar.record.vocabulary import Event

GENESIS = "0" * 64
"""What the first entry names as the hash of the entry before it."""


class Row(NamedTuple):
    """An entry as the table holds it, in the order of its columns."""

    sequence: int
    moment: str
    kind: str
    previous: str
    entry_hash: str
    line: str
    payload: str | None
    salt: str | None
    call: str | None
    ticket: str | None


COLUMNS = ", ".join(f'"{name}"' if name == "call" else name for name in Row._fields)
"""The columns of the table, for plain SQL."""


def canonical(value: Mapping[str, Any]) -> str:
    """Return canonical JSON: keys sorted, no spaces, no escapes but those JSON demands."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of_payload(salt: str, payload: str) -> str:
    """Return the salted hash of a payload: after salt and payload are erased, nobody can guess the payload from it."""
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()


def to_text(moment: datetime) -> str:
    """Return a moment in UTC as the journal writes it: ``2026-03-05T14:00:00.000Z``."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def link(sequence: int, previous: str, moment: datetime, event: Event, salt: str) -> Row:
    """Return the entry that records an event as the next link of the chain. ``moment`` is in UTC."""
    fields = event.payload()
    payload = canonical(fields)
    when = to_text(moment)
    line = canonical(
        {
            "sequence": sequence,
            "moment": when,
            "kind": event.kind,
            "previous": previous,
            "payload_hash": hash_of_payload(salt, payload),
        }
    )
    call, ticket = fields.get("call"), fields.get("ticket")
    assert call is None or isinstance(call, str)
    assert ticket is None or isinstance(ticket, str)
    return Row(sequence, when, event.kind, previous, sha256(line), line, payload, salt, call, ticket)
