"""What urgent matters need in an office file; what does not fit together is told in words of a clerk."""

from datetime import date

import pytest

from erreichbar import office
from erreichbar.record.words import Role

DEMO = office.demo()


def faults(old: str, new: str) -> tuple[office.Fault, ...]:
    assert old in DEMO.text
    with pytest.raises(office.OfficeFaults) as raised:
        office.loads(DEMO.text.replace(old, new, 1), "office.toml")
    return raised.value.faults


def test_every_urgent_matter_of_the_demo_office_can_be_decided() -> None:
    urgent = [reason for reason in DEMO.reasons.values() if reason.is_urgent and reason.id != "safety"]
    for reason in urgent:
        assert reason.decision is not None, reason.id
        assert reason.decision.checklist
        assert 1 <= len(reason.decision.deciding) <= 3, "two or three facts decide"
        for officer in DEMO.in_role(Role.DUTY_OFFICER):
            assert any(officer.id in one.people and reason.id in one.reasons for one in DEMO.authorities.values()), (
                reason.id
            )
    assert [reason.id for reason in urgent if reason.decision and reason.decision.ends_with] == ["housing_approval"]


def test_every_rule_of_law_carries_its_date_and_is_used() -> None:
    used: set[str] = set()
    for reason in DEMO.reasons.values():
        if reason.decision:
            used |= set(reason.decision.laws) | {one.law or "" for one in reason.decision.dates}
            used |= {one.law or "" for one in reason.decision.checklist}
    assert used - {""} == set(DEMO.laws)
    assert {law.as_of for law in DEMO.laws.values()} == {date(2022, 3, 26)}, "the text that was read"


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ('law = "bgb-569-3"', 'law = "bgb-569"', "decision", "There is no rule of law “bgb-569”. Did you mean “bgb-569-3”?"),
        ("deciding = [2, 3]\nlaws", "deciding = [2, 9]\nlaws", "decision", "deciding names question 9; there are only 4."),
        ('urgency = "urgent"\nshare = 0.03', 'urgency = "normal"\nshare = 0.03', "decision", "Only what is urgent is decided at once"),
        ('people = ["brandt", "roth"]', 'people = ["brandt", "arslan"]', "people", "arslan has the role agent."),
        ('people = ["brandt", "roth"]', 'people = ["brandt", "rothe"]', "people", "There is no person “rothe”. Did you mean “roth”?"),
        ('officer = "brandt"\ndeputy = "roth"', 'officer = "lange"\ndeputy = "roth"', "officer", "lange has the role case_worker."),
        ('officer = "brandt"\ndeputy = "roth"', 'officer = "brandt"\ndeputy = "brandt"', "deputy", "Nobody is her own deputy."),
        ('hours.friday = ["08:00-18:00"]\n\n[[duty]]', 'hours.thursday = ["17:00-18:00"]\n\n[[duty]]', "hours", "On Thursday the duty roster has two lines at the same time"),
        ("day = 2026-03-16\nuntil = 2026-03-17", "", "", "Exactly one of hours, day is needed."),
        ("until = 2026-03-17", "until = 2026-03-15", "", "until is the last day of a row that begins with day."),
        ('postal_codes = ["40210-40629"]', 'postal_codes = ["40210-41460"]', "postal_codes", "For 41460, [[competent_bodies]] 1 (rheinfeld) is competent already."),
        ("ours = true", "", "", "Where are people referred to?"),
        ('telephone = "0221 4710-900"', 'telephone = "12"', "telephone", ""),
        ('ends_with = "written_assurance_sent"', 'ends_with = "settled"', "decision.ends_with", ""),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(old: str, new: str, key: str, said: str) -> None:
    found = faults(old, new)
    assert any(fault.key.startswith(key) and said in fault.en for fault in found), [
        (fault.key, fault.en) for fault in found
    ]
    assert all(fault.de and fault.en for fault in found)


def test_a_place_is_asked_only_where_this_office_is_among_the_bodies() -> None:
    found = faults("ours = true", 'telephone = "0221 4710-100"')
    assert [fault.key for fault in found] == ["decision"]
    assert "this office (ours = true) is missing" in found[0].en


def test_what_nobody_may_decide_is_told() -> None:
    text = DEMO.text.replace('reasons = ["housing_approval", ', "reasons = [")
    with pytest.raises(office.OfficeFaults) as raised:
        office.loads(text, "office.toml")
    assert [(fault.key, fault.en) for fault in raised.value.faults] == [("decision", "Nobody may decide about this.")]


def test_two_lines_of_single_days_may_share_a_day_but_no_hour() -> None:
    more = '\n[[duty]]\nofficer = "brandt"\nday = 2026-03-17\ntimes = ["13:00-18:00"]\n\n[[authorities]]'
    found = faults("\n[[authorities]]", more)
    assert "17.03.2026" in found[0].de
    apart = DEMO.text.replace("until = 2026-03-17", 'times = ["08:00-12:00"]')
    assert len(office.loads(apart.replace("\n[[authorities]]", more, 1), "office.toml").duty) == 4
