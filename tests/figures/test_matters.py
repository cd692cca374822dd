"""Matters served in time, and the worst-served group: small tables with known answers, and laws."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from erreichbar.figures.groups import Part, by_group
from erreichbar.figures.matters import (
    calls_until_spoken,
    ended,
    served_in_time,
    served_in_time_by_responsible,
    still_open,
    time_to_served,
    urgent_in_time,
)
from erreichbar.record.tables import Tables
from erreichbar.record.words import Availability, Language, MatterEnd, TalkedWith, code
from tests.figures.by_hand import HOUR, tables

RESPONSIBLE, AGENT = code(TalkedWith.RESPONSIBLE), code(TalkedWith.AGENT)


def matter(first_try: int = 0, served: int = -1, end: MatterEnd | None = None, **more: Any) -> dict[str, Any]:
    return {
        "reason": "appointment", "arose": max(0, first_try), "first_try": first_try, "served": served, "end": code(end),
        "ended": max(served, 0) if end else -1, "needs_decision": 0, "served_with": AGENT if served >= 0 else -1, **more,
    }  # fmt: skip


FIVE = tables(
    matters=[
        matter(0, 1 * HOUR, MatterEnd.SETTLED, contact=0, tries=1),
        matter(0, 48 * HOUR, MatterEnd.TICKET, contact=1, tries=3, needs_decision=1, served_with=RESPONSIBLE),
        matter(HOUR, 49 * HOUR + 1, MatterEnd.TICKET, contact=2, tries=2, needs_decision=1, served_with=RESPONSIBLE),
        matter(0, 30 * HOUR, None, contact=3, tries=2, needs_decision=1, urgent=True, urgent_date=24 * HOUR),
        matter(-1, end=MatterEnd.NEVER_VOICED),
    ]
)


def test_in_time_is_within_48_hours_of_the_first_attempt_or_by_the_urgent_date() -> None:
    found = served_in_time(FIVE)
    assert (found.numerator, found.denominator, found.value) == (2, 5, 0.4)
    late = served_in_time(FIVE, arisen=(HOUR, 2 * HOUR))
    assert (late.numerator, late.denominator) == (0, 1)


def test_with_the_person_responsible_counts_among_those_that_need_a_decision() -> None:
    found = served_in_time_by_responsible(FIVE)
    assert (found.numerator, found.denominator) == (1, 3)
    urgent = urgent_in_time(FIVE)
    assert (urgent.numerator, urgent.denominator) == (0, 1)


def test_ends_calls_and_times() -> None:
    assert [ended(FIVE, end).numerator for end in MatterEnd] == [1, 2, 0, 0, 1]
    assert still_open(FIVE).numerator == 1
    assert calls_until_spoken(FIVE).value == 2.0
    assert time_to_served(FIVE).value == 30 * HOUR


def test_what_is_not_recorded_is_said_and_is_not_0() -> None:
    live = tables(matters=[matter(0, HOUR, MatterEnd.SETTLED, needs_decision=-1)])
    said = served_in_time_by_responsible(live)
    assert (said.recorded, said.value, said.numerator, said.denominator) == (False, None, -1, None)
    assert said.definition.en.endswith("Not recorded here.")
    assert served_in_time(live).recorded
    for figure in (served_in_time, still_open, calls_until_spoken, time_to_served, urgent_in_time):
        assert not figure(tables()).recorded
    assert by_group(tables()) == {}


def test_groups_are_named_beforehand_and_counted() -> None:
    late, german = code(Availability.LATE), code(Language.GERMAN)
    rows = [matter(0, HOUR, MatterEnd.SETTLED, available=late, language=german, telephone_only=1)] * 3
    rows += [matter(0, 60 * HOUR, MatterEnd.TICKET, reason="no_means", language=german + 1, advised=1)]
    found = by_group(tables(matters=rows))
    assert found["reason:appointment"] == Part(3, 3)
    assert found["reason:no_means"] == found["language:other"] == found["advised"] == Part(0, 1)
    assert found["available:late"] == found["language:de"] == found["telephone_only"] == Part(3, 3)
    assert found["available:any"] == Part(0, 0)


@st.composite
def needs(draw: st.DrawFn) -> Tables:
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        first = draw(st.integers(-1, 100)) * HOUR if draw(st.booleans()) else -1
        served = draw(st.integers(0, 200)) * HOUR if first >= 0 and draw(st.booleans()) else -1
        rows.append(
            matter(first, served, draw(st.sampled_from([None, *MatterEnd])), needs_decision=draw(st.integers(0, 1)))
        )
    return tables(matters=rows)


@given(needs())
def test_every_matter_counts_once(found: Tables) -> None:
    assert found.matters is not None
    assert sum(ended(found, end).numerator for end in MatterEnd) + still_open(found).numerator == found.matters.height
    assert served_in_time(found).denominator == found.matters.height
    whole = served_in_time(found).numerator
    parts = [served_in_time(found, (0, 50 * HOUR)).numerator, served_in_time(found, (50 * HOUR, 10**12)).numerator]
    assert sum(parts) == whole
