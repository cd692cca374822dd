"""Spreading tickets: the fewest become late, held against trying everything; nothing moves for nothing, nobody absent gets any."""

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from erreichbar.promise.forecast import Work, smallest_late_set
from erreichbar.promise.spreading import Desk, Lot, Spread, spread
from erreichbar.record.words import Language

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
SLOT = timedelta(minutes=10)
PEOPLE = ("a", "b", "c")
GERMAN = frozenset({Language.GERMAN})


def desk(
    *slots: tuple[int, int], share: float = 1.0, languages: frozenset[Language] = GERMAN, takes: bool = True
) -> Desk:
    periods = tuple((NOW + start * SLOT, NOW + end * SLOT) for start, end in slots)
    return Desk("Frau X", periods, share, languages, takes)


def lot(ref: str, due: int, holder: str | None, *takers: str, needs: int = 1, language: str = "de") -> Lot:
    return Lot(ref, NOW + due * SLOT, needs * SLOT, holder, Language(language), frozenset(takers))


def late(lots: list[Lot], desks: dict[str, Desk], where: dict[str, str | None]) -> int:
    """Count what becomes late, by the proof of the forecast."""
    found = sum(where[one.ref] is None for one in lots)
    for person, one in desks.items():
        # All of the time at a share of it is as much as all of the needs at its inverse.
        works = [Work(x.ref, x.due, x.needs / one.share, frozenset()) for x in lots if where[x.ref] == person]
        found += len(smallest_late_set(works, one.free, NOW))
    return found


def fewest(lots: list[Lot], desks: dict[str, Desk]) -> int:
    """Try every way to lay the tickets."""
    choices = [[one.holder, *sorted(one.takers - {one.holder})] for one in lots]
    refs = [one.ref for one in lots]
    return min(late(lots, desks, dict(zip(refs, chosen, strict=True))) for chosen in product(*choices))


def after(lots: list[Lot], found: Spread) -> dict[str, str | None]:
    return {one.ref: one.holder for one in lots} | {move.ref: move.to for move in found.moves}


@st.composite
def houses(draw: st.DrawFn, most: int = 6) -> tuple[list[Lot], dict[str, Desk]]:
    desks = {}
    for person in PEOPLE:
        start = draw(st.integers(0, 3))
        desks[person] = desk((start, start + draw(st.integers(1, 5))), share=draw(st.sampled_from((1.0, 0.5))))
    one = st.tuples(
        st.integers(0, 8), st.sampled_from((None, *PEOPLE)), st.integers(1, 3), st.sets(st.sampled_from(PEOPLE))
    )
    drawn = draw(st.lists(one, min_size=1, max_size=most))
    return [
        lot(f"t{n}", due, holder, *takers, needs=needs) for n, (due, holder, needs, takers) in enumerate(drawn)
    ], desks


@given(houses())
def test_it_is_never_worse_than_it_lies_and_says_what_it_comes_to(house: tuple[list[Lot], dict[str, Desk]]) -> None:
    lots, desks = house
    found = spread(lots, desks, NOW)
    assert found.late_before == late(lots, desks, {one.ref: one.holder for one in lots})
    assert found.late == late(lots, desks, after(lots, found)) <= found.late_before
    assert found.moves == () or found.late < found.late_before
    for move in found.moves:
        one = next(one for one in lots if one.ref == move.ref)
        assert move.to in one.takers and move.to != one.holder == move.before


@given(houses())
def test_the_same_question_has_the_same_answer(house: tuple[list[Lot], dict[str, Desk]]) -> None:
    lots, desks = house
    assert spread(lots, desks, NOW) == spread(lots[::-1], dict(reversed(desks.items())), NOW)


@given(houses())
def test_carried_out_it_has_nothing_more_to_propose(house: tuple[list[Lot], dict[str, Desk]]) -> None:
    lots, desks = house
    where = after(lots, spread(lots, desks, NOW))
    again = [Lot(one.ref, one.due, one.needs, where[one.ref], one.language, one.takers) for one in lots]
    assert spread(again, desks, NOW).moves == ()


@given(houses(most=6))
def test_the_fewest_of_all_become_late(house: tuple[list[Lot], dict[str, Desk]]) -> None:
    lots, desks = house
    there = {person for person, one in desks.items() if one.free}
    allowed = [Lot(x.ref, x.due, x.needs, x.holder, x.language, x.takers & there) for x in lots]
    assert spread(allowed, desks, NOW).late == fewest(allowed, desks)


def test_drawn_tight_the_fewest_are_found_too() -> None:
    """Tickets of one to three slots where every slot counts: moved one by one, one house in seven would lose a ticket more."""
    random = Random(1)
    for _ in range(60):
        desks = {one: desk((s := random.randint(0, 3), s + random.randint(1, 5))) for one in PEOPLE}
        lots = [
            lot(f"t{n}", random.randint(1, 8), random.choice(PEOPLE), *PEOPLE, needs=random.randint(1, 3))
            for n in range(6)
        ]
        assert spread(lots, desks, NOW).late == fewest(lots, desks)


def test_one_ticket_makes_room_for_another() -> None:
    """The one that is late can only go to b, whose own can go to c."""
    lots = [lot("late", 1, "a", "b"), lot("first", 1, "a"), lot("own", 1, "b", "b", "c")]
    desks = {"a": desk((0, 1)), "b": desk((0, 1)), "c": desk((0, 1))}
    found = spread(lots, desks, NOW)
    assert (found.late_before, found.late) == (1, 0)
    assert {(move.ref, move.to) for move in found.moves} == {("late", "b"), ("own", "c")}


def test_many_are_given_to_several_and_not_all_to_the_first() -> None:
    lots = [lot(f"t{n}", 6, "a", "a", "b", "c") for n in range(12)]
    found = spread(lots, {"a": desk((0, 4)), "b": desk((0, 6)), "c": desk((0, 6))}, NOW)
    assert (found.late_before, found.late) == (8, 0)
    to = [move.to for move in found.moves]
    assert (to.count("b"), to.count("c")) == (4, 4)


def test_nobody_absent_is_given_any_and_who_is_absent_loses_hers_to_who_is_there() -> None:
    lots = [lot("x", 6, "a", "a", "b", "c")]
    found = spread(lots, {"a": desk(), "b": desk((0, 6), takes=False), "c": desk((5, 6))}, NOW)
    [move] = found.moves
    assert (move.before, move.to) == ("a", "c")
    assert "no time for callbacks before the promise runs out" in move.why.en


def test_a_language_is_kept_while_somebody_there_speaks_it() -> None:
    both = frozenset({Language.GERMAN, Language.TURKISH})
    lots = [lot("x", 6, None, "b", "c", language="tr")]
    speaks = spread(lots, {"b": desk((0, 6)), "c": desk((3, 6), languages=both)}, NOW)
    assert [move.to for move in speaks.moves] == ["c"]
    assert "speaks the language" in speaks.moves[0].why.en
    nobody = spread(lots, {"b": desk((0, 6)), "c": desk((3, 6))}, NOW)
    assert [move.to for move in nobody.moves] == ["b"]


def test_what_stays_is_told_why() -> None:
    lots = [
        lot("fits", 6, "a", "a", "b"),
        lot("over", 0, "b", "a", "b"),
        lot("long", 6, "b", "a", "b", needs=9),
        lot("fixed", 6, "b"),
    ]
    found = spread(lots, {"a": desk((0, 6)), "b": desk((0, 6))}, NOW)
    assert found.moves == ()
    assert {ref: why.en for ref, why in found.stay.items()} == {
        "fits": "It can be done where it lies.",
        "over": "The promise is broken already.",
        "long": "Nobody who is there has time for it in time.",
    }
