"""What may happen to a ticket: the table is whole, and every refusal says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erreichbar.promise.moves import MOVES, Move, State, refusal, state


def test_every_state_has_a_row_and_every_move_a_state() -> None:
    assert set(MOVES) == set(State)
    assert frozenset().union(*MOVES.values()) == set(Move)


def test_nothing_happens_to_a_closed_ticket_but_that_it_is_opened_again() -> None:
    assert MOVES[State.CLOSED] == {Move.REOPEN}
    assert all(Move.REOPEN not in moves for at, moves in MOVES.items() if at is not State.CLOSED)


def test_only_who_was_reached_can_be_waited_for_or_told() -> None:
    assert {at for at in State if Move.PAUSE in MOVES[at]} == {State.REACHED}
    assert {at for at in State if Move.RESOLVE in MOVES[at]} == {State.REACHED, State.WAITING}


@pytest.mark.parametrize("at", State)
@pytest.mark.parametrize("move", Move)
def test_a_refusal_is_said_in_both_languages(at: State, move: Move) -> None:
    why = refusal(at, move)
    assert (why is None) is (move in MOVES[at])
    if why is not None:
        assert why.de.endswith(".")
        assert why.en.endswith(".")


@given(st.booleans(), st.booleans(), st.booleans())
def test_closed_counts_before_waiting_before_reached(closed: bool, reached: bool, waiting: bool) -> None:
    found = state(closed=closed, reached=reached, waiting=waiting)
    assert (found is State.CLOSED) is closed
    assert (found is State.WAITING) is (waiting and not closed)
    assert (found is State.REACHED) is (reached and not waiting and not closed)
