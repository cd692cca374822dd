"""Starts the loop, gives it more room when it asks for some, and hands over what it has found."""

import numpy as np

from erreichbar.lab.engine.columns import by_column
from erreichbar.lab.engine.desks import Desks, working
from erreichbar.lab.engine.doors import moves
from erreichbar.lab.engine.heap import first_key
from erreichbar.lab.engine.loop import Ended, run
from erreichbar.lab.engine.promised import MATTERS, TICKETS, Kept
from erreichbar.lab.engine.promised import fresh as fresh_kept
from erreichbar.lab.engine.promised import larger as larger_kept
from erreichbar.lab.engine.shapes import Floats, Ints, Plan
from erreichbar.lab.engine.standing import Standing, put
from erreichbar.lab.engine.state import CONTACTS, LOG, LOGGED, ROW, State, fresh, larger

_MOST_A_DAY = 1 << 16


class Found:
    """What a run has found.

    ``sums`` by ``Sums``, ``case_sums`` by class, and a row for each call if rows were wished. Where there are tickets: ``tickets`` and
    ``matters``, rows of what was promised and raised (``promised``), ``person``, the numbers of those recorded, by place, and the
    ``stories`` of callers.
    """

    def __init__(self, state: State, rows: Ints | None) -> None:
        self.sums: Floats = state.sums
        self.case_sums: Floats = state.case_sums
        self.contacts = int(state.n[CONTACTS])
        self.rows = None if rows is None else rows[: self.contacts]
        kept = state.kept
        self.tickets = None if kept is None else kept.tickets[: kept.n[TICKETS]]
        self.person = None if kept is None else kept.person
        self.stories = None if kept is None else kept.stories
        self.log = None if state.log is None else state.log[: state.n[LOGGED]]
        self.matters = None if kept is None else kept.matters[: kept.n[MATTERS]]
        self._columns: Ints | None = None

    def columns(self) -> Ints:
        """Return the rows by column; as they are large they are let go of. Raises ``ValueError`` if none were wished."""
        if self._columns is None:
            if self.rows is None:
                raise ValueError("the run kept no rows")
            self._columns, self.rows = by_column(self.rows), None
        return self._columns


def drive(
    plan: Plan,
    seats: Ints,
    *,
    slots: int = 1024,
    rows: int = 0,
    households: int = 0,
    desks: Desks | None = None,
    standing: Standing | None = None,
    known_moves: Ints | None = None,
) -> Found:
    """Run a plan with people at ``seats`` (their numbers, in order; agents first).

    ``rows``: room for so many at first, 0: none wished. ``households``: how many benefit units there are, where tickets are
    written. ``desks``: where the loop is to know how far everybody is with her cases. ``standing``: from where it goes on, by default
    nothing has happened yet. ``known_moves``: who comes and goes, as ``doors.moves`` has it, if it is known. Raises ``ValueError`` if more
    citizens call on one day than an office has, and as ``standing.put``.
    """
    kept = _kept(plan, households, standing)
    slots += 0 if standing is None else len(standing.tickets)
    classes = 0 if plan.cases is None else len(plan.cases.rates)
    coming = moves(plan.hours) if known_moves is None else known_moves
    state = fresh(seats, coming, slots, plan.ring is not None, _MOST_A_DAY, classes, kept)
    state = state._replace(working=working(desks))
    if rows:
        plan = plan._replace(rows=np.zeros((rows, ROW), dtype=np.int64))
        state = state._replace(log=np.zeros((4 * rows + len(seats), LOG), dtype=np.int64))
    if standing is not None:
        state = _later(state, standing.begins)
        put(standing, state, plan)
    while (ended := run(state, plan)) != Ended.DONE:
        if ended == Ended.NEEDS_PLACES:
            raise ValueError(f"more than {_MOST_A_DAY} calls on one day")
        if ended == Ended.NEEDS_ROOM:
            state = larger(state)
        elif ended == Ended.NEEDS_TICKETS and state.kept is not None:
            state = state._replace(kept=larger_kept(state.kept))
        elif ended == Ended.NEEDS_NOTES and state.log is not None:
            state = state._replace(log=np.concatenate([state.log, np.zeros_like(state.log)]))
        elif plan.rows is not None:
            plan = plan._replace(rows=np.concatenate([plan.rows, np.zeros_like(plan.rows)]))
    return Found(state, plan.rows)


def _kept(plan: Plan, households: int, standing: Standing | None) -> Kept | None:
    """Return the memory of tickets, with room for those that are there, and about as many as there will be."""
    if plan.promised is None:
        return None
    attempts, tickets = plan.rules.attempts, 1024 + len(plan.promised.callers.place) // 4
    if standing is not None:
        attempts, tickets = max(attempts, standing.most_attempts), tickets + len(standing.tickets)
    return fresh_kept(plan.promised, households, attempts, tickets)


def _later(state: State, now: int) -> State:
    """Return the same memory; who has come or gone before is not on the agenda any more."""
    return state._replace(moves=state.moves[state.moves[:, 0] >= first_key(now, 0)])
