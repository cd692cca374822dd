"""``erreichbar lab office``: what a simulated office assumes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from erreichbar import office as offices
from erreichbar.cli import main


def run(*given: str) -> Result:
    return CliRunner().invoke(main, ["lab", "office", *given])


@pytest.mark.parametrize("name", ["as-contracted", "as-audited"])
def test_every_assumption_is_printed_with_its_source(name: str) -> None:
    told = json.loads(run(name, "--json", "--settlement", "0.62").stdout)
    assert (told["office"], told["settlement"], told["people"]) == (name, 0.62, 246)
    assert all(row["source"] for row in told["assumptions"])
    values = {row["name"]: row for row in told["assumptions"]}
    assert values["lab.direct.induced"]["between"] == [0.0, 0.3]
    assert values["settlement"]["value"] == 0.62
    assert 0.5 < told["reachability_by_erlang_a"] < 0.95


def test_it_reads_as_a_table() -> None:
    shown = run()
    assert shown.exit_code == 0
    (row,) = [line for line in shown.stdout.splitlines() if line.startswith("lab.interruptions.resume_min.mean")]
    assert row.split() == ["lab.interruptions.resume_min.mean", "6.0", "assumption", "[4", "…", "23]"]
    assert "keine Vorhersage" in shown.stdout
    assert "not a forecast" in run("--language", "en").stdout


def test_a_wrong_name_is_told_what_there_is() -> None:
    shown = run("as-contract")
    assert shown.exit_code == 1
    assert "Meinten Sie „as-contracted“" in shown.output
    assert "Did you mean “as-contracted”" in shown.output


def test_the_check_of_an_office_file_reads_its_lab_too(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    text = (Path(offices.__file__).parent / "offices" / "as-contracted.toml").read_text("utf-8")
    file.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, ["office", "check", str(file)]).exit_code == 0
    file.write_text(
        text.replace('value = 24, source = "assumption", between = [20, 26]', 'value = 74, source = "x"'),
        encoding="utf-8",
    )
    shown = CliRunner().invoke(main, ["office", "check", str(file)])
    assert shown.exit_code == 1
    assert "nicht stabil" in shown.output
