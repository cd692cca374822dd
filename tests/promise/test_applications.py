"""An application works back by local days: the last minute of a month belongs to it, at every change of hour too."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar import office as offices
from erreichbar.promise.applications import made_at, works_back_to
from erreichbar.record.words import WorksBack

OFFICE = offices.demo()
AWARD, SUPPORT = OFFICE.applications["new_award"], OFFICE.applications["work_support"]


@pytest.mark.parametrize(
    ("made", "first"),
    [
        ("2026-03-31T23:59:59+02:00", "2026-03-01"),
        ("2026-03-31T21:59:59+00:00", "2026-03-01"),  # the same moment as UTC has it
        ("2026-03-31T22:00:00+00:00", "2026-04-01"),  # midnight here, still March in UTC
        ("2026-01-31T23:59:00+01:00", "2026-01-01"),
        ("2026-01-31T23:00:00+00:00", "2026-02-01"),
        ("2026-10-25T02:30:00+02:00", "2026-10-01"),  # half past two, the first time
        ("2026-10-25T02:30:00+01:00", "2026-10-01"),
        ("2026-03-29T01:00:00+00:00", "2026-03-01"),
        ("2027-12-31T23:59:59.999+01:00", "2027-12-01"),
        ("2028-02-29T12:00:00+01:00", "2028-02-01"),
    ],
)
def test_it_works_back_to_the_first_of_the_local_month(made: str, first: str) -> None:
    assert works_back_to(AWARD, datetime.fromisoformat(made), OFFICE.zone).day == date.fromisoformat(first)


def test_another_law_works_back_to_the_day() -> None:
    made = datetime.fromisoformat("2026-03-31T22:30:00+00:00")
    assert works_back_to(SUPPORT, made, OFFICE.zone).day == date(2026, 4, 1)


def test_the_law_is_named_with_its_date() -> None:
    why = works_back_to(AWARD, datetime.fromisoformat("2026-03-31T22:30:00+00:00"), OFFICE.zone).why
    assert why.de == "§ 37 Abs. 2 Satz 2 SGB II, Stand 26.03.2022"
    assert why.en == "§ 37(2) sentence 2 SGB II, as of 26 Mar 2022"


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(tzinfo=OFFICE.zone))


@given(MOMENTS, st.sampled_from(WorksBack))
def test_it_never_works_back_beyond_the_month_nor_forward(made: datetime, rule: WorksBack) -> None:
    day = works_back_to(replace(AWARD, works_back=rule), made, OFFICE.zone).day
    assert day <= made.date() and (day.year, day.month) == (made.year, made.month)


def test_it_counts_from_the_conversation_and_not_from_the_typing() -> None:
    began, entered = (datetime.fromisoformat(f"2026-{at}+02:00") for at in ("03-31T23:58:00", "04-01T00:04:00"))
    assert made_at(entered, began) == began
    assert made_at(entered, None) == entered
    assert made_at(began, entered) == began  # two machines whose clocks differ: never later than it was entered
