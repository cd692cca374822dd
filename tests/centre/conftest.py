"""What the tests of the centre share: the demo office in force, in memory or on a database of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

from erreichbar import office as offices
from erreichbar.centre import actions, clock, refs
from tests.house import House, StandingClock


@pytest.fixture
def house(db: None, standing: StandingClock) -> House:
    """The demo office in force, on an empty database."""
    office = offices.demo()
    return House(office, standing).opens_for_business()


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
    ticket = house.opens_for_business().ticket()
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
