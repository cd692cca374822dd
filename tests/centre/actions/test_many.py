"""Many tickets at once: a run says and does the same, in as many statements, however many there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from erreichbar.centre import actions, journal
from erreichbar.centre.actions.steps import MOST, any_due
from erreichbar.centre.models import Message, StepTaken, Ticket
from erreichbar.record.words import LadderStep
from tests.copies import copies
from tests.house import House

MISSED = "2026-03-09T08:00+01:00"
"""After a stop over the weekend: all steps of a ticket of Thursday at ten are due."""


def statements(house: House, moment: str) -> int:
    """Do what is due and return how many statements it took."""
    house.clock.set(moment)
    with CaptureQueriesContext(connection) as sent:
        house.do(actions.TendTickets)
    return len(sent)


def test_a_run_with_nothing_to_do_asks_no_more_of_many_tickets_than_of_few(house: House) -> None:
    ref = house.ticket()
    few = statements(house, "2026-03-05T10:01+01:00")
    copies(ref, 60)
    entries = journal.count()
    assert statements(house, "2026-03-05T10:02+01:00") == few
    assert journal.count() == entries


@pytest.mark.parametrize("returns", [True, False])
def test_what_is_late_is_not_looked_at_one_by_one_each_minute(house: House, returns: bool) -> None:
    house.do(actions.ImportOffice, text=house.office.text + f"\n[promise]\nreturns = {str(returns).lower()}\n")
    ref = house.ticket()
    statements(house, MISSED)
    assert Ticket.objects.filter(ref=ref, last_chance__lt=house.clock.now()).exists()
    few = statements(house, "2026-03-09T08:01+01:00")
    copies(ref, 60)
    for moment in ("2026-03-09T08:02+01:00", "2026-03-14T12:00+01:00"):  # in service hours, and on a Saturday
        assert statements(house, moment) == few


def test_after_a_long_stop_more_is_due_than_a_statement_takes(house: House) -> None:
    ref = house.ticket()
    copies(ref, 1200)
    house.clock.set(MISSED)
    house.do(actions.TendTickets)
    assert StepTaken.objects.count() == MOST * len(LadderStep), "more is not one change"
    assert any_due(house.clock.now())
    house.do(actions.TakeSteps)
    assert not any_due(house.clock.now())
    assert StepTaken.objects.count() == 1201 * len(LadderStep)
    assert Message.objects.count() == 1201, "each citizen is told"
    assert not Ticket.objects.exclude(next_step=None).exists()
    entries = [entry.event.kind for entry in journal.entries() if entry.event is not None]
    assert (entries.count("ladder.step_taken"), entries.count("message.queued")) == (1201 * len(LadderStep), 1201)
    assert journal.verify().ok
    before = journal.count()
    house.do(actions.TendTickets)
    assert journal.count() == before, "done again it does nothing"


def test_when_somebody_is_not_in_all_of_her_tickets_go(house: House) -> None:
    ref = house.ticket()
    holder = Ticket.objects.get(ref=ref).holder
    assert holder is not None
    copies(ref, 1200)
    moment = house.clock.now()
    house.do(actions.TakeTime, person=holder.username, start=moment, end=moment + timedelta(hours=50), kind="absent")
    assert not Ticket.objects.filter(holder=holder).exists()
