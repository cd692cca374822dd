"""Where Asterisk listens and whose Asterisk it is: settings of the machine, from environment variables.

What the office decides (numbers, seats, trunk) stands in the office file; what depends on the machine stands here.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SIP_HOST, SIP_PORT = "0.0.0.0", 5060
RTP = (16384, 20479)


class WrongSetting(ValueError):
    """A variable cannot be read. ``de`` and ``en`` name it and what it should look like."""

    def __init__(self, variable: str, value: str, de: str, en: str) -> None:
        self.de = f"{variable}={value!r}: {de}"
        self.en = f"{variable}={value!r}: {en}"
        super().__init__(self.en)


@dataclass(frozen=True, slots=True)
class Foreign:
    """An Asterisk that somebody else runs, reached over ARI. Its configuration includes what ``conf`` writes."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one machine. ``program`` none: our private Asterisk; ``foreign`` none: we start and stop it ourselves."""

    sip_host: str = SIP_HOST
    sip_port: int = SIP_PORT
    external_host: str | None = None
    """The address that the outside world sees, where the machine stands behind address translation."""
    rtp_first: int = RTP[0]
    rtp_last: int = RTP[1]
    program: Path | None = None
    foreign: Foreign | None = None
    sounds: Path | None = None
    """A folder with the office's own recordings, each used instead of the spoken text."""

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables. Raises ``WrongSetting``."""
        host, port = _address("ERREICHBAR_SIP", environ.get("ERREICHBAR_SIP", f"{SIP_HOST}:{SIP_PORT}"))
        first, last = _range("ERREICHBAR_RTP", environ.get("ERREICHBAR_RTP", f"{RTP[0]}-{RTP[1]}"))
        ari = environ.get("ERREICHBAR_ARI")
        return cls(
            sip_host=host,
            sip_port=port,
            external_host=environ.get("ERREICHBAR_SIP_EXTERNAL") or None,
            rtp_first=first,
            rtp_last=last,
            program=_path(environ, "ERREICHBAR_ASTERISK"),
            foreign=Foreign(*_address("ERREICHBAR_ARI", ari)) if ari else None,
            sounds=_path(environ, "ERREICHBAR_SOUNDS"),
        )


def _address(variable: str, text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise WrongSetting(variable, text, "Nötig ist ADRESSE:PORT.", "ADDRESS:PORT is needed.")
    return host, int(port)


def _range(variable: str, text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not first.isdigit() or not last.isdigit() or not 1024 <= int(first) < int(last) < 65536:
        raise WrongSetting(variable, text, "Nötig ist ERSTER-LETZTER Port.", "FIRST-LAST port is needed.")
    return int(first), int(last)


def _path(environ: Mapping[str, str], variable: str) -> Path | None:
    text = environ.get(variable)
    if not text:
        return None
    path = Path(text)
    if not path.exists():
        raise WrongSetting(variable, text, "Das gibt es nicht.", "There is no such thing.")
    return path
