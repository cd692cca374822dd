"""What differs between two forecasts is told with its cause."""

from erreichbar.office.text import Text
from erreichbar.promise.forecast import Chances, changes
from erreichbar.promise.stand_in import Holder, Level

HIGH, LOW = Chances(1.0, 0.9, 0.8), Chances(0.9, 0.5, 0.4)
WHY = Text("Vertretung für Lange", "Deputy for Lange")


def held(person: str | None) -> Holder:
    return Holder(person, Level.DEPUTY, True, None, WHY)


def test_what_is_the_same_is_no_change() -> None:
    assert changes({"a": HIGH}, {"a": HIGH}, {"a": held("lange")}, {"a": held("lange")}, {}) == []


def test_a_ticket_that_moves_tells_why_it_lies_there_and_the_others_on_that_desk_that_there_are_more() -> None:
    before = {"a": held("lange"), "b": held("yildiz"), "c": held("lange")}
    after = {"a": held("yildiz"), "b": held("yildiz"), "c": held("lange")}
    found = changes(
        dict.fromkeys("abc", HIGH),
        {"a": LOW, "b": LOW, "c": LOW},
        before,
        after,
        {"yildiz": "Herr Yildiz", "lange": "Frau Lange"},
    )
    assert [(one.ref, one.cause.en) for one in found] == [
        ("a", "Deputy for Lange"),
        ("b", "Herr Yildiz has 1 more ticket."),
        ("c", "Frau Lange has 1 fewer ticket."),
    ]
    assert found[1].cause.de == "Auf der Liste von Herr Yildiz liegt 1 Ticket mehr."


def test_as_many_other_tickets_are_no_other_time() -> None:
    before, after = {"a": held("x"), "b": held("x"), "c": held("y")}, {"a": held("x"), "b": held("y"), "c": held("x")}
    found = changes(dict.fromkeys("abc", HIGH), {"a": LOW, "b": HIGH, "c": HIGH}, before, after, {"x": "Frau X"})
    assert found[0].cause.en == "Frau X has partly other tickets."


def test_other_time_is_the_cause_where_no_ticket_moved() -> None:
    [one] = changes({"a": HIGH}, {"a": LOW}, {"a": held("x")}, {"a": held("x")}, {"x": "Frau X"})
    assert one.cause.de == "Frau X hat andere Zeit für Rückrufe."


def test_more_time_is_named_and_both_where_tickets_changed_too() -> None:
    before = {"a": held("x"), "b": held("y"), "c": held("z")}
    after = {"a": held("x"), "b": held("x"), "c": held("z")}
    chances = dict.fromkeys("abc", LOW), dict.fromkeys("abc", HIGH)
    names = {"x": "Frau X", "z": "Frau Z"}
    found = {one.ref: one.cause for one in changes(*chances, before, after, names, more_time=["x", "z"])}
    assert found["a"].en == "Frau X has 1 more ticket. Frau X has more time for callbacks."
    assert found["b"].de == "Vertretung für Lange. Frau X hat mehr Zeit für Rückrufe."
    assert found["c"].en == "Frau Z has more time for callbacks."
