"""Whose ticket it is: each open ticket stands in the list of its number, and in that of who holds it or of its unit's pool.

In the latter as long as something can be done about it: until the promised attempts are made or its citizen is reached.
Lists are chains through the rows of tickets, in the order of their numbers, which is the order in which they fall due.
"""

from erreichbar.lab.engine import chains
from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.promised import (
    T_AFTER,
    T_BEFORE,
    T_DUE,
    T_EARLIER,
    T_HOLDER,
    T_LATER,
    T_LISTED,
    T_PLACE,
    T_UNIT,
    Kept,
)
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import NOBODY

MINUTE_MS = 60_000


@apart
def list_of(kept: Kept, ticket: int) -> int:
    """Return in which list a ticket stands: its holder's, else that of its unit's pool."""
    holder = kept.tickets[ticket, T_HOLDER]
    return int(holder if holder >= 0 else len(kept.open) + kept.tickets[ticket, T_UNIT])


@apart
def enter(kept: Kept, ticket: int, holder: int) -> None:
    """Give a ticket to somebody (−1: the pool)."""
    kept.tickets[ticket, T_HOLDER] = holder
    if kept.tickets[ticket, T_LISTED] == 1:
        _put_in(kept, ticket)
    if holder >= 0:
        kept.open[holder] += 1


@apart
def leave(kept: Kept, ticket: int) -> None:
    """Take a ticket from whoever holds it."""
    if kept.tickets[ticket, T_LISTED] == 1:
        _take_out(kept, ticket)
    if kept.tickets[ticket, T_HOLDER] >= 0:
        kept.open[kept.tickets[ticket, T_HOLDER]] -= 1


@apart
def lists(kept: Kept, ticket: int, is_wanted: bool) -> None:
    """Let a ticket stand in its list, or not any more."""
    row = kept.tickets[ticket]
    if row[T_LISTED] != int(is_wanted):
        row[T_LISTED] = int(is_wanted)
        if is_wanted:
            _put_in(kept, ticket)
        else:
            _take_out(kept, ticket)


@apart
def young(kept: Kept, which: int, now: int) -> int:
    """Return the first ticket of a list whose promised time is not over; moments are asked for in their order."""
    ticket = kept.young[which]
    while ticket >= 0 and kept.tickets[ticket, T_DUE] + MINUTE_MS <= now:
        ticket = kept.tickets[ticket, T_LATER]
    kept.young[which] = ticket
    return int(ticket)


@apart
def _put_in(kept: Kept, ticket: int) -> None:
    which = list_of(kept, ticket)
    _enter(kept.tickets, kept.lists, which, ticket, T_EARLIER, T_LATER)
    if kept.young[which] < 0 or ticket < kept.young[which]:
        kept.young[which] = ticket


@apart
def _take_out(kept: Kept, ticket: int) -> None:
    which = list_of(kept, ticket)
    if kept.young[which] == ticket:
        kept.young[which] = kept.tickets[ticket, T_LATER]
    _leave(kept.tickets, kept.lists, which, ticket, T_EARLIER, T_LATER)


@apart
def enter_home(kept: Kept, ticket: int) -> None:
    """Note an open ticket with its number."""
    _enter(kept.tickets, kept.at_home, kept.tickets[ticket, T_PLACE] // 2, ticket, T_BEFORE, T_AFTER)


@apart
def leave_home(kept: Kept, ticket: int) -> None:
    """It is open no more."""
    _leave(kept.tickets, kept.at_home, kept.tickets[ticket, T_PLACE] // 2, ticket, T_BEFORE, T_AFTER)


@apart
def _enter(rows: Ints, lists: Ints, which: int, ticket: int, before: int, after: int) -> None:
    later, earlier = NOBODY, lists[which, 1]
    while earlier > ticket:
        later, earlier = earlier, rows[earlier, before]
    chains.enter(rows, ticket, earlier, later, before, after, lists[which], 0, 1)


@apart
def _leave(rows: Ints, lists: Ints, which: int, ticket: int, before: int, after: int) -> None:
    chains.leave(rows, ticket, before, after, lists[which], 0, 1)
