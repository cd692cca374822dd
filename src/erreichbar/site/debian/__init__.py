"""Programs from Debian packages, without changing the system.

``bring(BUNDLE)`` fetches a set of packages with everything they need, checks the signatures, unpacks them into a folder
of the user's cache and returns that folder. In it lie ``manifest.json`` (package, version, SHA-256) and ``run/`` with
one small script for each program of the bundle, which starts it with the tree's own libraries.

    python -m erreichbar.site.debian chromium sip espeak
"""

from erreichbar.site.debian.bring import bring, cache_folder, tree_of
from erreichbar.site.debian.bundles import ASTERISK, BUNDLES, CHROMIUM, ESPEAK, POSTGRESQL, SIP, Bundle, Proof
from erreichbar.site.debian.failure import CannotBring
from erreichbar.site.debian.wrapper import run_with_own_libraries, wrapper

__all__ = [
    "ASTERISK",
    "BUNDLES",
    "CHROMIUM",
    "ESPEAK",
    "POSTGRESQL",
    "SIP",
    "Bundle",
    "CannotBring",
    "Proof",
    "bring",
    "cache_folder",
    "run_with_own_libraries",
    "tree_of",
    "wrapper",
]
