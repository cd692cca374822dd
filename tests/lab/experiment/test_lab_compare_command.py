"""``erreichbar lab compare``: what it prints, in which forms, and what it says to bad input."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from erreichbar import access
from erreichbar import office as offices
from erreichbar.cli import main
from erreichbar.lab.experiment import simulated
from erreichbar.lab.experiment.result import from_json
from erreichbar.lab.report import pictures
from tests.lab.experiment.fake import played

SMALL = ("service-centre", "recognisable-callback", "--days", "5", "--replications", "3")


def compare(*given: str) -> Result:
    return CliRunner().invoke(main, ["lab", "compare", *given])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes no time to compile."""
    monkeypatch.setattr(simulated, "simulated", played)


@pytest.mark.usefixtures("quick")
def test_the_same_seed_gives_the_same_bytes_from_any_number_of_workers() -> None:
    one, two = (compare(*SMALL, "--json", "--workers", workers) for workers in ("1", "2"))
    assert one.exit_code == 0
    assert one.stdout_bytes == two.stdout_bytes
    found = from_json(one.stdout_bytes)
    assert (found.baseline, found.replications, found.seed) == ("service-centre", 3, 1)
    assert json.loads(one.stdout)["office"]["digest"] == found.office.digest
    assert compare(*SMALL, "--json", "--seed", "2").stdout_bytes != one.stdout_bytes


@pytest.mark.usefixtures("quick")
def test_it_is_readable_and_the_first_results_come_first() -> None:
    shown = compare(*SMALL, "--language", "en")
    assert "Served in time" in shown.stdout and "Answered within" not in shown.stdout
    looks = [line for line in shown.stderr.splitlines() if line.startswith("first look: ")]
    assert len(looks) == 2 and all("Served in time" in line for line in looks)
    assert "3 / 3" in shown.stderr


@pytest.mark.usefixtures("quick")
def test_it_writes_a_table_and_a_page(tmp_path: Path) -> None:
    file = tmp_path / "found.html"
    shown = compare(*SMALL, "--csv", "--html", str(file))
    lines = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert {line["model"] for line in lines} == {"service-centre", "recognisable-callback"}
    assert file.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.usefixtures("quick")
def test_without_a_wish_it_runs_until_two_per_cent() -> None:
    found = from_json(compare("service-centre", "--days", "5", "--json").stdout_bytes)
    assert (found.precision, found.precision_reached) == (0.02, True)
    assert found.replications >= 30
    assert (
        from_json(compare("service-centre", "--days", "5", "--precision", "40%", "--json").stdout_bytes).precision
        == 0.4
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["service-center"], ["Meinten Sie „service-centre“", "Did you mean “service-centre”"]),
        (["service-centre", "service-centre"], ["mehrmals genannt", "each model once"]),
        (["service-centre", "--office", "nowhere.toml"], ["Muster-Amt", "as-contracted, as-audited"]),
        (["service-centre", "--precision", "2x"], ["keine Genauigkeit", "0.01% to 50%"]),
        (["service-centre", "--precision", "0"], ["„0“ ist keine Genauigkeit"]),
        (["service-centre", "--precision", "nan"], ["„nan“ ist keine Genauigkeit"]),
        (["service-centre", "--precision", "2%", "--replications", "3"], ["nicht beides", "not both"]),
        (["service-centre", "--replications", "1"], ["1 is not in the range 2<=x"]),
        (["service-centre", "--days", "0"], ["0 is not in the range 1<=x"]),
        (["service-centre", "--html", "/no/such/place.html"], ["Dorthin kann nichts geschrieben werden: /no/such"]),
        ([], ["Missing argument"]),
    ],
)
def test_bad_input_is_told_what_would_be_possible(given: list[str], said: list[str]) -> None:
    shown = compare(*given)
    assert shown.exit_code == 2
    assert shown.stdout == ""
    for words in said:
        assert words in shown.stderr


def test_an_office_whose_work_piles_up_is_called_unstable(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    text = (Path(offices.__file__).parent / "offices/as-contracted.toml").read_text("utf-8")
    given = 'value = 24, source = "assumption", between = [20, 26]'
    assert given in text
    file.write_text(text.replace(given, 'value = 74, source = "x"'), encoding="utf-8")
    shown = compare("service-centre", "--office", str(file))
    assert shown.exit_code == 2
    assert "case_work.items_per_week" in shown.stderr
    assert "nicht stabil" in shown.stderr and "less than" in shown.stderr


def test_a_model_that_contradicts_the_office_is_told_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "early.toml"
    text = access.load("phone-hours-daily").text
    file.write_text(text.replace('monday = ["09:00-10:00"]', 'monday = ["05:00-06:00"]'), encoding="utf-8")
    shown = compare("service-centre", str(file))
    assert shown.exit_code == 2
    assert "monday" in shown.stderr and "08:00–18:00" in shown.stderr


@pytest.mark.slow
def test_the_engine_itself_gives_the_same_bytes_from_one_worker_and_two() -> None:
    one, two = (compare(*SMALL, "--json", "--workers", workers) for workers in ("1", "2"))
    assert one.exit_code == two.exit_code == 0
    assert one.stdout_bytes == two.stdout_bytes
    found = from_json(one.stdout_bytes)
    offered = found.row("offered").cells["service-centre"]
    assert offered.numerator is not None and offered.numerator > 0
    assert sum(found.course["service-centre"].offered) == offered.numerator
    assert pictures.served_against_undisturbed(found, "de")
    for name in ("undisturbed_work", "presence_case_worker_office", "time_case_worker_callback", "euros_office"):
        assert all(cell.estimate and cell.estimate.value > 0 for cell in found.row(name).cells.values()), name


def test_a_model_that_the_loop_cannot_carry_out_is_told_which_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated, "CAN", frozenset())
    shown = compare("service-centre", "direct-lines")
    assert shown.exit_code == 2
    assert "„direct-lines“ kann noch nicht simuliert werden" in shown.stderr
    assert "Allowed: service-centre, recognisable-callback." in shown.stderr
