"""The agenda runs things in one order, whatever the order they were entered in."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from erreichbar.telephone.agenda import Agenda, Kind, from_ms, to_ms


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_milliseconds_and_moments_are_the_same_up_to_the_millisecond(moment: datetime) -> None:
    back = from_ms(to_ms(moment))
    assert back == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(Kind), st.sampled_from("abc")), max_size=30).flatmap(
        lambda items: st.tuples(st.just(items), st.permutations(items))
    )
)
def test_the_order_of_entry_does_not_matter(
    items: tuple[list[tuple[int, Kind, str]], list[tuple[int, Kind, str]]],
) -> None:
    def run(entries: list[tuple[int, Kind, str]]) -> list[tuple[int, Kind, str]]:
        agenda = Agenda()
        for at, kind, key in entries:
            agenda.at(at, kind, key, lambda: None)
        done = []
        while agenda.next() is not None:
            entry = agenda.pop()
            done.append((entry.at, entry.kind, entry.key))
        return done

    first, second = (run(entries) for entries in items)
    assert first == second == sorted(items[0])


def test_what_is_cancelled_is_passed_over() -> None:
    agenda = Agenda()
    agenda.at(1, Kind.TIMER, "a", lambda: None).cancel()
    agenda.at(2, Kind.TIMER, "b", lambda: None)
    assert agenda.next() == 2
    assert agenda.pop().key == "b"
    assert agenda.next() is None
