"""An application made by telephone: its moment is kept, no declaration is refused, and it stays until the case file has it."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from erreichbar.centre import actions, journal, refs
from erreichbar.centre.models import Application, JournalEntry, Matter, Message
from erreichbar.promise import receipt
from tests.house import House
from tests.typed import there


def raises_matter(house: House, number: str | None = "+4915228817386", **person: Any) -> tuple[Any, str]:
    """Let somebody call who wishes to apply; ``known=False`` without saying who she is."""
    call = house.talks(number)
    if person.pop("known", True):
        house.registers(call, **person)
    return call, house.do(actions.RaiseMatter, "arslan", call=call, reason="new_application")


def applies(house: House, matter: str, by: str = "arslan", **fields: Any) -> Application:
    ref = house.do(actions.RecordApplication, by, matter=matter, **{"kind": "new_award", **fields})
    return Application.objects.get(ref=ref)


def told(kind: str = "application") -> list[str]:
    return list(
        JournalEntry.objects.filter(kind__startswith=f"{kind}.").order_by("sequence").values_list("kind", flat=True)
    )


def test_she_applies_today_and_has_a_code_as_proof(house: House) -> None:
    call, matter = raises_matter(house)
    made = applies(house, matter)
    assert (made.made_at, made.works_back_to) == (house.clock.now(), date(2026, 3, 1))
    assert receipt.check(made.code) == made.code
    assert (there(made.person).family_name, made.number, made.unit) == ("Albrecht", "+4915228817386", "benefits-1")
    assert (there(made.call).ref, there(made.taken_by).username) == (call, "arslan")
    assert made.law["de"].startswith("§ 37 Abs. 2 Satz 2 SGB II")
    entry = JournalEntry.objects.get(kind="application.recorded")
    assert "Albrecht" not in there(entry.payload) and "1522" not in there(entry.payload)
    assert journal.verify().ok


def test_what_is_typed_after_midnight_counts_when_the_conversation_began(house: House) -> None:
    """The month ends at 24:00 here; UTC had changed the day two hours before, the agent types four minutes later."""
    house.clock.set("2026-03-31T23:58:30+02:00")
    call, matter = raises_matter(house)
    house.clock.set("2026-04-01T00:02:00+02:00")
    house.hangs_up(call)
    house.clock.set("2026-04-01T00:04:00+02:00")
    made = applies(house, matter)
    assert made.made_at == datetime.fromisoformat("2026-03-31T23:58:30+02:00")
    assert made.works_back_to == date(2026, 3, 1)
    assert made.recorded_at == house.clock.now()


def test_sent_twice_it_is_made_once(house: House) -> None:
    _, matter = raises_matter(house)
    same: dict[str, Any] = {"key": f"test.{refs.new_ref()}", "by": "arslan", "matter": matter, "kind": "new_award"}
    assert actions.RecordApplication(**same).run() == actions.RecordApplication(**same).run()
    with pytest.raises(actions.Refused, match="taken down already"):
        applies(house, matter)
    applies(house, matter, kind="one_off_need")
    assert Application.objects.count() == 2 and told() == ["application.recorded"] * 2


@pytest.mark.parametrize("number", ["+4915228817386", None])
def test_a_caller_without_a_name_applies_all_the_same(house: House, number: str | None) -> None:
    _, matter = raises_matter(house, number, known=False)
    made = applies(house, matter)
    assert (made.person, made.number) == (None, number)
    assert made.is_pending
    with pytest.raises(actions.Invalid, match="who has applied"):
        house.do(actions.TakeOverApplication, "lange", application=made.ref)
    house.do(
        actions.IdentifyApplicant, "wagner", application=made.ref, family_name="Albrecht", date_of_birth="1980-03-05"
    )
    with pytest.raises(actions.NotAllowed):
        house.do(actions.TakeOverApplication, "wagner", application=made.ref)  # it is known now whose it is
    house.do(actions.TakeOverApplication, "lange", application=made.ref)
    assert told() == ["application.recorded", "application.identified", "application.taken_over"]


def test_who_says_later_in_the_call_who_she_is_has_applied(house: House) -> None:
    call, matter = raises_matter(house, known=False)
    made = applies(house, matter)
    person = house.registers(call)
    made.refresh_from_db()
    assert there(made.person).ref == person and told()[-1] == "application.identified"


def test_somebody_known_by_her_answers_is_not_recorded_twice(house: House) -> None:
    known = house.registers(house.talks())
    house.clock.set("2026-03-05T11:00:00+01:00")
    call = house.talks(user="becker")
    matter = house.do(actions.RaiseMatter, "becker", call=call, reason="new_application")
    made = applies(house, matter, "becker")
    answers = {"family_name": "Albrecht", "given_name": "Nadia", "date_of_birth": "1980-03-05"}
    assert house.do(actions.IdentifyApplicant, "lange", application=made.ref, **answers) == known


def test_a_proof_goes_out_by_the_way_she_chose(house: House) -> None:
    _, matter = raises_matter(house)
    made = applies(house, matter, proof="letter")
    applies(house, matter, kind="renewal", proof="email", email="nadia@example.org")
    applies(house, matter, kind="one_off_need", proof="telephone")
    queued = Message.objects.order_by("pk")
    assert [(one.kind, one.channel, one.ticket) for one in queued] == [
        ("application_proof", "letter", None),
        ("application_proof", "email", None),
    ]
    assert there(queued[0].application) == made and told("message") == ["message.queued"] * 2


@pytest.mark.parametrize(
    ("fields", "known", "at_fault"),
    [({"kind": "a_castle"}, True, "kind"), ({"proof": "letter"}, False, "proof"), ({"proof": "email"}, True, "email")],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    house: House, fields: dict[str, str], known: bool, at_fault: str
) -> None:
    _, matter = raises_matter(house, known=known)
    with pytest.raises(actions.Invalid) as refused:
        applies(house, matter, **fields)
    assert refused.value.field == at_fault
    assert Application.objects.count() == Message.objects.count() == 0


def test_a_mistake_is_withdrawn_and_both_stay(house: House) -> None:
    _, matter = raises_matter(house)
    made = applies(house, matter, proof="letter")
    house.do(actions.WithdrawApplication, "arslan", application=made.ref, mistake="wrong_kind")
    made.refresh_from_db()
    assert (made.mistake, made.is_pending) == ("wrong_kind", False)
    assert told() == ["application.recorded", "application.withdrawn"]
    message = Message.objects.get()
    assert (message.problem, message.given_up_at) == ("withdrawn", house.clock.now())
    again = applies(house, matter)
    assert again.code != made.code
    with pytest.raises(actions.Refused, match="already"):
        house.do(actions.WithdrawApplication, "lange", application=made.ref, mistake="twice")
    with pytest.raises(actions.Refused, match="already"):
        house.do(actions.TakeOverApplication, "lange", application=made.ref)


def test_in_a_callback_it_counts_from_the_callback(house: House) -> None:
    ticket = house.ticket()
    matter = Matter.objects.get(ticket__ref=ticket)
    house.clock.set("2026-03-06T11:00:00+01:00")
    attempt = house.dials(ticket, connected=True)
    house.clock.set("2026-03-06T11:07:00+01:00")
    house.ends(attempt)
    made = applies(house, matter.ref, "lange")
    assert made.made_at == datetime.fromisoformat("2026-03-06T11:00:00+01:00")
    assert (made.number, made.unit, made.call) == ("+4915228817386", "benefits-1", None)


def test_nobody_of_another_unit_or_another_call_touches_it(house: House) -> None:
    _, matter = raises_matter(house)
    for stranger in ("becker", "wagner", "lange"):
        with pytest.raises(actions.NotAllowed):
            applies(house, matter, stranger)
    made = applies(house, matter)
    for stranger, action in (("wagner", actions.TakeOverApplication), ("arslan", actions.TakeOverApplication)):
        with pytest.raises(actions.NotAllowed):
            house.do(action, stranger, application=made.ref)
    with pytest.raises(actions.NotAllowed):
        house.do(actions.WithdrawApplication, "becker", application=made.ref, mistake="twice")
    house.do(actions.TakeOverApplication, "yildiz", application=made.ref)


def test_the_database_keeps_it_until_the_case_file_has_it(either_house: House) -> None:
    house = either_house
    _, matter = raises_matter(house)
    made = applies(house, matter)
    mine = Application.objects.filter(pk=made.pk)
    for column, other in (("made_at", datetime.fromisoformat("2026-01-01T00:00Z")), ("kind", "x"), ("law", {})):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            mine.update(**{column: other})
    with pytest.raises(IntegrityError, match="no case file"), transaction.atomic():
        mine.delete()
    house.do(actions.TakeOverApplication, "lange", application=made.ref)
    mine.delete()
    assert not mine.exists()


def test_retention_leaves_the_entry_of_an_application_that_no_case_file_has(house: House) -> None:
    call, matter = raises_matter(house)
    made = applies(house, matter)
    house.hangs_up(call)
    house.clock.set("2026-03-09T10:00:00+01:00")
    house.do(actions.CloseDay, day="2026-03-05")
    last, entry = journal.last_sequence(), JournalEntry.objects.filter(kind="application.recorded")
    house.do(actions.EraseEntries, first=1, last=last)
    assert made.ref in there(entry.get().payload) and journal.verify().ok
    assert JournalEntry.objects.get(kind="call.answered").payload is None
    house.do(actions.TakeOverApplication, "lange", application=made.ref)
    house.do(actions.EraseEntries, first=1, last=last)
    assert entry.get().payload is None and journal.verify().ok
