"""Retention: what is erased is gone, what was proved stays proved."""

import sqlite3
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.models import JournalEntry, StaffPseudonym
from erreichbar.record import events


def days_later(house: Any) -> None:
    house.clock.set("2026-03-09T10:00:00+01:00")


def erase_silently(house: Any, sequence: int) -> None:
    """Erase an entry without saying so. The database lets that pass: payloads may go, lines may not."""
    with closing(sqlite3.connect(house.path)) as database, database:
        database.execute(
            'UPDATE centre_journalentry SET payload = NULL, salt = NULL, "call" = NULL, ticket = NULL '
            "WHERE sequence = ?",
            [sequence],
        )


def test_erased_entries_say_nothing_and_the_chain_verifies(file_house: Any) -> None:
    days_later(file_house)
    assert file_house.do(actions.CloseDay, day="2026-03-05") is True
    end = journal.last_sequence()
    erased = file_house.do(actions.EraseEntries, first=1, last=end)
    left = JournalEntry.objects.filter(sequence__lte=end, payload__isnull=False)
    assert {entry.kind for entry in left} <= set(journal.KEPT)
    assert erased == end - left.count() > 10
    assert not JournalEntry.objects.filter(payload=None).exclude(salt=None, call=None, ticket=None).exists()
    assert journal.verify().ok
    (said,) = [entry.event for entry in journal.entries() if isinstance(entry.event, events.EntriesErased)]
    assert (said.first, said.last) == (1, end)


def test_the_counts_of_an_erased_day_stay(file_house: Any) -> None:
    days_later(file_house)
    file_house.do(actions.CloseDay, day="2026-03-05")
    file_house.do(actions.EraseEntries, first=1, last=journal.last_sequence())
    (day,) = [entry.event for entry in journal.entries() if isinstance(entry.event, events.DayClosed)]
    assert day.day == date(2026, 3, 5)
    assert (day.offered, day.answered, day.abandoned, day.turned_away, day.out_of_hours) == (1, 1, 0, 0, 0)
    assert (day.tickets_opened, day.attempted_in_time, day.reached_in_time, day.resolved_in_time) == (1, 1, 1, 1)
    assert file_house.do(actions.CloseDay, day="2026-03-05") is False


def test_a_day_whose_figures_may_change_is_not_closed(file_house: Any) -> None:
    file_house.clock.set("2026-03-06T10:00:00+01:00")
    with pytest.raises(actions.Refused) as refused:
        file_house.do(actions.CloseDay, day="2026-03-05")
    assert refused.value.code == "day_is_not_over"


def test_nothing_is_erased_before_its_day_is_closed(file_house: Any) -> None:
    days_later(file_house)
    with pytest.raises(actions.Refused) as refused:
        file_house.do(actions.EraseEntries, first=1, last=5)
    assert refused.value.code == "day_is_not_closed"


def test_an_erasure_without_an_entry_is_found(file_house: Any) -> None:
    erase_silently(file_house, 6)
    found = journal.verify()
    assert not found.ok
    assert found.first_bad == 6


def test_an_erasure_beyond_what_was_said_is_found(file_house: Any) -> None:
    days_later(file_house)
    file_house.do(actions.CloseDay, day="2026-03-05")
    file_house.do(actions.EraseEntries, first=3, last=7)
    assert journal.verify().ok
    erase_silently(file_house, 8)
    assert journal.verify().first_bad == 8


def test_what_will_be_erased_is_not_excused_beforehand(file_house: Any) -> None:
    """An entry of erasure speaks only of what stood before it."""
    days_later(file_house)
    file_house.do(actions.CloseDay, day="2026-03-05")
    file_house.do(actions.EraseEntries, first=3, last=7)
    file_house.ticket()
    end = journal.last_sequence()
    erase_silently(file_house, end)
    assert journal.verify().first_bad == end


def test_pseudonyms_of_an_erased_month_are_forgotten(file_house: Any) -> None:
    file_house.clock.set("2026-04-02T10:00:00+02:00")
    file_house.ticket()
    file_house.do(actions.CloseDay, day="2026-03-05")
    assert StaffPseudonym.objects.filter(month=date(2026, 3, 1)).exists()
    march = max(entry.sequence for entry in journal.entries() if entry.moment.month == 3)
    file_house.do(actions.EraseEntries, first=1, last=march)
    assert not StaffPseudonym.objects.filter(month=date(2026, 3, 1)).exists()
    assert StaffPseudonym.objects.filter(month=date(2026, 4, 1)).exists()
    assert journal.verify().ok


@pytest.mark.parametrize(("first", "last"), [(0, 3), (5, 4), (1, 10_000)])
def test_entries_that_are_not_there_are_not_erased(file_house: Any, first: int, last: int) -> None:
    with pytest.raises(actions.Invalid):
        file_house.do(actions.EraseEntries, first=first, last=last)
