"""What becomes of the open tickets, from the record and the roster, and what one absence changes."""

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from erreichbar.centre import actions
from erreichbar.centre.models import Ticket, User
from erreichbar.centre.queries.forecast import Supposed, compared, forecast
from erreichbar.cli import main
from erreichbar.promise.forecast import More
from erreichbar.promise.presence import Entry


def test_every_open_ticket_has_chances_and_nothing_must_break(house: Any) -> None:
    ref = house.ticket()
    found = forecast(house.clock.now())
    assert list(found.chances) == [ref]
    one = found.chances[ref]
    assert 0.9 < one.attempted <= 1
    assert one.attempted >= one.reached >= one.resolved > 0.4
    assert found.first_break is None
    assert found.learnt.sources["talk"].en == "assumption, too little counted yet"


def test_the_same_moment_gives_the_same_forecast(house: Any) -> None:
    house.ticket()
    assert forecast(house.clock.now()).chances == forecast(house.clock.now()).chances


def test_with_nobody_there_in_time_a_break_is_certain_and_names_the_ticket(house: Any) -> None:
    ref = house.ticket()
    now = house.clock.now()
    found = forecast(now, Supposed(tuple(Entry(person, now, None) for person in house.office.people)))
    assert found.first_break is not None
    assert found.first_break.in_the_way == (ref,)
    assert found.chances[ref].attempted == 0


def test_one_absence_moves_work_to_a_deputy_who_has_her_own_and_lowers_the_chances_of_both(house: Any) -> None:
    lists: dict[str, list[str]] = {"lange": [], "yildiz": []}
    for number in range(8):
        house.clock.set(f"2026-03-05T10:{number * 5:02}:00+01:00")
        mine = "lange" if number % 2 else "yildiz"
        unit = {"lange": "99901BG0000100", "yildiz": "99901BG0000900"}[mine]
        call = house.talks(f"+49152288173{86 + number}")
        person = house.registers(call, given_name=f"Nadia {'ABCDEFGH'[number]}", benefit_unit_number=unit)
        lists[mine].append(house.opens(call, person))
        house.hangs_up(call)
        house.do(actions.ChangeSeat, user="arslan", state="ready")
    # An hour and a half before the last chance of all.
    house.clock.set("2026-03-06T16:30:00+01:00")
    now = house.clock.now()
    before = forecast(now).chances
    after = forecast(now, Supposed((Entry("lange", now, None),))).chances
    for refs in lists.values():
        assert sum(after[ref].resolved for ref in refs) < sum(before[ref].resolved for ref in refs) - 0.2
    why = {
        one.ref: one.cause.en
        for one in compared(User.objects.get(username="kaminski"), now, Supposed((Entry("lange", now, None),))).changes
    }
    assert {why[ref] for ref in lists["yildiz"] if ref in why} == {
        f"{house.office.people['yildiz'].name} has 4 more tickets."
    }


def test_an_hour_more_raises_the_chances_of_that_list_and_is_the_cause(house: Any) -> None:
    refs = house.tickets(12)
    house.clock.set("2026-03-06T14:00:00+01:00")
    now, leader = house.clock.now(), User.objects.get(username="kaminski")
    more = Supposed(more=(More("lange", now, now + timedelta(hours=4)),))
    found = compared(leader, now, more).changes
    assert {one.ref for one in found} <= set(refs)
    assert sum(one.after.reached - one.before.reached for one in found) > 1
    assert {one.cause.de for one in found} == {"Petra Lange hat mehr Zeit für Rückrufe."}
    # Who is not in has none to give; with somebody away, both are told.
    both = Supposed((Entry("lange", now, None),), more=(More("lange", now, now + timedelta(hours=4)),))
    assert {one.holder for one in compared(leader, now, both).changes} & {"lange"} == set()


def test_reached_stays_reached(house: Any) -> None:
    ref = house.ticket()
    house.calls_back(ref)
    one = forecast(house.clock.now()).chances[ref]
    assert (one.attempted, one.reached) == (1, 1)


# -- what an absence changes, and through what ------------------------------------------------------------------------------


def test_not_in_today_changes_the_forecast_and_the_cause_is_told(house: Any) -> None:
    ref, leader = house.ticket(), User.objects.get(username="kaminski")
    now = house.clock.now()
    assert compared(leader, now).changes == []
    would = compared(leader, now, Supposed((Entry("lange", now, None),))).changes
    assert holder_of(ref) == "lange"  # nothing was written
    house.do(actions.NotInToday, "lange", person="lange")
    [told] = compared(leader, now).changes
    assert [(one.ref, one.holder_before, one.holder) for one in would] == [(ref, "lange", told.holder)]
    assert (told.ref, told.holder_before) == (ref, "lange")
    assert told.holder == holder_of(ref)
    assert told.cause.en == Ticket.objects.get(ref=ref).assigned_why["en"]
    assert house.office.people["lange"].name in told.cause.de


def test_nothing_of_another_unit_is_told(house: Any) -> None:
    house.ticket()
    now = house.clock.now()
    assert compared(User.objects.get(username="vogt"), now, Supposed((Entry("lange", now, None),))).changes == []


def holder_of(ref: str) -> str:
    return str(Ticket.objects.values_list("holder__username", flat=True).get(ref=ref))


# -- the command ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run ``erreichbar promise forecast`` on the database of the test."""
    from erreichbar.cli import installation

    monkeypatch.setattr(installation, "existing", lambda db: None)
    return lambda *words: CliRunner().invoke(main, ["promise", "forecast", *words])


def test_the_command_prints_one_object(house: Any, run: Any) -> None:
    ref = house.ticket()
    told = json.loads(run("--json").stdout)
    assert told["at"] == "2026-03-05T10:00:00+01:00"
    assert [one["ref"] for one in told["tickets"]] == [ref]
    assert set(told) == {"at", "tickets", "feasible", "first_break", "in_the_way"}
    assert (told["feasible"], told["first_break"], told["in_the_way"]) == (True, None, [])


def test_the_command_supposes_an_hour_more_and_several_absences(house: Any, run: Any) -> None:
    house.tickets(12)
    house.clock.set("2026-03-06T14:00:00+01:00")
    house.do(actions.TendTickets)
    at = ("--at", "2026-03-06T14:00")
    sums = [
        sum(one["reached"] for one in json.loads(run(*at, *words, "--json").stdout)["tickets"])
        for words in ((), ("--hour-more", "lange", "--on", "2026-03-06"),
                      (*(word for one in house.office.people for word in ("--absent", one)), "--on", "2026-03-06"))
    ]  # fmt: skip
    assert sums[1] > sums[0] + 1
    assert sums[2] == 0


def test_the_command_tells_it_to_people(house: Any, run: Any) -> None:
    ref = house.ticket()
    told = run("--at", "2026-03-05T12:00", "--absent", "lange", "--on", "2026-03-06").stdout
    assert ref in told
    assert "That is no promise." in told
    assert "assumption, too little counted yet" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--absent", "nobody", "--on", "2026-03-06"], "Known are: arslan, becker"),
        (["--absent", "lange"], "belong together"),
        (["--on", "2026-03-06"], "belong together"),
        (["--hour-more", "lange"], "belong together"),
        (["--absent", "lange", "--hour-more", "nobody", "--on", "2026-03-06"], "Known are: arslan, becker"),
        (["--at", "yesterday"], "yesterday"),
        (["--absent", "lange", "--on", "06.03.2026"], "06.03.2026"),
    ],
)
def test_nonsense_is_told(house: Any, run: Any, words: list[str], said: str) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    assert said in answer.output
