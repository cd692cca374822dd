"""A whole office, some days long, through the entry of the engine."""

from dataclasses import replace

import polars as pl
import pytest

from erreichbar import access
from erreichbar.access.live import Ability
from erreichbar.figures import calls
from erreichbar.lab.engine import simulating
from erreichbar.lab.engine.simulating import CannotSimulate, Course, Run, simulate
from erreichbar.lab.office import LabFaults, load
from erreichbar.lab.office.expected import expected
from erreichbar.record.words import CallOutcome, Direction, code

DAYS = 60


@pytest.fixture(scope="module")
def course() -> Course:
    return Course(load("as-contracted"), access.load("service-centre"), days=DAYS)


@pytest.fixture(scope="module")
def told(course: Course) -> Run:
    return course.run(1, rows=True)


@pytest.mark.slow
def test_sums_are_those_of_the_rows(course: Course, told: Run) -> None:
    assert told.tables is not None
    run = course.arrays.run
    begun = pl.col("start").is_between(run.begins, run.ends, closed="left")
    rows = told.tables.contacts.filter(begun, pl.col("direction") == code(Direction.INBOUND))
    by_outcome = dict(rows.group_by("outcome").len().iter_rows())
    assert told.sums["answered"] == by_outcome[code(CallOutcome.ANSWERED)]
    assert told.sums["abandoned"] == by_outcome[code(CallOutcome.ABANDONED)]
    assert told.sums["out_of_hours"] == by_outcome[code(CallOutcome.OUT_OF_HOURS)]
    in_hours = rows.filter(pl.col("in_service_hours"))
    assert told.sums["offered"] == len(in_hours)
    assert told.sums["wait_ms"] == in_hours["wait"].sum()
    assert told.sums["waited_over_20_s"] == (in_hours["wait"] > 20_000).sum()
    tickets = told.tables.tickets.filter(pl.col("opened").is_between(run.begins, run.ends, closed="left"))
    assert told.sums["tickets"] == len(tickets) > 0
    for part in ("attempted", "reached", "resolved"):
        moments = tickets.filter(pl.col(part) >= 0)
        assert told.sums[part] == len(moments)
        assert told.sums[f"{part}_in_time"] == len(moments.filter(pl.col(part) <= pl.col("due_elapsed")))
    for name in ("attempts", "ring_backs", "without_contact"):
        assert told.sums[name] == tickets[name].sum()
    assert told.sums["not_told"] == len(tickets.filter(pl.col("closed") >= 0, pl.col("resolved") < 0)) > 0
    assert calls.counts(told.tables).offered > told.sums["offered"], "warm-up and what follows are in the rows, too"


@pytest.mark.slow
def test_rows_change_nothing_and_a_replication_is_what_its_numbers_say(course: Course, told: Run) -> None:
    assert course.run(1).sums == told.sums
    office, model = load("as-contracted"), access.load("service-centre")
    assert simulate(office, model, days=DAYS, seed=1).sums == told.sums
    assert course.run(1, 1).sums != told.sums
    assert course.run(2).sums != told.sums


@pytest.mark.slow
def test_the_centre_answers_about_what_erlang_a_says(course: Course) -> None:
    runs = [course.run(1, replication).sums for replication in range(10)]
    answered = sum(one["answered"] for one in runs) / sum(one["offered"] for one in runs)
    assert answered == pytest.approx(expected(course.office).reachability, abs=0.04)


def test_what_cannot_be_carried_out_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "CAN", frozenset())
    with pytest.raises(CannotSimulate, match="direct-lines.*direct lines ring; .*divert.*no centre") as refused:
        Course(load("as-contracted"), access.load("direct-lines"), days=1)
    assert refused.value.missing == {Ability.DIRECT, Ability.DIVERSION, Ability.NO_CENTRE}
    assert refused.value.text.de.startswith("„direct-lines“")


def test_a_model_that_contradicts_the_office_is_refused() -> None:
    lab = load("as-contracted")
    telephone = replace(lab.office.telephone, presented={})
    withheld = replace(lab, office=replace(lab.office, telephone=telephone))
    with pytest.raises(LabFaults, match="presented"):
        Course(withheld, access.load("recognisable-callback"), days=1)
