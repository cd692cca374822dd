"""Who is to hold a ticket: the rows that ``promise.holding`` wants, from tables."""

from erreichbar.lab.engine.compiling import apart, part
from erreichbar.lab.engine.promised import (
    AWAY,
    FREE,
    STRETCH,
    T_CHANCE,
    T_DECIDE,
    T_DUE,
    T_HALF,
    T_HOLDER,
    T_OPENED,
    T_OWN,
    T_UNIT,
    THERE,
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
    holders, people, rows = given.holders, given.people, kept.tickets
    first, count = holders.first[row], holders.first[row + 1] - holders.first[row]
    order, known = kept.scratch[0], 0
    ends, at_once = _limit(rows[ticket], now)
    asked_last, before, since = kept.scratch[1], kept.scratch[2], kept.scratch[3]
    chosen = NOBODY
    if ends != OVER:
        for nth in range(count):
            if nth == known:
                known = _in_order(given, kept, row, rows[ticket, T_HOLDER], order, known)
            who = order[nth]
            last = _is_away(people, kept, who, now) or (at_once and not is_there(people, kept, who, now))
            asked_last[nth] = last
            before[nth] = _free_between(people, kept, who, now, ends)
            if will_do(last, before[nth], NEEDED_MS):
                chosen = nth
                break
        if chosen < 0:
            chosen = in_time(asked_last, before, count, NEEDED_MS)
    if chosen < 0:
        asked = 0
        while asked < count and (asked == 0 or since[asked - 1] != now):
            if asked == known:
                known = _in_order(given, kept, row, rows[ticket, T_HOLDER], order, known)
            since[asked] = _free_from(people, kept, order[asked], now)
            asked += 1
        chosen = soonest(since, asked)
    if chosen < 0:
        return NOBODY
    who = order[chosen]
    if rows[ticket, T_OWN] < 0:
        for nth in range(count):
            if holders.who[first + nth] == who and holders.pool[first + nth] == 1:
                return NOBODY
    return int(who)


@apart
def _in_order(given: Promised, kept: Kept, row: int, present: int, order: Ints, known: int) -> int:
    """Write who is asked next into ``order``, of whom so many are ``known``; returns how many then are.

    As the row says, but the pool, with all who come after it, by who holds it and who has the fewest.
    """
    holders = given.holders
    first, after = holders.first[row], holders.first[row + 1]
    if holders.pool[first + known] != 1:
        order[known] = holders.who[first + known]
        return known + 1
    pool = known
    for nth in range(first + known, after):
        who, here = holders.who[nth], nth - first
        if holders.pool[nth] == 1:
            fewer = -1 if who == present else kept.open[who]
            while here > pool and fewer < (-1 if order[here - 1] == present else kept.open[order[here - 1]]):
                order[here] = order[here - 1]
                here -= 1
        order[here] = who
    return int(after - first)


@apart
def _limit(row: Ints, now: int) -> tuple[int, bool]:
    """Return by when whoever holds a ticket must be there (``OVER``: that is over), and whether at once."""
    chance, decide_by = row[T_CHANCE], row[T_DECIDE]
    earlier = min(chance, decide_by) if chance >= 0 and decide_by >= 0 else chance
    if earlier < 0:
        return OVER, False
    ends = earlier + MINUTE_MS
    half = row[T_HALF]
    running = ends if now < ends else chance + MINUTE_MS
    found = limit_of(half, running, now)
    return found, found != OVER and now >= half


@apart
def limit_of_list(row: Ints) -> int:
    """Return by which moment a ticket stands in a list among those that are equally urgent, as ``attempts.urgency_order``."""
    due, chance, decide_by = row[T_DUE], row[T_CHANCE], row[T_DECIDE]
    return int(min(chance if chance >= 0 else due, decide_by if decide_by >= 0 else due))


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
def is_there(people: People, kept: Kept, who: int, now: int) -> bool:
    """Return whether somebody is there."""
    at = _passed(kept, THERE, people.there_end, people.there_first[who + 1], who, now)
    return bool(at < people.there_first[who + 1] and people.there_start[at] <= now)


@apart
def _is_away(people: People, kept: Kept, who: int, now: int) -> bool:
    """Return whether an absence takes the rest of somebody's day."""
    at = _passed(kept, AWAY, people.away_end, people.away_first[who + 1], who, now)
    return bool(at < people.away_first[who + 1] and people.away_start[at] <= now)


@apart
def _free_between(people: People, kept: Kept, who: int, now: int, until: int) -> int:
    """Return how long somebody is free from now on before a moment."""
    after, free = people.free_first[who + 1], 0
    at = _passed(kept, FREE, people.free_end, after, who, now)
    while at < after and people.free_start[at] < until:
        free += min(people.free_end[at], until) - max(people.free_start[at], now)
        at += 1
    return int(free)


@apart
def _free_from(people: People, kept: Kept, who: int, now: int) -> int:
    """Return when somebody is free first from now on, in the next four weeks; −1: she is not."""
    at = _passed(kept, FREE, people.free_end, people.free_first[who + 1], who, now)
    if at == people.free_first[who + 1] or people.free_start[at] >= now + LOOK_AHEAD_MS:
        return NOBODY
    return int(max(now, people.free_start[at]))


@part
def _passed(kept: Kept, which: int, ends: Ints, after: int, who: int, now: int) -> int:
    """Return the first of somebody's stretches that is not over; moments are asked for in their order."""
    at = kept.passed[which, who]
    while at < after and ends[at] <= now:
        at += 1
    kept.passed[which, who] = at
    return int(at)
