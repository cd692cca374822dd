"""What the tests of the centre share: the demo office in force, a clock that stands, calls told in one line."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

from erreichbar import office as offices
from erreichbar.centre import actions, clock, refs
from erreichbar.centre.models import User
from erreichbar.office import Office
from erreichbar.record.vocabulary import Ref

MORNING = datetime.fromisoformat("2026-03-05T10:00:00+01:00")
"""A Thursday, in service hours."""


class StandingClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.moment = MORNING

    def now(self) -> datetime:
        return self.moment

    def set(self, text: str) -> None:
        self.moment = datetime.fromisoformat(text)


class House:
    """Runs actions under fresh keys, and tells whole stretches of a call in one line."""

    def __init__(self, office: Office, standing: StandingClock) -> None:
        self.office = office
        self.clock = standing
        self.path = Path()
        self.address = ""

    def do(self, action: type[actions.Action], by: str | None = None, **fields: Any) -> Any:
        """Run an action once, under a key of its own."""
        return action(key=f"test.{refs.new_ref()}", by=by, **fields).run()

    def user(self, username: str) -> User:
        return User.objects.get(username=username)

    def arrives(self, number: str | None = "+4915228817386", **fields: Any) -> Ref:
        """Let a call arrive and wait."""
        call = refs.new_ref()
        self.do(
            actions.ReceiveCall,
            call=call,
            line_name="training",
            number=number,
            withheld=number is None,
            in_service_hours=True,
            **fields,
        )
        self.do(actions.QueueCall, call=call)
        return call

    def talks(self, number: str | None = "+4915228817386", user: str = "arslan", **fields: Any) -> Ref:
        """Let a call arrive and be answered."""
        call = self.arrives(number, **fields)
        self.do(actions.RingSeat, call=call, user=user)
        self.do(actions.ChangeSeat, user=user, state="ringing", call=call)
        self.do(actions.AnswerCall, call=call, user=user)
        self.do(actions.ChangeSeat, user=user, state="talking", call=call)
        return call

    def hangs_up(self, call: Ref, user: str = "arslan") -> None:
        """Let the citizen end a conversation; the seat goes into wrap-up."""
        self.do(actions.EndCall, call=call, ended_by="citizen")
        self.do(actions.ChangeSeat, user=user, state="wrap_up")

    def registers(self, call: Ref, user: str = "arslan", **fields: Any) -> Ref:
        """Let somebody in a call be recorded."""
        known = {
            "given_name": "Nadia",
            "family_name": "Albrecht",
            "date_of_birth": "1980-03-05",
            "benefit_unit_number": "99901BG0000100",
            "number": "0152 28817386",
        }
        return Ref(self.do(actions.RegisterPerson, user, call=call, **{**known, **fields}))

    def opens(self, call: Ref, person: Ref, user: str = "arslan", reason: str = "payment_status", **fields: Any) -> Ref:
        """Let a matter be raised and become a ticket."""
        matter = self.do(actions.RaiseMatter, user, call=call, person=person, reason=reason)
        return Ref(self.do(actions.OpenTicket, user, matter=matter, **{"number": "0152 28817386", **fields}))

    def ticket(self, **fields: Any) -> Ref:
        """Tell a whole call that ends in a ticket."""
        call = self.talks()
        ticket = self.opens(call, self.registers(call), **fields)
        self.hangs_up(call)
        self.do(actions.ChangeSeat, user="arslan", state="ready")
        return ticket

    def tries(self, ticket: Ref, user: str = "lange", presented: str = "centre") -> Ref:
        """Let somebody begin to call back."""
        attempt = refs.new_ref()
        self.do(actions.StartAttempt, attempt=attempt, ticket=ticket, user=user, presented=presented)
        return attempt

    def calls_back(self, ticket: Ref, user: str = "lange", outcome: str = "reached") -> Ref:
        """Tell a whole callback."""
        attempt = self.tries(ticket, user)
        if outcome == "reached":
            self.do(actions.ConnectAttempt, attempt=attempt)
        self.do(actions.EndAttempt, attempt=attempt, ended_by="citizen")
        self.do(actions.RecordAttempt, user, attempt=attempt, outcome=outcome)
        return attempt


@pytest.fixture
def standing() -> Iterator[StandingClock]:
    """The clock of the process, standing at ``MORNING``."""
    standing = StandingClock()
    with clock.use(standing):
        yield standing


@pytest.fixture
def house(db: None, standing: StandingClock) -> House:
    """The demo office in force, on an empty database."""
    office = offices.demo()
    house = House(office, standing)
    house.do(actions.ImportOffice, text=office.text, name="demo.toml")
    house.do(actions.AdoptModel, name="recognisable-callback")
    return house


# -- databases in files ------------------------------------------------------------------------------------------------


@contextmanager
def on_database(settings: dict[str, Any]) -> Iterator[None]:
    """Let the present thread work on another database (entry of ``DATABASES``) than the tests' own."""
    before = connections["default"]
    complete = {**before.settings_dict, **settings}
    connections["default"] = load_backend(complete["ENGINE"]).DatabaseWrapper(complete, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = before


@contextmanager
def on_file(path: Path) -> Iterator[None]:
    """Let the present thread work on an SQLite file."""
    with on_database({"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}):
        yield


def tell(house: House) -> None:
    """Tell the way of a ticket from the call to its resolution on an empty database."""
    call_command("migrate", verbosity=0)
    house.do(actions.ImportOffice, text=house.office.text, name="demo.toml")
    house.do(actions.AdoptModel, name="recognisable-callback")
    ticket = house.ticket()
    house.calls_back(ticket)
    house.do(actions.ResolveTicket, "lange", ticket=ticket, version=2, outcome="settled")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A database file in which the way of a ticket from the call to its resolution has been told."""
    path = Path(tmp_path_factory.mktemp("template")) / "erreichbar.sqlite3"
    standing = StandingClock()
    with django_db_blocker.unblock(), on_file(path), clock.use(standing), refs.seeded(1):
        tell(House(offices.demo(), standing))
    return path


@pytest.fixture
def file_house(template: Path, tmp_path: Path, standing: StandingClock, django_db_blocker: Any) -> Iterator[House]:
    """The demo office on a database file of its own, ``house.path`` and ``.address``, after the way of a ticket was told."""
    path = tmp_path / template.name
    for suffix in ("", ".head.json"):
        shutil.copy(f"{template}{suffix}", f"{path}{suffix}")
    house = House(offices.demo(), standing)
    house.path, house.address = path, str(path)
    with django_db_blocker.unblock(), on_file(path):
        yield house


@pytest.fixture
def postgres_house(
    postgres_url: str, tmp_path: Path, standing: StandingClock, settings: Any, django_db_blocker: Any
) -> Iterator[House]:
    """The demo office on a PostgreSQL database of its own, ``house.address``, after the way of a ticket was told."""
    import psycopg

    settings.RUN_FOLDER = tmp_path
    name = f"house_{refs.new_ref()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    house = House(offices.demo(), standing)
    house.address = f"{postgres_url.rpartition('/')[0]}/{name}"
    at = urlsplit(house.address)
    place = {"NAME": name, "USER": at.username, "HOST": at.hostname, "PORT": at.port}
    with (
        django_db_blocker.unblock(),
        on_database({"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}, **place}),
    ):
        tell(house)
        yield house


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])])
def either_house(request: pytest.FixtureRequest) -> House:
    """The demo office on a database that several processes can share, once of each kind."""
    house = request.getfixturevalue("file_house" if request.param == "sqlite" else "postgres_house")
    assert isinstance(house, House)
    return house
