"""Lay what the browser loads from ``node_modules`` into the site's static folder, licences beside it."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/erreichbar/site/static/vendor"

FILES = {
    "kern/kern.min.css": "@kern-ux/native/dist/kern.min.css",
    "kern/fonts/fira-sans.css": "@kern-ux/native/dist/fonts/fira-sans.css",
    "kern/LICENSE.md": "@kern-ux/native/LICENSE.md",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
}
"""Place in the static folder → place in ``node_modules``."""


def main() -> None:
    """Build the folder anew, so that nothing old stays behind."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in FILES.items():
        _copy(MODULES / source, VENDOR / target)
    fonts = "kern/fonts/fira-sans.css"
    for name in re.findall(r"url\(['\"]?\./([^'\")]+)", (VENDOR / fonts).read_text("utf-8")):
        _copy((MODULES / FILES[fonts]).parent / name, (VENDOR / fonts).parent / name)
    outside = [
        f"{file.relative_to(VENDOR)}: {address}"
        for file in VENDOR.rglob("*.css")
        for address in re.findall(r"(?:url\(|@import\s)['\"]?(https?:[^'\")]+|//[^'\")]+)", file.read_text("utf-8"))
    ]
    if outside:
        raise SystemExit("A page would load something from outside:\n" + "\n".join(outside))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
