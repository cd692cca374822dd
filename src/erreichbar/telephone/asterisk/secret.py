"""Passwords of the telephones and of ARI: made once, kept in one file that only its owner can read."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FILE = "secrets.json"


@dataclass(frozen=True, slots=True)
class Secrets:
    """``ari``: the password of user ``erreichbar``; ``seats``: SIP user → password."""

    ari: str = field(repr=False)
    seats: dict[str, str] = field(repr=False)


def secrets_of(folder: Path, sip_users: Iterable[str]) -> Secrets:
    """Return the passwords kept in ``folder``; those that are missing are made and kept."""
    path = folder / FILE
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        kept = {"ari": secrets.token_urlsafe(24), "seats": {}}
    seats = {user: kept["seats"].get(user) or secrets.token_urlsafe(15) for user in sip_users}
    found = Secrets(kept["ari"], seats)
    # Who left keeps no password; who comes back gets a new one.
    write_private(path, json.dumps({"ari": found.ari, "seats": seats}, indent=1) + "\n")
    return found


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 600, replacing what was there in one step."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
