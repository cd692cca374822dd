"""What the forecast calls a break is one: held against trying everything, on eight tickets and three people."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations, permutations, product

from hypothesis import given
from hypothesis import strategies as st

from erreichbar.office.periods import Periods, joined, without
from erreichbar.promise.forecast import Work, first_break, smallest_late_set

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
SLOT = timedelta(minutes=10)
SLOTS = 6
PEOPLE = ("a", "b", "c")


def at(slot: int) -> datetime:
    return NOW + slot * SLOT


@st.composite
def works(draw: st.DrawFn, most: int = 8, people: tuple[str, ...] = PEOPLE) -> list[Work]:
    some = st.lists(st.sampled_from(people), min_size=1, unique=True).map(frozenset)
    one = st.tuples(st.integers(0, SLOTS), st.integers(1, 3), some)
    given = draw(st.lists(one, min_size=1, max_size=most))
    return [Work(f"t{number}", at(due), needs * SLOT, can) for number, (due, needs, can) in enumerate(given)]


@st.composite
def there(draw: st.DrawFn) -> dict[str, tuple[bool, ...]]:
    return {person: tuple(draw(st.lists(st.booleans(), min_size=SLOTS, max_size=SLOTS))) for person in PEOPLE}


def periods(slots: tuple[bool, ...]) -> Periods:
    return joined((at(slot), at(slot + 1)) for slot, here in enumerate(slots) if here)


def can_be_done(given: list[Work], present: dict[str, tuple[bool, ...]]) -> bool:
    """Try every way to give the people who are there one ticket each, slot by slot."""
    can = [work.can for work in given]
    due = [round((work.due - NOW) / SLOT) for work in given]

    @cache
    def possible(slot: int, left: tuple[int, ...]) -> bool:
        if not any(left):
            return True
        if slot == SLOTS or any(need > due[n] - slot for n, need in enumerate(left) if need):
            return False
        here = [person for person in PEOPLE if present[person][slot]]
        choices = [[None, *(n for n, need in enumerate(left) if need and person in can[n])] for person in here]
        for chosen in product(*choices):
            taken = [n for n in chosen if n is not None]
            if len(taken) == len(set(taken)):
                after = tuple(need - (n in taken) for n, need in enumerate(left))
                if possible(slot + 1, after):
                    return True
        return False

    return possible(0, tuple(round(work.needs / SLOT) for work in given))


@given(works(), there())
def test_a_break_is_found_exactly_when_nothing_helps(given: list[Work], present: dict[str, tuple[bool, ...]]) -> None:
    free = {person: periods(slots) for person, slots in present.items()}
    found = first_break(given, free, NOW)
    by_due = sorted({work.due for work in given})
    first = next((due for due in by_due if not can_be_done([w for w in given if w.due <= due], present)), None)
    assert (found.at if found else None) == first


def test_eight_tickets_and_three_people_near_the_edge() -> None:
    """Always eight and three, and about as often possible as not; so neither answer is right by habit."""
    draw, breaks = random.Random(3), Counter[bool]()
    for _ in range(150):
        given = [
            Work(
                f"t{n}",
                at(draw.randint(1, SLOTS)),
                draw.randint(1, 2) * SLOT,
                frozenset(draw.sample(PEOPLE, draw.randint(1, 3))),
            )
            for n in range(8)
        ]
        present = {person: tuple(draw.random() < 0.95 for _ in range(SLOTS)) for person in PEOPLE}
        free = {person: periods(slots) for person, slots in present.items()}
        found = first_break(given, free, NOW)
        assert (found is None) is can_be_done(given, present)
        breaks[found is None] += 1
        # Whoever is missing for a while more makes nothing possible that was not.
        person, slot = draw.choice(PEOPLE), draw.randrange(SLOTS)
        less = free | {person: without(free[person], [(at(slot), at(slot + 1))])}
        assert found is None or first_break(given, less, NOW) is not None
    assert min(breaks[True], breaks[False]) > 30, breaks


@given(works(), there())
def test_what_is_in_the_way_cannot_be_done_even_alone(given: list[Work], present: dict[str, tuple[bool, ...]]) -> None:
    free = {person: periods(slots) for person, slots in present.items()}
    found = first_break(given, free, NOW)
    if found is not None:
        stuck = [work for work in given if work.ref in found.in_the_way]
        assert stuck
        assert all(work.due <= found.at for work in stuck)
        assert not can_be_done(stuck, present)
        assert found.there < found.needed == sum((work.needs for work in stuck), timedelta())


@given(works(), there(), st.sampled_from(PEOPLE), st.integers(0, SLOTS - 1))
def test_taking_capacity_away_never_helps(
    given: list[Work], present: dict[str, tuple[bool, ...]], person: str, slot: int
) -> None:
    free = {one: periods(slots) for one, slots in present.items()}
    less = free | {person: without(free[person], [(at(slot), at(slot + 1))])}
    before, after = first_break(given, free, NOW), first_break(given, less, NOW)
    if before is not None:
        assert after is not None
        assert after.at <= before.at


def late_in_order(order: tuple[Work, ...], slots: tuple[bool, ...]) -> int:
    """Count who is late when one person works through a list, in the time she is there."""
    moments = [slot + 1 for slot, here in enumerate(slots) if here]
    done = late = 0
    for work in order:
        done += round(work.needs / SLOT)
        over = moments[done - 1] if done <= len(moments) else SLOTS + 99
        late += over > round((work.due - NOW) / SLOT)
    return late


@given(works(most=5, people=("a",)), st.lists(st.booleans(), min_size=SLOTS, max_size=SLOTS).map(tuple))
def test_the_fewest_that_must_be_late(given: list[Work], slots: tuple[bool, ...]) -> None:
    late = smallest_late_set(given, periods(slots), NOW)
    fewest = min(late_in_order(order, slots) for order in permutations(given))
    assert len(late) == fewest
    kept = [work for work in given if work.ref not in late]
    assert late_in_order(tuple(sorted(kept, key=lambda work: work.due)), slots) == 0


def test_the_fewest_that_must_be_late_of_eight() -> None:
    """Of eight tickets no smaller set is late, tried for every set of them, in the order in which they are due."""
    draw = random.Random(4)
    for _ in range(60):
        given = [Work(f"t{n}", at(draw.randint(1, SLOTS)), draw.randint(1, 3) * SLOT, frozenset("a")) for n in range(8)]
        slots = tuple(draw.random() < 0.8 for _ in range(SLOTS))
        in_order = sorted(given, key=lambda work: work.due)
        most = max(
            number
            for number in range(9)
            if any(not late_in_order(kept, slots) for kept in combinations(in_order, number))
        )
        assert len(smallest_late_set(given, periods(slots), NOW)) == 8 - most


def test_a_break_names_what_is_in_the_way_and_nothing_else() -> None:
    day = ((at(0), at(SLOTS)),)
    crowd = [Work(f"w{n}", at(2), SLOT, frozenset("a")) for n in range(3)]
    other = Work("other", at(2), SLOT, frozenset("b"))
    found = first_break([*crowd, other], {"a": day, "b": day}, NOW)
    assert found is not None
    assert (found.at, found.in_the_way) == (at(2), ("w0", "w1", "w2"))
    assert (found.needed, found.there) == (3 * SLOT, 2 * SLOT)


def test_nothing_to_do_breaks_nothing() -> None:
    assert first_break([], {}, NOW) is None
    assert smallest_late_set([], (), NOW) == ()


def test_what_is_late_already_is_a_break() -> None:
    late = Work("late", at(0), SLOT, frozenset("a"))
    found = first_break([late], {"a": ((at(0), at(6)),)}, NOW)
    assert found is not None
    assert (found.at, found.in_the_way, found.there) == (at(0), ("late",), timedelta())


def test_several_people_work_side_by_side_but_not_on_one_ticket() -> None:
    day = ((at(0), at(SLOTS)),)
    free = dict.fromkeys(PEOPLE, day)
    long = Work("long", at(2), 3 * SLOT, frozenset(PEOPLE))
    assert first_break([long], free, NOW) is not None
    short = [Work(f"s{n}", at(1), SLOT, frozenset(PEOPLE)) for n in range(3)]
    assert first_break(short, free, NOW) is None
    for pair in combinations(PEOPLE, 2):
        assert first_break(short, dict.fromkeys(pair, day), NOW) is not None
