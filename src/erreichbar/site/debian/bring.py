"""Bring a bundle: fetch, check, unpack, prove, move into place. Twice is as good as once, and two at a time wait."""

import fcntl
import hashlib
import json
import os
import platform
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from erreichbar.site.debian import sources
from erreichbar.site.debian.apt import PrivateApt, install_in_system, read_package
from erreichbar.site.debian.bundles import OWN, Bundle
from erreichbar.site.debian.failure import CannotBring
from erreichbar.site.debian.wrapper import wrapper

Say = Callable[[str], None]

C_LIBRARY = ("libc6", "libc-bin", "locales")
"""Left out of a tree of the machine's own release: its programs run on the machine's own C library."""

MERGED = ("bin", "sbin", "lib", "lib64")
"""Folders that Debian keeps in /usr, with a link where they used to be."""


def cache_folder() -> Path:
    """Return where trees are kept: ``$XDG_CACHE_HOME/erreichbar``, outside every clone."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "erreichbar"


def tree_of(bundle: Bundle) -> Path:
    """Return where the bundle's tree is or would be."""
    return cache_folder() / f"{bundle.name}-{bundle.digest(f'{sources.release()} {platform.machine()}')}"


def bring(bundle: Bundle, *, say: Say = print, refresh: bool = False) -> Path:
    """Return the bundle's tree, fetching and unpacking it first where it is not there yet.

    ``refresh`` fetches it anew (the only way a tree gets newer packages). Where unpacked programs do not run, root gets
    the packages installed in the system, anyone else a message. Raises ``CannotBring``.
    """
    tree = tree_of(bundle)
    if _complete(tree) and not refresh:
        return tree
    with _alone(tree):
        if _complete(tree) and not refresh:
            return tree
        with tempfile.TemporaryDirectory(prefix=f".{bundle.name}-", dir=tree.parent) as folder:
            new = Path(folder) / "tree"
            _build(bundle, new, Path(folder) / "apt", say)
            try:
                _prove(bundle, new)
            except CannotBring as failure:
                _in_system(bundle, new, failure, say)
            old = Path(folder) / "old"
            if tree.exists():
                tree.rename(old)
            new.rename(tree)
    say(f"{bundle.name}: ready in {tree}")
    return tree


def _complete(tree: Path) -> bool:
    # The manifest is written before the tree is moved into place, in one step, so a tree with one is whole.
    return (tree / "manifest.json").is_file()


@contextmanager
def _alone(tree: Path) -> Iterator[None]:
    """Hold the lock of this tree; a second run waits for the first."""
    tree.parent.mkdir(parents=True, exist_ok=True)
    with (tree.parent / f"{tree.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(bundle: Bundle, tree: Path, apt_root: Path, say: Say) -> None:
    own = sources.release()
    suite = own if bundle.suite == OWN else bundle.suite
    say(f"{bundle.name}: asking the machine's Debian mirror for {', '.join(bundle.packages)} ({suite}) …")
    apt = PrivateApt(apt_root, sources.sources_for(suite, own), sources.keyring())
    apt.update()
    files = apt.download(bundle.packages)
    size = sum(file.stat().st_size for file in files)
    say(f"{bundle.name}: unpacking {len(files)} packages, {size / 1e6:.0f} MB …")
    _skeleton(tree)
    packages = []
    for file in files:
        name, version = read_package(file)
        if suite == own and name in C_LIBRARY:
            continue
        unpacked = subprocess.run(["dpkg-deb", "--extract", str(file), str(tree)], capture_output=True, text=True)
        if unpacked.returncode:
            raise CannotBring(f"Unpacking {file.name} failed: {unpacked.stderr.strip()}")
        packages.append({"package": name, "version": version, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()})
    for name, program in bundle.programs.items():
        wrapper(tree, name, program, bundle.environment)
    _fonts(tree)
    _write_manifest(bundle, tree, suite, packages)


def _skeleton(tree: Path) -> None:
    """Lay out the merged folders first, so that old packages that still ship ``/lib`` land in ``/usr/lib``."""
    for name in MERGED:
        (tree / "usr" / name).mkdir(parents=True, exist_ok=True)
        (tree / name).symlink_to(f"usr/{name}")


def _fonts(tree: Path) -> None:
    """Write a font configuration that knows the tree's fonts only, so that pictures are the same everywhere."""
    fonts = tree / "usr/share/fonts"
    if not fonts.is_dir():
        return
    (tree / "run/fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        '  <dir prefix="relative">../usr/share/fonts</dir>\n'
        '  <cachedir prefix="xdg">fontconfig</cachedir>\n</fontconfig>\n',
        "utf-8",
    )


def _write_manifest(bundle: Bundle, tree: Path, suite: str, packages: list[dict[str, str]]) -> None:
    manifest = {
        "bundle": bundle.name,
        "suite": suite,
        "asked_for": list(bundle.packages),
        "brought": datetime.now(UTC).isoformat(timespec="seconds"),
        "packages": packages,
    }
    (tree / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def _prove(bundle: Bundle, tree: Path) -> None:
    """Start the programs once. Their exit codes are no measure (SIPp's is 99 for its version), their words are."""
    for proof in bundle.proofs:
        done = subprocess.run(
            [str(tree / "run" / proof.program), *proof.arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )
        if proof.says not in done.stdout:
            said = done.stdout.strip().splitlines()
            raise CannotBring(f"{proof.program} was unpacked but does not run: {said[-1] if said else done.returncode}")


def _in_system(bundle: Bundle, tree: Path, failure: CannotBring, say: Say) -> None:
    """Take the programs from the system instead: install them as root, else say what an administrator has to do."""
    packages = " ".join(bundle.packages)
    if bundle.suite != OWN or os.geteuid() != 0:
        raise CannotBring(f"{failure}\nLet an administrator run: apt-get install {packages}") from failure
    say(f"{bundle.name}: {failure}\n{bundle.name}: installing it in the system instead …")
    install_in_system(bundle.packages)
    for name, program in bundle.programs.items():
        installed = Path("/") / program
        if not installed.exists():
            raise CannotBring(f"{installed} is not there after apt-get install {packages}.") from failure
        script = tree / "run" / name
        script.write_text(f'#!/bin/sh\nexec {installed} "$@"\n', "utf-8")
        script.chmod(0o755)
    _prove(bundle, tree)
