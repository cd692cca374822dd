"""``erreichbar office check``."""

from pathlib import Path

from click.testing import CliRunner, Result

from erreichbar import office
from erreichbar.cli import main

DEMO = office.demo().text


def check(file: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["office", "check", str(file), *more])


def written(folder: Path, text: str) -> Path:
    file = folder / "office.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_without_fault(tmp_path: Path) -> None:
    found = check(written(tmp_path, DEMO))
    assert found.exit_code == 0
    assert "17 Anliegen. Kein Fehler." in found.stdout


def test_all_faults_in_both_languages() -> None:
    broken = Path(__file__).with_name("broken.toml")
    german, english = check(broken), check(broken, "--language", "en")
    assert german.exit_code == english.exit_code == 1
    assert "broken.toml, Zeile 5, [office], zone:" in german.stderr
    assert "broken.toml, line 5, [office], zone:" in english.stderr
    assert german.stderr.count("\n") == english.stderr.count("\n") > 25
    assert german.stdout == ""


def test_faults_of_the_citizens_stand_beside_those_of_the_office(tmp_path: Path) -> None:
    assert "\npick_up_s = " in DEMO
    traffic = DEMO.replace("\npick_up_s = ", "\npick_up = ", 1)
    only_traffic = check(written(tmp_path, traffic))
    assert only_traffic.exit_code == 1
    assert "pick_up" in only_traffic.stderr
    both = check(written(tmp_path, traffic.replace('state = "NW"', 'state = "XX"', 1)))
    assert "XX" in both.stderr
    assert "pick_up" in both.stderr


def test_a_missing_file() -> None:
    found = check(Path("/nowhere/office.toml"))
    assert found.exit_code == 1
    assert "lässt sich nicht lesen" in found.stderr
