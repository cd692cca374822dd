"""The compiled loop and the SimPy twin tell the same of an office with tickets and callbacks, to the last digit."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

import polars as pl
import pytest

from erreichbar import access
from erreichbar import office as offices
from erreichbar.lab.engine.filed import Filed
from erreichbar.office import Office
from erreichbar.record.tables import CONTACTS, TICKETS, Column
from erreichbar.record.words import AttemptOutcome, Channel, code
from erreichbar.traffic import Citizens, parameters
from tests.lab import twin
from tests.lab.test_twin import crowded_office
from tests.lab.twin.world import EPOCH, MS
from tests.telephone.test_virtual import village_office

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules
DAY = date(2026, 3, 5)
LENGTHS = ("wait", "talk", "wrap_up", "held_up", "resuming")


def since_start(table: pl.DataFrame, columns: Mapping[str, Column], origin: int) -> pl.DataFrame:
    """Return a table whose moments count from the start of the run, as those of the lab do."""
    moments = [name for name, column in columns.items() if column.unit == "ms" and name not in LENGTHS]
    return table.with_columns(
        pl.when(pl.col(name) >= 0).then(pl.col(name) - origin).otherwise(pl.col(name)).alias(name) for name in moments
    )


@pytest.mark.parametrize(
    ("office", "model", "seed", "days"),
    [
        (village_office, "service-centre", 1, 1),
        (crowded_office, "service-centre", 1, 3),
        (crowded_office, "recognisable-callback", 1, 1),
        (crowded_office, "recognisable-callback", 4, 5),
        (village_office, "recognisable-callback", 2, 30),
        (offices.demo, "recognisable-callback", 1, 2),
        (offices.demo, "service-centre", 2, 1),
    ],
)
def test_the_loop_tells_what_the_twin_tells(office: Callable[[], Office], model: str, seed: int, days: int) -> None:
    town, chosen, follow = office(), access.load(model), 8
    from_twin = twin.run_days(town, chosen, Citizens(parameters(town), town, seed), DAY, days, follow)
    from_loop = Filed(town, chosen, DAY, days, follow).play(seed)
    origin = (datetime.combine(DAY, time(), town.zone) - EPOCH) // MS
    assert from_loop.contacts.to_dicts() == since_start(from_twin.contacts, CONTACTS, origin).to_dicts()
    assert from_loop.tickets.to_dicts() == since_start(from_twin.tickets, TICKETS, origin).to_dicts()
    assert from_loop.tickets["attempts"].sum(), "days on which nothing happens would prove nothing"


def test_in_these_days_everything_happens_that_the_loop_knows() -> None:
    town = crowded_office()
    found = Filed(town, access.load("recognisable-callback"), DAY, 20, 8).play(4)
    assert set(found.contacts["attempt_outcome"]) >= {code(one) for one in AttemptOutcome}
    assert found.tickets["ring_backs"].sum()
    assert found.contacts.filter(pl.col("ring_back_of") >= 0, pl.col("role") == 1).height, "somebody who tried was rung"
    assert set(found.tickets["channel"]) == {code(Channel.TELEPHONE), code(Channel.LETTER)}
    assert found.tickets.filter(pl.col("closed") >= 0, pl.col("resolved") < 0).height, "somebody was not told"
    assert found.tickets["with_whom"].n_unique() > 2
