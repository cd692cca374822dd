"""A model that does not fit the office: which field, which value, and what would be possible."""

import re

import pytest

from erreichbar import access, office
from erreichbar.access import contradictions
from erreichbar.access.model import AccessModel
from erreichbar.office import Fault, Office
from erreichbar.record.words import PresentedNumber

DEMO = office.demo()


def demo_with(*changes: tuple[str, str], less: tuple[str, ...] = ()) -> Office:
    """Return the demo office with every match of a pattern replaced, and ``less`` some sections."""
    parts = re.split(r"\n(?=\[)", DEMO.text)
    text = "\n".join(part for part in parts if part.split("]")[0].lstrip("[") not in less)
    for pattern, new in changes:
        text, times = re.subn(pattern, new, text, flags=re.MULTILINE)
        assert times, pattern
    return office.loads(text, "demo.toml")


def with_(name: str, *changes: tuple[str, str]) -> AccessModel:
    text = access.load(name).text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return access.loads(text, "mine.toml")


def the_fault(model: AccessModel, of: Office) -> Fault:
    (fault,) = contradictions(model, of)
    assert fault.line is not None
    assert model.text.splitlines()[fault.line - 1].startswith(fault.key.split(".")[-1])
    return fault


@pytest.mark.parametrize("name", access.names())
def test_every_preset_fits_the_demo_office(name: str) -> None:
    assert contradictions(access.load(name), DEMO) == ()


def test_an_urgent_lane_needs_a_duty_officer() -> None:
    without = demo_with((r'role = "duty_officer"', 'role = "team_leader"'), less=("duty",))
    fault = the_fault(access.load("urgent-lane"), without)
    assert (fault.section, fault.key) == ("urgent", "from_urgency")
    assert "“urgent”: the office has no duty officer" in fault.en
    assert 'role = "duty_officer"' in fault.allowed.en


def test_a_duty_officer_who_shall_be_rung_needs_a_telephone() -> None:
    without = demo_with((r'^extension = "15[01]"\n', ""), (r'^sip_user = "seat-(brandt|roth)"\n', ""))
    fault = the_fault(access.load("urgent-lane"), without)
    assert "no telephone: brandt, roth" in fault.en
    assert contradictions(access.load("service-centre"), without) == ()


def test_an_urgent_lane_needs_something_urgent() -> None:
    decided = ("reasons.decision", "authorities")
    calm = demo_with((r'urgency = "(urgent|immediate)"', 'urgency = "normal"'), less=decided)
    assert "no contact reason of the office is that urgent" in the_fault(access.load("urgent-lane"), calm).en


@pytest.mark.parametrize("name", ["phone-hours-daily", "direct-lines", "advice-centre-list"])
def test_who_shall_be_called_directly_needs_a_direct_line(name: str) -> None:
    without = demo_with((r'^extension = "201"\n', ""))
    faults = contradictions(access.load(name), without)
    assert ("direct", "audience") in {(fault.section, fault.key) for fault in faults}
    assert all("no direct line: lange" in fault.en for fault in faults)


def test_telephone_hours_lie_in_the_service_hours() -> None:
    model = with_("phone-hours-twice-weekly", ('monday = ["13:00-15:00"]', 'monday = ["07:30-09:00", "13:00-15:00"]'))
    fault = the_fault(model, DEMO)
    assert (fault.section, fault.key) == ("phone_hours", "monday")
    assert "07:30–09:00" in fault.en
    assert fault.allowed.en == "08:00–18:00"
    saturday = with_("phone-hours-twice-weekly", ("thursday = [", "saturday = ["))
    assert the_fault(saturday, DEMO).allowed.en == "no hours on this day"


def test_a_unit_with_shorter_hours_is_named_and_can_have_telephone_hours_of_its_own() -> None:
    early = demo_with(
        (
            r'^id = "placement-1"\n',
            'id = "placement-1"\nhours = { monday = ["08:00-12:00"], thursday = ["08:00-12:00"] }\n',
        )
    )
    fault = the_fault(access.load("phone-hours-twice-weekly"), early)
    assert "placement-1" in fault.en
    assert "benefits" not in fault.en
    own = '\n[[phone_hours.others]]\nunits = ["placement-1"]\nmonday = ["10:00-12:00"]\n'
    model = access.loads(access.load("phone-hours-twice-weekly").text + own, "mine.toml")
    assert contradictions(model, early) == ()
    model = access.loads(model.text.replace("10:00-12:00", "11:00-13:00"), "mine.toml")
    fault = the_fault(model, early)
    assert (fault.section, fault.key, fault.allowed.en) == ("phone_hours", "others.1.monday", "08:00–12:00")


def test_telephone_hours_of_nobody() -> None:
    text = access.load("phone-hours-daily").text
    model = access.loads(text + '\n[[phone_hours.others]]\nunits = ["benefits-3"]\npeople = ["lang"]\n', "mine.toml")
    units, people = contradictions(model, DEMO)
    assert (units.key, people.key) == ("others.1.units", "others.1.people")
    assert "Did you mean “benefits-" in units.en
    assert "Did you mean “lange”" in people.en


def test_a_number_is_shown_only_by_right() -> None:
    without = demo_with((r"^\[telephone\.presented\.own\](.*\n)+?\n", "\n"))
    fault = the_fault(access.load("direct-lines"), without)
    assert (fault.section, fault.key, fault.allowed.en) == ("callback", "presented", "withheld, centre")
    assert contradictions(access.load("direct-lines"), without, rights=[PresentedNumber.OWN]) == ()
    assert contradictions(access.load("service-centre"), without) == ()
