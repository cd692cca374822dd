"""The book: in order, exactly once, also when the database is away and when the process dies in between."""

from pathlib import Path

import pytest
from django.db import OperationalError

from erreichbar.centre import actions, refs
from erreichbar.centre.models import Call, JournalEntry
from erreichbar.record.vocabulary import Ref
from erreichbar.telephone.book import Book

pytestmark = pytest.mark.django_db(transaction=True)


def received(call: Ref) -> actions.ReceiveCall:
    return actions.ReceiveCall(
        key=f"{call}.received", call=call, line_name="virtual", number=None, withheld=True, in_service_hours=True
    )


def queued(call: Ref) -> actions.QueueCall:
    return actions.QueueCall(key=f"{call}.queued", call=call)


def waits(book: Book) -> bool:
    return book.waiting


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the database be away until ``undo``."""

    def locked(self: actions.Action) -> None:
        raise actions.Busy

    monkeypatch.setattr(actions.Action, "_run_once", locked)
    return monkeypatch


def test_what_happens_while_the_database_is_away_is_entered_afterwards_in_order(
    office_in_force: object, tmp_path: Path, away: pytest.MonkeyPatch
) -> None:
    book, call = Book(tmp_path), refs.new_ref()
    assert not book.enter(received(call))
    assert not book.enter(queued(call))
    book.replay()
    assert waits(book)
    away.undo()
    # The order holds: nothing overtakes what waits.
    assert not book.enter(actions.AbandonCall(key=f"{call}.abandoned", call=call))
    book.replay()
    assert not waits(book)
    kinds = list(JournalEntry.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds[-4:] == ["call.arrived", "call.queued", "call.abandoned", "spool.replayed"]
    assert Call.objects.get(ref=call).outcome == "abandoned"


def test_a_change_keeps_the_moment_at_which_it_happened(
    office_in_force: object, tmp_path: Path, away: pytest.MonkeyPatch
) -> None:
    book, call = Book(tmp_path), refs.new_ref()
    action = received(call)
    book.enter(action)
    away.undo()
    Book(tmp_path).replay()
    assert Call.objects.get(ref=call).arrived_at == action.at


def test_a_crash_between_entering_and_forgetting_enters_nothing_twice(
    office_in_force: object, tmp_path: Path, away: pytest.MonkeyPatch
) -> None:
    book, call = Book(tmp_path), refs.new_ref()
    book.enter(received(call))
    kept = (tmp_path / "spool.jsonl").read_text()
    away.undo()
    book.replay()
    entries = JournalEntry.objects.count()
    (tmp_path / "spool.jsonl").write_text(kept)
    Book(tmp_path).replay()
    assert JournalEntry.objects.count() == entries
    assert Call.objects.filter(ref=call).count() == 1


@pytest.mark.parametrize("half", ['{"action": "QueueCall", "key": "half', '{"action": "QueueCall", "more": {"a": 1}'])
def test_half_a_line_left_by_a_crash_is_passed_over(
    office_in_force: object, tmp_path: Path, away: pytest.MonkeyPatch, half: str
) -> None:
    book, first, second = Book(tmp_path), refs.new_ref(), refs.new_ref()
    book.enter(received(first))
    with (tmp_path / "spool.jsonl").open("a") as spool:
        spool.write("\n" + half)
    book.enter(received(second))
    away.undo()
    book.replay()
    assert {str(ref) for ref in Call.objects.values_list("ref", flat=True)} == {first, second}


def test_what_the_house_refuses_is_kept_beside(
    office_in_force: object, tmp_path: Path, away: pytest.MonkeyPatch
) -> None:
    book = Book(tmp_path)
    book.enter(queued(refs.new_ref()))
    away.undo()
    book.replay()
    assert not book.waiting
    assert "QueueCall" in (tmp_path / "spool-refused.jsonl").read_text()


def test_a_locked_database_counts_as_away(
    office_in_force: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(self: actions.Action) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions.Action, "_run_once", locked)
    book = Book(tmp_path)
    assert not book.enter(queued(refs.new_ref()))
    assert book.waiting
