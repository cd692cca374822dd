"""Run every benchmark, one after the other, and say at the end of each what it aimed at and how it stands beside its peer.

    python benchmarks/beside/all.py [NAME …]

Ends with 1 if one of them could not be run; a missed aim is told, and no failure: how fast a machine is, is no fault.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1]
TOLD = ("aim,", "ratio")
"""How lines begin that stand in the table at the end."""


def main() -> None:
    """Run those that are named, by default all."""
    found = sorted(path for path in FOLDER.glob("*.py") if not sys.argv[1:] or path.stem in sys.argv[1:])
    table: list[tuple[str, str]] = []
    failed = []
    for number, path in enumerate(found, 1):
        print(f"\n== {path.stem} ({number} of {len(found)})", flush=True)
        running = subprocess.Popen([sys.executable, str(path)], stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None
        for line in running.stdout:
            print(line, end="", flush=True)
            if line.strip().startswith(TOLD):
                table.append((path.stem, line.strip()))
        if running.wait():
            failed.append(path.stem)
            table.append((path.stem, "could not be run"))
    print("\n== All of them")
    for name, line in table:
        print(f"{name:12} {line}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
