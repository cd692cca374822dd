"""``erreichbar promise due``."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from erreichbar.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["promise", "due", *arguments])


def test_json_has_the_five_fields_in_office_time() -> None:
    found = json.loads(run("2026-03-06T15:00", "--json").stdout)
    assert list(found) == ["opened", "due", "last_chance", "clock", "why"]
    assert found["opened"] == "2026-03-06T15:00:00+01:00"
    assert found["due"] == "2026-03-08T15:00:00+01:00"
    assert found["last_chance"] == "2026-03-06T17:59:00+01:00"
    assert found["clock"] == "elapsed"
    assert [set(why) for why in found["why"]] == [{"code", "from", "to", "de", "en"}] * 3
    assert (found["why"][0]["from"], found["why"][-1]["to"]) == (found["opened"], found["due"])


def test_an_impossible_promise_has_no_last_chance() -> None:
    found = json.loads(run("2026-03-06T18:00", "--json").stdout)
    assert found["last_chance"] is None
    assert found["why"][-1]["code"] == "impossible_by_calendar"


def test_an_offset_is_understood_and_shown_in_office_time() -> None:
    assert json.loads(run("2026-03-06T14:00Z", "--json").stdout)["opened"] == "2026-03-06T15:00:00+01:00"


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Letzte Gelegenheit:  Fr 06.03.2026, 17:59"), ("en", "Last chance:  Fri 6 Mar 2026, 17:59")],
)
def test_text_for_people(language: str, said: str) -> None:
    assert said in run("2026-03-06T15:00", "--language", language).stdout


@pytest.mark.parametrize(
    ("moment", "offsets"),
    [
        ("2026-03-29T02:30", ("2026-03-29T02:30:00+01:00", "2026-03-29T02:30:00+02:00")),
        ("2026-10-25T02:30", ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00")),
    ],
)
def test_a_local_time_of_the_change_of_hour_asks_for_an_offset(moment: str, offsets: tuple[str, str]) -> None:
    found = run(moment, "--json")
    assert found.exit_code == 2
    assert found.stdout == ""
    for offset in offsets:
        assert offset in found.stderr
        assert run(offset, "--json").exit_code == 0


@pytest.mark.parametrize("moment", ["morgen", "2026-02-30T10:00", "2026-03-06", "0001-01-01T10:00", ""])
def test_what_is_no_moment_is_told_so(moment: str) -> None:
    found = run(moment)
    assert found.exit_code == 2
    assert "2026-03-05T15:00" in found.stderr


def test_wrong_clock_and_missing_office_are_told() -> None:
    assert run("2026-03-06T15:00", "--clock", "lunar").exit_code == 2
    missing = run("2026-03-06T15:00", "--office", "/nowhere/office.toml")
    assert missing.exit_code == 1
    assert "/nowhere/office.toml" in missing.stderr


def test_the_zone_of_the_machine_plays_no_part() -> None:
    said = set()
    for zone in ("UTC", "Pacific/Auckland", "America/St_Johns"):
        command = [sys.executable, "-m", "erreichbar.cli", "promise", "due", "2026-03-28T10:00", "--json"]
        done = subprocess.run(command, env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True)
        said.add(done.stdout)
    assert len(said) == 1
