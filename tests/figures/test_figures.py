"""The figures on any history that an office could have had."""

from hypothesis import given
from hypothesis import strategies as st

from erreichbar.figures import Part, demo_day
from erreichbar.figures.calls import counts, reachability, service_level
from erreichbar.figures.first_contact import settled_at_first_contact
from erreichbar.figures.promise import in_time, kept
from erreichbar.record.tables import CONTACTS, TICKETS, Tables
from erreichbar.record.words import CallOutcome, ClockName, Direction, code

HOUR = 3_600_000
MOMENTS = st.integers(0, 200 * HOUR)


@st.composite
def histories(draw: st.DrawFn) -> Tables:
    contacts = [_contact(draw, row) for row in range(draw(st.integers(0, 7)))]
    tickets = [_ticket(draw, row) for row in range(draw(st.integers(0, 7)))]
    return Tables.of(
        {name: [row.get(name, _empty(name)) for row in contacts] for name in CONTACTS},
        {name: [row.get(name, _empty(name)) for row in tickets] for name in TICKETS},
    )


def _empty(name: str) -> object:
    column = {**CONTACTS, **TICKETS}[name]
    return {"String": "", "Boolean": False}.get(column.dtype.__name__, 0 if column.unit == "count" else -1)


def _contact(draw: st.DrawFn, row: int) -> dict[str, object]:
    start, in_hours = draw(MOMENTS), draw(st.booleans())
    outcome = draw(st.sampled_from([None, *CallOutcome][:-1])) if in_hours else CallOutcome.OUT_OF_HOURS
    wait = draw(st.integers(0, HOUR))
    answered = start + wait if outcome is CallOutcome.ANSWERED else -1
    matters = draw(st.integers(0, 3)) if answered >= 0 else 0
    return {
        "contact": row,
        "direction": code(Direction.INBOUND),
        "start": start,
        "in_service_hours": in_hours,
        "outcome": code(outcome),
        "answered": answered,
        "ended": start + wait if outcome is not None and answered < 0 else -1,
        "wait": wait if outcome is not None else -1,
        "matters": matters,
        "settled": draw(st.integers(0, matters)),
    }


def _ticket(draw: st.DrawFn, row: int) -> dict[str, object]:
    opened = draw(MOMENTS)
    later = sorted(opened + draw(st.integers(0, 100 * HOUR)) for _ in range(draw(st.integers(0, 3))))
    parts = dict(zip([part.value for part in Part], later, strict=False))
    return {
        "ticket": row,
        "opened": opened,
        "due_elapsed": opened + 48 * HOUR,
        "due_service_hours": opened + draw(st.integers(48, 200)) * HOUR,
        "due_working_days": opened + draw(st.integers(24, 120)) * HOUR,
        "last_chance": draw(st.sampled_from([-1, opened + HOUR])),
        "closed": parts.get("resolved", -1),
        **parts,
    }


@given(histories(), st.none() | MOMENTS)
def test_offered_is_answered_abandoned_and_turned_away(tables: Tables, until: int | None) -> None:
    found = counts(tables, until)
    assert found.offered == found.answered + found.abandoned + found.turned_away
    arrived = sum(start <= (2**62 if until is None else until) for start in tables.contacts["start"])
    assert found.offered + found.out_of_hours + found.open == arrived


@given(histories(), st.none() | MOMENTS)
def test_attempted_reached_resolved_fall_on_every_clock(tables: Tables, until: int | None) -> None:
    for clock in ClockName:
        attempted, reached, resolved = (in_time(tables, part, clock, until) for part in Part)
        assert attempted >= reached >= resolved
        shares = [kept(tables, part, clock, until) for part in Part]
        assert len({figure.denominator for figure in shares}) == 1
        assert shares[0].numerator >= shares[1].numerator >= shares[2].numerator


@given(histories(), MOMENTS, MOMENTS)
def test_counts_in_time_never_fall_as_time_goes_on(tables: Tables, one: int, other: int) -> None:
    for clock in ClockName:
        for part in Part:
            assert in_time(tables, part, clock, min(one, other)) <= in_time(tables, part, clock, max(one, other))


@given(histories())
def test_parts_are_no_larger_than_their_whole(tables: Tables) -> None:
    for figure in (reachability(tables), service_level(tables, 20), settled_at_first_contact(tables)):
        assert figure.denominator is not None
        assert 0 <= figure.numerator <= figure.denominator
        assert (figure.value is None) is (figure.denominator == 0)
        assert figure.definition.de != figure.definition.en
    assert service_level(tables, 20).numerator <= service_level(tables, 30).numerator <= counts(tables).answered


@given(histories(), MOMENTS)
def test_the_demo_prints_whole_numbers(tables: Tables, until: int) -> None:
    day = demo_day(tables, until)
    resolved = day["resolved_in_time"]
    assert isinstance(resolved, dict)
    assert set(resolved) == {"elapsed", "service_hours", "working_days"}
    for value in day.values():
        for number in value.values() if isinstance(value, dict) else [value]:
            assert type(number) is int
