"""What citizens do, compiled, is what they do in plain Python, to the last bit; and it is what ``Citizens`` says."""

import math
from datetime import date

import numpy as np
import pytest

from erreichbar import office as offices
from erreichbar.lab.compiling import compiled
from erreichbar.record.words import PresentedNumber, Role, code
from erreichbar.traffic import Citizens, behaviour, further, parameters, process, who
from erreichbar.traffic.arrivals import Arrivals, day_number
from erreichbar.traffic.behaviour import Times

OFFICE = offices.demo()
PARAMETERS = parameters(OFFICE)
BEHAVIOUR = behaviour.behaviour(PARAMETERS)
CALLERS = who.callers(PARAMETERS)
SHARES = [reason.share for reason in OFFICE.reasons.values()]
FURTHER = further.NEUTRAL._replace(
    in_person=0.4, in_person_after=Times(6e7, 9e7), after_missed=0.5, after_missed_after=Times(1e6, 2e6), chases=0.3,
    chases_after=Times(1e6, 2e6), before_noon=0.2, after_noon=0.1, late=0.1, telephone_only=0.2, advised=0.1,
    uses_direct=0.5, uses_direct_advised=0.8, misdirected=0.1, induced=0.1, urgent_mean=2e8, urgent_least=1e8,
    immediate_mean=3e7, status_elasticity=0.5, status_after=Times(1e6, 2e6), morning=0.9,
)  # fmt: skip
CITIZENS = [day_number(date(2026, 3, 5)) * process.PLACES + nth for nth in range(400)]
KEYS = [(seed, replication, citizen) for seed, replication in ((1, 0), (7, 3)) for citizen in CITIZENS]


def test_calls_are_the_same() -> None:
    for key in KEYS:
        for nth in range(2):
            for function in (behaviour.patience_ms, behaviour.calls_again_ms, behaviour.wrap_up_ms):
                assert compiled(function)(BEHAVIOUR, *key, nth) == function(BEHAVIOUR, *key, nth)
            for role in range(3):
                args = (BEHAVIOUR, *key, nth, role, 2)
                assert compiled(behaviour.talk_ms)(*args) == behaviour.talk_ms(*args)
            for presented in range(3):
                for in_window in (True, False):
                    again = (BEHAVIOUR, *key, nth, presented, in_window, 0.9)
                    assert compiled(behaviour.answers)(*again) == behaviour.answers(*again)
                back = (BEHAVIOUR, *key, nth, presented)
                assert compiled(behaviour.rings_back_ms)(*back) == behaviour.rings_back_ms(*back)


def test_who_calls_is_the_same() -> None:
    rows, lists = np.zeros(3, np.int64), [0, 0, 0]
    weights = list(PARAMETERS.people.languages.value.values())
    for key in KEYS:
        place = who.place_of(CALLERS, *key, 14_600)
        assert compiled(who.place_of)(CALLERS, *key, 14_600) == place
        assert compiled(who.withholds)(CALLERS, *key, place) == who.withholds(CALLERS, *key, place)
        assert compiled(who.window_of)(CALLERS, *key, 6) == who.window_of(CALLERS, *key, 6)
        assert compiled(who.language_of)(np.array(weights), key[0], place) == who.language_of(weights, key[0], place)
        count = who.matters_of(CALLERS, SHARES, *key, lists)
        assert compiled(who.matters_of)(CALLERS, np.array(SHARES), *key, rows) == count
        assert list(rows[:count]) == lists[:count]
        assert len(set(lists[:count])) == count


def test_what_the_office_makes_them_do_is_the_same() -> None:
    for seed, replication, citizen in KEYS:
        key, place = (seed, replication, citizen), citizen % 9_000
        args: tuple[object, ...]
        for function, args in (
            (further.instead_of_calling, (*key, False)),
            (further.comes_after_ms, key),
            (further.calls_after_missed_ms, (*key, 1)),
            (further.chases_ms, (*key, 2, 1)),
            (further.availability_of, (seed, place)),
            (further.is_telephone_only, (seed, place)),
            (further.is_advised, (seed, place)),
            (further.dials_direct, (*key, 0, True)),
            (further.is_misdirected, (*key, 0)),
            (further.is_induced, key),
            (further.date_after_ms, (*key, 0, False)),
            (further.asks_after_ms, (*key, 2e7)),
        ):
            assert compiled(function)(FURTHER, *args) == function(FURTHER, *args), function


@pytest.mark.parametrize("day", [date(2026, 3, 5), date(2026, 3, 7), date(2026, 1, 2)])
def test_days_are_the_same(day: date) -> None:
    arrivals = Arrivals(PARAMETERS, OFFICE.calendar)
    profile = arrivals.profile(day)
    nearly, key = math.nextafter(profile[-1], 0.0), day_number(day)
    total = arrivals.expected(day) * compiled(process.luck)(5, 2, key, arrivals.variation)
    found = np.zeros(2_000, np.int64)
    count = compiled(process.times_of_day)(np.array(profile), nearly, total, 5, 2, key, found)
    assert list(found[:count]) == arrivals.times(day, 5, 2)
    too_small = np.zeros(max(0, count - 1), np.int64)
    assert compiled(process.times_of_day)(np.array(profile), nearly, total, 5, 2, key, too_small) == count


def test_citizens_say_what_the_functions_say() -> None:
    citizens = Citizens(PARAMETERS, OFFICE, 7, 3)
    for citizen in citizens.calls_on(date(2026, 3, 5)):
        key = (7, 3, citizen.id)
        assert citizens.patience_ms(citizen, 1) == behaviour.patience_ms(BEHAVIOUR, *key, 1)
        talk = behaviour.talk_ms(BEHAVIOUR, *key, 0, code(Role.CASE_WORKER), len(citizen.matters))
        assert citizens.talk_ms(citizen, 0, Role.CASE_WORKER) == talk
        inside = citizen.window is not None
        said = citizens.answers_callback(citizen, 0, PresentedNumber.OWN, True)
        assert code(said) == behaviour.answers(BEHAVIOUR, *key, 0, code(PresentedNumber.OWN), inside, 1.0)


def test_the_longer_a_decision_takes_the_more_people_ask() -> None:
    day, cases = 24 * 3_600_000, range(4_000)
    f = further.NEUTRAL._replace(status_elasticity=0.5, status_after=Times(day, day))
    after = [further.asks_after_ms(f, 1, 0, case, 10.0 * day) for case in cases]
    by = {days: sum(one <= days * day for one in after) / len(after) for days in (11, 12, 15, 20, 30)}
    assert by == pytest.approx({11: 0.05, 12: 0.1, 15: 0.25, 20: 0.5, 30: 1.0}, abs=0.02)
    assert min(after) >= 11 * day - 1


def test_who_would_call_while_the_line_is_closed_calls_when_it_is_open_next() -> None:
    opens, closes = [480, 840], [720, 1_080]
    asked = [(0, 0.5), (480, 0.5), (719, 0.5), (720, 0.25), (1_079, 0.25), (1_080, 0.25)]
    assert [further.when_open(moment, u, opens, closes) for moment, u in asked] == [600, 480, 719, 900, 1_079, -1]
    for moment, u in asked:
        rows = np.array(opens), np.array(closes)
        assert compiled(further.when_open)(moment, u, *rows) == further.when_open(moment, u, opens, closes)


def test_nothing_happens_in_the_neutral_world() -> None:
    for seed, replication, citizen in KEYS[:100]:
        key = (seed, replication, citizen)
        f = further.NEUTRAL
        assert further.instead_of_calling(f, *key, False) == further.GIVES_UP
        assert further.calls_after_missed_ms(f, *key, 0) == further.chases_ms(f, *key, 0, 0) == -1
        assert not further.dials_direct(f, *key, 0, True)
        assert not further.is_induced(f, *key)
        assert further.asks_after_ms(f, *key, 10.0) == -1
        assert further.reached_at(f, 9 * 60) == further.reached_at(f, 17 * 60) == 1.0
