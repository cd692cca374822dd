"""The compiled loop tells the day of the SimPy twin, which is the centre's own, where every matter is settled in the call."""

import re
from datetime import date, datetime, time, timedelta

import numpy as np
import polars as pl
import pytest

from erreichbar import access
from erreichbar import office as offices
from erreichbar.figures import calls
from erreichbar.lab.engine.driving import drive
from erreichbar.lab.engine.shapes import Again, Days, Hours, Law, Plan, Ring, Seed, Window
from erreichbar.lab.engine.tables import tables
from erreichbar.office import Office
from erreichbar.record.tables import Tables
from erreichbar.record.words import CallOutcome, Role, code
from erreichbar.telephone.agenda import to_ms
from erreichbar.telephone.training.colleagues import CLOSING_LOOK_MS, PAUSE_AFTER_MISS_MS
from erreichbar.telephone.training.line import ANNOUNCEMENT_MS
from erreichbar.traffic import Citizens, parameters
from erreichbar.traffic.arrivals import Arrivals, day_number
from erreichbar.traffic.parameters import Spread
from erreichbar.traffic.process import luck
from tests.lab import twin
from tests.telephone.test_virtual import village_office

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules
DAY = date(2026, 3, 5)
ABOUT_CALLS = (
    "start", "in_service_hours", "outcome", "queued", "rings", "rings_missed", "answered", "ended", "wrapped_up", "wait", "talk",
    "wrap_up", "ended_by", "role", "staff",
)  # fmt: skip


def settling_office() -> Office:
    """The village, where agents settle everything, everybody has one matter, and many call."""
    text = re.sub(r'^first_level = "\w+"', 'first_level = "settle"', village_office().text, flags=re.MULTILINE)
    for name, value in (
        ("settled_if_settle", 1),
        ("second", 0),
        ("third", 0),
        ("benefit_units", 6_000),
        ("mean_s", 40),
    ):
        text, times = re.subn(rf"^({name} = {{ value =) [\d.]+", rf"\1 {value}", text, flags=re.MULTILINE)
        assert times == 1, name
    return offices.loads(text, "settling.toml")


def law(spread: Spread, unit_ms: float) -> Law:
    return Law(spread.median.value * unit_ms, spread.mean.value * unit_ms)


def agents_plan(office: Office, model: access.AccessModel, seed: int) -> Plan:
    """Return the agents' side of an office for a day, in ms since the Unix epoch."""
    told = parameters(office)
    arrivals = Arrivals(told, office.calendar)
    profile, key = arrivals.profile(DAY), day_number(DAY)
    periods = [(to_ms(start), to_ms(end)) for start, end in office.calendar.day(DAY).periods]
    agents = len(office.in_role(Role.AGENT))
    return Plan(
        seed=Seed(seed, 0),
        days=Days(
            keys=np.array([key]),
            starts=np.array([to_ms(datetime.combine(DAY, time(), office.zone))]),
            totals=np.array([arrivals.expected(DAY) * luck(seed, 0, key, arrivals.variation)]),
            profiles=np.array([0]),
            cumulated=np.array([profile]),
            tops=np.nextafter(np.array([profile[-1]]), 0.0),
            horizon=1 << 50,
        ),
        talk=law(told.talk.agent_s, 1000.0),
        rules=model.rules,
        window=Window(0, 1 << 50, 20_000),
        patience=Law(-1.0, told.patience.mean_s.value * 1000.0),
        again=Again(told.patience.calls_again.value, law(told.patience.calls_again_min, 60_000.0), ANNOUNCEMENT_MS),
        ring=Ring(law(told.seats.pick_up_s, 1000.0), PAUSE_AFTER_MISS_MS),
        wrap_up=law(told.talk.wrap_up_s, 1000.0),
        hours=Hours(
            np.array(periods),
            np.array([(seat, *period) for seat in range(agents) for period in periods]),
            ANNOUNCEMENT_MS,
            CLOSING_LOOK_MS,
        ),
        scan=np.zeros(agents, dtype=np.int64),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_loop_tells_the_day_of_the_centre_to_the_last_digit(seed: int) -> None:
    office, model = settling_office(), access.load("service-centre")
    told = twin.run_day(office, model, Citizens(parameters(office), office, seed), DAY)
    numbers = [place for place, person in enumerate(office.people.values()) if person.role is Role.AGENT]
    found = tables(drive(agents_plan(office, model, seed), np.array(numbers), rows=16))
    # The twin's day ends at midnight, the loop's with the last who calls again.
    midnight = to_ms(datetime.combine(DAY + timedelta(days=1), time(), office.zone))
    day = found.contacts.filter(pl.col("start") < midnight)
    assert day.select(ABOUT_CALLS).to_dicts() == told.contacts.select(ABOUT_CALLS).to_dicts()
    assert not len(told.tickets)
    outcomes = set(found.contacts["outcome"])
    assert outcomes >= {code(CallOutcome.ANSWERED), code(CallOutcome.ABANDONED), code(CallOutcome.OUT_OF_HOURS)}
    assert found.contacts["rings_missed"].max()


def test_figures_of_the_house_are_counted_over_the_loops_tables() -> None:
    office, model = settling_office(), access.load("service-centre")
    run = drive(agents_plan(office, model, 1), np.array([0, 1]), rows=16)
    counted = calls.counts(tables(run))
    assert counted.offered == run.sums[0]
    assert counted.answered > 0
    assert isinstance(tables(run), Tables)
    with pytest.raises(ValueError, match="kept no rows"):
        tables(drive(agents_plan(office, model, 1), np.array([0, 1])))
