"""A real day under another model: who called is what the journal says, and the model in force gives nearly what happened."""

import json
from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import pytest

from erreichbar import access
from erreichbar.lab.before import Before
from erreichbar.lab.engine.filed import Filed
from erreichbar.lab.replay import NothingToReplay, first_calls, replay
from erreichbar.lab.stood import open_at
from erreichbar.office import Faults
from erreichbar.record.tables import NONE, Tables
from erreichbar.record.words import CallOutcome, Direction, code
from erreichbar.traffic import Citizens, parameters
from tests.lab import twin
from tests.lab.test_twin import DAY, crowded_office, lived
from tests.lab.twin.world import EPOCH, MS

MODEL = access.load("recognisable-callback")


def calls(*rows: tuple[int, Direction, CallOutcome, int, int]) -> pl.DataFrame:
    """Return contacts: start, direction, outcome, the same person's last call, and the ticket that it answers."""
    names = ("start", "direction", "outcome", "previous", "ring_back_of")
    columns = {
        name: [code(one) if isinstance(one, Direction | CallOutcome) else one for one in column]
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    return pl.DataFrame({"contact": range(len(rows)), **columns})


def test_who_calls_again_or_rings_back_did_not_begin_with_that() -> None:
    inbound, answered = Direction.INBOUND, CallOutcome.ANSWERED
    contacts = calls(
        (5, inbound, CallOutcome.ABANDONED, NONE, NONE),  # the day before
        (10, inbound, CallOutcome.ABANDONED, NONE, NONE),
        (11, inbound, answered, 1, NONE),  # again, having given up
        (12, inbound, answered, 2, NONE),  # again, having been answered: another matter
        (13, Direction.CALLBACK, answered, NONE, NONE),
        (14, inbound, answered, NONE, 3),  # a ring-back
        (15, inbound, answered, 0, NONE),  # gave up the day before
        (20, inbound, answered, NONE, NONE),  # the day after
    )
    assert first_calls(contacts, (10, 20))["start"].to_list() == [10, 12, 15]


@pytest.fixture
def day(tmp_path: Path, db: None) -> Tables:
    """The record of a day that the live centre has lived in virtual time."""
    town = crowded_office()
    return lived(town, MODEL, Citizens(parameters(town), town, 4), 4, tmp_path)


@pytest.mark.slow  # the loop is compiled anew after every change of the rules
def test_the_model_in_force_gives_what_happened_and_another_what_it_would_do(day: Tables) -> None:
    town = crowded_office()
    found = replay(town, MODEL, access.load("service-centre"), day, DAY, replications=12)
    figures = {one.observed.name: one for one in found.figures}
    for name in ("offered", "answered", "tickets_opened"):
        one = figures[name]
        assert one.observed.value is not None and one.in_force is not None
        spread = (one.in_force.high - one.in_force.low) / 2 * 12**0.5
        assert abs(one.observed.value - one.in_force.value) < 2 * spread, name
    reached = figures["reached_in_time_elapsed"].difference
    assert reached is not None and reached.high < 0, "without a number to recognise fewer are reached"
    assert found.to_json() == replay(town, MODEL, access.load("service-centre"), day, DAY, replications=12).to_json()
    said = json.loads(found.to_json())
    assert 0 < said["first_calls"] == found.first_calls < day.contacts.height
    assert said["observed"] and said["modelled"]


@pytest.fixture(scope="module")
def week() -> Tables:
    """The record of a week, as the twin tells it."""
    town = crowded_office()
    return twin.run_days(town, MODEL, Citizens(parameters(town), town, 4), DAY, 6, 8)


def midnight(day: date) -> int:
    return (datetime.combine(day, time(), crowded_office().zone) - EPOCH) // MS


@pytest.mark.slow
def test_a_day_begins_with_the_tickets_that_were_open(week: Tables) -> None:
    town, day = crowded_office(), date(2026, 3, 10)
    before = Before(town, week, midnight(day))
    open_then = week.tickets.filter(open_at(midnight(day)))
    assert before.first < day
    assert len(before.tickets) == open_then.height > 3
    filed = Filed(town, MODEL, before.first, (day - before.first).days + 1, 8)
    theirs = before.drawn(filed, 1, 0)
    standing = before.standing(filed, theirs, 1, 0)
    assert [one.opened + before.origin for one in standing.tickets] == open_then["opened"].to_list()
    tried = week.contacts.filter(pl.col("direction") == code(Direction.CALLBACK), pl.col("start") < midnight(day))
    made = [tried.filter(pl.col("ticket") == ticket).height for ticket in open_then["ticket"]]
    assert [len(one.attempts) for one in standing.tickets] == made
    assert any(made), "nobody would have been tried"
    persons = open_then["person"].to_list()
    places = theirs.known.arising.place.tolist()
    assert len(set(persons)) == len({*zip(persons, places, strict=True)}), "the same person has one place"
    tables = filed.play(1, 0, theirs.known, standing)
    assert tables.tickets["unit"].to_list() == open_then["unit"].to_list()
    assert tables.tickets["reason"].to_list() == open_then["reason"].to_list()
    assert (tables.tickets["closed"] >= 0).all(), "they go on as tickets do"
    assert tables.contacts.filter(pl.col("direction") == code(Direction.CALLBACK)).height


@pytest.mark.slow
def test_tickets_from_before_compete_with_those_of_the_day_and_are_not_counted(week: Tables) -> None:
    town, day = crowded_office(), date(2026, 3, 10)
    found = replay(town, MODEL, access.load("service-centre"), week, day, replications=4)
    alone = Tables(
        week.contacts.filter(pl.col("start") >= midnight(day)), week.tickets.filter(pl.col("opened") >= midnight(day))
    )
    empty = replay(town, MODEL, access.load("service-centre"), alone, day, replications=4)
    assert (found.open_tickets, empty.open_tickets) == (week.tickets.filter(open_at(midnight(day))).height, 0)
    assert found.first_calls == empty.first_calls
    opened = next(one for one in found.figures if one.observed.name == "tickets_opened")
    since, until = midnight(day), midnight(date(2026, 3, 11))
    assert opened.observed.value == week.tickets.filter(pl.col("opened") >= since, pl.col("opened") < until).height
    assert opened.in_force is not None
    assert opened.in_force.value < opened.observed.value + found.open_tickets
    assert json.loads(found.to_json())["open_tickets"] == found.open_tickets
    assert [one.in_force for one in found.figures] != [one.in_force for one in empty.figures], "nothing would compete"


@pytest.mark.slow
def test_a_day_without_calls_is_said_with_those_that_have_some(day: Tables) -> None:
    with pytest.raises(NothingToReplay) as error:
        replay(crowded_office(), MODEL, MODEL, day, date(2026, 3, 6))
    assert "2026-03-05" in str(error.value)


@pytest.mark.slow
def test_a_model_that_the_office_lacks_something_for_is_refused(day: Tables) -> None:
    with pytest.raises(Faults):
        replay(crowded_office(), MODEL, access.load("urgent-lane"), day, DAY)
