"""A line that does what the test says, and a floor on it, for tests of the floor's own rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from erreichbar import access
from erreichbar import office as offices
from erreichbar.centre import actions, clock, refs
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref
from erreichbar.record.words import AttemptOutcome, EndedBy, PresentedNumber, SeatState
from erreichbar.telephone.agenda import Agenda, from_ms, to_ms
from erreichbar.telephone.floor import Floor
from erreichbar.telephone.line import (
    Announcement,
    Arrived,
    CitizenMissed,
    CitizenPickedUp,
    HungUp,
    LineEvent,
    PickedUp,
    Surviving,
)
from erreichbar.telephone.virtual import VirtualClock


@dataclass
class ScriptedLine:
    """Notes every order; events are told by the test."""

    name: str = "virtual"
    picks_up_at_desk: bool = True
    dials: bool = True
    orders: list[tuple[str, ...]] = field(default_factory=list)
    surviving: list[Surviving] = field(default_factory=list)

    def start(self, tell: Callable[[LineEvent], None]) -> None:
        self.tell = tell

    def stop(self) -> None:
        self.orders.append(("stop",))

    def recover(self) -> list[Surviving]:
        return self.surviving

    def announce(self, call: Ref, what: Announcement) -> None:
        self.orders.append(("announce", call, what))

    def wait(self, call: Ref) -> None:
        self.orders.append(("wait", call))

    def ring(self, call: Ref, user: str) -> None:
        self.orders.append(("ring", call, user))

    def stop_ringing(self, call: Ref, user: str) -> None:
        self.orders.append(("stop_ringing", call, user))

    def pick_up(self, call: Ref, user: str) -> None:
        self.orders.append(("pick_up", call, user))

    def dial(self, call: Ref, user: str, number: str, presented: PresentedNumber) -> None:
        self.orders.append(("dial", call, user, number, presented))

    def hang_up(self, call: Ref) -> None:
        self.orders.append(("hang_up", call))

    def rung(self) -> list[tuple[str, ...]]:
        return [order[1:] for order in self.orders if order[0] == "ring"]


class Scene:
    """A floor, its line, its clock, and the few sentences tests are made of."""

    def __init__(self, office: Office, model: str, folder: Path, start: datetime) -> None:
        self.clock = VirtualClock(start)
        self.agenda = Agenda()
        self.line = ScriptedLine()
        self.office = office
        self.folder = folder
        self.model = access.load(model)
        self.floor = self.new_floor()

    def new_floor(self) -> Floor:
        """Return a floor that knows nothing yet, as after a restart."""
        floor = Floor(self.office, self.model, self.line, self.agenda, self.folder, self.clock.now)
        self.line.start(floor.tell)
        return floor

    def ready(self, *users: str) -> None:
        for user in users:
            self.floor.seat_wants(user, SeatState.READY)
            self.passes(1)

    def calls(self, number: str | None = "+4915228817386") -> Ref:
        call = refs.new_ref()
        self.floor.tell(
            Arrived(call=call, at=self.clock.now(), number=number, called=self.office.telephone.centre.e164)
        )
        return call

    def picks_up(self, call: Ref, user: str) -> None:
        self.floor.tell(PickedUp(call=call, at=self.clock.now(), user=user))

    def hangs_up(self, call: Ref, by: EndedBy = EndedBy.CITIZEN) -> None:
        self.floor.tell(HungUp(call=call, at=self.clock.now(), by=by))

    def citizen_answers(self, attempt: Ref) -> None:
        self.floor.tell(CitizenPickedUp(call=attempt, at=self.clock.now()))

    def citizen_misses(self, attempt: Ref, outcome: AttemptOutcome = AttemptOutcome.NOT_ANSWERED) -> None:
        self.floor.tell(CitizenMissed(call=attempt, at=self.clock.now(), outcome=outcome))

    def passes(self, seconds: float) -> None:
        """Let time pass and do what is due meanwhile."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while (due := self.agenda.next()) is not None and due <= to_ms(end):
            self.clock.set(from_ms(due))
            entry = self.agenda.pop()
            if entry.act:
                entry.act()
        self.clock.set(end)


@pytest.fixture
def office_in_force(transactional_db: None) -> Office:
    """Let the demo office be in force."""
    office = offices.demo()
    actions.ImportOffice(key="test.office", text=office.text, name="demo.toml").run()
    actions.AdoptModel(key="test.model", name="recognisable-callback").run()
    return office


@pytest.fixture
def scene(office_in_force: Office, tmp_path: Path) -> Iterator[Scene]:
    """A floor in the demo office on a Thursday morning at ten."""
    start = datetime(2026, 3, 5, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    scene = Scene(office_in_force, "recognisable-callback", tmp_path, start)
    with clock.use(scene.clock):
        yield scene
