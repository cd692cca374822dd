"""Undisturbed work, interruptions, hours and euros; direct calls; conservation: by hand, and laws."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.figures import direct, work
from erreichbar.figures.conservation import matters_end_once, minutes_add_up
from erreichbar.figures.figure import Figure
from erreichbar.figures.window import within
from erreichbar.office.model import OrganisationKind
from erreichbar.record.tables import Tables
from erreichbar.record.words import Line, MatterEnd, Role, TalkedWith, WorkKind, code
from tests.figures.by_hand import HOUR, MINUTE, call, stretch, tables

CASE, SHUT, CALL, IDLE = WorkKind.CASE_WORK, WorkKind.PROTECTED, WorkKind.CALL, WorkKind.IDLE
DAY = [
    stretch(1, CASE, 0, 25),
    stretch(1, CASE, 25, 40, interrupted=1),
    stretch(1, CALL, 40, 45, contact=0),
    stretch(1, CASE, 45, 78, resuming=5 * MINUTE),
    stretch(1, WorkKind.APPOINTMENT, 78, 120),
    stretch(1, SHUT, 120, 149),
    stretch(1, IDLE, 149, 240),
    stretch(2, CASE, 0, 20),
    stretch(2, IDLE, 20, 240),
]
"""Two case workers, four hours: stretches of case work of 40, 33 (28 without resuming), 29 and 20 minutes."""


def test_undisturbed_is_at_least_30_minutes_on_end() -> None:
    day = tables(work=DAY)
    found = work.undisturbed_work(day, 40)
    assert (found.numerator, found.denominator) == (73 * MINUTE, 8 * HOUR)
    assert found.value == 73 * MINUTE * 5
    assert work.undisturbed_work(day, 40, resuming=False).numerator == 40 * MINUTE
    assert work.interruptions(day, 40).value == 5.0
    assert work.resuming_mean(day).value == 5 * MINUTE
    assert work.time_of(day, Role.CASE_WORKER, CALL).value == pytest.approx(5 / 480)


def test_what_lies_across_the_edge_of_a_window_is_cut() -> None:
    rows = [stretch(1, CASE, 0, 60, resuming=20 * MINUTE, interrupted=1), stretch(1, CALL, 60, 70, contact=0)]
    day = tables(work=rows)

    def cut(start: int, end: int) -> tuple[int, int, int]:
        inside = within(day, (start * MINUTE, end * MINUTE)).work
        assert inside is not None
        row = inside.row(0, named=True)
        return (row["end"] - row["start"]) // MINUTE, row["resuming"] // MINUTE, row["interrupted"]

    assert cut(0, 60) == (60, 20, 1)
    assert cut(15, 60) == (45, 5, 1)
    assert cut(30, 60) == (30, 0, 1)
    assert cut(0, 30) == (30, 20, 0)
    assert cut(0, 10) == (10, 10, 0)


def test_an_interruption_without_a_call_between_ends_a_stretch_too() -> None:
    rows = [stretch(1, CASE, 0, 20, interrupted=1), stretch(1, CASE, 20, 40)]
    assert work.undisturbed_work(tables(work=rows), 40).numerator == 0


def test_hours_and_euros_by_role_and_organisation() -> None:
    centre = [
        stretch(3, CALL, 0, 40, role=code(Role.AGENT), organisation=1, contact=0),
        stretch(3, CALL, 40, 60, role=code(Role.AGENT), organisation=1, contact=1),
    ]
    # It rang for ten minutes; half of the second conversation is the office's, to which the agent put it through.
    calls = [
        call(0, 10 * MINUTE, 40 * MINUTE, staff=3),
        call(0, 40 * MINUTE, 80 * MINUTE, staff=3, transferred=60 * MINUTE),
        call(0, 40 * MINUTE, 80 * MINUTE, staff=1),
    ]
    day = tables(calls, work=[*DAY, *centre])
    office, bought = OrganisationKind.OFFICE, OrganisationKind.CENTRE
    assert work.staff_hours(day, Role.CASE_WORKER, office).numerator == 8 * HOUR
    wages = {Role.CASE_WORKER: 46.0, Role.AGENT: 32.0}
    assert work.euros(day, office, wages).value == 368.0
    assert work.euros(day, bought, wages).value == 32.0
    price = work.Price(per_month=1000.0, per_call=2.0, per_minute=0.5)
    assert work.euros(day, bought, wages, price, months=2.0).value == 2000 + 2 * 2 + (30 + 20) / 2


def test_the_live_centre_says_that_it_keeps_no_times_of_people() -> None:
    live = tables(contacts=[call(0, 5, 10)])
    said: list[Figure] = [
        work.undisturbed_work(live, 39), work.interruptions(live, 39), work.resuming_mean(live),
        work.time_of(live, Role.AGENT, CALL), work.staff_hours(live, Role.AGENT, OrganisationKind.OFFICE),
        work.euros(live, OrganisationKind.OFFICE, {}), direct.misdirected(live), direct.diverted(live),
        direct.transferred(live, Role.CASE_WORKER), direct.callbacks_held_up(tables(tickets=[{}])),
    ]  # fmt: skip
    assert [figure.name for figure in said if figure.recorded or figure.value is not None] == []
    assert {figure.numerator for figure in said} == {-1}


def on_line(person: int, talk: int, **more: Any) -> dict[str, Any]:
    return call(0, 0, talk * MINUTE, line=code(Line.DIRECT), role=code(Role.CASE_WORKER), person=person, **more)


def test_direct_calls() -> None:
    rows = [on_line(person, 1) for person in range(1, 20)] + [on_line(0, 11, misdirected=0, diverted=1)]
    rows += [
        call(0, ended=MINUTE, line=code(Line.DIRECT)),
        call(0, 2, 3, misdirected=1, transferred=2, transferred_to=1),
    ]
    found = tables(contacts=rows, work=[])
    top = direct.direct_time_of_top_callers(found)
    assert (top.numerator, top.denominator) == (12 * MINUTE, 30 * MINUTE)
    assert direct.direct_reachability(found).value == pytest.approx(20 / 21)
    assert direct.misdirected(found).value == 0.5
    assert direct.diverted(found).value == 1.0
    assert direct.transferred(found, Role.CASE_WORKER).value == pytest.approx(1 / 21)
    assert direct.wait_mean_by_role(found, Role.AGENT).value == 2


def test_tickets() -> None:
    whom = code(TalkedWith.RESPONSIBLE)
    rows = [{"reached": 5, "with_whom": whom, "held_up": 10}, {"reached": 6, "with_whom": whom + 1, "held_up": 20}, {}]
    found = tables(tickets=rows)
    assert direct.talked_with(found, TalkedWith.RESPONSIBLE).value == 0.5
    assert direct.callbacks_held_up(found).value == 15


def test_minutes_add_up_or_it_is_said_whose_do_not() -> None:
    there = {1: [(0, 100 * MINUTE), (100 * MINUTE, 240 * MINUTE)], 2: [(0, 240 * MINUTE)]}
    assert minutes_add_up(tables(work=DAY), there) == []
    assert minutes_add_up(tables(work=DAY[1:]), there) == [
        f"staff 1: at work ({25 * MINUTE}, {240 * MINUTE}), there (0, {240 * MINUTE})"
    ]
    twice = minutes_add_up(tables(work=[*DAY, stretch(2, CALL, 30, 40)]), there)
    assert twice == [f"staff 2: two things at once from {30 * MINUTE} to {40 * MINUTE}"]
    assert minutes_add_up(tables(work=DAY), {**there, 7: [(0, 1)]}) == ["staff 7: at work None, there (0, 1)"]
    assert minutes_add_up(tables(), there) == ["work is not recorded"]


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.data())
def test_any_cutting_of_somebodys_time_adds_up_and_any_loss_shows(lengths: list[int], data: st.DataObject) -> None:
    rows, at = [], 0
    for length in lengths:
        rows.append(stretch(4, data.draw(st.sampled_from(list(WorkKind))), at, at + length))
        at += length
    there = {4: [(0, at * MINUTE)]}
    whole = tables(work=rows)
    assert minutes_add_up(whole, there) == []
    kinds = sum(work.time_of(whole, Role.CASE_WORKER, kind).numerator for kind in WorkKind)
    assert kinds == at * MINUTE
    assert (
        work.undisturbed_work(whole, 39, resuming=False).numerator
        <= work.undisturbed_work(whole, 39).numerator
        <= kinds
    )
    lost = data.draw(st.integers(0, len(rows) - 1))
    assert minutes_add_up(tables(work=rows[:lost] + rows[lost + 1 :]), there)


def ending() -> Tables:
    return tables(
        tickets=[{"matter": 1, "closed": 9, "reached": 8}],
        matters=[
            {"arose": 0, "first_try": 0, "contact": 0, "served": 3, "served_with": 3, "ended": 3, "end": code(MatterEnd.SETTLED)},
            {"arose": 0, "first_try": 0, "contact": 1, "ticket": 0, "served": 8, "served_with": 0, "ended": 9,
             "end": code(MatterEnd.TICKET)},
            {"arose": 4, "ended": 4, "end": code(MatterEnd.NEVER_VOICED)},
            {"arose": 5, "first_try": 5},
        ],
    )  # fmt: skip


def test_every_matter_ends_once() -> None:
    assert matters_end_once(ending()) == []
    assert matters_end_once(tables()) == ["matters are not recorded"]


@pytest.mark.parametrize(
    ("matter", "column", "value", "said"),
    [
        (0, "ended", -1, "matter 0 has an end without a moment, or a moment without an end"),
        (3, "ended", 7, "matter 3 has an end without a moment, or a moment without an end"),
        (2, "ended", 3, "matter 2 ended before it arose"),
        (2, "served", 5, "matter 2 was never voiced, but served or tried"),
        (0, "ticket", 0, "matter 0 was settled in a call and has a ticket"),
        (1, "ticket", -1, "matter 1 ended through a ticket it does not have"),
        (1, "ended", 8, "matter 1 did not end when its ticket was closed"),
        (0, "served_with", -1, "matter 0 was served by nobody"),
        (3, "ticket", 0, "matter 3 and its ticket do not name each other"),
    ],
)
def test_a_matter_that_ends_wrongly_is_named(matter: int, column: str, value: int, said: str) -> None:
    good = ending()
    assert good.matters is not None
    values = good.matters[column].to_list()
    values[matter] = value
    changed = good.matters.with_columns(pl.Series(column, values, dtype=good.matters[column].dtype))
    broken = Tables(good.contacts, good.tickets, changed)
    assert said in matters_end_once(broken)
