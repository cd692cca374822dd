"""A small office with absences, appointments and breaks: loop and twin tell the same of it under every preset, to the last digit."""

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl
import pytest

from erreichbar import access
from erreichbar.figures.conservation import matters_end_once, minutes_add_up
from erreichbar.figures.matters import served_in_time
from erreichbar.lab.engine.simulating import Course
from erreichbar.lab.office import LabOffice, load
from erreichbar.lab.office.draw import arising_of, items_of, times_of
from erreichbar.lab.office.items import resuming_ms
from erreichbar.lab.office.people import Staff
from erreichbar.lab.office.times import APPOINTMENT, KINDS, PROTECTED
from erreichbar.office import moments
from erreichbar.promise.presence import Entry
from erreichbar.record.tables import CONTACTS, MATTERS, TICKETS, WORK, Tables
from erreichbar.record.words import (
    AttemptOutcome,
    Availability,
    CallOutcome,
    Direction,
    Line,
    MatterEnd,
    Role,
    WorkKind,
    code,
)
from erreichbar.traffic import Citizens
from tests.lab import twin
from tests.lab.engine.test_whole import since_start
from tests.lab.twin.arisen import Authority
from tests.lab.twin.desks import Desk, Item, there
from tests.lab.twin.world import EPOCH, MS, Simulated

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules
FIRST = date(2026, 3, 2)
SUMMER = 27 * 24 * 3_600_000
"""Until then local days have 24 hours (ms since the start)."""
INBOUND = code(Direction.INBOUND)
SMALL: Mapping[str, float] = {
    "lab.shifts.early.agents": 2,
    "lab.shifts.late.agents": 1,
    "lab.teams.benefits.teams": 1,
    "lab.teams.benefits.people": 3,
    "lab.teams.placement.teams": 2,
    "lab.teams.placement.people": 2,
    "traffic.volume.benefit_units": 600,
    "traffic.people.shared_number": 0.5,
}


BUSY: Mapping[str, float] = {
    "lab.direct.uses": 0.5,
    "lab.direct.misdirected": 0.2,
    "lab.citizens.advised": 0.3,
    "lab.callback.morning": 0.3,
}
MANY_ABSENT: Mapping[str, float] = {
    "lab.teams.benefits.away.absence": 0.5,
    "lab.teams.benefits.case_work.items_per_week": 4,
    "lab.teams.duty.away.absence": 0.5,
}
SELDOM_LOOKING: Mapping[str, float] = {
    "traffic.seats.case_work_min.median": 200,
    "traffic.seats.case_work_min.mean": 300,
    "traffic.callback.reached_centre": 0.3,
}
ASKING: Mapping[str, float] = {
    **BUSY,
    "lab.status_calls.elasticity": 5,
    "lab.status_calls.after_h.median": 1,
    "lab.status_calls.after_h.mean": 3,
    "lab.teams.benefits.case_work.usual_days": 1,
    "lab.teams.placement.case_work.usual_days": 1,
}
INDUCED: Mapping[str, float] = {"lab.direct.induced": 0.25}
VISITING: Mapping[str, float] = {
    "lab.citizens.in_person": 0.8,
    "lab.citizens.in_person_h.median": 3,
    "lab.citizens.in_person_h.mean": 12,
    "lab.citizens.telephone_only": 0.1,
}
PERSISTENT: Mapping[str, float] = {
    "lab.citizens.before_noon": 0.3,
    "lab.citizens.after_noon": 0.2,
    "lab.citizens.late": 0.2,
    "lab.citizens.after_missed": 0.9,
    "lab.citizens.chases": 0.9,
    "lab.citizens.most_calls": 2,
    "lab.callback.morning": 0.3,
    "traffic.callback.reached_centre": 0.2,
    "traffic.patience.mean_s": 40,
    "traffic.seats.case_work_min.median": 200,
    "traffic.seats.case_work_min.mean": 300,
}
EVERYTHING: Mapping[str, float] = {**BUSY, **PERSISTENT, **INDUCED, **VISITING}


def small_office(also: Mapping[str, float]) -> LabOffice:
    """The contracted office, so small that its twin is quick."""
    return load("as-contracted").varied({**SMALL, **also})


def simulated(course: Course, seed: int) -> Simulated:
    """Return as the twin wants it what the lab draws of people's time, and what its office has besides."""
    arrays, office = course.arrays, course.office
    drawn, zone = times_of(arrays, seed, 0), office.office.zone
    midnights = [moments.at(FIRST + timedelta(days=day), 0, zone) for day in range(arrays.run.days + 1)]
    start = midnights[0]
    origin = (start - EPOCH) // MS
    entered, at_work = list[Entry](), dict[str, list[tuple[int, int]]]()
    for place, one in enumerate(office.staff):
        user = one.person.id
        if not is_wanted(course, one):
            at_work[user] = []
            continue
        there = list(
            zip(
                *(
                    rows[drawn.there_first[place] : drawn.there_first[place + 1]]
                    for rows in (drawn.there_start, drawn.there_end)
                ),
                strict=True,
            )
        )
        taken = range(drawn.taken_first[place], drawn.taken_first[place + 1])
        for day, midnight in enumerate(midnights[:-1]):
            begins, ends = ((moment - start) // MS for moment in midnights[day : day + 2])
            if not any(begins <= comes < ends for comes, _ in there):
                entered.append(Entry(user, midnight, midnights[day + 1]))
        for row in taken:
            kind = KINDS.get(int(drawn.taken_kind[row]))
            if kind is not None:
                entered.append(
                    Entry(user, start + int(drawn.taken_start[row]) * MS, start + int(drawn.taken_end[row]) * MS, kind)
                )
        at_work[user] = []
        for comes, leaves in there:
            here = int(comes)
            for row in taken:
                if comes <= drawn.taken_start[row] < leaves:
                    if here < drawn.taken_start[row]:
                        at_work[user].append((origin + here, origin + int(drawn.taken_start[row])))
                    here = int(drawn.taken_end[row])
            if here < leaves:
                at_work[user].append((origin + here, origin + int(leaves)))
    settled = {
        reason.id: tuple(map(float, parts))
        for reason, parts in zip(office.reasons, arrays.reasons.settles, strict=True)
    }
    reasons, staff = arrays.reasons, office.staff
    names = [reason.id for reason in office.reasons]
    authority = Authority(
        plain=dict(zip(names, map(float, reasons.plain), strict=True)),
        decides={name: tuple(map(bool, row)) for name, row in zip(names, reasons.decides, strict=True)},
        area=dict(zip(names, map(int, reasons.area), strict=True)),
        works_on={one.person.id: one.area for one in staff},
        ends=origin + arrays.run.stops,
    )
    return Simulated(seed, entered, at_work, arrays.further, settled, desks(course, seed, origin), authority)


def is_wanted(course: Course, one: Staff) -> bool:
    """Return whether somebody has anything to do: no agent has where there is no centre."""
    return course.model.rules.centre or one.person.role is not Role.AGENT


def desks(course: Course, seed: int, origin: int) -> dict[str, Desk]:
    """Return as the twin wants it what the lab draws of case work, and of what takes people's time."""
    arrays, found = course.arrays, dict[str, Desk]()
    drawn, items, load = times_of(arrays, seed, 0), items_of(arrays, seed, 0), arrays.workload

    def to_resume(key: int, nth: int) -> int:
        return resuming_ms(load, seed, 0, key, nth)

    for place, one in enumerate(course.office.staff):
        rows = range(drawn.taken_first[place], drawn.taken_first[place + 1])
        planned = [
            (
                origin + int(drawn.taken_start[row]),
                origin + int(drawn.taken_end[row]),
                TAKEN.get(int(drawn.taken_kind[row]), WorkKind.OTHER),
            )
            for row in rows
        ]
        if not is_wanted(course, one):
            planned = []
        mine = range(items.first[place], items.first[place + 1])
        cases = [
            Item(int(items.key[row]), origin + int(items.arrives[row]), int(items.size[row]), int(items.household[row]))
            for row in mine
        ]
        found[one.person.id] = Desk(planned, cases, to_resume, origin + arrays.run.stops, float(load.usual[place]))
    return found


TAKEN = {APPOINTMENT: WorkKind.APPOINTMENT, PROTECTED: WorkKind.PROTECTED}


@pytest.mark.parametrize(
    ("model", "seed", "also"),
    [
        *((model, seed, EVERYTHING) for seed, model in enumerate(access.names(), 1)),
        ("recognisable-callback", 20, MANY_ABSENT),
        ("recognisable-callback", 21, SELDOM_LOOKING),
        ("direct-lines-and-daily-hours", 22, SELDOM_LOOKING),
        ("urgent-lane", 23, MANY_ABSENT),
        ("recognisable-callback", 24, ASKING),
        ("direct-lines-and-daily-hours", 25, ASKING),
        ("direct-lines", 26, {**ASKING, **INDUCED}),
    ],
)
def test_the_loop_tells_of_an_office_under_every_preset_what_the_twin_tells(
    model: str, seed: int, also: Mapping[str, float]
) -> None:
    office, chosen = small_office(also), access.load(model)
    course = Course(office, chosen, days=15, first=FIRST, warm_up=0)
    from_loop = course.run(seed, rows=True).tables
    assert from_loop is not None
    citizens = Citizens(office.parameters, office.office, seed)
    also_known = simulated(course, seed)
    world = twin.live(office.office, chosen, citizens, FIRST, course.arrays.run.days, 0, also_known)
    from_twin = world.tables()
    origin = (moments.at(FIRST, 0, office.office.zone) - EPOCH) // MS
    assert from_loop.contacts.to_dicts() == since_start(from_twin.contacts, CONTACTS, origin).to_dicts()
    assert from_loop.tickets.to_dicts() == since_start(from_twin.tickets, TICKETS, origin).to_dicts()
    assert from_twin.matters is not None
    assert from_loop.matters is not None
    assert from_loop.matters.to_dicts() == since_start(from_twin.matters, MATTERS, origin).to_dicts()
    assert from_twin.work is not None
    assert from_loop.work is not None
    assert from_loop.work.to_dicts() == since_start(from_twin.work, WORK, origin).to_dicts()
    assert matters_end_once(from_loop) == []
    assert minutes_add_up(from_twin, there(world)) == []
    assert from_loop.tickets["with_whom"].n_unique() > 2, "nobody would stand in for anybody"


def test_when_it_is_seldom_that_a_morning_call_reaches_somebody_fewer_are_reached_then() -> None:
    minutes = pl.col("start") % (24 * 3_600_000) // 60_000
    reached = list[float]()
    for factor in (1.0, 0.1):
        office = small_office({"lab.callback.morning": factor})
        found = Course(office, access.load("service-centre"), days=15, first=FIRST, warm_up=0).run(1, rows=True).tables
        assert found is not None
        mornings = found.contacts.filter(pl.col("attempt_outcome") >= 0, minutes < 11 * 60)
        answered = mornings.filter(pl.col("attempt_outcome") == code(AttemptOutcome.REACHED))
        reached.append(answered.height / mornings.height)
    assert reached[1] < 0.3 * reached[0]


def played(model: str, seed: int, days: int, also: Mapping[str, float]) -> Tables:
    found = Course(small_office(also), access.load(model), days=days, first=FIRST, warm_up=0).run(seed, rows=True)
    assert found.tables is not None
    return found.tables


def test_who_is_missed_for_the_last_time_or_whose_promise_is_broken_calls_about_it() -> None:
    counted, none = dict[str, int](), dict.fromkeys(("lab.citizens.after_missed", "lab.citizens.chases"), 0.0)
    for behaves in ("after_missed", "chases", "neither"):
        also = none if behaves == "neither" else {**none, f"lab.citizens.{behaves}": 1.0}
        found = played("service-centre", 1, 30, {**PERSISTENT, **also})
        with_agents = found.contacts.filter(pl.col("direction") == INBOUND, pl.col("ticket") >= 0)
        about = with_agents.filter(pl.col("ring_back_of") < 0)
        counted[behaves] = about.height
        assert not about["tickets_opened"].sum()
        assert found.tickets["ring_backs"].sum() == with_agents.height - about.height
    assert counted["neither"] == 0 < min(counted["after_missed"], counted["chases"])


def test_citizens_call_when_they_are_able_to() -> None:
    found = played("service-centre", 1, 15, PERSISTENT)
    assert found.matters is not None
    minute = pl.col("start") % (24 * 3_600_000) // 60_000
    called = found.contacts.filter(pl.col("direction") == INBOUND)
    first = found.matters.join(called, on="contact").filter(pl.col("tries") == 1)
    for able, begins, ends in (
        (Availability.BEFORE_NOON, 0, 12 * 60),
        (Availability.AFTER_NOON, 12 * 60, 24 * 60),
        (Availability.LATE, 16 * 60, 24 * 60),
    ):
        then = first.filter(pl.col("available") == code(able), pl.col("start") < SUMMER)
        minutes = then.select(minute.alias("minute"))["minute"]
        assert minutes.is_between(begins, ends - 1).all()
        assert minutes.n_unique() > 10, "nobody waits for the stroke of the clock"
    put_off = found.matters.filter(pl.col("first_try") > pl.col("arose"))
    assert put_off.height
    never = found.matters.filter(pl.col("end") == code(MatterEnd.NEVER_VOICED))
    assert never.height
    assert (never["first_try"] < 0).all()


def test_where_numbers_are_published_more_matters_arise() -> None:
    for model, more in (("direct-lines", True), ("advice-centre-list", False), ("phone-hours-daily", False)):
        found, without = (played(model, 5, 15, {**BUSY, "lab.direct.induced": part}).matters for part in (0.25, 0.0))
        assert found is not None
        assert without is not None
        arose = ("arose", "reason", "needs_decision", "urgent_date")
        assert found.head(without.height).select(arose).equals(without.select(arose)), (
            "those that arise anyway are the same"
        )
        extra = found.tail(found.height - without.height)
        assert (0.15 < extra.height / without.height < 0.35) if more else not extra.height
        voiced = extra.filter(pl.col("contact") >= 0)
        assert (voiced.height > 0) == more
        assert voiced["contact"].is_unique().all(), "each in a call of its own"


def test_who_waits_too_long_for_a_decision_asks() -> None:
    def played(also: Mapping[str, float]) -> Tables:
        course = Course(
            small_office(also), access.load("direct-lines-and-daily-hours"), days=15, first=FIRST, warm_up=0
        )
        found = course.run(4, rows=True)
        assert found.sums == course.run(4).sums
        assert found.tables is not None
        return found.tables

    with_calls, without = played(ASKING), played({**ASKING, "lab.status_calls.elasticity": 0})
    asking = (
        (pl.col("matters") == 0)
        & (pl.col("ring_back_of") < 0)
        & (pl.col("answered") >= 0)
        & (pl.col("direction") == INBOUND)
    )
    directly = asking & (pl.col("line") == code(Line.DIRECT))
    assert with_calls.contacts.filter(directly).height
    assert with_calls.contacts.filter(asking & ~directly).height
    assert not without.contacts.filter(asking).height
    assert with_calls.matters is not None
    assert without.matters is not None
    arose = ("arose", "reason", "needs_decision", "urgent_date")
    assert with_calls.matters.select(arose).equals(without.matters.select(arose)), "whoever asks has no new matter"


@pytest.mark.parametrize("model", access.names())
def test_every_matter_that_arose_is_there_in_every_model(model: str) -> None:
    office, arisen = small_office(BUSY), (0, 20 * 24 * 3_600_000)
    course = Course(office, access.load(model), days=20, first=FIRST, warm_up=0)
    found, drawn = course.run(3, rows=True).tables, arising_of(course.arrays, 3, 0)
    assert found is not None
    assert found.matters is not None
    assert matters_end_once(found) == []
    assert found.matters["arose"].to_list() == drawn.arises.repeat(drawn.matters).tolist()
    # Settled in calls of the table are those of the calls, but for what was settled when it was voiced again.
    in_calls = found.contacts.filter(pl.col("direction") == code(Direction.INBOUND))["settled"].sum()
    settled = found.matters.filter(pl.col("end") == code(MatterEnd.SETTLED)).height
    assert 0 < settled <= in_calls
    assert found.matters.filter(pl.col("ticket") >= 0).height <= found.tickets.height
    plain = found.matters.filter((pl.col("end") == code(MatterEnd.SETTLED)) & (pl.col("needs_decision") == 0))
    assert (plain["served"] <= plain["ended"]).all()
    assert (plain["served"] >= 0).all()
    never_told = found.matters.filter(pl.col("contact") < 0)
    assert (never_told["served"] < 0).all()
    ends = (MatterEnd.GIVEN_UP, MatterEnd.IN_PERSON, MatterEnd.NEVER_VOICED)
    assert set(never_told["end"]) <= {-1, *(code(end) for end in ends)}
    share = served_in_time(found, arisen)
    assert share.value is not None
    assert 0.3 < share.value < 1


@pytest.mark.parametrize(
    ("model", "happened"),
    [
        ("transfer-once", pl.col("transferred_to") == code(Role.CASE_WORKER)),
        ("urgent-lane", pl.col("transferred_to") == code(Role.DUTY_OFFICER)),
        ("phone-hours-daily", pl.col("transferred_to") == code(Role.CASE_WORKER)),
        (
            "phone-hours-twice-weekly",
            (pl.col("line") == code(Line.DIRECT)) & (pl.col("role") == code(Role.CASE_WORKER)),
        ),
        ("phone-hours-twice-weekly", (pl.col("line") == code(Line.DIRECT)) & (pl.col("role") == code(Role.AGENT))),
        ("direct-lines", (pl.col("diverted") == 1) & (pl.col("role") == code(Role.CASE_WORKER))),
        ("direct-lines", pl.col("misdirected") == 1),
        ("direct-lines", (pl.col("line") == code(Line.DIRECT)) & (pl.col("outcome") == code(CallOutcome.TURNED_AWAY))),
        ("direct-lines-and-daily-hours", (pl.col("diverted") == 1) & (pl.col("role") == code(Role.CASE_WORKER))),
        ("advice-centre-list", (pl.col("line") == code(Line.DIRECT)) & (pl.col("role") == code(Role.CASE_WORKER))),
    ],
)
def test_under_each_preset_happens_what_it_is_for(model: str, happened: pl.Expr) -> None:
    tables = Course(small_office(BUSY), access.load(model), days=40, first=FIRST, warm_up=0).run(1, rows=True).tables
    assert tables is not None
    assert tables.contacts.filter(happened).height
    central = (
        Course(small_office(BUSY), access.load("service-centre"), days=5, first=FIRST, warm_up=0)
        .run(1, rows=True)
        .tables
    )
    assert central is not None
    assert not central.contacts.filter(happened).height, "else it would say nothing of the model"
