"""Who decides now. The demo office's roster: Brandt, but Wednesday afternoon and Friday Roth; 16 and 17 March 2026 Roth."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar import office as offices
from erreichbar.promise.duty import Turn, may_decide, on_duty, order, shift_at, shifts
from erreichbar.promise.presence import Entry, Roster, Taken
from erreichbar.promise.stand_in import Level, candidates, holder, holder_of

OFFICE = offices.demo()
LOCAL = OFFICE.calendar.local
NOW = LOCAL("2026-03-05T10:00")


def away(*people: str) -> Roster:
    return Roster(OFFICE, [Entry(person, NOW - timedelta(days=30), None) for person in people])


@pytest.mark.parametrize(
    ("at", "officer"),
    [
        ("2026-03-05T08:00", "brandt"),
        ("2026-03-04T12:59", "brandt"),
        ("2026-03-04T13:00", "roth"),
        ("2026-03-06T17:59", "roth"),
        ("2026-03-06T18:00", None),
        ("2026-03-05T07:59", None),
        ("2026-03-16T09:00", "roth"),
        ("2026-03-16T22:00", "roth"),  # a line of single days without times is for the whole day
        ("2026-03-18T00:00", None),
    ],
)
def test_the_roster_names_an_officer(at: str, officer: str | None) -> None:
    shift = shift_at(OFFICE, LOCAL(at))
    assert (shift.duty.officer if shift else None) == officer


def test_the_officer_then_her_deputy_then_the_leaders() -> None:
    found = on_duty(OFFICE, away(), NOW)
    assert (found.person, found.turn, found.until) == ("brandt", Turn.OFFICER, LOCAL("2026-03-05T18:00"))
    assert found.next == ("roth", LOCAL("2026-03-06T08:00"))
    assert found.why.en == "by the duty roster, until Thu 5 Mar 2026, 18:00"
    deputy = on_duty(OFFICE, away("brandt"), NOW)
    assert (deputy.person, deputy.turn) == ("roth", Turn.DEPUTY)
    assert deputy.why.de == "Vertretung für Julia Brandt, zurzeit nicht da"
    leader = on_duty(OFFICE, away("brandt", "roth"), NOW)
    assert (leader.person, leader.turn) == ("kaminski", Turn.LEADER)
    assert leader.why.en == "not there: Julia Brandt, Alex Roth"


def test_in_an_appointment_is_there_for_what_is_urgent() -> None:
    taken = Roster(OFFICE, [Entry("brandt", NOW, NOW + timedelta(hours=1), Taken.APPOINTMENT)])
    assert on_duty(OFFICE, taken, NOW).person == "brandt"


def test_at_night_nobody_decides_and_it_is_said_who_is_next() -> None:
    found = on_duty(OFFICE, away(), LOCAL("2026-03-05T22:00"))
    assert (found.person, found.turn) == (None, None)
    assert found.next == ("roth", LOCAL("2026-03-06T08:00"))
    nobody = on_duty(OFFICE, away(*OFFICE.people), NOW)
    assert (nobody.person, nobody.next) == (None, None)
    assert "tell the management" in nobody.why.en


def test_who_may_not_decide_about_a_matter_is_not_asked_for_it() -> None:
    assert may_decide(OFFICE, "brandt", "no_means") == "duty-office"
    assert may_decide(OFFICE, "kaminski", "no_means") == "team-leaders"
    assert may_decide(OFFICE, "lange", "no_means") is None
    assert may_decide(OFFICE, "brandt", "payment_status") is None
    roth_only = 'reasons = ["housing_approval", "no_means", "rent_arrears_eviction", "power_cut", "health_insurance_gap"]\npeople = ["brandt", "roth"]'
    assert roth_only in OFFICE.text
    changed = OFFICE.text.replace(roth_only, roth_only.replace('"brandt", ', ""))
    office = offices.loads(changed, "office.toml")
    assert [person for person, _ in order(office, NOW, reason="no_means")] == ["roth", "kaminski", "vogt"]
    assert [person for person, _ in order(office, NOW, reason="safety")][:2] == ["brandt", "roth"]


def test_without_a_roster_every_officer_is_one() -> None:
    text = OFFICE.text[: OFFICE.text.index("[[duty]]")] + OFFICE.text[OFFICE.text.index("[[authorities]]") :]
    office = offices.loads(text, "office.toml")
    assert office.duty == ()
    assert order(office, NOW, unit="benefits-2")[:3] == [
        ("roth", Turn.OFFICER), ("brandt", Turn.OFFICER), ("kaminski", Turn.LEADER),
    ]  # fmt: skip
    assert on_duty(office, Roster(office), NOW).person == "brandt"


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_on_the_day_of_a_change_of_hour_a_whole_day_is_whole(day: str) -> None:
    text = OFFICE.text.replace("day = 2026-03-16\nuntil = 2026-03-17", f"day = {day}")
    office = offices.loads(text, "office.toml")
    midnight = LOCAL(f"{day}T00:00")
    (shift,) = shifts(office, midnight, midnight + timedelta(hours=22))
    assert shift.start == midnight
    assert shift.end - shift.start == timedelta(hours=23 if day == "2026-03-29" else 25)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.sets(st.sampled_from(sorted(OFFICE.people))),
    st.none() | st.sampled_from(sorted(OFFICE.reasons)),
)
def test_whoever_decides_is_there_and_may_and_nobody_before_her_is(
    naive: datetime, absent: set[str], reason: str | None
) -> None:
    at = naive.replace(tzinfo=OFFICE.zone)
    roster = Roster(OFFICE, [Entry(person, at - timedelta(days=1), None) for person in absent])
    found = on_duty(OFFICE, roster, at, reason=reason)
    asked = [person for person, _ in order(OFFICE, at, reason=reason)]
    assert len(asked) == len(set(asked))
    here = [person for person in asked if roster.presence(person, at).here]
    assert found.person == (here[0] if here else None)
    if reason and OFFICE.reasons[reason].decision:
        assert all(may_decide(OFFICE, person, reason) for person in asked)


# -- on whose desk it lies ----------------------------------------------------------------------------------------------


def test_an_urgent_ticket_lies_with_the_duty_office_before_the_pool_and_the_deputies() -> None:
    people = [one for one, _ in candidates(OFFICE, "benefits-1", "brandt", {}, urgent="no_means", at=NOW)]
    assert people[:4] == ["brandt", "roth", "kaminski", "vogt"]
    assert set(people) == {one for one, _ in candidates(OFFICE, "benefits-1", "brandt", {})}
    nobody_responsible = [one for one, _ in candidates(OFFICE, "benefits-1", None, {}, urgent="no_means", at=NOW)]
    assert nobody_responsible[:2] == ["brandt", "roth"]

    def held(roster: Roster, responsible: str | None = "brandt") -> tuple[str | None, Level, str]:
        found = holder(
            OFFICE, roster, unit="benefits-1", responsible=responsible, now=NOW,
            limit=NOW + timedelta(hours=5), urgent="no_means",
        )  # fmt: skip
        return found.person, found.level, found.why.en

    assert held(away()) == ("brandt", Level.RESPONSIBLE, "Duty office (Benefits, team 401)")
    assert held(away(), None) == ("brandt", Level.DUTY_OFFICER, "Duty office (Benefits, team 401)")
    assert held(away("brandt"))[:2] == ("roth", Level.DUTY_OFFICER)
    assert held(away("brandt"))[2] == "Duty office for Julia Brandt, who is not there (Benefits, team 401)"
    assert held(away("brandt", "roth"))[:2] == ("kaminski", Level.TEAM_LEADER)
    assert held(away("brandt", "roth", "kaminski", "vogt"))[0] == "lange", "rather somebody who can talk than nobody"


def test_its_own_date_brings_forward_by_when_somebody_must_be_there() -> None:
    def held(roster: Roster, decide_by: datetime | None) -> str | None:
        return holder_of(
            OFFICE, roster, unit="benefits-1", responsible="brandt", opened=NOW, due=NOW + timedelta(hours=48),
            last_chance=LOCAL("2026-03-06T17:59"), now=NOW, open_tickets={}, urgent="no_means", decide_by=decide_by,
        ).person  # fmt: skip

    back_at_half_past_two = Roster(OFFICE, [Entry("brandt", NOW - timedelta(hours=1), LOCAL("2026-03-05T14:30"))])
    assert held(back_at_half_past_two, None) == "brandt"
    today = held(back_at_half_past_two, LOCAL("2026-03-05T17:59"))
    assert today == "roth", "half of the time until today's end is over at two"
