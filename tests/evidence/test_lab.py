"""The pages of the lab: who sees them, what can be asked, and a run beside the house with its result."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from erreichbar import access
from erreichbar import office as offices
from erreichbar.centre import queries
from erreichbar.centre.models import User
from erreichbar.desk import catalogue
from erreichbar.evidence import runs
from erreichbar.evidence.runs import Question, State
from erreichbar.lab.experiment.result import from_json
from erreichbar.lab.office import loading
from tests.house import House, StandingClock

ROOT = Path(__file__).parents[2]
QUICK = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import runpy; runpy.run_module('tests.lab.quick', run_name='__main__')")  # fmt: skip
"""The command line, with an engine that takes no time."""
ASKED = {
    "office": "as-contracted", "baseline": "service-centre", "model": ["service-centre", "recognisable-callback"],
    "days": "3", "wish": "look", "seed": "1",
}  # fmt: skip


@pytest.fixture
def house(db: None, standing: StandingClock, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue.compiled()
    settings.RUN_FOLDER = tmp_path
    monkeypatch.setattr(runs, "COMMAND", QUICK)
    return House(offices.demo(), standing).opens_for_business()


@pytest.fixture
def ended(house: House) -> Iterator[Callable[[str], None]]:
    """Wait until a run has ended; none goes on after the test."""

    def wait(id: str) -> None:
        while (one := runs.run(id)) is not None and one.state is State.RUNNING:
            time.sleep(0.05)

    yield wait
    for one in runs.runs():
        runs.stop(one.id)
        wait(one.id)


def window(house: House, role: str = "manager", language: str = "de") -> Client:
    client = Client(headers={"accept-language": language})
    username = next(person.id for person in house.office.people.values() if person.role == role)
    client.force_login(User.objects.get(username=username))
    return client


def started(client: Client, given: dict[str, Any] | None = None) -> str:
    """Ask for a comparison and return the id of its run."""
    answer = client.post("/lab", ASKED | (given or {}))
    assert answer.status_code == 302
    return answer.headers["Location"].rsplit("/", 1)[1]


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("role", "status"),
    [("auditor", 200), ("manager", 200), ("team_leader", 200), ("agent", 403), ("case_worker", 403), ("admin", 403)],
)
def test_who_sees_it(house: House, role: str, status: int) -> None:
    assert window(house, role).get("/lab").status_code == status
    assert Client().get("/lab").status_code == 302


def test_the_model_in_force_is_first_and_nothing_was_compared_yet(house: House) -> None:
    page = seen(window(house), "/lab")
    first = page.index("gilt jetzt")
    assert page.rindex("<option", 0, first) < first < page.index("Durchwahlen ohne Servicecenter")
    assert "steht später hier" in page
    assert "Compared before" in seen(window(house, language="en"), "/lab")


@pytest.mark.slow  # the loop is compiled anew after every change of the rules
def test_a_comparison_runs_beside_the_house_and_is_there_at_once_when_asked_again(
    house: House, ended: Callable[[str], None]
) -> None:
    client = window(house)
    id = started(client)
    running = seen(client, f"/lab/{id}")
    assert 'hx-trigger="every 2s"' in running or "Wie sich der Lauf wiederholen lässt" in running
    ended(id)
    page = seen(client, f"/lab/{id}")
    assert "hx-trigger" not in page.split('id="lab-now"')[1].split(">")[0]
    assert page.count("<svg") == 4 and page.count("<table") >= 4 + 1
    for said in (
        "Rechtzeitig bedient",
        "Kennzahlen mit 95-%-Bereichen",
        "Der Lauf des Tages",
        "sind Annahmen",
        "lab.direct.induced",
    ):
        assert said in page, said
    assert (
        "erreichbar lab compare service-centre recognisable-callback --office as-contracted --days 3 --replications 10"
        in page
    )
    found = from_json(client.get(f"/lab/{id}/files/result.json").content)
    assert (found.replications, found.days, found.baseline) == (10, 3, "service-centre")
    assert found.office.digest in page
    assert "served_in_time" in client.get(f"/lab/{id}/files/result.csv").content.decode()
    assert client.get(f"/lab/{id}/files/result.html").content.startswith(b"<!doctype html>")
    written = (runs.folder() / id / "result.json").stat().st_mtime_ns
    assert started(client) == id
    assert (runs.folder() / id / "result.json").stat().st_mtime_ns == written
    assert f"/lab/{id}" in seen(client, "/lab")


@pytest.mark.slow
def test_what_is_as_it_was_is_not_sent_again(house: House, ended: Callable[[str], None]) -> None:
    client = window(house)
    id = started(client)
    ended(id)
    one = runs.run(id)
    assert one is not None
    assert client.get(f"/lab/{id}/now", {"seen": one.seen()}).status_code == 204
    assert "<html" not in seen(client, f"/lab/{id}/now?seen=other")


def test_one_runs_at_a_time_and_can_be_stopped(house: House, ended: Callable[[str], None]) -> None:
    client = window(house)
    long = {"days": "366", "wish": "1"}
    id = started(client, long)
    other = client.post("/lab", {**ASKED, "seed": "2"})
    assert other.status_code == 422
    assert "Es läuft schon ein Vergleich" in other.content.decode() and f"/lab/{id}" in other.content.decode()
    assert started(client, long) == id
    assert client.post(f"/lab/{id}/stop").status_code == 302
    ended(id)
    assert "endete, bevor er fertig war" in seen(client, f"/lab/{id}")
    assert client.get(f"/lab/{id}/files/result.json").status_code == 404
    assert started(client, {"seed": "2"}) != id


def test_what_the_lab_refuses_is_said_on_the_page(house: House, ended: Callable[[str], None]) -> None:
    id = runs.start(
        Question("as-contracted", ("model.toml",), 3, ("--replications", "2"), 1, (("model.toml", "x = 1"),))
    )
    ended(id)
    page = seen(window(house), f"/lab/{id}")
    assert "Das lässt sich nicht vergleichen" in page and "model.toml" in page
    assert "Traceback" not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"office": "elsewhere"}, "Amt: „elsewhere“ steht nicht zur Wahl."),
        ({"model": ["service-center"]}, "Zugangsmodelle: „service-center“ steht nicht zur Wahl."),
        ({"baseline": ""}, "Zugangsmodelle: „“ steht nicht zur Wahl."),
        ({"days": "0"}, "Tage: „0“ ist keine Zahl von 1 bis 366."),
        ({"days": "²"}, "Tage: „²“ ist keine Zahl"),
        ({"seed": "-1"}, "Zufallszahl: „-1“ ist keine Zahl von 0 bis"),
        ({"wish": "9"}, "Genauigkeit: „9“ steht nicht zur Wahl."),
    ],
)
def test_nonsense_is_told_what_would_be_possible(house: House, given: dict[str, Any], said: str) -> None:
    answer = window(house).post("/lab", {**ASKED, **given})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert runs.runs() == []


def test_there_is_nothing_where_nothing_ran(house: House) -> None:
    client = window(house)
    for address in (
        "/lab/0123",
        "/lab/0123/now",
        "/lab/0123/files/result.json",
        "/lab/..%2F..",
        "/lab/running/files/x",
    ):
        assert client.get(address).status_code == 404


def test_only_files_of_the_run_are_handed_over(house: House, ended: Callable[[str], None]) -> None:
    client = window(house)
    id = started(client)
    ended(id)
    for name in ("said.txt", "question.json", "..", "running.lock"):
        assert client.get(f"/lab/{id}/files/{name}").status_code == 404


def test_without_the_extra_it_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "find_spec", lambda name: None)
    assert "das Labor nicht installiert" in seen(window(house), "/lab")


def test_the_office_and_the_model_in_force_go_along_as_files(
    house: House, ended: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = loading.office("as-contracted")
    text = access.load("service-centre").text.replace("attempts = 1", "attempts = 2")
    model = access.loads(text, "two-attempts.toml")
    assert model.rules != access.load("service-centre").rules
    monkeypatch.setattr(queries, "office_in_force", lambda: ours)
    monkeypatch.setattr(queries, "model_in_force", lambda: model)
    client = window(house)
    assert "Dieses Amt, wie in seiner Datei" in seen(client, "/lab")
    id = started(client, {"office": "office.toml", "baseline": "model.toml", "model": ["recognisable-callback"]})
    ended(id)
    found = from_json(client.get(f"/lab/{id}/files/result.json").content)
    assert found.office.digest == ours.digest
    assert found.models[0].digest == model.digest and len(found.models) == 2
    assert client.get(f"/lab/{id}/files/model.toml").content.decode() == text
    assert client.get(f"/lab/{id}/files/office.toml").content.decode() == ours.text
    assert "lab compare model.toml recognisable-callback --office office.toml" in seen(client, f"/lab/{id}")


def test_a_run_whose_process_is_not_known_yet_stops_nobody_else(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []
    monkeypatch.setattr("erreichbar.evidence.runs.os.kill", lambda process, _signal: killed.append(process))
    monkeypatch.setattr(runs, "_running", lambda: ("one", 0))
    runs.stop("one")
    runs.stop("")
    assert killed == []
    monkeypatch.setattr(runs, "_running", lambda: ("one", 4711))
    runs.stop("other")
    runs.stop("one")
    assert killed == [4711]


def test_another_programme_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question("as-contracted", ("service-centre",), 3, ("--replications", "2"), 1)
    before = question.id
    monkeypatch.setattr(runs, "_changed", lambda: 1)
    assert question.id != before
