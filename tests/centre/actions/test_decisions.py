"""An urgent matter decided: by whom, with what reason, once, and closed only when it is on its way in writing."""

from datetime import date
from typing import Any

import pytest

from erreichbar.centre import actions, journal, queries
from erreichbar.centre.models import Decision, JournalEntry, Ticket, UrgentMatter
from erreichbar.centre.queries.digests import digest_for
from erreichbar.record.words import TalkedWith, TicketOutcome
from tests.house import House

FLAT = {"address": "Hafenstraße 3, 41460 Rheinfeld", "size_m2": "54,5", "persons": "2", "rent": "1.410,50", "service": "90", "heating": "70.5"}  # fmt: skip
CHECKED = {"unsigned": True, "reasonable": True, "household": True}
APPROVED: dict[str, Any] = {"outcome": "approved", "reason": "Angemessen.", "flat": FLAT, "checked": CHECKED}


def housing(house: House, **fields: Any) -> Ticket:
    given = {"dates": {"landlord": "2026-03-06"}, "new_postal_code": "41460", **fields}
    return Ticket.objects.get(ref=house.ticket(reason="housing_approval", **given))


def does(house: House, action: type[actions.Action], ticket: Ticket, by: str | None = "brandt", **fields: Any) -> Any:
    """Make a change about the present version of a ticket."""
    ticket.refresh_from_db()
    done = house.do(action, by, ticket=ticket.ref, version=ticket.version, **fields)
    ticket.refresh_from_db()
    return done


def refused(
    house: House, action: type[actions.Action], ticket: Ticket, by: str | None = "brandt", **fields: Any
) -> Any:
    with pytest.raises(actions.Refused) as error:
        does(house, action, ticket, by, **fields)
    return error.value


def test_from_the_decision_to_the_written_assurance(house: House) -> None:
    ticket = housing(house)
    ref = does(house, actions.DecideMatter, ticket, **APPROVED)
    decision = Decision.objects.get(ref=ref)
    assert decision.assured == 157100
    assert (decision.authority, decision.unchecked) == ("duty-office", [])
    assert decision.authority_said["en"].startswith("Authority of the duty office")
    assert refused(house, actions.ResolveTicket, ticket, outcome="written_assurance_sent").code == "not_possible_now"

    house.calls_back(ticket.ref, "brandt")
    said = refused(house, actions.ResolveTicket, ticket, outcome="written_assurance_sent")
    assert said.code == "not_decided" and "signed letter" in said.en
    for outcome in ("settled", "decided"):
        assert refused(house, actions.ResolveTicket, ticket, outcome=outcome).code == "not_decided"

    does(house, actions.DispatchDecision, ticket, how="signed_letter")
    for outcome in ("settled", "decided"):
        assert "Written assurance sent" in refused(house, actions.ResolveTicket, ticket, outcome=outcome).en
    does(house, actions.ResolveTicket, ticket, outcome="written_assurance_sent")
    assert ticket.outcome == TicketOutcome.WRITTEN_ASSURANCE_SENT
    assert ticket.reached_with == TalkedWith.DUTY_OFFICER
    moments = [ticket.attempted_at, ticket.reached_at, ticket.resolved_at]
    assert None not in moments and moments == sorted(moment for moment in moments if moment)
    kinds = list(JournalEntry.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds.index("decision.made") < kinds.index("decision.dispatched") < kinds.index("ticket.resolved")
    assert journal.verify().ok


def test_the_journal_says_who_with_what_authority_and_what_never_why_or_where(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, **APPROVED)
    does(house, actions.DispatchDecision, ticket, how="qualified_signature")
    told = "".join(one.payload or "" for one in JournalEntry.objects.all())
    assert '"authority":"duty-office"' in told
    assert '"form":"qualified_signature"' in told
    for private in ("Angemessen", "Hafenstr", "41460", "157100", "141050"):
        assert private not in told


def test_a_letter_is_no_call_for_who_asked_for_one(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, **APPROVED)
    does(house, actions.DispatchDecision, ticket, how="signed_letter")
    assert ticket.reached_at is None
    assert refused(house, actions.ResolveTicket, ticket, outcome="written_assurance_sent").code == "not_possible_now"


@pytest.mark.parametrize(
    ("channel", "form", "reached"),
    [
        ("letter", "signed_letter", TalkedWith.NOBODY),
        ("letter", "qualified_signature", None),
        ("email", "qualified_signature", TalkedWith.NOBODY),
        ("email", "de_mail", TalkedWith.NOBODY),
        ("email", "signed_letter", None),
        ("telephone", "handed_over", TalkedWith.DUTY_OFFICER),
    ],
)
def test_by_the_channel_she_chose_she_has_her_answer(
    house: House, channel: str, form: str, reached: TalkedWith | None
) -> None:
    ticket = housing(house, channel=channel, email="n@example.org")
    does(house, actions.DecideMatter, ticket, **APPROVED)
    does(house, actions.DispatchDecision, ticket, how=form)
    assert ticket.reached_with == reached
    assert ticket.without_contact is (reached is TalkedWith.NOBODY)
    if reached:
        does(house, actions.ResolveTicket, ticket, outcome="written_assurance_sent")


@pytest.mark.parametrize("by", ["lange", "arslan", None, "omar"])
def test_who_has_no_authority_decides_nothing(house: House, by: str | None) -> None:
    ticket = housing(house)
    said = refused(house, actions.DecideMatter, ticket, by, **APPROVED)
    assert isinstance(said, actions.NotAllowed)
    if by == "lange":
        assert said.code == "no_authority"
        assert "Julia Brandt, Alex Roth" in said.en
    assert not Decision.objects.exists()


def test_a_leader_decides_by_her_own_authority(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, "kaminski", **APPROVED)
    assert Decision.objects.get().authority == "team-leaders"


def test_decided_once_and_a_stale_version_overwrites_nothing(house: House) -> None:
    ticket = housing(house)
    seen = ticket.version
    does(house, actions.DecideMatter, ticket, **APPROVED)
    with pytest.raises(actions.Stale) as stale:
        house.do(actions.DecideMatter, "roth", ticket=ticket.ref, version=seen, **{**APPROVED, "outcome": "refused"})
    assert "Julia Brandt has decided this ticket meanwhile" in stale.value.en
    again = refused(house, actions.DecideMatter, ticket, "roth", **APPROVED)
    assert again.code == "decided_already" and "Julia Brandt" in again.en
    assert Decision.objects.get().outcome == "approved"


def test_sent_twice_it_is_done_once(house: House) -> None:
    ticket = housing(house)
    change = {"key": "test.once", "by": "brandt", "ticket": ticket.ref, "version": ticket.version, **APPROVED}
    assert actions.DecideMatter(**change).run() == actions.DecideMatter(**change).run()
    assert Decision.objects.count() == 1
    assert JournalEntry.objects.filter(kind="decision.made").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"checked": {"unsigned": True}}, "unchecked_why"),
        ({"flat": {**FLAT, "heating": ""}}, "flat.heating"),
        ({"flat": {**FLAT, "rent": "viel"}}, "flat.rent"),
        ({"flat": {**FLAT, "size_m2": "gross"}}, "flat.size_m2"),
        ({"flat": {**FLAT, "persons": "0"}}, "flat.persons"),
        ({"assured": "100"}, "assured"),
        ({"outcome": "approved_in_part"}, "assured"),
        ({"outcome": "approved_in_part", "assured": "1571"}, "assured"),
        ({"new_postal_code": "40213"}, "new_postal_code"),
        ({"new_postal_code": ""}, "new_postal_code"),
    ],
)
def test_what_is_missing_is_asked_for(house: House, change: dict[str, Any], field: str) -> None:
    ticket = housing(house)
    said = refused(house, actions.DecideMatter, ticket, **{**APPROVED, **change})
    assert isinstance(said, actions.Invalid)
    assert said.field == field
    ticket.refresh_from_db()
    assert ticket.version == 1
    assert not Decision.objects.exists()


def test_what_is_not_checked_needs_to_be_said_why(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, **{**APPROVED, "checked": {}}, unchecked_why="Am Telefon bestätigt.")
    decision = Decision.objects.get()
    assert decision.unchecked == ["unsigned", "reasonable", "household"]
    event = JournalEntry.objects.get(kind="decision.made").payload
    assert event is not None and '"complete":false' in event


def test_approved_in_part_assures_less(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, **{**APPROVED, "outcome": "approved_in_part"}, assured="1.500 €")
    assert Decision.objects.get().assured == 150000


def test_taken_back_before_it_is_sent_and_not_after(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, **APPROVED)
    assert refused(house, actions.WithdrawDecision, ticket, why=" ").field == "why"
    assert refused(house, actions.WithdrawDecision, ticket, "lange", why="x").code == "no_authority"
    does(house, actions.WithdrawDecision, ticket, "roth", why="Der Vertrag war schon unterschrieben.")
    assert ticket.notes.get().text.startswith("Der Vertrag")
    assert refused(house, actions.DispatchDecision, ticket, how="signed_letter").code == "undecided"
    does(house, actions.DecideMatter, ticket, **{**APPROVED, "outcome": "refused"})
    does(house, actions.DispatchDecision, ticket, how="signed_letter")
    assert refused(house, actions.WithdrawDecision, ticket, why="Doch nicht.").code == "dispatched_already"
    assert refused(house, actions.DispatchDecision, ticket, how="signed_letter").code == "dispatched_already"
    assert journal.verify().ok


def test_a_refusal_is_closed_as_decided_once_its_letter_is_on_its_way(house: House) -> None:
    ticket = housing(house, channel="letter")
    does(house, actions.DecideMatter, ticket, outcome="refused", reason="Zu teuer.", checked=CHECKED)
    does(house, actions.DispatchDecision, ticket, how="signed_letter")
    does(house, actions.ResolveTicket, ticket, outcome="decided")


def test_when_no_decision_is_needed_any_more_nothing_is_sent(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, outcome="not_needed", reason="Die Wohnung ist weg.")
    assert refused(house, actions.DispatchDecision, ticket, how="signed_letter").code == "nothing_to_send"
    house.calls_back(ticket.ref, "brandt")
    does(house, actions.ResolveTicket, ticket, outcome="settled")


def test_no_means_today_is_decided_without_a_letter(house: House) -> None:
    ticket = Ticket.objects.get(ref=house.ticket(reason="no_means"))
    assert ticket.urgent_matter.deadline == date(2026, 3, 5)
    checked = {"means": True, "early": True, "in_kind": True}
    does(house, actions.DecideMatter, ticket, outcome="approved", reason="Vorzeitig 100 €.", checked=checked)
    house.calls_back(ticket.ref, "brandt")
    does(house, actions.ResolveTicket, ticket, outcome="decided")


def test_facts_are_kept_for_later_and_the_date_is_reckoned_anew(house: House) -> None:
    ticket = housing(house)
    promised = (ticket.due_elapsed, ticket.last_chance, ticket.due_why)
    does(house, actions.KeepUrgentFacts, ticket, dates={"landlord": "05.03.2026"}, checked={"unsigned": True})
    matter = UrgentMatter.objects.get()
    assert (matter.deadline, matter.checked) == (date(2026, 3, 5), ["unsigned"])
    assert (ticket.due_elapsed, ticket.last_chance, ticket.due_why) == promised
    assert ticket.next_step_at is not None and ticket.next_step_at.isoformat() == "2026-03-05T13:00:00+00:00"
    does(house, actions.KeepUrgentFacts, ticket, dates={})
    assert UrgentMatter.objects.get().deadline is None
    assert UrgentMatter.objects.get().checked == ["unsigned"], "what was not given stays"
    days = JournalEntry.objects.filter(kind="ticket.deadline_set").order_by("sequence")
    assert ['"day":null' in (one.payload or "") for one in days] == [False, False, True]


def test_a_place_that_is_another_bodys_is_referred_with_its_contact(house: House) -> None:
    ticket = housing(house)
    assert refused(house, actions.ReferMatter, ticket, passed_on=True).code == "not_possible_now"
    house.calls_back(ticket.ref, "brandt")
    assert refused(house, actions.ReferMatter, ticket, passed_on=True).field == "new_postal_code"
    there = {"new_postal_code": "40213"}
    assert "0221" in refused(house, actions.ReferMatter, ticket, **there, passed_on=True).en
    assert refused(house, actions.ReferMatter, ticket, **there, contact_told=True).field == "passed_on"
    does(house, actions.ReferMatter, ticket, **there, contact_told=True, passed_on=True)
    assert (ticket.outcome, ticket.is_open) == ("referred", False)
    assert journal.verify().ok


def test_decided_is_not_referred(house: House) -> None:
    ticket = housing(house)
    does(house, actions.DecideMatter, ticket, outcome="refused", reason="Nein.", checked=CHECKED)
    house.calls_back(ticket.ref, "brandt")
    said = refused(house, actions.ReferMatter, ticket, new_postal_code="40213", contact_told=True, passed_on=True)
    assert said.code == "decided_already"


def test_other_matters_have_nothing_to_decide(house: House) -> None:
    ticket = Ticket.objects.get(ref=house.ticket())
    assert refused(house, actions.DecideMatter, ticket, "lange", outcome="approved", reason="x").field == "ticket"


def test_reached_and_not_decided_it_does_not_pass_in_silence(house: House) -> None:
    """The promise is kept; the landlord's Friday still runs out, so holder and leader are told, and no citizen of a break."""
    ticket = housing(house)
    house.calls_back(ticket.ref, "brandt")
    house.clock.set("2026-03-06T18:30:00+01:00")
    house.do(actions.TendTickets)
    entries = journal.count()
    house.do(actions.TendTickets)
    assert journal.count() == entries, "done again it does nothing"
    assert list(ticket.steps.values_list("step", flat=True)) == ["reassign", "remind", "tell_leader"]
    assert not ticket.messages.filter(kind="promise_broken").exists()
    ticket.refresh_from_db()
    holder, leader = ticket.holder, house.user("kaminski")
    assert holder is not None and ticket.ref in digest_for(holder, house.clock.now()).own
    assert ticket.ref in [one.ref for one in queries.called_for(leader)]
    does(house, actions.DecideMatter, ticket, **APPROVED)
    assert ticket.ref not in digest_for(holder, house.clock.now()).own
    assert queries.called_for(leader) == []
