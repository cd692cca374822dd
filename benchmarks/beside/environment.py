"""The environment of the peers: apart from ours, made when first needed, from hashed versions."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]


def python(name: str = "peers") -> str:
    """Return the interpreter of an environment of peers (``requirements/NAME.txt``). Exits with what to do if there can be none."""
    wanted = ROOT / "requirements" / f"{name}.txt"
    folder = ROOT / ".benchmarks" / f"{name}-{hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]}"
    interpreter, made = folder / "bin/python", folder / ".made"
    if made.exists():
        return str(interpreter)
    print("  making the peers' environment", file=sys.stderr, flush=True)
    venv.create(folder, with_pip=True, clear=True)
    install = ["install", "--quiet", "--require-hashes", "-r", str(wanted)]
    uv = [str(Path(sys.executable).parent / "uv"), "pip", *install, "--python", str(interpreter)]
    # pip in second place: it knows the machine's own pip.conf, uv does not.
    for command in (uv, [str(interpreter), "-m", "pip", *install]):
        if subprocess.run(command, check=False).returncode == 0:
            made.touch()
            return str(interpreter)
    sys.exit(f"The peers could not be installed from {wanted.name}. Is the package registry there?")
