"""When case workers look whether somebody is to be called back: after each piece of case work.

Most of the time nothing lies on anybody's list. A look would then change nothing, so it stays off the agenda, with her seat, and
is caught up on when she is given a ticket or her unit's pool is: every look has the same moment as if it had been taken.
"""

from erreichbar.lab.engine.compiling import apart, part
from erreichbar.lab.engine.doing import does
from erreichbar.lab.engine.heap import first_key, push, second_key
from erreichbar.lab.engine.promised import T_HOLDER, T_UNIT, Kept, Promised
from erreichbar.lab.engine.read_off import read
from erreichbar.lab.engine.rules import uniform
from erreichbar.lab.engine.shapes import Ints, Kind, SeatIs, Seed, What
from erreichbar.lab.engine.state import (
    AT_FIRST,
    AT_SECOND,
    HEAP,
    LEFT_FIRST,
    LEFT_SECOND,
    LOOKING,
    LOOKS_AT,
    NOBODY,
    NUMBER,
    SINCE,
    SOMEBODY_FREE,
    STATE,
    WORKS,
    State,
)
from erreichbar.record.words import Role, code
from erreichbar.traffic.draws import Stream

CASE_WORKER = code(Role.CASE_WORKER)


@apart
def be_ready(state: State, given: Promised, kept: Kept, seed: Seed, seat: int, now: int) -> None:
    """A case worker is back at her work. A look that fell into the time when she was not is lost; then she will look again."""
    n, row = state.n, state.seats[seat]
    if row[LOOKING] == 0:
        _catch_up(given, seed, row, seat, row[LEFT_FIRST], row[LEFT_SECOND])
        if _is_before(row, seat, n[AT_FIRST], n[AT_SECOND]):
            row[LOOKS_AT] = now + _piece(given, seed, row)
        look_later(state, given, kept, seat)
    does(state, seat, SeatIs.READY.value, NOBODY, now)
    row[SINCE], n[SOMEBODY_FREE] = now, 1


@apart
def draw(given: Promised, seed: Seed, seats: Ints, seat: int, now: int) -> None:
    """She looks now, and next after another piece of case work."""
    seats[seat, LOOKING], seats[seat, LOOKS_AT] = 0, now + _piece(given, seed, seats[seat])


@apart
def look_later(state: State, given: Promised, kept: Kept, seat: int) -> None:
    """Put her next look on the agenda, if there is anything to look at."""
    if kept.lists[seat, 0] >= 0 or (
        given.people.role[seat] == CASE_WORKER and kept.lists[len(kept.open) + given.people.unit[seat], 0] >= 0
    ):
        _on_the_agenda(state, seat)


@apart
def wake(state: State, given: Promised, kept: Kept, seed: Seed, ticket: int) -> None:
    """A ticket has come onto a list: whose it is will see it when she looks next."""
    holder = kept.tickets[ticket, T_HOLDER]
    if holder >= 0:
        if given.agents <= holder < len(state.seats):
            _wake(state, given, seed, holder)
        return
    unit, of_unit = kept.tickets[ticket, T_UNIT], given.colleagues
    for place in range(of_unit.first[unit + 1], of_unit.first[unit + 2]):
        _wake(state, given, seed, of_unit.seats[place])


@apart
def _wake(state: State, given: Promised, seed: Seed, seat: int) -> None:
    n, row = state.n, state.seats[seat]
    if row[LOOKING] == 0 and row[STATE] == SeatIs.READY:
        _catch_up(given, seed, row, seat, n[AT_FIRST], n[AT_SECOND])
        _on_the_agenda(state, seat)


@apart
def _on_the_agenda(state: State, seat: int) -> None:
    n, seats = state.n, state.seats
    seats[seat, LOOKING] = 1
    at = first_key(seats[seat, LOOKS_AT], Kind.SEAT.value)
    n[HEAP] = push(state.heap, n[HEAP], at, second_key(seat, What.LOOKS.value, seat))


@apart
def _catch_up(given: Promised, seed: Seed, row: Ints, seat: int, first: int, second: int) -> None:
    """Let her have looked, in vain, as often as she would have before an entry of the agenda."""
    while row[LOOKS_AT] >= 0 and _is_before(row, seat, first, second):
        row[LOOKS_AT] += _piece(given, seed, row)


@part
def _is_before(row: Ints, seat: int, first: int, second: int) -> bool:
    """Return whether her next look comes before an entry of the agenda."""
    at = first_key(row[LOOKS_AT], Kind.SEAT.value)
    return bool(at < first or (at == first and second_key(seat, What.LOOKS.value, seat) < second))


@part
def _piece(given: Promised, seed: Seed, row: Ints) -> int:
    """Draw how long her next piece of case work takes (ms)."""
    u = uniform(seed.seed, seed.replication, Stream.CASE_WORK.value, row[NUMBER], row[WORKS])
    row[WORKS] += 1
    return read(given.case_work_table, given.case_work, u)
