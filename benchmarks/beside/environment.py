"""The environment of the peers: apart from ours, made when first needed, from hashed versions."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
WANTED = ROOT / "requirements/peers.txt"


def python() -> str:
    """Return the interpreter of the peers' environment. Exits with what to do if it cannot be made."""
    folder = ROOT / ".benchmarks" / f"peers-{hashlib.sha256(WANTED.read_bytes()).hexdigest()[:12]}"
    interpreter, made = folder / "bin/python", folder / ".made"
    if made.exists():
        return str(interpreter)
    print("  making the peers' environment", file=sys.stderr, flush=True)
    venv.create(folder, with_pip=True, clear=True)
    install = ["install", "--quiet", "--require-hashes", "-r", str(WANTED)]
    uv = [str(Path(sys.executable).parent / "uv"), "pip", *install, "--python", str(interpreter)]
    # pip in second place: it knows the machine's own pip.conf, uv does not.
    for command in (uv, [str(interpreter), "-m", "pip", *install]):
        if subprocess.run(command, check=False).returncode == 0:
            made.touch()
            return str(interpreter)
    sys.exit(f"The peers could not be installed from {WANTED.name}. Is the package registry there?")
