"""How the loop is compiled, and where the result is kept.

Numba keeps compiled code by the file of the function alone: a change in the decision function would leave the loop on the OLD
policy. So the folder's name is a hash of every source that can go into the loop, and of what compiles it.
"""

import atexit
import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import FunctionType
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])

ROOMS = ("record", "office", "promise", "access", "traffic", "lab")
"""Rooms whose Python files may go into the loop."""
COMPILES = not vars(numba.config)["DISABLE_JIT"]
"""False under ``NUMBA_DISABLE_JIT``: everything then runs as the plain Python that it is, slowly, and with the same result."""
KEPT = 4
"""So many folders of compiled code are kept, the latest."""


def digest(package: Path) -> str:
    """Return the hash of all that goes into the loop: the sources under ``package``, Numba, NumPy, Python, the processor."""
    import numpy

    found = sha256()
    for said in (numba.__version__, numpy.__version__, platform.python_version(), platform.machine()):
        found.update(said.encode() + b"\0")
    for room in ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            found.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:20]


def folder(package: Path) -> Path:
    """Return where compiled code of these sources is kept: a folder of their hash in the user's cache."""
    home = os.environ.get("XDG_CACHE_HOME")
    cache = (Path(home) if home else Path.home() / ".cache") / "erreichbar" / "lab"
    return cache / digest(package)


def _prepare() -> None:
    here = folder(Path(__file__).parents[2])
    try:
        here.mkdir(parents=True, exist_ok=True)
        os.utime(here)
        others = sorted(here.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in others[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        # Nothing can be kept. Numba's own place would be by file alone, so it is one for this run.
        here = Path(tempfile.mkdtemp(prefix="erreichbar-lab-"))
        atexit.register(shutil.rmtree, here, ignore_errors=True)
    vars(numba.config)["CACHE_DIR"] = str(here)


_prepare()


def is_new() -> bool:
    """Return whether nothing of these sources has been kept yet, so that the first run takes longer."""
    return not any(folder(Path(__file__).parents[2]).rglob("*.nbi"))


def compiled(function: F) -> F:
    """Return a function as Numba compiles it when it is first called, kept for next time, and free of Python's lock."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def part(function: F) -> F:
    """Return a function that is compiled into whatever calls it: what it is given is not handed over, which would cost more."""
    return cast(F, numba.njit(nogil=True, error_model="numpy", forceinline=True)(function))


def apart(function: F) -> F:
    """Return a function that is compiled once and called: for what happens rarely, so that less is compiled."""
    return cast(F, numba.njit(nogil=True, error_model="numpy")(function))


_RULES: dict[Callable[..., object], Callable[..., object]] = {}


def rule(function: F) -> F:
    """Return a function of another room, compiled as it stands, and so are the functions that it calls.

    Its code is taken as it is; only the names of functions that it calls lead to their compiled sisters.
    """
    if function not in _RULES:
        assert isinstance(function, FunctionType)
        around = dict(function.__globals__)
        for name in function.__code__.co_names:
            if isinstance(called := around.get(name), FunctionType):
                around[name] = rule(called)
        same = FunctionType(function.__code__, around, function.__name__, function.__defaults__)
        _RULES[function] = part(same)
    return cast(F, _RULES[function])
