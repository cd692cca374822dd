"""A spread is carried out as it was seen: what has become otherwise meanwhile is left, and said; nothing is lost."""

from typing import Any

import pytest

from erreichbar.centre import actions, journal
from erreichbar.centre.models import JournalEntry, Ticket
from erreichbar.centre.queries.spreading import IN_USE, proposed


def wishes(refs: list[str], holder: str = "yildiz") -> dict[str, dict[str, Any]]:
    return {one.ref: {"version": one.version, "holder": holder} for one in Ticket.objects.filter(ref__in=refs)}


def lies_with(ref: str) -> str | None:
    ticket = Ticket.objects.select_related("holder").get(ref=ref)
    return ticket.holder.username if ticket.holder else None


def test_all_moves_are_made_at_once_each_in_the_journal_and_only_once(house: Any) -> None:
    refs = house.tickets(4)
    due = list(Ticket.objects.values_list("due_elapsed", flat=True))
    spread = actions.SpreadTickets(key="once", by="kaminski", moves=wishes(refs))
    before = journal.count()
    assert spread.run() == actions.SpreadTickets(key="once", by="kaminski", moves=wishes(refs)).run()
    assert {lies_with(ref) for ref in refs} == {"yildiz"}
    assert journal.count() == before + len(refs)
    assert set(JournalEntry.objects.filter(sequence__gt=before).values_list("kind", flat=True)) == {"ticket.assigned"}
    one = Ticket.objects.get(ref=refs[0])
    assert (one.version, one.responsible, one.assigned_why["de"]) == (2, one.holder, "Verteilt von Barbara Kaminski.")
    assert list(Ticket.objects.values_list("due_elapsed", flat=True)) == due, "the promises stay what they were"
    house.do(actions.TendTickets)
    assert {lies_with(ref) for ref in refs} == {"yildiz"}, "they stay there"


def test_what_became_otherwise_meanwhile_is_left_and_named(house: Any) -> None:
    taken, called, closed, plain = house.tickets(4)
    seen = wishes([taken, called, closed, plain])
    house.do(actions.TakeTicket, "schwarz", ticket=taken, version=1)
    house.tries(called)
    house.do(actions.ResolveTicket, "lange", ticket=closed, version=1, outcome="done_not_told")
    found = house.do(actions.SpreadTickets, "kaminski", moves=seen)
    assert found == {"moved": [plain], "left": {taken: "changed", called: "in_use", closed: "gone"}}
    assert [lies_with(ref) for ref in (taken, called, plain)] == ["schwarz", "lange", "yildiz"]


def test_nobody_is_given_any_who_is_not_there_or_not_of_the_unit(house: Any) -> None:
    [ref] = house.tickets(1)
    house.do(actions.NotInToday, "yildiz", person="yildiz")
    for whom in ("omar", "nobody", "arslan"):
        assert house.do(actions.SpreadTickets, "kaminski", moves=wishes([ref], whom))["left"] == {ref: "not_there"}
    house.clock.set("2026-03-06T16:30:00+01:00")
    house.do(actions.NotInToday, "yildiz", person="yildiz")
    assert house.do(actions.SpreadTickets, "kaminski", moves=wishes([ref]))["left"] == {ref: "not_there"}
    assert lies_with(ref) == "lange"


def test_it_is_the_leaders_and_of_her_units_alone(house: Any) -> None:
    [ref] = house.tickets(1)
    with pytest.raises(actions.NotAllowed):
        house.do(actions.SpreadTickets, "lange", moves=wishes([ref]))
    assert house.do(actions.SpreadTickets, "vogt", moves=wishes([ref]))["left"] == {ref: "gone"}
    for nonsense in ({}, {ref: 1}, {ref: {"version": "1", "holder": "yildiz"}}):
        with pytest.raises(actions.Invalid):
            house.do(actions.SpreadTickets, "kaminski", moves=nonsense)


def test_what_is_proposed_can_be_carried_out_and_makes_fewer_late(house: Any) -> None:
    refs = house.tickets(12)
    # An hour and a half before the last chance: at a quarter of her time she cannot do twelve talks.
    house.clock.set("2026-03-06T16:30:00+01:00")
    called = house.tries(refs[0])
    leader = house.user("kaminski")
    before = Ticket.objects.values_list("version", flat=True)
    found = proposed(leader, house.clock.now())
    assert set(before) == {1}, "nothing is changed by asking"
    assert found.spread.late < found.spread.late_before
    assert set(found.tickets) == set(refs)
    assert found.spread.stay[refs[0]] is IN_USE
    moves = {move.ref: {"version": 1, "holder": move.to} for move in found.spread.moves}
    # Every one of them has a better chance with somebody else; what that does to the others is told too.
    better = {one.ref for one in found.comparison.changes if one.after.reached > one.before.reached}
    assert set(moves) & better
    assert house.do(actions.SpreadTickets, "kaminski", moves=moves)["moved"] == list(moves)
    assert proposed(leader, house.clock.now()).spread.late_before == found.spread.late
    house.ends(called)


def test_only_the_chosen_are_spread_and_nothing_of_another_unit(house: Any) -> None:
    refs = house.tickets(12)
    house.clock.set("2026-03-06T16:30:00+01:00")
    found = proposed(house.user("kaminski"), house.clock.now(), refs[:2])
    assert set(found.tickets) == set(refs[:2])
    assert {move.ref for move in found.spread.moves} <= set(refs[:2])
    assert proposed(house.user("vogt"), house.clock.now(), refs).tickets == {}
