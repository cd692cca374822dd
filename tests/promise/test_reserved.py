"""What of today is kept free for callbacks, and how many fit."""

from datetime import datetime

import pytest

from erreichbar import office as offices
from erreichbar.office import Office
from erreichbar.promise.presence import Entry, Roster, Taken
from erreichbar.promise.reserved import reserved_today


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-05T{text}+01:00")


@pytest.fixture(scope="module")
def office() -> Office:
    telephone = 'sip_user = "seat-lange"\n'
    hours = '[people.callback_hours]\nthursday = ["11:00-12:00", "15:00-15:20"]\n'
    return offices.loads(offices.demo().text.replace(telephone, telephone + hours, 1), "reserved.toml")


def test_what_is_left_of_today_and_how_many_fit_into_each_stretch(office: Office) -> None:
    roster = Roster(office)
    found = reserved_today(roster, "lange", at("10:00"))
    assert found is not None
    assert found.periods == ((at("11:00"), at("12:00")), (at("15:00"), at("15:20")))
    assert found.fits == 7 + 2, "eight minutes each; the rest of one stretch is of no use in the other"
    later = reserved_today(roster, "lange", at("11:45"))
    assert later is not None
    assert (later.periods[0], later.fits) == ((at("11:45"), at("12:00")), 1 + 2)


def test_an_appointment_takes_of_it_and_an_absence_all(office: Office) -> None:
    def taken(start: str, end: str, kind: Taken) -> Roster:
        return Roster(office, [Entry("lange", at(start), at(end), kind)])

    found = reserved_today(taken("11:10", "12:00", Taken.APPOINTMENT), "lange", at("10:00"))
    assert found is not None
    assert found.fits == 1 + 2
    assert reserved_today(taken("08:00", "18:00", Taken.ABSENT), "lange", at("10:00")) is None


def test_nothing_is_said_where_nothing_is_kept_free_or_left(office: Office) -> None:
    roster = Roster(office)
    assert reserved_today(roster, "yildiz", at("10:00")) is None
    assert reserved_today(roster, "nobody", at("10:00")) is None
    assert reserved_today(roster, "lange", at("15:20")) is None
    assert reserved_today(roster, "lange", datetime.fromisoformat("2026-03-06T09:00+01:00")) is None
