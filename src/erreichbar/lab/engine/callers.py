"""Who calls: what the office knows of her, and whether she answers a missed callback."""

from erreichbar.access.points import Rules
from erreichbar.lab.engine import writing
from erreichbar.lab.engine.compiling import apart
from erreichbar.lab.engine.promised import (
    PERSONS,
    T_AFTER,
    T_MISSED_AT,
    TODAY_IS,
    Kept,
    Promised,
)
from erreichbar.lab.engine.rules import has_passed, ring_back_ticket
from erreichbar.lab.engine.shapes import Ints
from erreichbar.lab.engine.state import NOBODY
from erreichbar.traffic.further import INDUCED

_PLACES_BITS = 16
_MINUTE_MS = 60_000
_MINUTES = 24 * 60


@apart
def caller_of(given: Promised, citizen: int) -> int:
    """Return the place of a citizen among the callers."""
    if citizen >= INDUCED:
        others = given.callers.others
        return len(given.callers.place) - len(others) + has_passed(others, citizen) - 1
    day = (citizen >> _PLACES_BITS) - given.callers.first_key
    return int(given.callers.first[day] + (citizen & ((1 << _PLACES_BITS) - 1)))


@apart
def citizen_of(given: Promised, caller: int) -> int:
    """Return the number of a caller for her draws."""
    of_days = len(given.callers.place) - len(given.callers.others)
    if caller >= of_days:
        return int(given.callers.others[caller - of_days])
    day = has_passed(given.callers.first, caller) - 1
    return int(((given.callers.first_key + day) << _PLACES_BITS) + caller - given.callers.first[day])


@apart
def calls(
    given: Promised, kept: Kept, rows: Ints | None, rules: Rules, contact: int, caller: int, is_open: bool, now: int
) -> int:
    """A citizen calls: note who called last from her number; returns the ticket that her call is taken to answer, or ``NOBODY``."""
    place = given.callers.place[caller]
    home = place // 2
    if given.callers.telephone[caller] == 1:
        kept.last[home] = caller
    if given.callers.withheld[caller] == 1:
        writing.shown(rows, contact, 1, NOBODY)
        return NOBODY
    one, other = kept.person[2 * home], kept.person[2 * home + 1]
    known = NOBODY
    if one < 0 or other < 0:
        known = max(one, other)
    writing.shown(rows, contact, 0, known)
    if not is_open:
        return NOBODY
    found, ticket = 0, kept.at_home[home, 0]
    while ticket >= 0:
        if kept.tickets[ticket, T_MISSED_AT] >= 0:
            kept.scratch[0, found], kept.scratch[1, found] = kept.tickets[ticket, T_MISSED_AT], ticket
            found += 1
        ticket = kept.tickets[ticket, T_AFTER]
    if found == 0:
        return NOBODY
    chosen = ring_back_ticket(rules, kept.scratch[0, :found], given.since[today(given, kept, now)])
    if chosen < 0:
        return NOBODY
    answers = kept.scratch[1, chosen]
    writing.rings_back(rows, contact, answers)
    return int(answers)


@apart
def identify(kept: Kept, rows: Ints | None, contact: int, place: int) -> int:
    """Find the caller among those recorded, or record her; returns her number."""
    person = kept.person[place]
    if person < 0:
        person = kept.person[place] = kept.n[PERSONS]
        kept.n[PERSONS] += 1
    else:
        writing.known(rows, contact, person)
    return int(person)


@apart
def today(given: Promised, kept: Kept, now: int) -> int:
    """Return which day of the run it is; moments are asked for in their order."""
    while kept.n[TODAY_IS] + 1 < len(given.midnight) and given.midnight[kept.n[TODAY_IS] + 1] <= now:
        kept.n[TODAY_IS] += 1
    return int(kept.n[TODAY_IS])


@apart
def minute_of_day(given: Promised, kept: Kept, now: int) -> int:
    """Return the local minute of the day, counted back from the next midnight, so that it is right after a change of clocks."""
    day = min(today(given, kept, now), len(given.midnight) - 2)
    return int(_MINUTES - (given.midnight[day + 1] - now + _MINUTE_MS - 1) // _MINUTE_MS)
