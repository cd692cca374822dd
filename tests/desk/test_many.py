"""A list of many tickets asks no more of the database than a short one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from erreichbar.centre import actions
from tests.copies import copies
from tests.desk.conftest import Window
from tests.house import House


@pytest.mark.parametrize(
    ("person", "page"), [("lange", "/tickets"), ("yildiz", "/tickets?unit=benefits-1"), ("kaminski", "/board")]
)
def test_a_list_takes_as_many_statements_for_many_tickets_as_for_few(
    house: House, window: Callable[..., Window], person: str, page: str
) -> None:
    ref, desk = house.ticket(language="tr"), window(person)
    house.calls_back(ref, outcome="not_answered")
    house.clock.set("2026-03-06T14:00+01:00")
    house.do(actions.TendTickets)
    copies(ref, 2)
    desk.see(page)
    with CaptureQueriesContext(connection) as few:
        assert desk.see(page).count('class="line ') == 3
    copies(ref, 40, first=100)
    with CaptureQueriesContext(connection) as many:
        assert desk.see(page).count('class="line ') == 43
    assert len(many) == len(few), [one["sql"] for one in many][:60]
