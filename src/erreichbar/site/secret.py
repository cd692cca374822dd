"""The installation's secret key: from the environment, else made once and kept beside the database."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the key that signs sessions. Made on first use, readable by the owner only."""
    if given := os.environ.get("ERREICHBAR_SECRET"):
        return given
    file = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(made, "w") as out:
        out.write(key := secrets.token_urlsafe(50))
    return key
