"""The office in force: asked anew each time, but of one page all by one office."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from erreichbar.centre import actions
from erreichbar.centre.office_in_force import by_one_office, office_in_force
from tests.house import House


def test_a_page_is_read_by_one_office_which_is_asked_for_once(house: House) -> None:
    before = house.office.name
    with by_one_office(), CaptureQueriesContext(connection) as sent:
        assert office_in_force().name == before
        house.do(actions.ImportOffice, text=house.office.text.replace(f'name = "{before}"', 'name = "Amt Neu"', 1))
        assert office_in_force().name == before
    asked = [one["sql"] for one in sent if "digest FROM centre_officefile ORDER" in one["sql"]]
    assert len(asked) == 1
    assert office_in_force().name == "Amt Neu"
