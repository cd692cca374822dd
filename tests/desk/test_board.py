"""The leader's board: what is in danger, who is there, and what an absence changes, with its cause."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from erreichbar.centre import actions
from erreichbar.centre.models import Ticket, TimeTaken
from tests.desk.conftest import Window

Open = Callable[..., Window]


def test_not_in_today_moves_her_tickets_and_the_next_one_and_the_forecast_tells_the_cause(
    house: Any, window: Open
) -> None:
    house.clock.set("2026-03-05T10:00:40+01:00")  # within a minute: the forecast is one of whole minutes
    ref, leader = house.ticket(), window("kaminski")
    assert "Nothing, for any ticket of your units." in leader.send("/board/forecast").content.decode()
    assert leader.send("/board/not-in-today", person="lange").status_code == 200
    moved = Ticket.objects.select_related("holder").get(ref=ref)
    assert moved.holder is not None and moved.holder.username != "lange"
    assert f'href="/tickets/{ref}"' in window(moved.holder.username).see("/tickets")
    call = house.talks("+4915228817399")
    person = house.registers(call, given_name="Nadia Z", benefit_unit_number="99901BG0000100")
    assert Ticket.objects.get(ref=house.opens(call, person)).holder == moved.holder
    page = leader.send("/board/forecast").content.decode()
    name = house.office.people["lange"].name
    assert f"before: {name}" in page
    assert moved.assigned_why["en"] in page


def test_supposing_an_absence_tells_what_it_would_change_and_changes_nothing(house: Any, window: Open) -> None:
    ref = house.ticket()
    page = window("kaminski").send("/board/forecast", away="lange", on=f"{house.clock.now():%Y-%m-%d}").content.decode()
    assert f"before: {house.office.people['lange'].name}" in page
    assert Ticket.objects.get(ref=ref, holder__username="lange").version == 1
    assert not TimeTaken.objects.exists()


def test_what_a_change_does_is_told_in_two_sentences_first(house: Any, window: Open) -> None:
    refs, leader = house.tickets(12), window("kaminski", "de")
    house.clock.set("2026-03-06T14:00:00+01:00")
    page = leader.send("/board/forecast", more="lange", more_on="2026-03-06").content.decode()
    assert "Mit einer Stunde mehr für Petra Lange heute: kein Ticket kippt." in page
    assert re.search(r"\d Tickets?, die sonst zu spät kämen, werden gehalten\.", page)
    assert "Petra Lange hat mehr Zeit für Rückrufe." in page
    moves = {ref: {"version": 1, "holder": "yildiz"} for ref in refs[:6]}
    house.do(actions.SpreadTickets, "kaminski", moves=moves)
    others = [one.id for one in house.office.people.values() if f'id="away-{one.id}"' in page]
    page = leader.send("/board/forecast", away=others, on="2026-03-06").content.decode()
    assert re.search(r"heute: \d+ Tickets kippen, das erste heute 17:59\.", page)
    both = leader.send("/board/forecast", away="yildiz", on="2026-03-06", more_unit="benefits-1", more_on="2026-03-06")
    assert "Ohne Deniz Yıldız heute, mit einer Stunde mehr für" in both.content.decode()
    assert leader.send("/board/forecast", more="vogt").status_code == 422


def test_what_breaks_when_is_a_picture_and_a_table_of_the_leaders_own(house: Any, window: Open) -> None:
    house.tickets(3)
    leader, part = window("kaminski", "de"), {"HX-Request": "true"}
    page = leader.get("/board/outlook", headers=part).content.decode()
    assert "<title" in page and "<desc" in page and "Von 3 laufenden Zusagen" in page
    assert re.search(r'scope="row">morgen ab 17 Uhr</th><td class="kern-table__cell">3</td>', page)
    assert "style=" not in page and not re.search(r'(width|x|y)="\d+,', page), "numbers for programs have no comma"
    seen = re.search(r"outlook\?seen=(\w+)", page)
    assert seen and leader.get(f"/board/outlook?seen={seen[1]}", headers=part).status_code == 204
    assert "<svg" in leader.see("/board/outlook"), "without a script it is the board with the picture"
    assert "<svg" not in window("vogt").get("/board/outlook", headers=part).content.decode()
    assert window("lange").get("/board/outlook").status_code == 403


def test_a_ticket_is_assigned_from_the_board_once_and_by_nobody_who_is_late(house: Any, window: Open) -> None:
    ref, leader = house.ticket(), window("kaminski")
    assert leader.send(f"/board/{ref}/assign", version=1, holder="yildiz").status_code == 200
    assert Ticket.objects.get(ref=ref, holder__username="yildiz").version == 2
    late = leader.send(f"/board/{ref}/assign", version=1, holder="lange")
    assert (late.status_code, Ticket.objects.get(ref=ref).version) == (422, 2)


def test_a_leader_takes_over_on_the_board(house: Any, window: Open) -> None:
    ref, leader = house.ticket(), window("kaminski")
    assert leader.send(f"/board/{ref}/take", version=1).redirect_chain == [("/board", 302)]
    assert Ticket.objects.get(ref=ref, holder__username="kaminski").version == 2
    assert f"/board/{ref}/take" not in leader.see("/board"), "it is hers already"
    for late in ({"version": 1}, {}):
        assert window("kaminski").send(f"/board/{ref}/assign", holder="lange", **late).status_code == 422


def test_the_parts_renew_themselves_only_if_something_changed(house: Any, window: Open) -> None:
    ref, leader = house.ticket(), window("kaminski")
    page = leader.see("/board")
    lines, team = (re.search(rf"/board/{part}\?seen=(\w+)", page) for part in ("lines", "team"))
    assert lines and team
    for part, seen in (("lines", lines[1]), ("team", team[1])):
        assert leader.get(f"/board/{part}?seen={seen}").status_code == 204
    window("lange").send("/presence/not-in-today")
    for part, seen in (("lines", lines[1]), ("team", team[1])):
        assert leader.get(f"/board/{part}?seen={seen}").status_code == 200
    assert ref in leader.see("/board/lines") and window("lange").get("/board/lines").status_code == 403


def test_every_ticket_is_reached_by_pages_and_those_in_danger_come_first(
    house: Any, window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("erreichbar.centre.queries.lists.PAGE", 2)
    later = house.tickets(4)
    urgent = house.ticket(reason="no_means")
    leader = window("kaminski")
    seen = [re.findall(r'id="who-(\w+)"', leader.see(f"/board?page={number}")) for number in (1, 2, 3, 9)]
    assert [len(page) for page in seen] == [2, 2, 1, 1] and seen[2] == seen[3]
    assert {ref for page in seen[:3] for ref in page} == {urgent, *later}
    assert seen[0][0] == urgent, "it is due last"
    assert "1 to 2 of 5." in leader.see("/board") and "page=2" in leader.see("/board")


@pytest.mark.parametrize("at", ["/tickets?unit=benefits-1&", "/tickets?"])
def test_a_list_has_pages_too_and_renews_the_one_that_is_open(
    house: Any, window: Open, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    monkeypatch.setattr("erreichbar.centre.queries.lists.PAGE", 2)
    refs = house.tickets(3)
    desk = window("lange")
    pages = [desk.see(f"{at}page={number}") for number in ("1", "2", "9" * 5000)]
    seen = [re.findall(r'id="who-(\w+)"', page) for page in pages]
    assert [len(page) for page in seen] == [2, 1, 2] and {*seen[0], *seen[1]} == {*refs}
    assert "1 to 2 of 3." in pages[0] and f"{at.replace('&', '&amp;')}page=2" in pages[0]
    (renewed,) = re.findall(r'hx-get="(/tickets/part[^"]*)"', pages[1])
    assert desk.get(renewed.replace("&amp;", "&")).status_code == 204
    house.ticket()
    assert "page=2" in renewed and desk.get(renewed.replace("&amp;", "&")).status_code == 200


def test_what_cannot_be_is_said(house: Any, window: Open) -> None:
    leader = window("kaminski")
    assert "Please choose a day." in leader.send("/board/forecast", away="lange", on="soon").content.decode()
    assert "Please choose a day." in leader.send("/board/forecast", away="lange", on="9999-12-31").content.decode()
    assert leader.send("/board/forecast", away="nobody", on="2026-03-06").status_code == 422
    assert leader.send("/board/not-in-today", person="nobody").status_code == 422
    assert leader.send("/board/nothing/assign", version=1).status_code == 422


def test_only_a_leader_sees_a_board_and_only_of_her_own_units(house: Any, window: Open) -> None:
    ref = house.ticket()
    assert window("lange").get("/board").status_code == 403
    assert ref in window("kaminski").see("/board")
    other = window("vogt")
    assert ref not in other.see("/board")
    assert other.send("/board/not-in-today", person="lange").status_code == 422
    assert not TimeTaken.objects.exists()
    house.do(actions.NotInToday, "lange", person="lange")
    assert ref not in other.send("/board/forecast").content.decode()
