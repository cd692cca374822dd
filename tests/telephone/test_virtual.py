"""Days in virtual time, through the real actions: the counts add up, the promise's parts are in order, the journal holds."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from erreichbar import office as offices

RUNNER = """
import json, sys
from datetime import date
from pathlib import Path
from erreichbar import office as offices
from erreichbar.site import demo

offices.demo = lambda: OFFICE
OFFICE = offices.load(Path(sys.argv[1]))
for seed in map(int, sys.argv[3:]):
    print(json.dumps(demo.run_day(date.fromisoformat(sys.argv[2]), None, seed, None, MODEL, progress=False)), flush=True)
"""


def small_office(folder: Path) -> Path:
    """Write the demo office with a tenth of its citizens, who lose patience soon: every kind of end comes up."""
    text = offices.demo().text
    for pattern, replacement in (
        (r"benefit_units = \{ value = \d+", "benefit_units = { value = 500"),
        (r"mean_s = \{ value = \d+", "mean_s = { value = 20"),
        (r"pick_up_s = \{ median = \{ value = \d+", "pick_up_s = { median = { value = 5"),
        (r"(pick_up_s = .* mean = \{ value = )\d+", r"\g<1>15"),
    ):
        text, times = re.subn(pattern, replacement, text)
        assert times == 1, pattern
    file = folder / "small.toml"
    file.write_text(text)
    return file


def run(folder: Path, model: str, day: str, *seeds: int) -> list[dict[str, Any]]:
    """Run days in a process of their own, as the command does, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER.replace("MODEL", repr(model)), str(small_office(folder)), day, *map(str, seeds)],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "ERREICHBAR_DB": ":memory:", "ERREICHBAR_RUN": str(folder / "var")},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(day: dict[str, Any]) -> None:
    assert day["offered"] == day["answered"] + day["abandoned"] + day["turned_away"]
    for clock in ("elapsed", "service_hours", "working_days"):
        parts = [day[f"{part}_in_time"][clock] for part in ("attempted", "reached", "resolved")]
        assert day["tickets_opened"] >= parts[0] >= parts[1] >= parts[2] >= 0
    assert day["journal_ok"]
    assert day["journal_entries"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(8))
def test_the_counts_add_up_for_two_hundred_seeds(chunk: int, tmp_path: Path) -> None:
    model = ("service-centre", "recognisable-callback")[chunk % 2]
    days = run(tmp_path, model, "2026-03-05", *range(25 * chunk + 1, 25 * chunk + 26))
    assert len(days) == 25
    for day in days:
        check(day)
    # A test that nothing happens in would hold as well.
    totals = {
        name: sum(day[name] for day in days) for name in ("answered", "abandoned", "tickets_opened", "out_of_hours")
    }
    assert all(totals.values()), totals
    assert sum(day["reached_in_time"]["elapsed"] for day in days) > 0


def test_the_same_day_and_seed_give_the_same_figures(tmp_path: Path) -> None:
    once, again, other = run(tmp_path, "recognisable-callback", "2026-03-05", 7, 7, 8)
    assert once == again
    assert once != other


def test_a_friday_before_a_holiday_keeps_its_promises_on_working_days(tmp_path: Path) -> None:
    """48 literal hours from Thursday before Easter end in the holidays; two working days do not."""
    (day,) = run(tmp_path, "recognisable-callback", "2026-04-02", 3)
    check(day)
    assert day["attempted_in_time"]["working_days"] >= day["attempted_in_time"]["elapsed"]
