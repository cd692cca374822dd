"""Who waits how long, the course of the day, and what lies outside the window that counts."""

from erreichbar.figures.calls import calls, counts
from erreichbar.figures.first_contact import settled_without_repeat
from erreichbar.figures.once import asked_once
from erreichbar.figures.waiting import HALF_HOURS, SERVED_H, WAITED_S, by_half_hour, served_after, waited
from erreichbar.figures.window import within
from erreichbar.figures.work import undisturbed_work
from erreichbar.record.words import WorkKind
from tests.figures.by_hand import HOUR, MINUTE, call, stretch, tables

DAY = 24 * HOUR


def test_waits_fall_into_classes_that_are_everything() -> None:
    waits = (0, 20_000, 20_001, 60_000, 299_999, 600_001)
    found = waited(tables([call(0, wait, wait + 1) for wait in waits]))
    assert found == (2, 2, 0, 1, 0, 1)
    assert len(found) == len(WAITED_S) + 1


def test_who_hung_up_waited_too_and_out_of_hours_nobody_waits() -> None:
    assert waited(tables([call(0, -1, 90_000), call(0, -1, 0, in_service_hours=False)])) == (0, 0, 1, 0, 0, 0)


def test_matters_by_how_long_they_took_and_those_never_served() -> None:
    rows = [{"first_try": 0, "served": served} for served in (HOUR, HOUR + 1, 48 * HOUR, 121 * HOUR, -1)]
    found = served_after(tables(matters=[*rows, {"first_try": -1, "served": -1}]))
    assert found == (1, 1, 1, 0, 1, 2)
    assert found is not None and len(found) == len(SERVED_H) + 2
    assert served_after(tables()) is None


def test_half_hours_of_all_days_are_added_up() -> None:
    seen = [
        call(DAY + 8 * HOUR, DAY + 8 * HOUR, DAY + 9 * HOUR),
        call(2 * DAY + 8 * HOUR + 29 * MINUTE, -1, 2 * DAY + 8 * HOUR + 30 * MINUTE),
        call(3 * DAY - 1, 3 * DAY - 1, 3 * DAY),
    ]
    found = by_half_hour(
        tables([call(DAY - 1, DAY, DAY + 1), *seen, call(3 * DAY, -1, 3 * DAY)]), [DAY, 2 * DAY, 3 * DAY]
    )
    assert len(found.offered) == HALF_HOURS
    assert {place: n for place, n in enumerate(found.offered) if n} == {16: 2, 47: 1}
    assert {place: n for place, n in enumerate(found.answered) if n} == {16: 1, 47: 1}


def test_a_window_leaves_out_what_began_before_and_after_it_and_cuts_time() -> None:
    whole = tables(
        [call(start, start, start + 10) for start in (HOUR - 1, HOUR, 2 * HOUR - 1, 2 * HOUR)],
        [{"opened": 0, "closed": HOUR}, {"opened": HOUR, "closed": 9 * HOUR}],
        [{"arose": 0}, {"arose": HOUR}, {"arose": 2 * HOUR}],
        [stretch(0, WorkKind.CASE_WORK, 20, 90), stretch(0, WorkKind.CASE_WORK, 130, 200)],
    )
    inside = within(whole, (HOUR, 2 * HOUR))
    assert counts(inside).answered == 2
    assert inside.tickets["closed"].to_list() == [9 * HOUR]
    assert inside.matters is not None and inside.matters["arose"].to_list() == [HOUR]
    assert inside.work is not None and inside.work.select("start", "end").rows() == [(60 * MINUTE, 90 * MINUTE)]
    assert undisturbed_work(inside, 39).numerator == 30 * MINUTE
    assert within(tables(), (0, 1)).work is None


def test_a_call_of_the_last_day_is_looked_for_after_it() -> None:
    person = {"person": 1, "matters": 1, "settled": 1, "reason": "appointment"}
    again = {**person, "previous": 0, "same_reason": True}
    seen = tables([call(DAY, DAY, DAY + 1, **person), call(3 * DAY, 3 * DAY, 3 * DAY + 1, **again)])
    window = (0, 2 * DAY)
    assert settled_without_repeat(seen, begun=window).numerator == 0
    assert settled_without_repeat(seen, begun=window).denominator == 1
    assert settled_without_repeat(within(seen, window)).numerator == 1, "what follows would be missed"


def test_what_is_asked_once_is_what_is_asked_anew() -> None:
    one, other = tables([call(0, 5, 9), call(10, -1, 12)]), tables([call(0, 7, 8)])
    with asked_once():
        assert calls(one) is calls(one)
        assert (counts(one).answered, counts(one).abandoned, counts(other).answered) == (1, 1, 1)
        assert counts(one, until=3).open == 1, "as of a moment it is always asked anew"
    assert calls(one) is not calls(one)
