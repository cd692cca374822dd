"""What the tests of the desk share: a house in which calls can be told in a line, and browsers of people who work there."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from erreichbar import office as offices
from erreichbar.centre import actions, clock, refs
from erreichbar.centre.models import User
from erreichbar.desk import catalogue
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
    """Runs actions under fresh keys, and does what the floor would do."""

    def __init__(self, office: Office, standing: StandingClock) -> None:
        self.office = office
        self.clock = standing

    def do(self, action: type[actions.Action], by: str | None = None, **fields: Any) -> Any:
        return action(key=f"test.{refs.new_ref()}", by=by, **fields).run()

    def rings(self, number: str | None = "+4915228817386", user: str = "arslan", **fields: Any) -> Ref:
        """Let a call arrive and ring at a seat."""
        call = refs.new_ref()
        self.do(
            actions.ReceiveCall, call=call, line_name="training", number=number,
            withheld=number is None, in_service_hours=True, **fields,
        )  # fmt: skip
        self.do(actions.QueueCall, call=call)
        self.do(actions.RingSeat, call=call, user=user)
        self.do(actions.ChangeSeat, user=user, state="ringing", call=call)
        return call

    def talks(self, number: str | None = "+4915228817386", user: str = "arslan", **fields: Any) -> Ref:
        """Let a call be answered."""
        call = self.rings(number, user, **fields)
        self.do(actions.AnswerCall, call=call, user=user)
        self.do(actions.ChangeSeat, user=user, state="talking", call=call)
        return call

    def hangs_up(self, call: Ref, user: str = "arslan") -> None:
        self.do(actions.EndCall, call=call, ended_by="citizen")
        self.do(actions.ChangeSeat, user=user, state="wrap_up")

    def registers(self, call: Ref, user: str = "arslan", **fields: Any) -> Ref:
        known = {
            "given_name": "Nadia", "family_name": "Albrecht", "date_of_birth": "1980-03-05",
            "benefit_unit_number": "99901BG0000100", "postal_code": "41460", "number": "0152 28817386",
        }  # fmt: skip
        return Ref(self.do(actions.RegisterPerson, user, call=call, **{**known, **fields}))

    def opens(self, call: Ref, person: Ref, reason: str = "payment_status", **fields: Any) -> Ref:
        matter = self.do(actions.RaiseMatter, "arslan", call=call, person=person, reason=reason)
        return Ref(self.do(actions.OpenTicket, "arslan", matter=matter, **{"number": "0152 28817386", **fields}))

    def ticket(self, reason: str = "payment_status", **fields: Any) -> Ref:
        """Tell a whole call that ends in a ticket on the list of ``lange``."""
        call = self.talks()
        ticket = self.opens(call, self.registers(call), reason, **fields)
        self.hangs_up(call)
        self.do(actions.ChangeSeat, user="arslan", state="ready")
        return ticket

    def tries(self, ticket: Ref, user: str = "lange", connected: bool = False, **fields: Any) -> Ref:
        """Let the floor begin a callback."""
        attempt = refs.new_ref()
        self.do(actions.StartAttempt, attempt=attempt, ticket=ticket, user=user, presented="centre")
        self.do(actions.ChangeSeat, user=user, state="talking", call=attempt)
        if connected:
            self.do(actions.ConnectAttempt, attempt=attempt, **fields)
        return attempt

    def ends(self, attempt: Ref, user: str = "lange") -> None:
        self.do(actions.EndAttempt, attempt=attempt, ended_by="citizen")
        self.do(actions.ChangeSeat, user=user, state="ready")


class Window(Client):
    """A browser window of somebody who is signed in, in a language."""

    def __init__(self, username: str, language: str) -> None:
        super().__init__(headers={"accept-language": language})
        self.force_login(User.objects.get(username=username))

    def send(self, address: str, **typed: Any) -> Any:
        """Fill in a form under a fresh key and follow where it leads."""
        return self.post(address, {"key": refs.new_ref(), **typed}, follow=True)

    def see(self, address: str) -> str:
        """Return what a page says."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> Path:
    """The German catalogue, compiled."""
    return catalogue.compiled()


@pytest.fixture
def standing() -> Iterator[StandingClock]:
    standing = StandingClock()
    with clock.use(standing):
        yield standing


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Path) -> House:
    """The demo office in force, on an empty database."""
    settings.RUN_FOLDER = tmp_path
    office = offices.demo()
    house = House(office, standing)
    house.do(actions.ImportOffice, text=office.text, name="demo.toml")
    house.do(actions.AdoptModel, name="recognisable-callback")
    return house


@pytest.fixture
def window(house: House) -> Callable[..., Window]:
    return lambda username, language="en": Window(username, language)
