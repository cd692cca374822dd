"""The sets of packages that the project uses."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

OWN = "own"
"""Stands for the release that the machine itself runs."""


@dataclass(frozen=True)
class Proof:
    """A program of the bundle runs: started with ``arguments`` it prints ``says``."""

    program: str
    arguments: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Bundle:
    """A set of Debian packages and the programs wanted from it."""

    name: str
    packages: tuple[str, ...]
    programs: Mapping[str, str]
    """Name of the script in ``run/`` → path of the program in the tree. Empty: the tree itself is what is wanted."""

    suite: str = OWN
    """Debian suite, ``OWN`` for the machine's own release. From ``OWN`` the machine's own C library is used."""

    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables the programs need; ``{tree}`` stands for the tree's path."""

    proofs: tuple["Proof", ...] = ()
    """What must come true once the tree is complete."""

    def digest(self, machine: str) -> str:
        """Return eight hexadecimal digits that change with the recipe and with the machine's release (``machine``)."""
        recipe = [
            sorted(self.packages),
            sorted(self.programs.items()),
            self.suite,
            sorted(self.environment.items()),
            machine,
        ]
        return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:8]


CHROMIUM = Bundle(
    name="chromium",
    packages=("chromium", "chromium-sandbox", "fonts-dejavu-core", "fonts-noto-color-emoji", "fontconfig-config"),
    programs={"chromium": "usr/lib/chromium/chromium"},
    environment={"FONTCONFIG_FILE": "{tree}/run/fonts.conf"},
    proofs=(Proof("chromium", ("--version",), "Chromium"),),
)
"""The browser of the browser tests."""

SIP = Bundle(
    name="sip",
    packages=("sip-tester",),
    programs={"sipp": "usr/bin/sipp"},
    environment={"TERMINFO_DIRS": "{tree}/lib/terminfo:{tree}/usr/share/terminfo:/lib/terminfo:/usr/share/terminfo"},
    proofs=(Proof("sipp", ("-v",), "SIPp"),),
)
"""SIPp: load, exact headers and failing protocol cases for the telephone's tests."""

ESPEAK = Bundle(
    name="espeak",
    packages=("espeak-ng",),
    programs={"espeak-ng": "usr/bin/espeak-ng"},
    environment={"ESPEAK_DATA_PATH": "{tree}/usr/lib/x86_64-linux-gnu"},
    proofs=(Proof("espeak-ng", ("--voices=de",), "German"),),
)
"""Speaks the announcements, German and English."""

ASTERISK = Bundle(
    name="asterisk",
    packages=("asterisk",),
    programs={"asterisk": "usr/sbin/asterisk"},
    suite="sid",
    proofs=(Proof("asterisk", ("-V",), "Asterisk"),),
)
"""The telephone exchange. Debian 12 has none, so it comes from unstable with a C library of its own."""

POSTGRESQL = Bundle(
    name="postgresql",
    packages=("postgresql",),
    programs={},
)
"""The database of the tests that need more than one machine; only where PyPI's build does not run."""

BUNDLES: Mapping[str, Bundle] = {bundle.name: bundle for bundle in (CHROMIUM, SIP, ESPEAK, ASTERISK, POSTGRESQL)}
