"""The sums of people's time are those of its stretches, whatever the window cuts, under every preset."""

from datetime import date
from itertools import product

import numpy as np
import pytest

from erreichbar import access
from erreichbar.figures.window import within
from erreichbar.figures.work import worked as summed
from erreichbar.lab.engine import worked
from erreichbar.lab.engine.desks import W_SEAT, W_START, Desks, table, work
from erreichbar.lab.engine.shapes import Ints, SeatIs
from erreichbar.lab.engine.simulating import Course
from erreichbar.lab.engine.state import LOG, NOBODY
from erreichbar.lab.engine.worked import Window
from erreichbar.lab.office.items import Items, Workload
from erreichbar.lab.office.times import APPOINTMENT, BREAK, PROTECTED, Times
from erreichbar.record.tables import CONTACTS, TICKETS, Tables
from erreichbar.record.words import Role, code
from tests.figures.by_hand import HOUR, MINUTE
from tests.lab.engine.test_presets import BUSY, small_office

ROLES = [code(Role.AGENT), code(Role.CASE_WORKER), code(Role.CASE_WORKER)]
NO_CALLS = dict.fromkeys(CONTACTS, ()), dict.fromkeys(TICKETS, ())


def desks(seed: int) -> Desks:
    """An agent and two case workers for ten hours: items, appointments, protected time, breaks, one after the other by chance."""
    chance = np.random.default_rng(seed)
    starts = np.sort(chance.choice(np.arange(0, 600, 5), 40, replace=False)) * MINUTE
    ends = np.minimum(starts + chance.integers(5, 60, 40) * MINUTE, np.append(starts[1:], 600 * MINUTE))
    kinds = chance.choice([APPOINTMENT, PROTECTED, BREAK], 40).astype(np.int8)
    comes = np.sort(chance.integers(-60, 600, 16)) * MINUTE
    none, both = np.zeros(3), np.zeros(4, np.int64)
    return Desks(
        agents=1,
        stops=10 * HOUR,
        seed=seed,
        replication=0,
        times=Times(both, both[:0], both[:0], np.array([0, 0, 20, 40]), np.tile(starts[::2], 2), np.tile(ends[::2], 2), kinds),
        items=Items(np.array([0, 0, 8, 16]), np.arange(16), np.concatenate([comes[::2], comes[1::2]]),
                    chance.integers(5, 90, 16) * MINUTE, np.zeros(16, np.int64)),
        load=Workload(none, none, none, none, none, 10.0 * MINUTE, 10.0 * MINUTE),
    )  # fmt: skip


def notes(seed: int) -> Ints:
    """What the three are at, as it changes by chance."""
    chance = np.random.default_rng(seed)
    since = np.sort(chance.integers(0, 600, 120)) * MINUTE
    states = chance.choice([one.value for one in SeatIs], 120)
    return np.column_stack([chance.integers(0, 3, 120), since, states, np.full(120, NOBODY)]).reshape(-1, LOG)


@pytest.mark.parametrize("seed", range(10))
def test_any_stretches_are_added_up_as_they_are(seed: int) -> None:
    given, log, months = desks(seed), notes(seed), np.array([5 * HOUR])
    roles, office = np.array(ROLES), np.zeros(3, np.int64)
    rows = work(log, given)
    staff = np.searchsorted(months, rows[:, W_START], side="right") * 3 + rows[:, W_SEAT]
    whole = Tables.of(*NO_CALLS, work=table(rows, staff, roles, office))
    for start, end in product((0, 47 * MINUTE, 5 * HOUR), (5 * HOUR + MINUTE, 431 * MINUTE, 10 * HOUR)):
        found = worked.worked(log, given, Window(start, end, months))
        sums = worked.table(found, np.arange(6).reshape(2, 3).T, roles, office)
        are_the_same(Tables.of(*NO_CALLS, worked=sums), within(whole, (start, end)))


def test_by_chance_everything_that_is_summed_is_there() -> None:
    whole = Window(0, 10 * HOUR, np.zeros(0, np.int64))
    found = sum(worked.worked(notes(seed), desks(seed), whole).sums.sum(axis=(0, 1, 2)) for seed in range(10))
    assert (found > 0).all()


@pytest.mark.slow  # the loop is compiled anew after every change of the rules
@pytest.mark.parametrize("model", access.names())
def test_of_an_office_only_the_sums_are_told_if_no_more_is_wished(model: str) -> None:
    course = Course(small_office(BUSY), access.load(model), days=4, first=date(2026, 3, 30), warm_up=1)
    run, whole, sums = (
        course.arrays.run,
        course.run(5, rows=True).tables,
        course.run(5, rows=True, summed=True).tables,
    )
    assert whole is not None
    assert sums is not None
    assert sums.work is None
    inside = within(whole, (run.begins, run.ends))
    are_the_same(sums, inside)
    assert sums.contacts.equals(whole.contacts)
    assert sums.worked is not None
    assert sums.worked["undisturbed"].sum() > 0


def are_the_same(sums: Tables, whole: Tables) -> None:
    assert sums.worked is not None
    assert whole.work is not None
    by = ["staff", "kind"]
    assert sums.worked.sort(by).rows(named=True) == summed(whole.work).sort(by).rows(named=True)
