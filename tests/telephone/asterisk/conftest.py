"""A private Asterisk on free ports of this machine, telephones on tables, and citizens behind the trunk."""

import dataclasses
import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from erreichbar import office as offices
from erreichbar.centre import clock, refs
from erreichbar.office import Office
from erreichbar.office.model import Trunk
from erreichbar.record.vocabulary import Ref
from erreichbar.site import clock as site_clock
from erreichbar.site import debian
from erreichbar.telephone.asterisk import AsteriskLine, Settings, install, process
from erreichbar.telephone.line import LineEvent
from tests.centre.conftest import on_file
from tests.telephone.asterisk.installed import THURSDAY, House
from tests.telephone.asterisk.sip_citizens import Citizen, citizen
from tests.telephone.asterisk.sip_telephones import Telephone, Telephones, free_udp_port, until

E = TypeVar("E", bound=LineEvent)


@pytest.fixture(scope="session")
def sipp() -> Path:
    """SIPp, brought where it is not there yet."""
    return debian.bring(debian.SIP) / "run/sipp"


@pytest.fixture(scope="session")
def installed() -> None:
    """Our private Asterisk, brought where it is not there yet."""
    install.arrange(debian.bring(debian.ASTERISK), debian.bring(debian.ESPEAK))


@dataclasses.dataclass
class Place:
    """Where the Asterisk of these tests is, and the office it works for."""

    office: Office
    settings: Settings
    folder: Path
    trunk_port: int


def make_place(folder: Path) -> Place:
    """Return a place on free ports. The folder's path is kept short: sockets have short names."""
    trunk_port = free_udp_port()
    demo = offices.demo()
    trunk = Trunk("127.0.0.1", trunk_port, "udp", None, None, False)
    office = dataclasses.replace(demo, telephone=dataclasses.replace(demo.telephone, trunk=trunk))
    first = 20000 + free_udp_port() % 20000
    settings = Settings(sip_host="127.0.0.1", sip_port=free_udp_port(), rtp_first=first, rtp_last=first + 400)
    return Place(office, settings, folder, trunk_port)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, installed: None) -> Iterator[Place]:
    """The Asterisk that most tests share."""
    found = make_place(tmp_path_factory.mktemp("asterisk"))
    yield found
    running = process.noted(found.folder)
    if running:
        process.stop(running)


class Ears:
    """A line, and what it has told."""

    def __init__(self, line: AsteriskLine) -> None:
        self.line = line
        self.heard: list[LineEvent] = []
        self._inbox: queue.SimpleQueue[LineEvent] = queue.SimpleQueue()
        line.start(self._inbox.put)
        self.survivors = line.recover()

    def next(self, kind: type[E], call: Ref | None = None, seconds: float = 90) -> E:
        """Return the next event of a kind; others are kept in ``heard``."""
        end = time.monotonic() + seconds
        while True:
            try:
                event = self._inbox.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"waited in vain for {kind.__name__}; heard {self.heard}") from None
            self.heard.append(event)
            if isinstance(event, kind) and call in (None, event.call):
                return event

    def rest(self) -> list[LineEvent]:
        """Return what was told and not asked for yet."""
        left = []
        while not self._inbox.empty():
            left.append(self._inbox.get())
        return left


@pytest.fixture
def ears(place: Place) -> Iterator[Ears]:
    """A line of one's own on the shared Asterisk."""
    line = AsteriskLine(place.office, place.settings, place.folder, refs.new_ref)
    line.prepare()
    found = Ears(line)
    yield found
    for call in line.calls():
        line.hang_up(call)
    deadline = time.monotonic() + 30
    while line.calls() and time.monotonic() < deadline:
        time.sleep(0.02)
    line.let_go()


@pytest.fixture(scope="module")
def telephones(place: Place) -> Iterator[Telephones]:
    """The office's telephones. One set at a time can run in a process, and some tests bring their own."""
    found = Telephones(place.settings.sip_port)
    yield found
    found.close()


@pytest.fixture
def telephone(place: Place, telephones: Telephones, ears: Ears) -> Callable[[str], Telephone]:
    """Return a registered telephone of somebody of the office."""

    def of(user: str) -> Telephone:
        sip_user = place.office.people[user].sip_user
        assert sip_user
        return telephones.telephone(sip_user, ears.line.secrets.seats[sip_user])

    return of


@pytest.fixture
def at_home(place: Place, sipp: Path, tmp_path: Path) -> Iterator[Callable[..., Citizen]]:
    """Return a citizen's telephone that waits to be called, or calls."""
    made: list[Citizen] = []

    def start(scenario: str, *, call: bool = False) -> Citizen:
        port = free_udp_port() if call else place.trunk_port
        made.append(citizen(sipp, tmp_path, scenario, port=port, asterisk=place.settings.sip_port if call else None))
        return made[-1]

    yield start
    for each in made:
        each.end()


@pytest.fixture
def house_of(
    tmp_path: Path, installed: None, sipp: Path, django_db_blocker: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., House]]:
    """Return the installed programme under an access model, on a Thursday morning."""
    made: list[House] = []
    monkeypatch.setenv(site_clock.VARIABLE, "")
    site_clock.tell_children(THURSDAY, 1.0)
    settings.RUN_FOLDER = tmp_path
    with clock.use(clock.SystemClock()), django_db_blocker.unblock(), on_file(tmp_path / "erreichbar.sqlite3"):
        site_clock.take_over()

        def make(model: str, more: str = "") -> House:
            made.append(House(tmp_path, sipp, model, more))
            until(made[0].is_well, 300, "/healthz")
            return made[0]

        yield make
        for house in made:
            house.close()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Everything here needs SIP."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.sip)
