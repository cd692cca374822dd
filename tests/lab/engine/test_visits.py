"""Who does not get through: she does not try for ever, may come in person, and then takes somebody from her work."""

import polars as pl
import pytest

from erreichbar.record.tables import Tables
from erreichbar.record.words import CallOutcome, Direction, MatterEnd, Role, WorkKind, code
from tests.lab.engine.test_presets import PERSISTENT, VISITING, played

pytestmark = pytest.mark.slow  # the loop is compiled anew after every change of the rules
DAY = 24 * 3_600_000
VISIT = code(Direction.VISIT)


@pytest.fixture(scope="module")
def found() -> Tables:
    return played("service-centre", 3, 15, {**PERSISTENT, **VISITING})


def visits(found: Tables) -> pl.DataFrame:
    return found.contacts.filter(pl.col("direction") == VISIT)


def test_who_comes_in_person_is_received_by_a_case_worker_or_sent_away_when_the_office_closes(found: Tables) -> None:
    came = visits(found)
    received = came.filter(pl.col("outcome") == code(CallOutcome.ANSWERED))
    sent_away = came.filter(pl.col("outcome") == code(CallOutcome.TURNED_AWAY))
    assert received.height > sent_away.height > 0
    assert set(received["role"]) == {code(Role.CASE_WORKER)}
    assert received.filter(pl.col("wait") == 0).height
    assert received.filter(pl.col("wait") > 0).height
    assert (sent_away["ended"] % 60_000 == 0).all(), "at the stroke of closing"
    assert (came["line"] == -1).all()
    assert (came["rings"] == 0).all()


def test_a_visit_takes_somebody_from_her_work(found: Tables) -> None:
    assert found.work is not None
    spent = found.work.join(visits(found).select("contact", "answered", "ended"), on="contact")
    assert spent.height
    assert set(spent["kind"]) == {code(WorkKind.CALL)}
    assert (spent["start"] == spent["answered"]).all()
    assert (spent["end"] == spent["ended"]).all()
    before = found.work.filter(pl.col("interrupted") == 1).select("staff", pl.col("end").alias("start"))
    assert spent.join(before, on=["staff", "start"]).height


def test_what_is_settled_there_ended_in_person_and_what_is_not_becomes_a_ticket(found: Tables) -> None:
    assert found.matters is not None
    there = found.matters.join(visits(found).select("contact", "answered", "talk"), on="contact")
    assert set(there["end"]) <= {-1, code(MatterEnd.IN_PERSON), code(MatterEnd.TICKET)}
    settled = there.filter(pl.col("end") == code(MatterEnd.IN_PERSON))
    assert settled.height
    assert (settled["ended"] == settled["answered"] + settled["talk"]).all()
    assert settled.filter(pl.col("served") == pl.col("ended")).height
    assert there.filter(pl.col("ticket") >= 0).height
    assert there.height == found.matters.filter(pl.col("contact").is_in(visits(found)["contact"].implode())).height


def test_nobody_comes_in_person_who_cannot_and_nobody_where_nobody_would() -> None:
    found = played("service-centre", 3, 15, {**PERSISTENT, **VISITING, "lab.citizens.telephone_only": 0.5})
    assert found.matters is not None
    came = found.matters.join(visits(found).select("contact"), on="contact")
    assert came.height
    assert set(came["telephone_only"]) == {0}
    nobody = played("service-centre", 3, 15, {**PERSISTENT, **VISITING, "lab.citizens.in_person": 0.0})
    assert visits(nobody).is_empty()
    assert nobody.matters is not None
    assert nobody.matters.filter(pl.col("end") == code(MatterEnd.GIVEN_UP)).height


def test_nobody_tries_for_ever_to_get_through() -> None:
    most = list[int]()
    for calls in (2, 50):
        found = played("direct-lines", 1, 15, {"lab.citizens.most_calls": calls, "traffic.patience.calls_again": 0.9})
        assert found.matters is not None
        most.append(int(found.matters.select(pl.col("tries").max()).item()))
    assert most[0] == 2 < most[1]
