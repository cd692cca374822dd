"""Deadlines of urgent matters are days; a ticket closes with what was decided. The demo office, Monday to Friday 8 to 18."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar import office as offices
from erreichbar.promise.clocks import MINUTE
from erreichbar.promise.urgent import (
    Standing,
    closing_refusal,
    competent,
    deadline,
    missing,
    months_after,
    running,
    sooner,
)
from erreichbar.record.words import DecisionOutcome, TicketOutcome

OFFICE = offices.demo()
CALENDAR = OFFICE.calendar
NOW = CALENDAR.local("2026-03-05T10:00")
HOUSING = OFFICE.reasons["housing_approval"]


def days(**given: str) -> dict[str, date]:
    return {name: date.fromisoformat(day) for name, day in given.items()}


# -- deadlines ----------------------------------------------------------------------------------------------------------


def test_the_landlords_date_is_the_deadline_and_the_last_staffed_minute_of_that_day_the_last_chance() -> None:
    found = deadline(OFFICE, "housing_approval", days(landlord="2026-03-06"), NOW, CALENDAR)
    assert found is not None
    assert found.day == date(2026, 3, 6)
    assert found.decide_by == CALENDAR.local("2026-03-06T17:59")
    assert found.why.en == "Answer to the landlord by Fri 6 Mar 2026."
    assert found.why.de == "Antwort an die Vermietung bis Fr 06.03.2026."


def test_a_date_at_the_weekend_is_met_on_friday_or_not_at_all() -> None:
    sunday = deadline(OFFICE, "power_cut", days(cut_off="2026-03-08"), NOW, CALENDAR)
    assert sunday is not None
    assert sunday.decide_by == CALENDAR.local("2026-03-06T17:59")
    late = CALENDAR.local("2026-03-06T18:00")
    nobody = deadline(OFFICE, "power_cut", days(cut_off="2026-03-08"), late, CALENDAR)
    assert nobody is not None
    assert nobody.decide_by is None
    assert "Nobody is there until then." in nobody.why.en


def test_a_date_that_is_over_has_no_last_chance() -> None:
    over = deadline(OFFICE, "housing_approval", days(landlord="2026-03-04"), NOW, CALENDAR)
    assert over is not None
    assert (over.day, over.decide_by) == (date(2026, 3, 4), None)


@pytest.mark.parametrize(
    ("served", "ends"),
    [
        ("2026-03-05", "2026-05-05"),
        ("2025-12-31", "2026-02-28"),  # there is no 31 February: the month's last day
        ("2027-12-30", "2028-02-29"),
        ("2026-07-31", "2026-09-30"),
        ("2026-02-28", "2026-04-28"),
    ],
)
def test_two_months_after_service_end_on_the_day_of_that_number(served: str, ends: str) -> None:
    assert months_after(date.fromisoformat(served), 2) == date.fromisoformat(ends)


def test_a_period_that_ends_at_a_weekend_is_not_shortened_and_the_house_reckons_with_the_earlier_day() -> None:
    # Served on Monday 9 March 2026: two months later is Saturday 9 May, by § 193 BGB it ends on Monday.
    found = deadline(OFFICE, "rent_arrears_eviction", days(suit_served="2026-03-09"), NOW, CALENDAR)
    assert found is not None
    assert found.day == date(2026, 5, 9)
    assert found.decide_by == CALENDAR.local("2026-05-08T17:59")
    assert "§ 569(3) no. 2 BGB" in found.why.en
    assert "ends on Mon 11 May 2026 only" in found.why.en
    assert "§ 193 BGB verkürzt nichts" in found.why.de
    # Served on 1 March: 1 May is a public holiday, a Friday; the next working day is Monday.
    holiday = deadline(OFFICE, "rent_arrears_eviction", days(suit_served="2026-03-01"), NOW, CALENDAR)
    assert holiday is not None
    assert "ends on Mon 4 May 2026 only" in holiday.why.en
    assert holiday.decide_by == CALENDAR.local("2026-04-30T17:59")


def test_of_several_dates_the_earliest_counts() -> None:
    both = days(suit_served="2026-02-01", eviction="2026-03-20", landlord="2026-03-25")
    found = deadline(OFFICE, "rent_arrears_eviction", both, NOW, CALENDAR)
    assert found is not None
    assert found.day == date(2026, 3, 20)


def test_no_means_is_decided_on_the_same_day_or_on_the_next_one_that_is_open() -> None:
    today = deadline(OFFICE, "no_means", {}, NOW, CALENDAR)
    assert today is not None
    assert today.decide_by == CALENDAR.local("2026-03-05T17:59")
    saturday = deadline(OFFICE, "no_means", {}, CALENDAR.local("2026-03-07T09:00"), CALENDAR)
    assert saturday is not None
    assert (saturday.day, saturday.decide_by) == (date(2026, 3, 9), CALENDAR.local("2026-03-09T17:59"))


def test_midnight_belongs_to_the_day_that_begins() -> None:
    at = CALENDAR.local("2026-03-06T00:00")
    found = deadline(OFFICE, "no_means", {}, at, CALENDAR)
    assert found is not None
    assert found.day == date(2026, 3, 6)
    over = deadline(OFFICE, "power_cut", days(cut_off="2026-03-05"), at, CALENDAR)
    assert over is not None
    assert over.decide_by is None


@pytest.mark.parametrize("night", ["2026-03-28", "2026-10-24"])
def test_a_change_of_hour_moves_no_deadline(night: str) -> None:
    friday = date.fromisoformat(night) - timedelta(days=1)
    monday = friday + timedelta(days=3)
    opened = CALENDAR.local(f"{friday}T17:00")
    found = deadline(OFFICE, "power_cut", {"cut_off": monday}, opened, CALENDAR)
    assert found is not None
    assert found.decide_by == CALENDAR.local(f"{monday}T17:59")


def test_what_sets_no_deadline_has_none() -> None:
    assert deadline(OFFICE, "housing_approval", {}, NOW, CALENDAR) is None
    assert deadline(OFFICE, "housing_approval", days(cut_off="2026-03-06"), NOW, CALENDAR) is None
    assert deadline(OFFICE, "payment_status", days(landlord="2026-03-06"), NOW, CALENDAR) is None
    assert deadline(OFFICE, "gone", {}, NOW, CALENDAR) is None


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(
    st.sampled_from([reason.id for reason in OFFICE.reasons.values() if reason.decision]),
    st.dictionaries(st.sampled_from(["landlord", "cut_off", "eviction", "suit_served", "money_until"]), DAYS),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30)),
)
def test_the_last_chance_is_staffed_and_within_the_day_and_a_further_date_never_gives_more_time(
    reason: str, dates: dict[str, date], naive: datetime
) -> None:
    opened = naive.replace(tzinfo=OFFICE.zone, fold=0)
    whole = deadline(OFFICE, reason, dates, opened, CALENDAR)
    for name in dates:
        fewer = deadline(OFFICE, reason, {one: day for one, day in dates.items() if one != name}, opened, CALENDAR)
        assert fewer is None or (whole is not None and whole.day <= fewer.day)
    if whole is not None and whole.decide_by is not None:
        assert opened <= whole.decide_by
        assert whole.decide_by.astimezone(OFFICE.zone).date() <= whole.day
        assert CALENDAR.is_open(whole.decide_by)


@given(DAYS, st.integers(1, 24))
def test_months_after_never_skip_a_month(day: date, months: int) -> None:
    ends = months_after(day, months)
    assert (ends.year * 12 + ends.month) - (day.year * 12 + day.month) == months
    assert ends.day == day.day or (ends + timedelta(days=1)).day == 1


def test_the_date_stands_beside_the_promise_and_only_brings_its_steps_forward() -> None:
    promise, own = NOW + timedelta(hours=47), NOW + timedelta(hours=5)
    assert sooner(promise, own) == own == sooner(own, promise)
    assert sooner(promise, None) == promise
    assert sooner(None, own) is None, "what the calendar makes impossible stays so"
    assert running(promise, own, NOW) == own
    assert running(promise, own, own + MINUTE) == promise, "once its own date is over, the promise is still to be kept"


# -- the decision -------------------------------------------------------------------------------------------------------


def test_what_is_missing_of_a_checklist() -> None:
    assert [one.id for one in missing(HOUSING, {"reasonable"})] == ["unsigned", "household"]
    assert missing(HOUSING, {"unsigned", "reasonable", "household", "gone"}) == ()
    assert missing(OFFICE.reasons["payment_status"], ()) == ()


def test_the_place_of_the_new_flat_says_which_body_is_competent() -> None:
    ours, other = competent(OFFICE, " 41460 "), competent(OFFICE, "40213")
    assert ours is not None and ours.ours
    assert other is not None and (other.ours, other.telephone) == (False, "+492214710900")
    assert competent(OFFICE, "10115") is None


APPROVED, SENT = Standing(DecisionOutcome.APPROVED, False), Standing(DecisionOutcome.APPROVED, True)


def refused(reason: str, standing: Standing | None, outcome: TicketOutcome) -> bool:
    return closing_refusal(OFFICE.reasons[reason], standing, outcome) is not None


def test_a_housing_approval_ends_with_the_written_assurance_and_nothing_else() -> None:
    for outcome in TicketOutcome:
        open_way = outcome is TicketOutcome.DONE_NOT_TOLD
        assert refused("housing_approval", None, outcome) is not (open_way or outcome is TicketOutcome.REFERRED)
        assert refused("housing_approval", APPROVED, outcome) is not open_way
        sent = outcome is TicketOutcome.WRITTEN_ASSURANCE_SENT
        assert refused("housing_approval", SENT, outcome) is not (open_way or sent)


def test_a_refusal_needs_its_letter_too_and_what_is_not_needed_any_more_needs_none() -> None:
    for sent in (False, True):
        standing = Standing(DecisionOutcome.REFUSED, sent)
        assert refused("housing_approval", standing, TicketOutcome.DECIDED) is not sent
        assert refused("housing_approval", standing, TicketOutcome.WRITTEN_ASSURANCE_SENT)
    assert not refused("housing_approval", Standing(DecisionOutcome.NOT_NEEDED, False), TicketOutcome.SETTLED)


def test_other_matters_are_decided_but_need_no_letter() -> None:
    assert refused("no_means", None, TicketOutcome.SETTLED)
    assert not refused("no_means", APPROVED, TicketOutcome.DECIDED)
    assert refused("no_means", SENT, TicketOutcome.WRITTEN_ASSURANCE_SENT)
    assert not refused("payment_status", None, TicketOutcome.SETTLED)
    assert refused("payment_status", None, TicketOutcome.WRITTEN_ASSURANCE_SENT)
    assert closing_refusal(None, None, TicketOutcome.SETTLED) is None
