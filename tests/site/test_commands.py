"""The commands of an installation: what they do, and what they say if they cannot."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from erreichbar import office as offices
from erreichbar.centre import actions, queries
from erreichbar.cli import main


@pytest.fixture
def installed(db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with the demo office in force; returns the office file."""
    settings.RUN_FOLDER = tmp_path
    here = tmp_path / "erreichbar.sqlite3"
    here.touch()
    monkeypatch.setenv("ERREICHBAR_DB", str(here))
    file = tmp_path / "office.toml"
    file.write_text(offices.demo().text, "utf-8")
    actions.ImportOffice(key="test.import", text=offices.demo().text, name="office.toml").run()
    return file


def run(*command: str) -> Result:
    return CliRunner().invoke(main, command)


def test_a_model_is_adopted_by_name(installed: Path) -> None:
    for name in ("service-centre", "recognisable-callback"):
        assert run("access", "adopt", name).exit_code == 0
        assert queries.model_in_force().name == name


def test_an_unknown_model_is_told_with_those_there_are(installed: Path) -> None:
    done = run("access", "adopt", "recognisable-calback")
    assert done.exit_code == 1
    assert "recognisable-callback" in done.output


def test_without_a_database_nothing_is_made(installed: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "other.sqlite3"
    for command in (["access", "adopt", "service-centre"], ["telephone", "seats"], ["telephone", "check"]):
        done = run(*command, "--db", str(nowhere))
        assert done.exit_code == 1
        assert str(nowhere) in done.output
    assert not nowhere.exists()


def test_the_check_of_the_telephone_says_what_is_missing(installed: Path) -> None:
    done = run("telephone", "check", "--language", "en")
    assert done.exit_code == 1
    assert "! The office file names no trunk ([telephone.trunk]): no call arrives." in done.output
    assert "Asterisk is not running now" in done.output


def test_a_setting_that_cannot_be_read_is_named(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERREICHBAR_SIP", "5060")
    done = run("telephone", "check", "--language", "en")
    assert done.exit_code == 1
    assert "ERREICHBAR_SIP='5060': ADDRESS:PORT is needed." in done.output


def test_every_telephone_has_one_password_and_keeps_it(installed: Path) -> None:
    first, second = run("telephone", "seats"), run("telephone", "seats", "--office", str(installed))
    assert first.exit_code == 0
    assert first.output == second.output
    lines = first.output.splitlines()
    people = [person for person in offices.demo().people.values() if person.sip_user]
    assert len(lines) == len(people)
    assert len({line.split()[-1] for line in lines}) == len(people), "no password is shared"
