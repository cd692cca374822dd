"""The commands of an installation: what they do, and what they say if they cannot."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from erreichbar import access
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


def test_a_model_for_the_lab_is_neither_adopted_nor_run_in_the_demo(installed: Path) -> None:
    run("access", "adopt", "service-centre")
    lacking = access.load("urgent-lane").not_live
    for command in (["access", "adopt", "urgent-lane"], ["demo", "--day", "--model", "urgent-lane"]):
        done = run(*command)
        assert done.exit_code == 1
        assert lacking
        assert all(words.de in done.output and words.en in done.output for words in lacking)
    assert queries.model_in_force().name == "service-centre"


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


REPORTS = "reference;called_at;reason;family_name;postal_code;number\n{}\n"


def test_a_table_of_reports_is_answered_line_by_line(installed: Path, tmp_path: Path, standing: Any) -> None:
    file = tmp_path / "reports.csv"
    file.write_text(
        REPORTS.format("1;2026-03-05T09:00;payment_status;Albrecht;41460;0152 28817386\n2;x;x;Berg;41460;"), "utf-8"
    )
    run("access", "adopt", "recognisable-callback")
    done = run("intake", "csv", str(file), "--organisation", "service-centre")
    lines = done.output.splitlines()
    assert (done.exit_code, len(lines)) == (1, 3)
    assert lines[0].startswith("line;reference;code") and lines[1].endswith(";no;") and "called_at: " in lines[2]


def test_what_is_no_table_is_said(installed: Path, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_bytes(b"%PDF-1.7")
    done = run("intake", "csv", str(file), "--organisation", "service-centre")
    assert done.exit_code == 1 and "This is no table of reports." in done.output


def test_an_email_is_answered(installed: Path, tmp_path: Path, standing: Any) -> None:
    run("access", "adopt", "recognisable-callback")
    file = tmp_path / "report.eml"
    file.write_text(
        "From: centre@example.org\nMessage-ID: <1@example.org>\n\nAnruf: 2026-03-05T09:00\nAnliegen: payment_status\n"
        "Name: Albrecht\nPLZ: 41460\nTelefon: 0152 28817386\n",
        "utf-8",
    )
    done = run("intake", "email", str(file), "--organisation", "service-centre")
    assert done.exit_code == 0 and "In-Reply-To: <1@example.org>" in done.output and "Ticket" in done.output


def test_a_token_is_shown_with_what_the_settings_need(db: None) -> None:
    token, setting = run("intake", "token", "service-centre").output.splitlines()
    digest = hashlib.sha256(token.removeprefix("Token: ").encode()).hexdigest()
    assert setting == f"ERREICHBAR_INTAKE_TOKENS=service-centre:{digest}"
