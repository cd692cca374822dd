"""What is wrong with the telephone, in plain words: the installation, the ports, the running Asterisk, trunk, seats, rights.

Every finding says what to do. Looking changes nothing: no Asterisk is started, nobody is rung.
"""

import os
import re
import socket
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from erreichbar.office import Office, Text
from erreichbar.office.model import Trunk
from erreichbar.record.words import PresentedNumber, Role
from erreichbar.telephone.asterisk import install, process, secret
from erreichbar.telephone.asterisk.conf import APP, MODULES
from erreichbar.telephone.asterisk.pjsip import TRUNK
from erreichbar.telephone.asterisk.settings import Foreign, Settings

OLDEST = 22
"""The first version whose ARI takes requests over the WebSocket of events."""


class Weight(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    HINT = "hint"
    """Calls go, but something does not."""
    FAULT = "fault"
    """Calls in or out do not go."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    weight: Weight
    text: Text


def good(de: str, en: str) -> Finding:
    """Return a finding that something is as it should be."""
    return Finding(Weight.GOOD, Text(de, en))


def hint(de: str, en: str) -> Finding:
    """Return a finding that somebody should know of."""
    return Finding(Weight.HINT, Text(de, en))


def fault(de: str, en: str) -> Finding:
    """Return a finding that keeps calls from going."""
    return Finding(Weight.FAULT, Text(de, en))


def look(
    office: Office, settings: Settings, run: Path, today: date, environ: Mapping[str, str] = os.environ
) -> Iterator[Finding]:
    """Look at everything that calls need. ``run`` is Asterisk's run folder."""
    yield from _trunk(office.telephone.trunk, environ)
    yield from _numbers(office, today)
    yield from _seats(office)
    running = None if settings.foreign else process.noted(run)
    if settings.foreign is None:
        yield from _program(settings)
        if running is None:
            yield from _ports(settings)
            yield hint(
                "Asterisk läuft gerade nicht. erreichbar serve startet es; danach sagt diese Prüfung mehr.",
                "Asterisk is not running now. erreichbar serve starts it; this check says more then.",
            )
    place = settings.foreign or (Foreign("127.0.0.1", running.ari_port) if running else None)
    if place is not None:
        password = secret.secrets_of(run, [person.sip_user for person in office.people.values() if person.sip_user]).ari
        yield from _asterisk(office, settings, place, password)
    if running is not None and office.telephone.trunk is not None and office.telephone.trunk.registers:
        yield registration(_console(settings, run, "pjsip show registrations"))


# -- the office file ----------------------------------------------------------------------------------------------------


def _trunk(trunk: Trunk | None, environ: Mapping[str, str]) -> Iterator[Finding]:
    if trunk is None:
        yield fault(
            "Die Amtsdatei nennt keine Leitung zum Telefonnetz ([telephone.trunk]): Es kommt kein Anruf an.",
            "The office file names no trunk ([telephone.trunk]): no call arrives.",
        )
        return
    variable = trunk.password_variable
    if variable and not environ.get(variable):
        yield fault(
            f"Das Passwort der Leitung fehlt: Umgebungsvariable {variable} setzen.",
            f"The password of the trunk is missing: set the environment variable {variable}.",
        )
    if trunk.registers and not (trunk.username and variable):
        yield fault(
            "Die Leitung soll sich anmelden, aber username oder password_variable fehlt in [telephone.trunk].",
            "The trunk is to register, but username or password_variable is missing in [telephone.trunk].",
        )
    try:
        socket.getaddrinfo(trunk.host, trunk.port)
    except OSError:
        yield fault(
            f"Der Name {trunk.host} der Leitung ist nicht zu finden. Schreibweise und Netz (DNS) prüfen.",
            f"The trunk's name {trunk.host} cannot be found. Check its spelling and the network (DNS).",
        )


def _numbers(office: Office, today: date) -> Iterator[Finding]:
    for presented in (PresentedNumber.CENTRE, PresentedNumber.OWN):
        refusal = office.telephone.presenting_refusal(presented, today)
        if refusal is not None:
            yield Finding(Weight.HINT, refusal)
    without = [
        person.name for person in office.people.values() if person.role is Role.CASE_WORKER and not person.extension
    ]
    if without:
        yield hint(
            f"Ohne Durchwahl, also ohne eigene Nummer bei Rückrufen: {', '.join(without)}.",
            f"Without a direct line, so without an own number on callbacks: {', '.join(without)}.",
        )


def _seats(office: Office) -> Iterator[Finding]:
    works = (Role.AGENT, Role.CASE_WORKER, Role.DUTY_OFFICER)
    without = [person.name for person in office.people.values() if person.role in works and not person.sip_user]
    if without:
        yield hint(
            f"Ohne Telefon (sip_user fehlt in der Amtsdatei): {', '.join(without)}.",
            f"Without a telephone (no sip_user in the office file): {', '.join(without)}.",
        )


# -- the installation ---------------------------------------------------------------------------------------------------


def _program(settings: Settings) -> Iterator[Finding]:
    try:
        found = install.find(settings)
    except install.NoAsterisk as missing:
        yield fault(missing.de, missing.en)
        return
    try:
        said = subprocess.run([str(found.program), "-V"], capture_output=True, text=True, timeout=60).stdout.strip()
    except (OSError, subprocess.TimeoutExpired) as problem:
        said = str(problem)
    yield version(said)


def version(said: str) -> Finding:
    """Judge what Asterisk says of its version."""
    match = re.match(r"Asterisk (?:\w+/)?(\d+)\.", said)
    if match is None:
        return fault(
            f"Asterisk läuft auf dieser Maschine nicht: {said}", f"Asterisk does not run on this machine: {said}"
        )
    if int(match[1]) < OLDEST:
        return fault(f"{said} ist zu alt, nötig ist {OLDEST}.", f"{said} is too old, {OLDEST} is needed.")
    return good(f"{said} ist eingerichtet.", f"{said} is installed.")


def _ports(settings: Settings) -> Iterator[Finding]:
    where = f"{settings.sip_host}:{settings.sip_port}"
    taken = [
        name
        for name, kind in (("UDP", socket.SOCK_DGRAM), ("TCP", socket.SOCK_STREAM))
        if not _free(kind, settings.sip_host, settings.sip_port)
    ]
    if taken:
        both = "/".join(taken)
        yield fault(
            f"Die SIP-Adresse {where} ({both}) ist belegt oder gehört nicht zu dieser Maschine. Das andere Programm beenden "
            "oder eine andere wählen: ERREICHBAR_SIP=ADRESSE:PORT",
            f"The SIP address {where} ({both}) is in use or not of this machine. End the other program or choose another: "
            "ERREICHBAR_SIP=ADDRESS:PORT",
        )
    ports = range(settings.rtp_first, settings.rtp_last + 1)
    busy = sum(not _free(socket.SOCK_DGRAM, settings.sip_host, port) for port in ports)
    if busy * 10 > len(ports):
        yield hint(
            f"Von den Ports für Sprache ({settings.rtp_first}–{settings.rtp_last}) sind {busy} belegt. Andere wählen: "
            "ERREICHBAR_RTP=ERSTER-LETZTER",
            f"Of the ports for speech ({settings.rtp_first}–{settings.rtp_last}) {busy} are in use. Choose others: "
            "ERREICHBAR_RTP=FIRST-LAST",
        )


def _free(kind: socket.SocketKind, host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


# -- the running Asterisk -----------------------------------------------------------------------------------------------


def _asterisk(office: Office, settings: Settings, place: Foreign, password: str) -> Iterator[Finding]:
    status, info = process.ask("GET", "asterisk/info", place.port, password, place.host)
    if status != 200:
        yield unanswered(status, place)
        return
    said = f"Asterisk {info.get('system', {}).get('version', '?')}"
    yield version(said) if settings.foreign else good("Asterisk läuft und antwortet.", "Asterisk runs and answers.")
    yield from modules(process.ask("GET", "asterisk/modules", place.port, password, place.host)[1] or [])
    if process.ask("GET", f"applications/{APP}", place.port, password, place.host)[0] != 200:
        yield fault(
            "Niemand nimmt Anrufe von Asterisk entgegen: erreichbar serve läuft nicht. Wer anruft, hört die Störungsansage.",
            "Nobody takes calls from Asterisk: erreichbar serve is not running. Callers hear of a fault.",
        )
    yield from endpoints(office, process.ask("GET", "endpoints/PJSIP", place.port, password, place.host)[1] or [])


def unanswered(status: int, place: Foreign) -> Finding:
    """Say why ARI does not serve us."""
    where = f"{place.host}:{place.port}"
    if status in (401, 403):
        return fault(
            f"Asterisk an {where} nimmt unser Passwort nicht an. Benutzer {APP} in ari.conf mit secrets.json vergleichen; "
            "das eigene Asterisk beenden und erreichbar serve neu starten.",
            f"Asterisk at {where} does not take our password. Compare user {APP} in ari.conf with secrets.json; end our own "
            "Asterisk and start erreichbar serve again.",
        )
    if status:
        return fault(
            f"An {where} antwortet etwas, aber nicht ARI (Status {status}). In http.conf und ari.conf enabled = yes setzen.",
            f"Something answers at {where}, but not ARI (status {status}). Set enabled = yes in http.conf and ari.conf.",
        )
    return fault(f"An {where} antwortet kein Asterisk.", f"No Asterisk answers at {where}.")


CODECS = ("codec_alaw", "codec_ulaw", "codec_g722")
"""What German trunks and telephones speak."""


def modules(loaded: list[dict[str, Any]]) -> Iterator[Finding]:
    """Judge the list of modules: what is missing, and what must not be there."""
    running = {module["name"].removesuffix(".so") for module in loaded if module.get("status") == "Running"}
    missing = [name for name in MODULES if name not in running]
    codecs = [name.removeprefix("codec_") for name in CODECS if name in missing]
    if codecs:
        yield fault(
            f"Sprachcodec fehlt: {', '.join(codecs)}. Anrufe brechen beim Abheben ab.",
            f"Speech codec missing: {', '.join(codecs)}. Calls break off when they are answered.",
        )
    others = [name for name in missing if name not in CODECS]
    if others:
        yield fault(
            f"Asterisk läuft ohne {', '.join(others)}. Warum, steht in seinem Protokoll (log/messages).",
            f"Asterisk runs without {', '.join(others)}. Its log (log/messages) says why.",
        )
    listening = [name for name in ("app_mixmonitor", "app_chanspy", "app_record", "app_voicemail") if name in running]
    if listening:
        yield fault(
            f"Asterisk kann mithören oder aufzeichnen ({', '.join(listening)}). Das ist verboten (§ 201 StGB): Modul nicht laden.",
            f"Asterisk can listen in or record ({', '.join(listening)}). That is forbidden (§ 201 StGB): do not load it.",
        )


def endpoints(office: Office, known: list[dict[str, Any]]) -> Iterator[Finding]:
    """Judge what Asterisk says of trunk and telephones."""
    states = {endpoint["resource"]: endpoint["state"] for endpoint in known}
    if office.telephone.trunk is not None:
        yield _trunk_state(states.get(TRUNK))
    unknown = [p.name for p in office.people.values() if p.sip_user and p.sip_user not in states]
    if unknown:
        yield fault(
            f"Asterisk kennt diese Telefone nicht: {', '.join(unknown)}. Nach einer neuen Amtsdatei erreichbar serve neu starten.",
            f"Asterisk does not know these telephones: {', '.join(unknown)}. Start erreichbar serve again after a new office file.",
        )
    away = [p.name for p in office.people.values() if p.sip_user and states.get(p.sip_user) not in ("online", None)]
    if away:
        yield hint(
            f"Telefone nicht angemeldet: {', '.join(away)}. Zugangsdaten zeigt erreichbar telephone seats.",
            f"Telephones not registered: {', '.join(away)}. erreichbar telephone seats shows their credentials.",
        )
    elif not unknown:
        yield good("Alle Telefone sind angemeldet.", "All telephones are registered.")


def _trunk_state(state: str | None) -> Finding:
    if state == "online":
        return good("Die Leitung zum Telefonnetz antwortet.", "The trunk answers.")
    if state is None:
        return fault(
            "Asterisk kennt die Leitung zum Telefonnetz nicht. Nach einer neuen Amtsdatei erreichbar serve neu starten.",
            "Asterisk does not know the trunk. Start erreichbar serve again after a new office file.",
        )
    return fault(
        "Die Leitung zum Telefonnetz antwortet nicht: Adresse, Firewall und Anbieter prüfen.",
        "The trunk does not answer: check address, firewall and provider.",
    )


# -- registration -------------------------------------------------------------------------------------------------------


def _console(settings: Settings, run: Path, command: str) -> str:
    try:
        found = install.find(settings)
        return subprocess.run(
            [str(found.program), "-C", str(run / "conf/asterisk.conf"), "-rx", command],
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout
    except (OSError, subprocess.TimeoutExpired, install.NoAsterisk):
        return ""


def registration(said: str) -> Finding:
    """Judge what ``pjsip show registrations`` says of the trunk."""
    match = re.search(
        rf"^\s*{TRUNK}-registration/\S+.*?\s(Registered|Unregistered|Rejected|Stopped)\b", said, re.MULTILINE
    )
    if match and match[1] == "Registered":
        return good("Die Leitung ist beim Anbieter angemeldet.", "The trunk is registered with the provider.")
    if match and match[1] == "Rejected":
        return fault(
            "Der Anbieter weist die Anmeldung der Leitung ab: Benutzername und Passwort prüfen.",
            "The provider rejects the trunk's registration: check user name and password.",
        )
    return fault(
        "Die Leitung ist beim Anbieter nicht angemeldet: Adresse, Firewall und Zugangsdaten prüfen.",
        "The trunk is not registered with the provider: check address, firewall and credentials.",
    )
