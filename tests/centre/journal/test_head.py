"""The head file: it may lag, never run ahead, never go back."""

import json
from pathlib import Path
from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.journal import head


def file(house: Any) -> Path:
    return Path(f"{house.path}.head.json")


def one_more(house: Any) -> None:
    house.do(actions.ReplaySpool, entries=1, since="2026-03-05T12:00:00Z")


def test_the_head_file_follows_each_commit(file_house: Any) -> None:
    before = journal.last_sequence()
    one_more(file_house)
    assert head.read_head(file(file_house)).sequence == before + 1


def test_a_crash_between_commit_and_head_file_is_no_fault(file_house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as crash:
        crash.setattr(head, "advance", lambda *_: None)
        one_more(file_house)
        one_more(file_house)
    end = journal.last_sequence()
    assert head.read_head(file(file_house)).sequence == end - 2
    assert journal.verify().ok
    one_more(file_house)
    assert head.read_head(file(file_house)).sequence == end + 1, "the file catches up"
    assert journal.verify().ok


def test_the_head_file_never_goes_back(file_house: Any) -> None:
    end = head.read_head(file(file_house))
    head.advance(head.Head(2, "a" * 64), head.Head(3, "b" * 64))
    assert head.read_head(file(file_house)) == end


def test_a_disk_that_takes_no_head_stops_nobody(file_house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = file(file_house).read_text()
    monkeypatch.setattr(head, "_replace", full)
    one_more(file_house)
    assert file(file_house).read_text() == before
    assert journal.verify().ok


def test_deferred_heads_are_written_once_at_the_end(file_house: Any) -> None:
    before = file(file_house).read_text()
    with journal.deferred():
        one_more(file_house)
        one_more(file_house)
        assert file(file_house).read_text() == before
    assert head.read_head(file(file_house)).sequence == journal.last_sequence()


def test_no_draft_is_left_behind(file_house: Any) -> None:
    one_more(file_house)
    assert not [
        name for name in file(file_house).parent.iterdir() if name.name.count(".json.") and "lock" not in name.name
    ]


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", '{"sequence": 1}', '{"sequence": -1, "entry_hash": "%s"}' % ("a" * 64),
             json.dumps({"sequence": True, "entry_hash": "a" * 64}), json.dumps({"sequence": 1, "entry_hash": "x"})],
)  # fmt: skip
def test_what_is_no_head_is_refused(tmp_path: Path, text: str) -> None:
    spoilt = tmp_path / "head.json"
    spoilt.write_text(text)
    with pytest.raises(head.BadHead):
        head.read_head(spoilt)
