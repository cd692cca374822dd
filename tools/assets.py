"""Lay the browser's files ready and compile the translations: ``python tools/assets.py FOLDER``.

Nothing is loaded from anywhere else while the house runs.
"""

import shutil
import sys
from pathlib import Path

from erreichbar.desk.catalogue import compiled

MODULES = Path("node_modules")
FILES = {
    "@kern-ux/native/dist/kern.min.css": "kern/kern.min.css",
    "@kern-ux/native/dist/fonts": "kern/fonts",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
}
"""File or folder of a package → its place among the static files."""


def main(target: Path) -> None:
    """Copy the files and compile the catalogue."""
    shutil.rmtree(target, ignore_errors=True)
    for source, place in FILES.items():
        found, goal = MODULES / source, target / place
        goal.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, goal)
        else:
            shutil.copyfile(found, goal)
    compiled()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
