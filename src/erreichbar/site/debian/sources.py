"""The machine's own package sources: where its Debian mirror is.

Reads both forms of apt's sources, the one-line form (``sources.list``) and the paragraphs of ``*.sources`` (deb822, see
``sources.list(5)``). Nothing here names a mirror: the machine does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from erreichbar.site.debian.failure import CannotBring

KEYRINGS = (
    "usr/share/keyrings/debian-archive-keyring.pgp",
    "usr/share/keyrings/debian-archive-keyring.gpg",
)
ROLLING = ("sid", "unstable")
_ONE_LINE = re.compile(
    r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)(?P<components>(?:\s+\S+)*)\s*$"
)


@dataclass(frozen=True)
class Source:
    """One mirror with one suite."""

    uri: str
    suite: str
    components: tuple[str, ...]

    def line(self, keyring: Path | None) -> str:
        """Return the entry in the one-line form; the signature must be of a key in ``keyring``."""
        option = f"[signed-by={keyring}] " if keyring else ""
        return f"deb {option}{self.uri} {self.suite} {' '.join(self.components)}".rstrip()


def machine_sources(root: Path = Path("/")) -> list[Source]:
    """Return every enabled binary source of the machine whose files lie under ``root``."""
    folder = root / "etc/apt"
    found: list[Source] = []
    for file in [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*.list"))]:
        if file.is_file():
            found.extend(_one_line(file.read_text("utf-8")))
    for file in sorted((folder / "sources.list.d").glob("*.sources")):
        found.extend(_paragraphs(file.read_text("utf-8")))
    return found


def release(root: Path = Path("/")) -> str:
    """Return the machine's release by name (``bookworm``, ``sid``). Raises ``CannotBring`` where it is not Debian."""
    file = root / "etc/os-release"
    text = file.read_text("utf-8") if file.is_file() else ""
    facts = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', text, re.MULTILINE))
    if facts.get("ID") != "debian":
        raise CannotBring(
            f"This machine runs {facts.get('PRETTY_NAME', 'an unknown system')}, not Debian, so its mirrors "
            "carry no Debian packages. Install the program in your system's own way.",
        )
    name = facts.get("VERSION_CODENAME", "sid")
    suites = {source.suite for source in machine_sources(root)}
    # unstable tells the name of the release that it will become
    return "sid" if name not in suites and suites & set(ROLLING) else name


def sources_for(suite: str, own: str, root: Path = Path("/")) -> list[Source]:
    """Return the sources for ``suite``: the machine's own entries for its own release, its mirror for another one.

    Raises ``CannotBring`` if the machine names no Debian mirror.
    """
    own_suites = (
        own,
        f"{own}-updates",
        f"{own}-security",
        f"{own}/updates",
        "stable",
        *(ROLLING if own == "sid" else ()),
    )
    mine = [source for source in machine_sources(root) if source.suite in own_suites and "main" in source.components]
    if not mine:
        raise CannotBring(
            f"The machine's package sources (/etc/apt) name no mirror for Debian {own}. Add one, then try again."
        )
    if suite == own:
        return [Source(source.uri, source.suite, ("main",)) for source in mine]
    mirrors = [source for source in mine if source.suite in (own, "stable", *ROLLING)] or mine
    return [Source(mirrors[0].uri, suite, ("main",))]


def keyring(root: Path = Path("/")) -> Path | None:
    """Return Debian's keyring on this machine; without one apt's own trusted keys must do."""
    return next((root / path for path in KEYRINGS if (root / path).is_file()), None)


def _one_line(text: str) -> Iterator[Source]:
    for line in text.splitlines():
        match = _ONE_LINE.match(line.split("#", 1)[0].strip())
        if match:
            yield Source(match["uri"], match["suite"], tuple(match["components"].split()))


def _paragraphs(text: str) -> Iterator[Source]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
        fields: dict[str, list[str]] = {}
        name = ""
        for line in paragraph.splitlines():
            if line[:1] in (" ", "\t"):
                fields.setdefault(name, []).extend(line.split())
            elif ":" in line:
                name, _, value = line.partition(":")
                name = name.strip().lower()
                fields[name] = value.split()
        if "deb" not in fields.get("types", []) or fields.get("enabled", ["yes"])[0].lower() in ("no", "false", "0"):
            continue
        for uri in fields.get("uris", []):
            for suite in fields.get("suites", []):
                yield Source(uri, suite, tuple(fields.get("components", [])))
