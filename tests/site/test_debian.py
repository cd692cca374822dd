"""Programs from Debian packages: the machine's sources are read, wrappers start, failures are told plainly."""

import os
import subprocess
from pathlib import Path

import pytest

from erreichbar.site.debian import Bundle, CannotBring, bring, run_with_own_libraries, wrapper
from erreichbar.site.debian.sources import Source, machine_sources, release, sources_for

DEB822 = """\
Types: deb deb-src
# a comment in the middle
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBGPL0BUBEADmW5NdOOHwPIJlgPu6JDcKw/NZJPR8lsD3K87ZM18gzyQZJD+w

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A root folder of a Debian 12 whose sources come in both forms."""
    parts = tmp_path / "etc/apt/sources.list.d"
    parts.mkdir(parents=True)
    (tmp_path / "etc/os-release").write_text('PRETTY_NAME="Debian 12"\nID=debian\nVERSION_CODENAME=bookworm\n')
    (parts / "debian.sources").write_text(DEB822)
    (parts / "other.list").write_text(
        "# deb http://no.example/ bookworm main\ndeb https://other.example/apt tools main\n"
    )
    return tmp_path


def test_both_forms_of_sources_are_read(machine: Path) -> None:
    (machine / "etc/apt/sources.list").write_text(
        "deb [arch=amd64 trusted=no] http://old.example/debian bookworm main # x\n"
    )
    assert machine_sources(machine) == [
        Source("http://old.example/debian", "bookworm", ("main",)),
        Source("https://other.example/apt", "tools", ("main",)),
        Source("http://mirror.example/debian", "bookworm", ("main", "contrib")),
        Source("http://mirror.example/debian", "bookworm-updates", ("main", "contrib")),
        Source("http://mirror.example/debian-security", "bookworm-security", ("main",)),
    ]


def test_own_release_takes_updates_and_security_but_no_foreign_source(machine: Path) -> None:
    assert [source.line(None) for source in sources_for("bookworm", release(machine), machine)] == [
        "deb http://mirror.example/debian bookworm main",
        "deb http://mirror.example/debian bookworm-updates main",
        "deb http://mirror.example/debian-security bookworm-security main",
    ]


def test_another_suite_comes_from_the_same_mirror_signed_by_debian(machine: Path) -> None:
    (source,) = sources_for("sid", "bookworm", machine)
    assert source.line(Path("/keys.gpg")) == "deb [signed-by=/keys.gpg] http://mirror.example/debian sid main"


def test_a_machine_without_a_debian_mirror_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "etc/apt").mkdir(parents=True)
    with pytest.raises(CannotBring, match="name no mirror for Debian bookworm"):
        sources_for("bookworm", "bookworm", tmp_path)


def test_a_machine_that_is_not_debian_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/os-release").write_text('PRETTY_NAME="Other Linux 3"\nID=other\nID_LIKE=debian\n')
    with pytest.raises(CannotBring, match="runs Other Linux 3, not Debian"):
        release(tmp_path)


def test_an_unpacked_tree_is_used_again_without_asking_anybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("erreichbar.site.debian.sources.release", lambda: "bookworm")
    monkeypatch.setenv("PATH", "/nonexistent")
    bundle = Bundle("thing", ("thing",), {})
    with pytest.raises(CannotBring, match="missing"):
        bring(bundle)
    assert not [path for path in (tmp_path / "erreichbar").iterdir() if path.suffix != ".lock"], (
        "a failure leaves no rest"
    )
    tree = tmp_path / "erreichbar" / f"thing-{bundle.digest(f'bookworm {os.uname().machine}')}"
    tree.mkdir()
    (tree / "manifest.json").write_text("{}")
    assert bring(bundle) == tree


def test_the_recipe_is_part_of_the_name() -> None:
    first, second = Bundle("a", ("x",), {}), Bundle("a", ("x", "y"), {})
    assert first.digest("bookworm") != second.digest("bookworm")
    assert first.digest("bookworm") != first.digest("trixie")


def test_a_wrapper_starts_the_program_with_the_trees_libraries_even_after_a_move(tmp_path: Path) -> None:
    tree = tmp_path / "a tree"
    libraries = tree / "usr/lib/x86_64-linux-gnu/special"
    libraries.mkdir(parents=True)
    (libraries / "libthing.so.1").touch()
    program = tree / "usr/bin/tell"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$LD_LIBRARY_PATH" "$DATA" "$@"\n')
    program.chmod(0o755)
    wrapper(tree, "tell", "usr/bin/tell", {"DATA": "{tree}/data:/other place"})
    moved = tree.rename(tmp_path / "moved tree")
    (tmp_path / "link").symlink_to(moved / "run/tell")
    said = subprocess.run([tmp_path / "link", "one two"], check=True, capture_output=True, text=True).stdout
    assert said.splitlines() == [f"{moved}/usr/lib/x86_64-linux-gnu/special", f"{moved}/data:/other place", "one two"]
    assert run_with_own_libraries(moved, "usr/bin/tell")[-1] == str(moved / "usr/bin/tell")


def test_a_tree_with_a_loader_starts_by_it(tmp_path: Path) -> None:
    libraries = tmp_path / "usr/lib/x86_64-linux-gnu"
    libraries.mkdir(parents=True)
    (libraries / "libc.so.6").touch()
    (tmp_path / "usr/lib64").mkdir()
    (tmp_path / "usr/lib64/ld-linux-x86-64.so.2").touch()
    assert run_with_own_libraries(tmp_path, "usr/sbin/asterisk") == [
        str(tmp_path / "usr/lib64/ld-linux-x86-64.so.2"),
        "--library-path",
        str(libraries),
        str(tmp_path / "usr/sbin/asterisk"),
    ]
