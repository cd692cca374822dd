"""Start a program of an unpacked tree with the tree's libraries instead of the system's."""

import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

_LIBRARY = re.compile(r"^lib.+\.so(\.\d+)*$")
LOADERS = ("lib64/ld-linux-x86-64.so.2", "lib/ld-linux-aarch64.so.1")


def library_folders(tree: Path) -> list[Path]:
    """Return the folders of ``tree`` that hold shared libraries, those the loader would search by itself first.

    The others (``pulseaudio``, ``blas``, …) are where Debian's alternatives and run paths would point to.
    """
    roots = [tree / name for name in ("lib", "usr/lib") if not (tree / name).is_symlink()]
    found = {
        path.parent
        for root in roots
        for path in root.rglob("lib*.so*")
        if _LIBRARY.match(path.name) and "debug" not in path.parts
    }
    main = [folder for root in roots for folder in (*sorted(root.glob("*-linux-gnu")), root) if folder in found]
    return [*main, *sorted(found - set(main))]


def loader(tree: Path) -> Path | None:
    """Return the tree's own dynamic loader; none if the tree uses the machine's C library."""
    for name in LOADERS:
        for folder in (tree, tree / "usr"):
            if (folder / name).exists():
                return folder / name
    return None


def run_with_own_libraries(tree: Path, program: str | Path) -> list[str]:
    """Return the command that starts ``program`` (a path in ``tree``); append its arguments.

    With a loader in the tree the program runs by it, its own C library included. Else the libraries are told by
    ``LD_LIBRARY_PATH``, and the machine's C library, of the same release, carries them.
    """
    path = tree / program
    folders = ":".join(str(folder) for folder in library_folders(tree))
    own = loader(tree)
    if own is not None:
        return [str(own), "--library-path", folders, str(path)]
    return ["env", f"LD_LIBRARY_PATH={folders}", str(path)]


def wrapper(tree: Path, name: str, program: str | Path, environment: Mapping[str, str] | None = None) -> Path:
    """Write ``run/<name>`` in ``tree``, a script that starts ``program``, and return its path.

    The script finds the tree from where it stands, so the tree can be moved. ``{tree}`` in ``environment`` is its path.
    """
    own = loader(tree)
    lines = ["#!/bin/sh", 'tree=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd -P)']
    libraries = ":".join(_in_tree(tree, library_folders(tree)))
    for variable, value in (environment or {}).items():
        lines.append(f"export {variable}={_quoted(value)}")
    if own is not None:
        start = f'"$tree/{own.relative_to(tree)}" --library-path "{libraries}" "$tree/{program}"'
    else:
        lines.append(f'export LD_LIBRARY_PATH="{libraries}"')
        start = f'"$tree/{program}"'
    lines.append(f'exec {start} "$@"')
    script = tree / "run" / name
    script.parent.mkdir(exist_ok=True)
    script.write_text("\n".join(lines) + "\n", "utf-8")
    script.chmod(0o755)
    return script


def _in_tree(tree: Path, folders: Iterable[Path]) -> list[str]:
    return [f"$tree/{folder.relative_to(tree)}" for folder in folders]


def _quoted(value: str) -> str:
    """Return ``value`` for the shell, with ``{tree}`` left to be filled in by it."""
    return '"$tree"'.join(shlex.quote(part) if part else "" for part in value.split("{tree}"))
