"""An urgent matter from the call: it lies with the duty office at once, and knows the day by which it must be decided."""

from datetime import date
from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.models import JournalEntry, Ticket, UrgentMatter
from erreichbar.record.words import LadderStep, TalkedWith
from tests.house import House


def opened(house: House, reason: str = "housing_approval", **fields: Any) -> Ticket:
    ref = house.ticket(reason=reason, **fields)
    return Ticket.objects.select_related("holder", "responsible", "urgent_matter").get(ref=ref)


def test_it_lies_with_the_officer_on_duty_at_once_and_the_unit_stands_beside(house: House) -> None:
    ticket = opened(house, dates={"landlord": "2026-03-06"}, new_postal_code="41460")
    assert ticket.holder is not None and ticket.responsible is not None
    assert (ticket.holder.username, ticket.responsible.username) == ("brandt", "brandt")
    assert ticket.unit == "benefits-1"
    assert ticket.assigned_why["en"].startswith("Urgent: duty office. Otherwise: Benefits, team 401")
    matter = ticket.urgent_matter
    assert (matter.deadline, matter.body) == (date(2026, 3, 6), "rheinfeld")
    assert ticket.decide_by is not None
    assert ticket.decide_by.isoformat() == "2026-03-06T16:59:00+00:00"
    event = JournalEntry.objects.get(kind="ticket.deadline_set").payload
    assert event is not None
    assert '"day":"2026-03-06"' in event
    assert "41460" not in event


def test_looking_again_gives_it_back_to_nobody(house: House) -> None:
    ticket = opened(house)
    assert house.do(actions.TendTickets) == 0
    house.clock.set("2026-03-06T09:00:00+01:00")  # Roth is on duty; the ticket stays with who began it
    house.do(actions.TendTickets)
    ticket.refresh_from_db()
    assert ticket.holder is not None and ticket.holder.username == "brandt"


@pytest.mark.parametrize(
    ("at", "officer"),
    [("2026-03-06T10:00:00+01:00", "roth"), ("2026-03-05T20:00:00+01:00", "roth"), ("2026-03-07T10:00:00+01:00", "brandt")],
)  # fmt: skip
def test_whose_it_is_says_the_roster_at_night_the_next_line(house: House, at: str, officer: str) -> None:
    house.clock.set(at)
    ticket = opened(house, "no_means")
    assert ticket.responsible is not None
    assert ticket.responsible.username == officer


def test_nobody_on_duty_is_there_so_a_leader_who_may_decide_holds_it_with_the_reason(house: House) -> None:
    for person in ("brandt", "roth"):
        house.do(actions.NotInToday, person=person)
    ticket = opened(house, "no_means")
    assert ticket.holder is not None and ticket.responsible is not None
    assert (ticket.holder.username, ticket.responsible.username) == ("kaminski", "brandt")
    assert ticket.assigned_why["en"] == "Team lead for Julia Brandt, who is not there (Benefits, team 401)"


def test_the_date_changes_nothing_about_the_promise_and_brings_the_steps_forward(house: House) -> None:
    plain = opened(house, dates={}, new_postal_code="41460")
    dated = opened(house, dates={"landlord": "2026-03-05"}, new_postal_code="41460")
    for name in ("due_elapsed", "due_service_hours", "due_working_days", "last_chance", "due_why"):
        assert getattr(plain, name) == getattr(dated, name)
    assert plain.next_step == dated.next_step == LadderStep.REASSIGN
    assert plain.next_step_at is not None and dated.next_step_at is not None
    assert dated.next_step_at.isoformat() == "2026-03-05T13:00:00+00:00", "half of eight hours until six"
    assert dated.next_step_at < plain.next_step_at


def test_what_is_not_urgent_stays_where_it_was(house: House) -> None:
    ticket = opened(house, "payment_status", dates={"landlord": "2026-03-06"}, new_postal_code="40213")
    assert ticket.holder is not None and ticket.holder.username == "lange"
    assert not UrgentMatter.objects.exists()
    assert ticket.decide_by is None


def test_the_new_place_does_not_change_which_unit_is_responsible(house: House) -> None:
    ticket = opened(house, new_postal_code="50667")
    assert "postal_code" not in ticket.answers
    assert ticket.unit == "benefits-1"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"dates": {"landlord": "5.5.2056"}}, "dates.landlord", "too far away"),
        ({"dates": {"landlord": "soon"}}, "dates.landlord", "no such date"),
        ({"new_postal_code": "4146"}, "new_postal_code", "five digits"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(
    house: House, fields: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(actions.Invalid) as refused:
        opened(house, **fields)
    assert refused.value.field == field
    assert said in refused.value.en
    assert not Ticket.objects.exists()


def test_another_body_is_said_at_once_with_its_contact_and_told_it_is_the_answer(house: House) -> None:
    with pytest.raises(actions.Invalid) as refused:
        opened(house, new_postal_code="40213")
    assert (refused.value.code, refused.value.field) == ("other_body", "contact_told")
    for part in ("Nachbarstadt jobcentre", "0221\N{NO-BREAK SPACE}4710", "jobcenter@nachbarstadt.example", "40213"):
        assert part in refused.value.en
    house.clock.set("2026-03-05T10:20:00+01:00")
    call = house.talks(user="becker")
    person = house.registers(call, "becker")
    ref = house.opens(
        call, person, "becker", "housing_approval", new_postal_code="40213", contact_told=True,
        dates={"landlord": "2026-03-06"},
    )  # fmt: skip
    ticket = Ticket.objects.select_related("urgent_matter").get(ref=ref)
    assert ticket.reached_with == TalkedWith.AGENT
    assert ticket.urgent_matter.body == "nachbarstadt"
    house.do(actions.ReferMatter, "brandt", ticket=ref, version=ticket.version, passed_on=True)
    ticket.refresh_from_db()
    assert (ticket.outcome, ticket.is_open) == ("referred", False)
    event = JournalEntry.objects.get(kind="matter.referred").payload
    assert event is not None
    assert '"body":"nachbarstadt"' in event and '"passed_on":true' in event
    assert journal.verify().ok


def test_a_matter_from_another_organisation_goes_to_the_duty_office_too(house: House) -> None:
    result = house.do(
        actions.ReportMatter, organisation="service-centre", way="csv", reference="1", called_at="2026-03-05T09:55+01:00",
        reason="no_means", family_name="Albrecht", number="0152 28817386", benefit_unit_number="99901BG0000100",
    )  # fmt: skip
    ticket = Ticket.objects.select_related("holder").get(ref=result["ticket"])
    assert ticket.holder is not None and ticket.holder.username == "brandt"
    assert ticket.urgent_matter.deadline == date(2026, 3, 5)
