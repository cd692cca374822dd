"""A private Asterisk: unpacked from Debian packages into the user's cache, started with its own libraries."""

from collections.abc import Callable
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
    return _whole(_own(settings.program)) if settings.program else _whole(_private(_tree()))


def install(say: Callable[[str], None], *, refresh: bool = False) -> Installed:
    """Bring the private Asterisk and what speaks the announcements. Twice is as good as once. Raises ``CannotBring``."""
    from erreichbar.site import debian

    debian.bring(debian.ESPEAK, say=say, refresh=refresh)
    return _whole(_private(debian.bring(debian.ASTERISK, say=say, refresh=refresh)))


def _tree() -> Path:
    from erreichbar.site import debian

    return debian.tree_of(debian.ASTERISK)


def _private(tree: Path) -> Installed:
    if not (tree / "run/asterisk").exists():
        raise NoAsterisk(
            "Asterisk ist nicht eingerichtet. Bitte ausführen: erreichbar telephone install",
            "Asterisk is not installed. Please run: erreichbar telephone install",
        )
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
