"""On whose desk a ticket lies. Thursday 5 March 2026, the demo office: lange → yildiz → schwarz → lange in team 401."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from erreichbar import office as offices
from erreichbar.promise.presence import Entry, Roster, Taken
from erreichbar.promise.stand_in import Holder, Level, candidates, holder

OFFICE = offices.demo()
NOW = OFFICE.calendar.local("2026-03-05T10:00")
LIMIT = NOW + timedelta(hours=6)
TEAM = ("lange", "yildiz", "schwarz")


def away(*people: str, until: datetime | None = None) -> list[Entry]:
    return [Entry(person, NOW - timedelta(hours=1), until) for person in people]


def held(
    entered: list[Entry],
    responsible: str | None = "lange",
    *,
    limit: datetime | None = LIMIT,
    present: str | None = None,
    stays: bool = False,
    **tickets: int,
) -> Holder:
    return holder(
        OFFICE, Roster(OFFICE, entered), unit="benefits-1", responsible=responsible, now=NOW, limit=limit,
        open_tickets=tickets, present=present, stays=stays,
    )  # fmt: skip


def test_whoever_is_responsible_and_there_holds_it() -> None:
    found = held([])
    assert (found.person, found.level, found.in_time, found.free_from) == ("lange", Level.RESPONSIBLE, True, NOW)


def test_whoever_comes_back_in_time_keeps_it() -> None:
    found = held(away("lange", until=NOW + timedelta(hours=3)))
    assert (found.person, found.free_from) == ("lange", NOW + timedelta(hours=3))


def test_who_is_absent_today_is_stood_in_for_even_if_she_is_back_in_time() -> None:
    tomorrow = OFFICE.calendar.local("2026-03-06T08:00")
    limit = tomorrow + timedelta(hours=1)
    assert held(away("lange", until=tomorrow), limit=limit).person == "yildiz"
    nobody_else = [*away("lange", until=tomorrow), *away(*(one for one in OFFICE.people if one != "lange"))]
    found = held(nobody_else, limit=limit)
    assert (found.person, found.in_time, found.free_from) == ("lange", True, tomorrow)


def test_nine_minutes_are_no_callback() -> None:
    assert held(away("lange", until=LIMIT - timedelta(minutes=9))).person == "yildiz"
    assert held(away("lange", until=LIMIT - timedelta(minutes=10))).person == "lange"


def test_the_deputy_stands_in_and_the_reason_names_both() -> None:
    found = held(away("lange"))
    assert (found.person, found.level, found.in_time) == ("yildiz", Level.DEPUTY, True)
    assert found.why.en == "Deputy for Petra Lange, who is not there (Benefits, team 401)"
    assert found.why.de == "Vertretung für Petra Lange, zurzeit nicht da (Leistung, Team 401)"


def test_several_absences_go_down_the_line_once_although_deputies_stand_in_a_circle() -> None:
    assert held(away("lange", "yildiz")).person == "schwarz"
    found = held(away(*TEAM))
    assert (found.person, found.level) == ("brandt", Level.DUTY_OFFICER)
    found = held(away(*TEAM, "brandt", "roth"))
    assert (found.person, found.level) == ("kaminski", Level.TEAM_LEADER)
    assert held(away(*TEAM, "brandt", "roth", "kaminski")).person == "vogt"


def test_the_pool_gives_it_to_who_has_least() -> None:
    found = held([], None, lange=3, yildiz=1, schwarz=2)
    assert (found.person, found.level, found.why.en) == ("yildiz", Level.RESPONSIBLE, "Benefits, team 401")
    assert held(away("yildiz"), None, lange=3, yildiz=1, schwarz=2).person == "schwarz"


def test_in_appointments_until_the_limit_is_not_there_in_time() -> None:
    assert held([Entry("lange", NOW, LIMIT, Taken.APPOINTMENT)]).person == "yildiz"


def test_when_nobody_is_there_in_time_whoever_is_first_holds_it_and_it_is_said() -> None:
    everybody = [person for person, _ in candidates(OFFICE, "benefits-1", "lange", {})]
    monday = OFFICE.calendar.local("2026-03-09T08:00")
    found = held([*away(*everybody[1:]), *away("lange", until=monday)])
    assert (found.person, found.in_time, found.free_from) == ("lange", False, monday)
    assert "Nobody is there before the promise runs out" in found.why.en


def test_a_broken_promise_goes_to_whoever_is_free_first() -> None:
    found = held(away("lange", until=NOW + timedelta(hours=1)), limit=None)
    assert (found.person, found.in_time) == ("yildiz", False)


def test_little_time_is_better_than_none() -> None:
    late = away(*OFFICE.people, until=LIMIT - timedelta(minutes=2))
    found = held(late)
    assert (found.person, found.in_time, found.free_from) == ("lange", True, LIMIT - timedelta(minutes=2))


def test_at_once_means_who_is_there_now() -> None:
    later = away("lange", until=NOW + timedelta(hours=1))
    roster = Roster(OFFICE, later)
    found = holder(OFFICE, roster, unit="benefits-1", responsible="lange", now=NOW, limit=LIMIT, at_once=True)
    assert (found.person, found.level) == ("yildiz", Level.DEPUTY)
    evening = OFFICE.calendar.local("2026-03-05T19:00")
    asleep = holder(
        OFFICE, Roster(OFFICE), unit="benefits-1", responsible="lange", now=evening,
        limit=evening + timedelta(days=1), at_once=True,
    )  # fmt: skip
    assert asleep.person == "lange"


def test_an_office_with_nobody_says_so() -> None:
    found = held(away(*OFFICE.people))
    assert (found.person, found.level, found.in_time) == (None, Level.NOBODY, False)
    assert "tell the management" in found.why.en


def test_it_stays_with_who_has_it_if_the_office_wants_it_so() -> None:
    assert held([], present="schwarz", stays=True).person == "schwarz"
    assert held([], present="schwarz").person == "lange"
    assert held(away("schwarz"), present="schwarz", stays=True).person == "lange"


def test_in_the_pool_it_does_not_wander_to_who_has_less_by_now() -> None:
    assert held(away("lange"), "gone", present="schwarz", yildiz=1, schwarz=4).person == "schwarz"
    assert held(away("lange", "schwarz"), "gone", present="schwarz", yildiz=9).person == "yildiz"


def test_a_leaver_whom_the_office_file_no_longer_knows_is_stood_in_for() -> None:
    found = held([], "gone")
    assert (found.person, found.level) == ("lange", Level.POOL)
    assert "for gone" in found.why.en


PEOPLE = sorted(OFFICE.people)
HOURS = st.integers(-2, 80)


@given(
    st.lists(st.tuples(st.sampled_from(PEOPLE), HOURS, st.none() | HOURS, st.sampled_from(Taken)), max_size=40),
    st.sampled_from(sorted(OFFICE.units)),
    st.none() | st.sampled_from(PEOPLE),
    st.none() | HOURS,
)
def test_no_ticket_without_a_holder_who_is_there_in_time_unless_there_is_nobody(
    told: list[tuple[str, int, int | None, Taken]], unit: str, responsible: str | None, hours: int | None
) -> None:
    def at(hour: int) -> datetime:
        return NOW + timedelta(hours=hour)

    entered = [Entry(person, at(start), None if end is None else at(end), kind) for person, start, end, kind in told]
    roster = Roster(OFFICE, entered)
    limit = None if hours is None else at(hours)
    found = holder(OFFICE, roster, unit=unit, responsible=responsible, now=NOW, limit=limit)
    asked = [person for person, _ in candidates(OFFICE, unit, responsible, {})]
    assert len(asked) == len(set(asked))
    if limit is not None and not found.in_time:
        assert not any(roster.free(person, NOW, max(NOW, limit)) for person in asked)
    if found.person is None:
        assert all(roster.presence(person, NOW).free_from is None for person in asked)
    else:
        assert found.free_from == roster.presence(found.person, NOW).free_from
