"""The rules of floor 1 as the loop calls them: compiled as they stand, never written again."""

from collections.abc import Callable
from typing import cast

from erreichbar import access
from erreichbar.access.points import Rules
from erreichbar.lab.engine.compiling import apart, part, rule
from erreichbar.lab.engine.shapes import Floats, Ints, Law
from erreichbar.lab.office import dues
from erreichbar.promise import calling, holding
from erreichbar.traffic import behaviour, draws, further, laws, process, who

decide = rule(access.decide)
moment = rule(access.moment)
longest_idle = cast("Callable[[Ints], int]", rule(access.longest_idle))
uniform = rule(draws.uniform)
times_of_day = cast("Callable[[Floats, float, float, int, int, int, Ints], int]", rule(process.times_of_day))
exponential_ms = rule(laws.exponential_ms)
_log_normal_ms = rule(laws.log_normal_ms)
readiness = rule(access.readiness)
ring_back_ticket = cast("Callable[[Rules, Ints, int], int]", rule(access.ring_back_ticket))
talk_ms = rule(behaviour.talk_ms)
answers = rule(behaviour.answers)
rings_back_ms = rule(behaviour.rings_back_ms)
needs = rule(who.needs)
availability_of = rule(further.availability_of)
can_telephone = rule(further.can_telephone)
calls_after_missed_ms = rule(further.calls_after_missed_ms)
chases_ms = rule(further.chases_ms)
when_able = cast("Callable[[Ints, Ints, int, int, int, float], int]", rule(further.when_able))
when_open = cast("Callable[[int, float, Ints, Ints], int]", rule(further.when_open))
is_telephone_only = rule(further.is_telephone_only)
instead_of_calling = rule(further.instead_of_calling)
comes_after_ms = rule(further.comes_after_ms)
date_after_ms = rule(further.date_after_ms)
audience = rule(access.audience)
within = cast("Callable[[Ints, Ints, Ints, int, int], bool]", rule(access.within))
dials_direct = rule(further.dials_direct)
is_advised = rule(further.is_advised)
reached_at = rule(further.reached_at)
is_misdirected = rule(further.is_misdirected)
whose_instead = rule(further.whose_instead)
last_chance = cast("Callable[[Ints, Ints, int], int]", rule(dues.last_chance))
next_call = cast(
    "Callable[[calling.Pieces, int, int, int, int, int, Ints, int, int, int], tuple[int, int]]", rule(calling.next_call)
)
standing = rule(calling.standing)
goes_first = rule(calling.goes_first)
share_moment = cast("Callable[[Ints, Ints, int, int, int, int, float], int]", rule(holding.share_moment))
limit_of = rule(holding.limit)
will_do = rule(holding.will_do)
in_time = cast("Callable[[Ints, Ints, int, int], int]", rule(holding.in_time))
soonest = cast("Callable[[Ints, int], int]", rule(holding.soonest))


@part
def duration(law: Law, u: float) -> int:
    """Return the time (ms) that a draw gives by a law; 0 if its mean is 0."""
    if law.mean <= 0.0:
        return 0
    if law.median < 0.0:
        return exponential_ms(u, law.mean)
    return _log_normal_ms(u, law.median, law.mean)


@apart
def has_passed(ends: Ints, now: int) -> int:
    """Return how many of some stretches, by their ends in order, are over."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if ends[middle] <= now:
            low = middle + 1
        else:
            high = middle
    return low
