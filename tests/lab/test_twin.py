"""The centre in virtual time and a plain twin tell the same of the same day, to the last digit."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.db import transaction

from erreichbar import access
from erreichbar import office as offices
from erreichbar.centre import clock, journal, refs
from erreichbar.office import Office
from erreichbar.record.tables import Tables
from erreichbar.site import demo
from erreichbar.telephone import virtual
from erreichbar.traffic import Citizens, parameters
from tests.lab import twin
from tests.telephone.test_virtual import village_office

DAY = date(2026, 3, 5)


def crowded_office() -> Office:
    """Few households of two, who call often: numbers are shared, and who rings back is not always who was called."""
    text = village_office().text
    for name, value in (("shared_number", "1.0"), ("benefit_units", "40"), ("calls_per_benefit_unit_and_month", "9")):
        text, times = re.subn(rf"^({name} = {{ value =) [\d.]+", rf"\1 {value}", text, flags=re.MULTILINE)
        assert times == 1, name
    return offices.loads(text, "crowded.toml")


def lived(office: Office, model: access.AccessModel, citizens: Citizens, seed: int, folder: Path) -> Tables:
    """Return what the centre's own journal tells of a day that all seats are automatic in."""
    start = virtual.VirtualClock(datetime.combine(DAY, time(), office.zone))
    with transaction.atomic(), clock.use(start), refs.seeded(seed):
        demo.set_up(office, model)
        virtual.run_day(office, model, citizens, DAY, folder, start)
        tables = journal.record_tables()
        transaction.set_rollback(True)
    return tables


@pytest.mark.slow
@pytest.mark.parametrize(
    ("office", "model", "seed"),
    [
        (crowded_office, "service-centre", 1),
        (crowded_office, "recognisable-callback", 1),
        (crowded_office, "recognisable-callback", 4),
        (village_office, "recognisable-callback", 1),
        (offices.demo, "recognisable-callback", 1),
    ],
)
def test_the_centre_lives_the_day_that_its_twin_tells(
    office: Callable[[], Office], model: str, seed: int, tmp_path: Path, db: None
) -> None:
    town, chosen = office(), access.load(model)
    lives = lived(town, chosen, Citizens(parameters(town), town, seed), seed, tmp_path)
    told = twin.run_day(town, chosen, Citizens(parameters(town), town, seed), DAY)
    assert lives.contacts.to_dicts() == told.contacts.to_dicts()
    assert lives.tickets.to_dicts() == told.tickets.to_dicts()
    assert lives.matters is not None and told.matters is not None
    assert lives.matters.to_dicts() == told.matters.to_dicts()
    assert told.tickets["attempts"].sum(), "a day on which nothing happens would prove nothing"
