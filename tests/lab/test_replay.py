"""A real day under another model: who called is what the journal says, and the model in force gives nearly what happened."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from erreichbar import access
from erreichbar.lab.replay import NothingToReplay, first_calls, replay
from erreichbar.office import Faults
from erreichbar.record.tables import NONE, Tables
from erreichbar.record.words import CallOutcome, Direction, code
from erreichbar.traffic import Citizens, parameters
from tests.lab.test_twin import DAY, crowded_office, lived

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


@pytest.mark.slow
def test_a_day_without_calls_is_said_with_those_that_have_some(day: Tables) -> None:
    with pytest.raises(NothingToReplay) as error:
        replay(crowded_office(), MODEL, MODEL, day, date(2026, 3, 6))
    assert "2026-03-05" in str(error.value)


@pytest.mark.slow
def test_a_model_that_the_office_lacks_something_for_is_refused(day: Tables) -> None:
    with pytest.raises(Faults):
        replay(crowded_office(), MODEL, access.load("urgent-lane"), day, DAY)
