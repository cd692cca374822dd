"""What every action keeps: once by its key, whole or not at all, by who may, and never half lost."""

import dataclasses
import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import OperationalError, connection

from erreichbar.centre import actions, journal, permissions
from erreichbar.centre.actions import ACTIONS, Action, from_json
from erreichbar.centre.models import ActionKey, Call, Matter, Ticket
from erreichbar.record.words import Role

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def test_the_same_key_acts_once_and_answers_the_same(house: Any) -> None:
    call = house.talks()
    person = house.registers(call)
    action = actions.RaiseMatter(key="double-click", by="arslan", call=call, person=person, reason="payment_status")
    matter = action.run()
    entries = journal.count()
    again = actions.RaiseMatter(key="double-click", by="arslan", call=call, person=person, reason="payment_status")
    assert again.run() == matter
    assert action.run() == matter
    assert Matter.objects.count() == 1
    assert journal.count() == entries


def test_a_key_belongs_to_one_change(house: Any) -> None:
    actions.ReplaySpool(key="k", entries=1, since=NOON).run()
    with pytest.raises(actions.Invalid, match="another change"):
        actions.CloseDay(key="k", day=NOON.date()).run()


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_has_a_length(house: Any, key: str) -> None:
    with pytest.raises(actions.Invalid):
        actions.ReplaySpool(key=key, entries=1, since=NOON).run()


def test_a_refused_change_leaves_nothing(house: Any) -> None:
    call = house.talks()
    person = house.registers(call)
    matter = house.do(actions.RaiseMatter, "arslan", call=call, person=person, reason="payment_status")
    before = journal.count(), ActionKey.objects.count()
    with pytest.raises(actions.NumberRefused):
        house.do(actions.OpenTicket, "arslan", matter=matter, number="0900 1234567")
    assert not Ticket.objects.exists()
    assert (journal.count(), ActionKey.objects.count()) == before


def test_a_change_keeps_its_moment_however_long_it_waits(house: Any) -> None:
    call = house.arrives()
    written = actions.AbandonCall(key="waits", call=call).to_json()
    house.clock.set("2026-03-05T13:00:00+01:00")
    from_json(written).run()
    assert Call.objects.get(ref=call).ended_at == datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert list(journal.entries())[-1].moment == datetime(2026, 3, 5, 9, tzinfo=UTC)


def test_a_moment_is_cut_to_the_millisecond_like_the_journal(house: Any) -> None:
    call = house.arrives()
    house.do(actions.AbandonCall, call=call, at="2026-03-05T10:00:01.123987+01:00")
    ended = Call.objects.get(ref=call).ended_at
    assert ended == list(journal.entries())[-1].moment == datetime(2026, 3, 5, 9, 0, 1, 123000, tzinfo=UTC)


EXAMPLES: dict[str, dict[str, Any]] = {
    "ReceiveCall": {"line_name": "training", "withheld": False, "in_service_hours": True, "number": "0221 4710-100",
                    "training_words": {"greeting": "Guten Tag"}},
    "EndCall": {"ended_by": "citizen"},
    "ChangeSeat": {"state": "ready", "automatic": True},
    "StartAttempt": {"presented": "centre"},
    "EndAttempt": {"ended_by": "line"},
    "RecordAttempt": {"outcome": "busy"},
    "ReplaySpool": {"entries": 3, "since": "2026-03-05T10:00:00+01:00"},
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        *("AbandonCall", "AdoptCall", "AnswerCall", "ChangeSeat", "CloseOutOfHours", "ConnectAttempt", "EndAttempt"),
        *("EndCall", "MissRing", "QueueCall", "ReceiveCall", "RecordAttempt", "ReplaySpool", "RingSeat"),
        *("StartAttempt", "TurnAwayCall"),
    ],
)
def test_what_the_floor_writes_can_wait_in_a_file(standing: Any, name: str) -> None:
    kind = ACTIONS[name]
    refs = {f.name: "0" * 13 for f in dataclasses.fields(kind) if f.name in ("call", "attempt", "ticket")}
    users = {f.name: "arslan" for f in dataclasses.fields(kind) if f.name == "user"}
    action = kind(key="k", **{**refs, **users, **EXAMPLES.get(name, {})})
    written = action.to_json()
    assert from_json(json.loads(json.dumps(written))) == action
    assert written["at"] == "2026-03-05T09:00:00+00:00"


def test_a_password_never_waits_in_a_file() -> None:
    action = actions.AddUser(key="k", person="lange", password="correct horse")
    with pytest.raises(TypeError):
        action.to_json()
    assert "correct horse" not in repr(action)


@pytest.mark.parametrize("given", [{}, {"action": "Nonsense"}, {"action": 3}, {"action": "QueueCall", "nonsense": 1}])
def test_what_is_no_change_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(actions.Invalid):
        from_json(given)


def test_every_permission_of_the_table_is_a_change() -> None:
    changes = {action.permission.removeprefix("centre.") for action in ACTIONS.values()}
    assert set().union(*permissions.ALLOWED.values()) <= changes
    assert set(permissions.ALLOWED) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_makes_only_the_changes_of_the_table(house: Any, role: Role) -> None:
    user = house.office.in_role(role)[0].id
    for name, action in ACTIONS.items():
        if permissions.allows(role, action.permission):
            continue
        bare = object.__new__(action)
        bare.key, bare.by, bare.at, bare._events = f"{role}.{name}", user, None, []
        with pytest.raises(actions.NotAllowed):
            bare.run()


def test_somebody_unknown_changes_nothing(house: Any) -> None:
    with pytest.raises(actions.NotAllowed):
        house.do(actions.AskFloor, "nobody", kind="ready")


def test_somebody_who_left_changes_nothing(house: Any) -> None:
    user = house.user("arslan")
    user.is_active = False
    user.save()
    with pytest.raises(actions.NotAllowed):
        house.do(actions.AskFloor, "arslan", kind="ready")


def test_a_locked_database_is_busy_and_the_change_can_be_made_later(file_house: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    action = actions.ReplaySpool(key="later", entries=1, since=NOON)
    with closing(sqlite3.connect(file_house.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(actions.Busy) as busy:
            action.run()
        assert busy.value.de
        assert busy.value.en
        other.execute("ROLLBACK")
    entries = journal.count()
    action.run()
    action.run()
    assert journal.count() == entries + 1


def test_a_full_disk_is_busy(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(journal, "append", full)
    with pytest.raises(actions.Busy):
        house.do(actions.ReplaySpool, entries=1, since=NOON)


def test_a_fault_of_ours_is_not_called_busy(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise OperationalError("no such table: nonsense")

    monkeypatch.setattr(journal, "append", wrong)
    with pytest.raises(OperationalError):
        house.do(actions.ReplaySpool, entries=1, since=NOON)


def test_every_refusal_speaks_both_languages() -> None:
    refused = actions.Refused("code", "deutsch", "English")
    assert (refused.in_("de-DE"), refused.in_("en"), refused.in_("tr")) == ("deutsch", "English", "English")
    assert actions.Invalid("number", "d", "e").to_json() == {"code": "invalid", "de": "d", "en": "e", "field": "number"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"date_of_birth": "31.02.1980"}, "date_of_birth"),
        ({"date_of_birth": "gestern"}, "date_of_birth"),
        ({"language": "klingonisch"}, "language"),
        ({"family_name": 7}, "family_name"),
    ],
)
def test_a_field_that_cannot_be_is_told_by_name(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.Invalid) as invalid:
        actions.RegisterPerson(key="k", **{"family_name": "A", **fields})
    assert invalid.value.field == field


def born(text: str) -> date | None:
    """Return what the house reads as somebody's date of birth."""
    typed: dict[str, Any] = {"family_name": "A", "date_of_birth": text}
    return actions.RegisterPerson(key="k", **typed).date_of_birth


def test_dates_are_read_as_people_write_them() -> None:
    for text in ("1980-03-05", "5.3.1980", "05.03.1980", " 5. 3. 1980 "):
        assert born(text) == date(1980, 3, 5)
    assert born("") is None


def test_every_action_says_what_it_does() -> None:
    for action in ACTIONS.values():
        assert action.__doc__
        assert not action.__doc__.startswith(action.__name__ + "(")
    assert issubclass(ACTIONS["OpenTicket"], Action)
