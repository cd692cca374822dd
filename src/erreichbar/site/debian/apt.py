"""A private apt: its own lists, cache and an empty list of installed packages, so that nothing of the system changes.

The machine's settings (proxy, certificates) still apply; its hooks do not. Signatures are checked by Debian's keyring.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from erreichbar.site.debian.failure import CannotBring
from erreichbar.site.debian.sources import ROLLING, Source

_CONFIGURATION = """\
Dir::State "{root}/state";
Dir::State::status "{root}/state/status";
Dir::State::extended_states "{root}/state/extended_states";
Dir::Cache "{root}/cache";
Dir::Etc::sourcelist "{root}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Log "{root}/log";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Invoke;
#clear DPkg::Pre-Install-Pkgs;
#clear DPkg::Post-Invoke;
#clear APT::Architectures;
APT::Architectures {{ "{architecture}"; }};
APT::Architecture "{architecture}";
APT::Install-Recommends "false";
APT::Install-Suggests "false";
APT::Sandbox::User "{user}";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::AllowInsecureRepositories "false";
Binary::apt-get::APT::Keep-Downloaded-Packages "true";
"""


class PrivateApt:
    """apt with a root of its own in ``root`` (made here)."""

    def __init__(self, root: Path, sources: Sequence[Source], keyring: Path | None) -> None:
        for tool in ("apt-get", "dpkg-deb", "dpkg"):
            if shutil.which(tool) is None:
                raise CannotBring(f"'{tool}' is missing: this machine has no Debian package tools.")
        self.root = root
        for folder in ("state/lists/partial", "cache/archives/partial", "log"):
            (root / folder).mkdir(parents=True)
        (root / "state/status").touch()
        (root / "sources.list").write_text("".join(source.line(keyring) + "\n" for source in sources), "utf-8")
        architecture = subprocess.run(
            ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
        ).stdout.strip()
        user = "root" if os.geteuid() == 0 else ""
        text = _CONFIGURATION.format(root=root, architecture=architecture, user=user)
        if any(source.suite in ROLLING for source in sources):
            # A mirror of unstable may lag; its Release file then looks expired. Its signature is checked all the same.
            text += 'Acquire::Check-Valid-Until "false";\n'
        (root / "apt.conf").write_text(text, "utf-8")

    def update(self) -> None:
        """Fetch and check the lists of packages."""
        self._apt_get("update")

    def download(self, packages: Sequence[str]) -> list[Path]:
        """Fetch ``packages`` and everything they depend on; return the files."""
        self._apt_get("install", "--yes", "--download-only", *packages)
        files = sorted((self.root / "cache/archives").glob("*.deb"))
        if not files:
            raise CannotBring(f"apt-get fetched nothing for {', '.join(packages)}.")
        return files

    def _apt_get(self, *arguments: str) -> None:
        done = subprocess.run(
            ["apt-get", "-q", "-c", str(self.root / "apt.conf"), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
        )
        # "apt-get update" ends with 0 although a list could not be fetched; only a line with W: or E: says so.
        failed = [line for line in done.stdout.splitlines() if line.startswith(("E:", "W: Failed", "W: GPG error"))]
        if done.returncode or failed:
            said = "\n  ".join(failed or done.stdout.splitlines()[-8:])
            raise CannotBring(f"apt-get {arguments[0]} failed:\n  {said}")


def install_in_system(packages: Sequence[str]) -> None:
    """Install ``packages`` with the machine's own apt. Needs root. Raises ``CannotBring``."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *arguments], env=environment, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise CannotBring(f"apt-get {arguments[0]} failed, see above.")


def read_package(file: Path) -> tuple[str, str]:
    """Return name and version of a ``.deb`` file."""
    said = subprocess.run(
        ["dpkg-deb", "--showformat=${Package} ${Version}", "--show", str(file)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    name, version = said.split()
    return name, version
