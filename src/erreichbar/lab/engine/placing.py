"""Who is to hold a ticket: the rows that ``promise.holding`` wants, from tables."""

from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.promised import (
    STRETCH,
    T_CHANCE,
    T_DECIDE,
    T_HOLDER,
    T_OPENED,
    T_OWN,
    T_UNIT,
    Kept,
    People,
    Promised,
)
from erreichbar.lab.engine.rules import has_passed, in_time, limit_of, share_moment, soonest, will_do
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import NOBODY
from erreichbar.promise.holding import OVER
from erreichbar.promise.stand_in import MOMENT, NEEDED

MINUTE_MS = 60_000
NEEDED_MS = NEEDED // MOMENT
LOOK_AHEAD_MS = 28 * 24 * 60 * MINUTE_MS


@apart
def row_of(given: Promised, kept: Kept, unit: int, own: int, urgent: int, now: int) -> int:
    """Return the row of who may hold a ticket. ``urgent``: of the duty office's reasons which one, −1: none."""
    holders, n = given.holders, kept.n
    if urgent >= 0:
        while n[STRETCH] + 1 < len(holders.edges) and holders.edges[n[STRETCH] + 1] <= now:
            n[STRETCH] += 1
        row = holders.urgent[n[STRETCH], urgent, unit]
        if row >= 0:
            return int(row)
    return int(holders.plain[unit, own + 1])


@apart
def place(given: Promised, kept: Kept, ticket: int, row: int, now: int) -> int:
    """Return who is to hold a ticket from now on, ``NOBODY`` for its unit's pool.

    Of the pool whoever holds it now goes first, then who holds the fewest open tickets.
    """
    holders, rows = given.holders, kept.tickets
    first, count = holders.first[row], holders.first[row + 1] - holders.first[row]
    order = kept.scratch[0]
    _in_order(given, kept, row, rows[ticket, T_HOLDER], order)
    ends, at_once = _limit(given, rows[ticket], now)
    asked_last, before, since = kept.scratch[1], kept.scratch[2], kept.scratch[3]
    chosen = NOBODY
    if ends != OVER:
        for nth in range(count):
            who = order[nth]
            last = is_within(given.people.away_first, given.people.away_start, given.people.away_end, who, now)
            if at_once and not last:
                people = given.people
                last = not is_within(people.there_first, people.there_start, people.there_end, who, now)
            asked_last[nth] = last
            before[nth] = _free_until(given.people, who, ends) - _free_until(given.people, who, now)
            if will_do(last, before[nth], NEEDED_MS):
                chosen = nth
                break
        if chosen < 0:
            chosen = in_time(asked_last, before, count, NEEDED_MS)
    if chosen < 0:
        for nth in range(count):
            since[nth] = _free_from(given.people, order[nth], now)
        chosen = soonest(since, count)
    if chosen < 0:
        return NOBODY
    who = order[chosen]
    if rows[ticket, T_OWN] < 0:
        for nth in range(count):
            if holders.who[first + nth] == who and holders.pool[first + nth] == 1:
                return NOBODY
    return int(who)


@apart
def _in_order(given: Promised, kept: Kept, row: int, present: int, order: Ints) -> None:
    """Write who is asked into ``order``: as the row says, but the pool by who holds it and who has the fewest."""
    holders = given.holders
    first, after = holders.first[row], holders.first[row + 1]
    pool = -1
    for nth in range(first, after):
        who, here = holders.who[nth], nth - first
        if holders.pool[nth] == 1:
            if pool < 0:
                pool = here
            fewer = -1 if who == present else kept.open[who]
            while here > pool and fewer < (-1 if order[here - 1] == present else kept.open[order[here - 1]]):
                order[here] = order[here - 1]
                here -= 1
        order[here] = who


@apart
def _limit(given: Promised, row: Ints, now: int) -> tuple[int, bool]:
    """Return by when whoever holds a ticket must be there (``OVER``: that is over), and whether at once."""
    chance, decide_by = row[T_CHANCE], row[T_DECIDE]
    earlier = min(chance, decide_by) if chance >= 0 and decide_by >= 0 else chance
    if earlier < 0:
        return OVER, False
    ends = earlier + MINUTE_MS
    half = half_of(given, row)
    running = ends if now < ends else chance + MINUTE_MS
    found = limit_of(half, running, now)
    return found, found != OVER and now >= half


@apart
def half_of(given: Promised, row: Ints) -> int:
    """Return when half of a ticket's staffed time is over, −1 if it has none."""
    chance, decide_by = row[T_CHANCE], row[T_DECIDE]
    earlier = min(chance, decide_by) if chance >= 0 and decide_by >= 0 else chance
    if earlier < 0:
        return NOBODY
    staffed, calendar, opened = given.staffed, given.staffed.of_unit[row[T_UNIT]], row[T_OPENED]
    low, high = staffed.first[calendar], staffed.first[calendar + 1]
    starts, ends = staffed.starts[low:high], staffed.ends[low:high]
    first = has_passed(ends, opened)
    return share_moment(starts, ends, first, opened, earlier, earlier + MINUTE_MS, given.holders.reassign)


@apart
def is_within(first: Ints, starts: Ints, ends: Ints, who: int, now: int) -> bool:
    """Return whether now lies in one of somebody's stretches (CSR)."""
    low, high = first[who], first[who + 1]
    at = low + has_passed(ends[low:high], now)
    return bool(at < high and starts[at] <= now)


@apart
def _free_until(people: People, who: int, moment: int) -> int:
    """Return how long somebody is free before a moment, since the start of the run."""
    low, high = people.free_first[who], people.free_first[who + 1]
    at = low + has_passed(people.free_end[low:high], moment)
    if at == high:
        return (
            int(people.before[high - 1] + people.free_end[high - 1] - people.free_start[high - 1]) if high > low else 0
        )
    return int(people.before[at] + max(0, moment - people.free_start[at]))


@apart
def _free_from(people: People, who: int, now: int) -> int:
    """Return when somebody is free first from now on, in the next four weeks; −1: she is not."""
    low, high = people.free_first[who], people.free_first[who + 1]
    at = low + has_passed(people.free_end[low:high], now)
    if at == high or people.free_start[at] >= now + LOOK_AHEAD_MS:
        return NOBODY
    return int(max(now, people.free_start[at]))
