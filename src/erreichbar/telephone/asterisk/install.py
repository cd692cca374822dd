"""A private Asterisk: unpacked from Debian packages into the user's cache, started with its own libraries."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from erreichbar.telephone.asterisk.settings import Settings


class NoAsterisk(RuntimeError):
    """There is no Asterisk to start. ``de`` and ``en`` say what to do."""

    def __init__(self, de: str, en: str) -> None:
        self.de, self.en = de, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Installed:
    """Where an Asterisk lies: its program, its modules, and its data (documentation and ``rest-api``, needed by ARI)."""

    program: Path
    modules: Path
    data: Path


def find(settings: Settings) -> Installed:
    """Return the Asterisk of this machine: the one named in the settings, else our private one.

    Raises ``NoAsterisk`` if there is none or it is not whole.
    """
    return _whole(_own(settings.program)) if settings.program else _whole(_private(_tree("asterisk")))


def speaker() -> Path:
    """Return the program that speaks the announcements. Raises ``NoAsterisk``."""
    program = _tree("espeak") / "run/espeak-ng"
    if not program.exists():
        raise _not_installed()
    return program


def arrange(asterisk: Path, espeak: Path) -> Installed:
    """Remember the unpacked trees as the machine's private ones. Raises ``NoAsterisk`` if they are not whole."""
    found = _whole(_private(asterisk))
    note = cache_folder() / NOTE
    note.parent.mkdir(parents=True, exist_ok=True)
    new = note.with_suffix(".new")
    new.write_text(json.dumps({"asterisk": str(asterisk), "espeak": str(espeak)}) + "\n", "utf-8")
    new.replace(note)
    return found


def cache_folder() -> Path:
    """Return the folder of what can be made again: ``$XDG_CACHE_HOME/erreichbar``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "erreichbar"


NOTE = "telephone.json"
"""Where the trees are noted, in the cache. The room that unpacks stands above this one, so it tells us."""


def _tree(name: str) -> Path:
    try:
        return Path(json.loads((cache_folder() / NOTE).read_text("utf-8"))[name])
    except (OSError, ValueError, KeyError):
        raise _not_installed() from None


def _not_installed() -> NoAsterisk:
    return NoAsterisk(
        "Asterisk ist nicht eingerichtet. Bitte ausführen: erreichbar telephone install",
        "Asterisk is not installed. Please run: erreichbar telephone install",
    )


def _private(tree: Path) -> Installed:
    if not (tree / "run/asterisk").exists():
        raise _not_installed()
    folders = sorted(tree.glob("usr/lib/*/asterisk/modules"))
    return Installed(tree / "run/asterisk", folders[0] if folders else tree, tree / "usr/share/asterisk")


def _own(program: Path) -> Installed:
    """Find what belongs to an Asterisk that the office installed itself: beside the program, or where distributions put it."""
    root = program.resolve().parent.parent
    modules = [
        folder
        for base in (root / "lib", root / "lib64", Path("/usr/lib"), Path("/usr/lib64"))
        for folder in (base / "asterisk/modules", *sorted(base.glob("*/asterisk/modules")))
    ]
    data = [root / "share/asterisk", Path("/usr/share/asterisk"), Path("/var/lib/asterisk")]
    return Installed(program, _first(modules), _first([folder for folder in data if (folder / "rest-api").is_dir()]))


def _first(folders: list[Path]) -> Path:
    return next((folder for folder in folders if folder.is_dir()), Path("/nonexistent"))


NEEDED = ("res_ari_channels", "res_stasis", "chan_pjsip", "res_pjsip_session", "res_websocket_client")
"""Modules without which nothing goes. The last one came with Asterisk 22."""


def _whole(found: Installed) -> Installed:
    missing = [name for name in NEEDED if not (found.modules / f"{name}.so").exists()]
    if missing or not (found.data / "rest-api").is_dir():
        what = ", ".join(missing) or "rest-api"
        raise NoAsterisk(
            f"Asterisk in {found.program} ist nicht vollständig oder älter als 22: {what} fehlt.",
            f"Asterisk at {found.program} is not complete or older than 22: {what} is missing.",
        )
    return found
