"""The default offices hold what is known of such offices; files with faults are told what would be possible."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from erreichbar import access
from erreichbar import office as offices
from erreichbar.access import PhoneHours
from erreichbar.lab.office import NAMES, LabFaults, LabOffice, load
from erreichbar.lab.office.checking import loads
from erreichbar.lab.office.expected import expected
from erreichbar.office.responsibility import responsible
from erreichbar.record.words import Role

DAY = date(2026, 3, 2)
CONTRACTED = load("as-contracted")
AUDITED = load("as-audited")
FITTED = (
    "traffic.volume.calls_per_benefit_unit_and_month",
    "traffic.patience.calls_again",
    "lab.agents.away.absence",
    "lab.agents.away.breaks",
)


def test_the_contracts_office_answers_about_92_of_100_calls_by_erlang_a() -> None:
    found = expected(CONTRACTED, calls_again=False)
    assert found.offered / 5 == pytest.approx(350, rel=0.01)
    assert found.reachability == pytest.approx(0.92, abs=0.01)


def test_the_audits_range_results_and_its_middle_is_below_the_target() -> None:
    ranges = AUDITED.ranges()
    kind, hard = (AUDITED.varied({name: ranges[name][end] for name in FITTED}) for end in (0, 1))
    assert expected(kind).reachability == pytest.approx(0.87, abs=0.015)
    assert expected(AUDITED).reachability == pytest.approx(0.70, abs=0.015)
    assert expected(hard).reachability == pytest.approx(0.51, abs=0.015)


@pytest.mark.parametrize("office", [CONTRACTED, AUDITED], ids=NAMES)
def test_an_office_of_the_size_of_the_district(office: LabOffice) -> None:
    roles = [one.person.role for one in office.staff]
    assert (roles.count(Role.AGENT), roles.count(Role.CASE_WORKER), roles.count(Role.DUTY_OFFICER)) == (13, 230, 3)
    assert office.parameters.volume.benefit_units.value == 14_600
    full_time = sum(shift.agents * 25 for shift in office.lab.shifts) / office.lab.costs.full_week_h.value
    assert 8 < full_time < 10.5
    assert sum(one.centre for one in office.staff) == 13
    for team in office.lab.teams:
        work, able = loads(office.lab, team)
        assert work < able


@pytest.mark.parametrize("settlement", [0.80, 0.62])
def test_agents_settle_the_part_asked_for(settlement: float) -> None:
    office = load("as-contracted", settlement)
    reasons = office.arrays(DAY, 1, warm_up=0, follow=0).reasons
    assert float(reasons.settles[:, 0] @ reasons.share / reasons.share.sum()) == pytest.approx(settlement)
    assert (reasons.settles[:, 0] <= 1).all()
    assert office.settlement == settlement


def test_without_one_the_files_numbers_count() -> None:
    assert CONTRACTED.settlement == pytest.approx(0.80, abs=0.012)
    reasons = CONTRACTED.arrays(DAY, 1, warm_up=0, follow=0).reasons
    assert reasons.settles[:, 0] == pytest.approx(reasons.plain)


def test_everybody_has_her_part_of_the_work_by_the_rules_of_the_office() -> None:
    office = CONTRACTED.office
    for number, reason, unit in (
        ("99901BG0000000", "payment_status", "benefits-1"),
        ("99901BG9999999", "payment_status", "benefits-10"),
        ("99901BG9999999", "job_related", "placement-10"),
    ):
        found = responsible(office, reason=reason, benefit_unit_number=number)
        assert found.unit == unit
        assert found.case_worker is not None
        assert office.people[found.case_worker].unit == unit
        assert office.people[office.people[found.case_worker].substitute or ""].unit == unit


def test_every_value_names_its_source() -> None:
    names = [name for name, _, source in CONTRACTED.assumptions() if source.strip()]
    assert len(names) == len(set(names)) == len(list(CONTRACTED.assumptions()))
    for chosen, said in ((None, "traffic.matters"), (0.80, "S18"), (0.7, "chosen for this run")):
        sources = {name: source for name, _, source in load("as-contracted", chosen).assumptions()}
        assert sources["settlement"] == said


def test_a_file_may_say_only_what_differs(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'base = "as-audited"\n[lab.direct]\ninduced = { value = 0.1, source = "assumption" }\n'
        '[[lab.shifts]]\nid = "late"\nagents = 6\n',
        encoding="utf-8",
    )
    mine = load(file)
    assert mine.lab.direct.induced.value == 0.1
    assert [shift.agents for shift in mine.lab.shifts] == [8, 6]
    assert mine.lab.shifts[1].hours == AUDITED.lab.shifts[1].hours
    assert mine.lab.agents == AUDITED.lab.agents
    assert len({mine.office.digest, AUDITED.office.digest, CONTRACTED.office.digest}) == 3


SHIFTS = '[[lab.shifts]]\nid = "late"\nhours = { monday = ["13:00-17:00"] }\n'
TEAM = '[[lab.teams]]\nid = "benefits"\n'


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ('[lab.citizens]\nchases = { value = 1.2, source = "x" }\n', "chases.value", "at most 1"),
        ("[lab.citizens]\nchases = { value = 0.5 }\n", "chases.source", "missing"),
        ('[lab.citizens]\nlate = { value = 0.9, source = "x" }\n', "citizens", "together are 1.1"),
        ('[lab.direct]\ninduced = { value = 0.5, source = "x", between = [0, 0.3] }\n', "induced", "between 0 and 0.3"),
        (SHIFTS, "hours", "Monday 17:00–18:00 nobody is on the roll"),
        (
            TEAM + 'appointments = { per_week = { value = 60, source = "x" } }\n',
            "appointments.per_week",
            "at most 30 a week",
        ),
        (
            TEAM + 'case_work = { items_per_week = { value = 80, source = "x" } }\n',
            "case_work.items_per_week",
            "This queue is unstable: 40.0 hours",
        ),
        (TEAM + 'organisation = "nobody"\n', "organisation", "There is no “nobody” in this file"),
        (TEAM + 'unit = "placement"\n', "unit", "shares the work of the unit placement already"),
        (TEAM + "colour = 3\n", "colour", "There is no such entry"),
    ],
)
def test_an_office_that_cannot_be_is_told_what_would_be_possible(
    tmp_path: Path, changes: str, key: str, said: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'base = "as-contracted"\n{changes}', encoding="utf-8")
    with pytest.raises(LabFaults) as caught:
        load(file)
    found = [fault for fault in caught.value.faults if said in fault.in_("en")]
    assert found, caught.value.in_("en")
    assert key in f"{found[0].section}.{found[0].key}"
    assert all(fault.file == "mine.toml" and fault.de != fault.en for fault in caught.value.faults)


def test_what_is_no_office_to_simulate_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabFaults, match="Did you mean “as-audited”"):
        load("as-audit")
    with pytest.raises(LabFaults, match="section \\[lab\\] is missing"):
        load(Path(offices.__file__).parent / "offices" / "demo.toml")
    with pytest.raises(LabFaults, match="The centre cannot settle 99%"):
        load("as-contracted", 0.99)
    file = tmp_path / "mine.toml"
    file.write_text('base = "as-contracted"\n[hours]\nmonday = ["08:00-12:00"]\n', encoding="utf-8")
    with pytest.raises(LabFaults, match="only what differs"):
        load(file)


def test_telephone_hours_that_leave_no_time_for_appointments_contradict_the_office() -> None:
    mornings = tuple(((8 * 60, 12 * 60 + 30),) if day < 5 else () for day in range(7))
    with pytest.raises(LabFaults, match="Beside these telephone hours 12 appointments a week no longer fit"):
        CONTRACTED.arrays(DAY, 1, free=PhoneHours(mornings))


@pytest.mark.parametrize("name", access.names())
def test_every_model_of_the_dispute_fits_the_default_offices(name: str) -> None:
    for office in (CONTRACTED, AUDITED):
        assert office.contradictions(access.load(name)) == []


def test_a_model_that_contradicts_the_office_is_told_so() -> None:
    model = access.load("phone-hours-daily")
    mornings = tuple(((8 * 60, 12 * 60 + 30),) if day < 5 else () for day in range(7))
    longer = replace(model, hours=replace(model.hours, week=mornings))
    assert "no longer fit" in CONTRACTED.contradictions(longer)[0].en
    nobody = {name: one for name, one in CONTRACTED.office.people.items() if one.role is not Role.DUTY_OFFICER}
    without = replace(CONTRACTED, office=replace(CONTRACTED.office, people=nobody))
    assert without.contradictions(access.load("urgent-lane"))


def test_values_that_an_office_does_not_have_cannot_be_varied() -> None:
    with pytest.raises(KeyError):
        CONTRACTED.varied({"lab.direct.colour": 1.0})
    with pytest.raises(LabFaults, match="unstable"):
        CONTRACTED.varied({"lab.teams.benefits.case_work.items_per_week": 70})
