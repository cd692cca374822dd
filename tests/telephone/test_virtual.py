"""Days in virtual time, through the real actions: the counts add up, the promise's parts are in order, the journal holds."""

import os
import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from erreichbar import access, figures
from erreichbar import office as offices
from erreichbar.centre import clock, journal, refs
from erreichbar.office import Office
from erreichbar.site import demo
from erreichbar.telephone import agenda, virtual
from erreichbar.traffic import Citizens, parameters

SEEDS = range(1, int(os.environ.get("ERREICHBAR_SEEDS", "6")) + 1)
"""How many days each model goes through; ``make laws`` runs 100 of each."""
DAY = "2026-03-05"
DECIDE = """
[[authorities]]
id = "case-work"
name = { de = "Sachbearbeitung", en = "Case work" }
people = ["lange", "yildiz"]
reasons = ["housing_approval", "no_means", "rent_arrears_eviction", "power_cut", "health_insurance_gap"]
"""
KEPT = {"people": ("arslan", "becker", "lange", "yildiz", "kaminski", "weiss"), "units": ("benefits-1",)}


def village_office() -> Office:
    """The demo office with two agents, two case workers and few callers, who lose patience soon and want much."""
    text = "\n".join(part for part in re.split(r"\n(?=\[)", offices.demo().text) if _stays(part))
    for pattern, replacement in (
        (r"benefit_units = \{ value = \d+", "benefit_units = { value = 90"),
        (r"mean_s = \{ value = \d+", "mean_s = { value = 20"),
        (r"pick_up_s = \{ median = \{ value = \d+", "pick_up_s = { median = { value = 5"),
        (r"(pick_up_s = .* mean = \{ value = )\d+", r"\g<1>15"),
        (
            r"case_work_min = .*",
            'case_work_min = { median = { value = 45, source = "test" }, mean = { value = 50, source = "test" } }',
        ),
        (r"settled_if_inform = \{ value = [\d.]+", "settled_if_inform = { value = 0.2"),
        (r"settled_if_settle = \{ value = [\d.]+", "settled_if_settle = { value = 0.5"),
    ):
        text, times = re.subn(pattern, replacement, text)
        assert times == 1, pattern
    text = (
        re.sub('substitute = "(schwarz|vogt)"\n', "", text) + '\n[[responsibilities]]\nunit = "benefits-1"\n' + DECIDE
    )
    return offices.loads(text, "village.toml")


def _stays(part: str) -> bool:
    section = part.split("]")[0].lstrip("[")
    if section in ("duty", "authorities"):
        return False  # nobody of the duty office lives here
    if section == "responsibilities":
        return 'case_worker = "lange"' in part or 'case_worker = "yildiz"' in part
    named = re.search(r'^id = "(.*)"', part, re.MULTILINE)
    return section not in KEPT or (named is not None and named[1] in KEPT[section])


def a_day(office: Office, model: str, seed: int, folder: Path, day: str = DAY) -> dict[str, Any]:
    """Run a day on an empty database and leave the database empty."""
    start = virtual.VirtualClock(datetime.combine(date.fromisoformat(day), time(), office.zone))
    with transaction.atomic(), clock.use(start), refs.seeded(seed):
        chosen = access.load(model)
        demo.set_up(office, chosen)
        citizens = Citizens(parameters(office), office, seed)
        last = virtual.run_day(office, chosen, citizens, date.fromisoformat(day), folder, start)
        found = {**figures.demo_day(journal.record_tables(), agenda.to_ms(last)), **journal.verify().to_json()}
        transaction.set_rollback(True)
    return found


def check(day: dict[str, Any]) -> None:
    assert day["offered"] == day["answered"] + day["abandoned"] + day["turned_away"]
    for clock_name in ("elapsed", "service_hours", "working_days"):
        parts = [day[f"{part}_in_time"][clock_name] for part in ("attempted", "reached", "resolved")]
        assert day["tickets_opened"] >= parts[0] >= parts[1] >= parts[2] >= 0
    assert day["ok"]
    assert day["entries"] > 0


@pytest.fixture(scope="module")
def village() -> Office:
    return village_office()


@pytest.mark.slow
@pytest.mark.parametrize("model", ["service-centre", "recognisable-callback"])
@pytest.mark.parametrize("chunk", range(2))
def test_the_counts_add_up_whatever_the_day_brings(
    chunk: int, model: str, village: Office, tmp_path: Path, db: None
) -> None:
    days = [a_day(village, model, seed, tmp_path) for seed in SEEDS[chunk::2]]
    for day in days:
        check(day)
    # A test that nothing happens in would hold as well.
    totals = {name: sum(day[name] for day in days) for name in ("answered", "abandoned", "tickets_opened")}
    assert all(totals.values()), totals
    assert sum(day["attempted_in_time"]["working_days"] for day in days) > 0


@pytest.mark.slow
def test_the_same_day_and_seed_give_the_same_figures(village: Office, tmp_path: Path, db: None) -> None:
    once, again, other = (a_day(village, "recognisable-callback", seed, tmp_path) for seed in (7, 7, 8))
    assert once == again
    assert once != other
