"""``erreichbar lab queue``: the office's loop finds what can be calculated, and says what cannot be asked."""

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from erreichbar.cli import main
from erreichbar.lab import queue
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.queue import FIGURES, Question

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules


def asked(*words: object) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["lab", "queue", *map(str, words), "--json"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def refused(*words: object) -> str:
    done = CliRunner().invoke(main, ["lab", "queue", *map(str, words)])
    assert done.exit_code != 0
    return done.output


@pytest.mark.parametrize(
    "question",
    [
        Question(1200, 240, 80, 180, calls=200_000),
        Question(1200, 240, 60, 180, calls=200_000, seed=2),
        Question(720, 240, 55, calls=400_000, seed=3),
        Question(2, 1200, 1, calls=200_000, seed=4),
        Question(2, 1200, 2, calls=200_000, seed=5),
        Question(60, 60, 3, 60, calls=200_000, seed=6),
        Question(0.5, 10, 1, 30, calls=20_000, seed=7),
    ],
)
@pytest.mark.parametrize("estimate", ["simulated", "plain"])
def test_every_figure_is_near_the_calculated_one(question: Question, estimate: str) -> None:
    found = queue.ask(question)
    for name in FIGURES:
        low, high = found[estimate][name]["ci95"]
        off = found[estimate][name]["value"] - found["exact"][name]["value"]
        # Student's 97.5 % quantile at about 98 degrees of freedom is 1.98.
        assert abs(off) <= 4 * (high - low) / 2 / 1.98 + 2e-5 * found["exact"][name]["value"], name


def test_two_million_calls_are_precise_enough() -> None:
    for words in (
        ("--arrivals-per-hour", 720, "--service", 240, "--servers", 55),
        ("--arrivals-per-hour", 1200, "--service", 240, "--servers", 80, "--patience", 180),
    ):
        found = asked(*words, "--calls", 2_000_000)["simulated"]["mean_wait_s"]
        assert (found["ci95"][1] - found["ci95"][0]) / 2 <= 0.01 * found["value"]


def test_controls_do_not_pull_a_faulty_loop_back_to_what_it_should_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one agent fewer than the theory thinks, the controlled mean is that of 79 agents, surer than the plain one."""
    question = Question(1200, 240, 80, 180, calls=400_000, seed=8)
    monkeypatch.setattr(
        queue._Course,
        "replication",
        lambda course, number: drive(course.plan(number), np.arange(79)).sums,
    )
    found = queue.ask(question)
    low, high = found["simulated"]["mean_wait_s"]["ci95"]
    off = found["simulated"]["mean_wait_s"]["value"] - Question(1200, 240, 79, 180).exact().mean_wait
    assert abs(off) <= 4 * (high - low) / 2 / 1.98
    assert not low <= question.exact().mean_wait <= high


def test_one_worker_says_what_two_say_byte_for_byte() -> None:
    words = ("--arrivals-per-hour", 60, "--service", 240, "--servers", 5, "--patience", 100, "--calls", 4_000)
    texts = {
        CliRunner().invoke(main, ["lab", "queue", *map(str, words), "--json", "--workers", str(workers)]).stdout
        for workers in (1, 2)
    }
    assert len(texts) == 1
    assert json.loads(texts.pop())["calls"] > 3_000
    assert asked(*words) != asked(*words, "--seed", 2)


def test_an_unstable_queue_is_called_so_and_what_would_be_stable() -> None:
    said = refused("--arrivals-per-hour", 1200, "--service", 240, "--servers", 80)
    for words in (
        "Instabil",
        "mindestens 81 Plätze",
        "weniger als 1200 Anrufe",
        "Unstable",
        "at least 81 servers",
        "--patience",
    ):
        assert words in said
    assert asked("--arrivals-per-hour", 1200, "--service", 240, "--servers", 80, "--patience", 600, "--calls", 4_000)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--arrivals-per-hour", "0", "--service", 240, "--servers", 80), "is no number above 0"),
        (("--arrivals-per-hour", "12,5", "--service", 240, "--servers", 80), "decimal point"),
        (("--arrivals-per-hour", 1200, "--service", "nan", "--servers", 80), "is no number above 0"),
        (("--arrivals-per-hour", 1200, "--service", 240, "--servers", 0), "servers"),
        (("--arrivals-per-hour", 1200, "--service", 240, "--servers", 2.5), "servers"),
        (("--arrivals-per-hour", 1200, "--service", 240, "--servers", 80, "--patience", -3), "patience"),
        (("--arrivals-per-hour", 12, "--service", 240, "--servers", 8, "--calls", 10), "calls"),
        (("--arrivals-per-hour", 12, "--service", 240), "--servers"),
        (("--arrivals-per-hour", 1e-6, "--service", 0.001, "--servers", 1), "too far apart"),
    ],
)
def test_bad_input_is_told_where_and_why(words: tuple[object, ...], said: str) -> None:
    assert said in refused(*words)


@pytest.mark.parametrize("missing", ["numba", "joblib"])
def test_without_the_extra_it_says_what_to_install(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from erreichbar.cli import main; main()"
    words = ["lab", "queue", "--arrivals-per-hour", "60", "--service", "240", "--servers", "5"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert done.returncode == 1
    assert 'pip install "erreichbar[lab]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_people_may_read_it_as_a_table() -> None:
    words = ("--arrivals-per-hour", 60, "--service", 240, "--servers", 5, "--patience", 100, "--calls", 4_000)
    done = CliRunner().invoke(main, ["lab", "queue", *map(str, words)])
    assert "mittlere Wartezeit" in done.output
    assert len(done.stdout.splitlines()) == 1 + len(FIGURES)
