"""Compiled code is as old as its sources: change the policy, and the lab has changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

import erreichbar
from erreichbar import access
from erreichbar.access.points import Act, Point
from erreichbar.lab.engine import compiling
from erreichbar.lab.engine.ends import WAS_ABANDONED, WAS_ANSWERED, WAS_OUT_OF_HOURS, WAS_TURNED_AWAY
from erreichbar.lab.engine.shapes import Kind
from erreichbar.record.words import CallOutcome, code
from erreichbar.telephone import agenda

ASKING = """
from erreichbar import access
from erreichbar.access.points import Point
from erreichbar.lab.engine.compiling import compiled
from erreichbar.lab.engine.rules import decide, moment


@compiled
def asked(rules):
    return decide(rules, moment(0, True, 3, 1, 0, 0, 0)).act


print(asked(access.load("service-centre").rules), sum(asked.stats.cache_hits.values()))
"""


def test_a_changed_policy_is_a_changed_lab(tmp_path: Path) -> None:
    """What asks is the same file, compiled and kept; only the policy that it asks is another."""
    package = Path(erreichbar.__file__).parent
    shutil.copytree(
        package, tmp_path / "src/erreichbar", ignore=shutil.ignore_patterns("__pycache__", "static", "locale")
    )
    script = tmp_path / "asking.py"
    script.write_text(ASKING)

    def said() -> tuple[int, int]:
        environment = os.environ | {"PYTHONPATH": str(tmp_path / "src"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
        done = subprocess.run([sys.executable, script], env=environment, check=True, capture_output=True, text=True)
        act, kept = map(int, done.stdout.split())
        return act, kept

    assert said() == (Act.QUEUE, 0)
    assert said() == (Act.QUEUE, 1)
    policy = tmp_path / "src/erreichbar/access/decide.py"
    text = policy.read_text("utf-8")
    assert text.count("            act = Act.QUEUE.value\n") >= 1
    policy.write_text(
        text.replace("            act = Act.QUEUE.value\n", "            act = Act.TURN_AWAY.value\n"), "utf-8"
    )
    assert said() == (Act.TURN_AWAY, 0)


def test_every_source_that_may_go_into_the_loop_counts(tmp_path: Path) -> None:
    for room in compiling.ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "a.py").write_text("a = 1\n")
    known = {compiling.digest(tmp_path)}
    for room in compiling.ROOMS:
        (tmp_path / room / "a.py").write_text("a = 2\n")
        known.add(compiling.digest(tmp_path))
    (tmp_path / "lab" / "b.py").touch()
    known.add(compiling.digest(tmp_path))
    assert len(known) == len(compiling.ROOMS) + 2


def test_rules_are_compiled_as_they_stand() -> None:
    from erreichbar.lab.engine import rules

    given = access.load("recognisable-callback").rules
    for waiting in (0, 5, 100):
        for is_open in (True, False):
            plain = access.decide(
                given, access.moment(Point.ARRIVED, is_open=is_open, waiting=waiting, agents_present=2)
            )
            compiled = rules.decide(given, rules.moment(Point.ARRIVED.value, is_open, waiting, 2, 0, 0, 0))
            assert compiled == plain
    for idle_since in ([5, 3, 3], [-1, -1], [-1, 0]):
        assert rules.longest_idle(np.array(idle_since)) == access.longest_idle(idle_since)


def test_codes_are_those_of_the_record_and_of_the_agenda() -> None:
    outcomes = (CallOutcome.ANSWERED, CallOutcome.ABANDONED, CallOutcome.TURNED_AWAY, CallOutcome.OUT_OF_HOURS)
    assert list(map(code, outcomes)) == [WAS_ANSWERED, WAS_ABANDONED, WAS_TURNED_AWAY, WAS_OUT_OF_HOURS]
    assert {kind.name: kind.value for kind in Kind} == {kind.name: kind.value for kind in agenda.Kind}
