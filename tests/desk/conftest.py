"""What the tests of the desk share: the demo office in force, and browsers of people who work there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation.reloader import translation_file_changed

from erreichbar import office as offices
from erreichbar.centre import refs
from erreichbar.centre.models import User
from erreichbar.desk import catalogue
from tests.house import House, StandingClock


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
    """The German catalogue, compiled; what Django has read of an older one is forgotten."""
    path = catalogue.compiled()
    translation_file_changed(None, path)
    return path


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Path) -> House:
    """The demo office in force, on an empty database."""
    settings.RUN_FOLDER = tmp_path
    return House(offices.demo(), standing).opens_for_business()


@pytest.fixture
def window(house: House) -> Callable[..., Window]:
    return lambda username, language="en": Window(username, language)
