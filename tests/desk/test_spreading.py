"""Spreading on the board: seen before it is done, done as it was seen, and what became otherwise is named."""

import re
from collections.abc import Callable
from typing import Any

from erreichbar.centre import actions
from erreichbar.centre.models import Ticket
from tests.desk.conftest import Window

Open = Callable[..., Window]
LATE_IN_THE_DAY = "2026-03-06T16:30:00+01:00"
"""An hour and a half before the last chance: more tickets on one list than can be done there."""


def lies_with(ref: str) -> str:
    return str(Ticket.objects.values_list("holder__username", flat=True).get(ref=ref))


def moves_of(page: str) -> list[str]:
    return re.findall(r'name="move" value="([^"]+)"', page)


def test_it_is_seen_before_and_done_as_it_was_seen(house: Any, window: Open) -> None:
    refs, leader = house.tickets(12), window("kaminski")
    house.clock.set(LATE_IN_THE_DAY)
    page = leader.send("/board/spread").content.decode()
    moves = moves_of(page)
    assert moves and {lies_with(ref) for ref in refs} == {"lange"}
    assert "Petra Lange has more than can be done." in page
    assert "tickets of the house become late instead of" in page
    assert leader.send("/board/spread/carry-out", move=moves).redirect_chain == [("/board", 302)]
    for ref, _version, person in (move.split() for move in moves):
        assert lies_with(ref) == person


def test_what_became_otherwise_is_named_and_the_rest_is_done(house: Any, window: Open) -> None:
    house.tickets(12)
    leader = window("kaminski")
    house.clock.set(LATE_IN_THE_DAY)
    moves = moves_of(leader.send("/board/spread").content.decode())
    taken = moves[0].split()[0]
    house.do(actions.TakeTicket, "schwarz", ticket=taken, version=1)
    page = leader.send("/board/spread/carry-out", move=moves).content.decode()
    assert "these stayed where they are" in page
    assert re.search(r"Albrecht: Somebody has decided", page)
    assert lies_with(taken) == "schwarz"
    assert all(lies_with(move.split()[0]) == move.split()[2] for move in moves[1:])


def test_the_chosen_alone_are_proposed(house: Any, window: Open) -> None:
    refs, leader = house.tickets(12), window("kaminski")
    house.clock.set(LATE_IN_THE_DAY)
    page = leader.send("/board/spread", chosen=refs[:1]).content.decode()
    assert {move.split()[0] for move in moves_of(page)} <= set(refs[:1])
    assert len(moves_of(page)) + page.count("It can be done where it lies.") == 1


def test_with_time_enough_nothing_is_proposed(house: Any, window: Open) -> None:
    house.ticket()
    page = window("kaminski", "de").send("/board/spread").content.decode()
    assert "Nichts zu verteilen" in page and "So verteilen" not in page


def test_nonsense_moves_nothing_and_nobody_else_may(house: Any, window: Open) -> None:
    ref = house.ticket()
    for typed in ([], ["x"], [f"{ref} one yildiz"]):
        assert window("kaminski").send("/board/spread/carry-out", move=typed).status_code == 422
    assert window("lange").send("/board/spread").status_code == 403
    assert window("lange").send("/board/spread/carry-out", move=[f"{ref} 1 yildiz"]).status_code == 403
    page = window("vogt").send("/board/spread/carry-out", move=[f"{ref} 1 fuchs"]).content.decode()
    assert "another unit" in page and "Albrecht" not in page
    assert lies_with(ref) == "lange"
