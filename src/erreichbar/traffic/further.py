"""What citizens do when the office answers late, elsewhere or not at all: functions of scalars that compile unchanged.

The numbers stand in ``[lab]`` of the office file, and all of them are assumptions to be varied; ``NEUTRAL`` is a world in
which nothing of it happens, as in the training line. Keys and units as in ``behaviour``.
"""

import math
from typing import NamedTuple

from erreichbar.record.words import Availability, code
from erreichbar.traffic.behaviour import Times
from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.laws import log_normal_ms
from erreichbar.traffic.rows import Numbers

_GIVES_UP = Stream.GIVES_UP.value
_AFTER_MISSED = Stream.AFTER_MISSED.value
_CHASES = Stream.CHASES.value
_GROUP = Stream.GROUP.value
_DIRECT = Stream.DIRECT.value
_INDUCED = Stream.INDUCED.value
_URGENT_DATE = Stream.URGENT_DATE.value
_STATUS = Stream.STATUS.value
_ANY = code(Availability.ANY)
_BEFORE_NOON = code(Availability.BEFORE_NOON)
_AFTER_NOON = code(Availability.AFTER_NOON)
_LATE = code(Availability.LATE)
GIVES_UP = 0
COMES_IN_PERSON = 1
INDUCED = 1 << 42
"""Added to a citizen's number: that of the matter which arises with hers where numbers are published."""
ASKING = 1 << 43
"""Added to the number of an item of case work: the citizen who asks how it stands. Strangers are below, see ``citizens``."""


class Further(NamedTuple):
    """How citizens behave beyond ``Behaviour``, as scalars. Shares are parts of one, times ms."""

    in_person: float
    """Part of those who do not call again who come in person; the rest gives up."""
    in_person_after: Times
    most_calls: int
    """After so many calls without getting through nobody tries again."""
    after_missed: float
    """Part of those who were not reached in any promised attempt, and did not ring back, who call again."""
    after_missed_after: Times
    chases: float
    """Part of those not reached by the due moment who call about it; each time."""
    chases_after: Times
    before_noon: float
    after_noon: float
    late: float
    """Parts of benefit units that can telephone only then; the rest can at any time."""
    telephone_only: float
    advised: float
    """Parts of benefit units without another way, and with an advice centre's help."""
    uses_direct: float
    """Part of callers with a matter for a case worker who dial her number where it is published."""
    uses_direct_advised: float
    """The same of those whom an advice centre helps, where it has the numbers."""
    misdirected: float
    """Part of direct calls that reach somebody who is not responsible."""
    induced: float
    """Where numbers are published: beside how many of those who call for the first time one more does, as a part."""
    urgent_mean: float
    immediate_mean: float
    """Mean time from a matter's rise to its date (ms, exponential above the least)."""
    urgent_least: float
    immediate_least: float
    status_elasticity: float
    """Status calls for each decision that takes twice the usual time; in between in proportion; 0: none."""
    status_after: Times
    morning: float
    midday: float
    afternoon: float
    evening: float
    """Times as likely as on average that a callback reaches the citizen at this part of the day."""


NEUTRAL = Further(
    in_person=0.0,
    in_person_after=Times(1.0, 1.0),
    most_calls=1_000_000,
    after_missed=0.0,
    after_missed_after=Times(1.0, 1.0),
    chases=0.0,
    chases_after=Times(1.0, 1.0),
    before_noon=0.0,
    after_noon=0.0,
    late=0.0,
    telephone_only=0.0,
    advised=0.0,
    uses_direct=0.0,
    uses_direct_advised=0.0,
    misdirected=0.0,
    induced=0.0,
    urgent_mean=0.0,
    immediate_mean=0.0,
    urgent_least=0.0,
    immediate_least=0.0,
    status_elasticity=0.0,
    status_after=Times(1.0, 1.0),
    morning=1.0,
    midday=1.0,
    afternoon=1.0,
    evening=1.0,
)


def instead_of_calling(f: Further, seed: int, replication: int, citizen: int, telephone_only: bool) -> int:
    """Return what somebody does who does not call again: ``COMES_IN_PERSON`` or ``GIVES_UP``."""
    if telephone_only or uniform(seed, replication, _GIVES_UP, citizen, 0) >= f.in_person:
        return GIVES_UP
    return COMES_IN_PERSON


def comes_after_ms(f: Further, seed: int, replication: int, citizen: int) -> int:
    """Return after how long somebody comes in person, open or not."""
    u = uniform(seed, replication, _GIVES_UP, citizen, 1)
    return log_normal_ms(u, f.in_person_after.median, f.in_person_after.mean)


def calls_after_missed_ms(f: Further, seed: int, replication: int, citizen: int, nth: int) -> int:
    """Return after how long the citizen calls again, the last promised attempt having missed her; −1: not."""
    if uniform(seed, replication, _AFTER_MISSED, citizen, 2 * nth) >= f.after_missed:
        return -1
    u = uniform(seed, replication, _AFTER_MISSED, citizen, 2 * nth + 1)
    return log_normal_ms(u, f.after_missed_after.median, f.after_missed_after.mean)


def chases_ms(f: Further, seed: int, replication: int, citizen: int, matter: int, nth: int) -> int:
    """Return how long after the due moment the citizen calls about a promise that was not kept; −1: not."""
    key = 16 * nth + 4 * matter
    if uniform(seed, replication, _CHASES, citizen, key) >= f.chases:
        return -1
    u = uniform(seed, replication, _CHASES, citizen, key + 1)
    return log_normal_ms(u, f.chases_after.median, f.chases_after.mean)


def availability_of(f: Further, seed: int, place: int) -> int:
    """Return when somebody is able to telephone: code of ``Availability``; the same in every replication."""
    rest = uniform(seed, 0, _GROUP, place // 2, 0)
    rest -= f.before_noon
    if rest < 0:
        return _BEFORE_NOON
    rest -= f.after_noon
    if rest < 0:
        return _AFTER_NOON
    rest -= f.late
    if rest < 0:
        return _LATE
    return _ANY


def is_telephone_only(f: Further, seed: int, place: int) -> bool:
    """Return whether somebody has no other way than the telephone."""
    return uniform(seed, 0, _GROUP, place // 2, 1) < f.telephone_only


def is_advised(f: Further, seed: int, place: int) -> bool:
    """Return whether an advice centre helps somebody."""
    return uniform(seed, 0, _GROUP, place // 2, 2) < f.advised


def can_telephone(availability: int, minute: int) -> bool:
    """Return whether somebody can telephone at a minute of the day (office time)."""
    if availability == _BEFORE_NOON:
        return minute < 12 * 60
    if availability == _AFTER_NOON:
        return minute >= 12 * 60
    if availability == _LATE:
        return minute >= 16 * 60
    return True


def when_able(starts: Numbers, ends: Numbers, first: int, after: int, moment: int, u: float) -> int:
    """Return when somebody calls who cannot telephone at a moment; −1: never.

    ``starts[first:after]``, ``ends[first:after]``: when she can and the office is open (ms), in order. She calls in the next of these
    stretches, at any moment of what is left of it, by the draw ``u``.
    """
    low, high = first, after
    while low < high:
        middle = (low + high) // 2
        if ends[middle] <= moment:
            low = middle + 1
        else:
            high = middle
    if low == after:
        return -1
    begins = max(moment, starts[low])
    return int(begins) + int(u * (ends[low] - begins))


def dials_direct(f: Further, seed: int, replication: int, citizen: int, nth: int, advised: bool) -> bool:
    """Return whether the citizen dials the case worker's number, where it is given to people like her."""
    share = max(f.uses_direct, f.uses_direct_advised) if advised else f.uses_direct
    return uniform(seed, replication, _DIRECT, citizen, 4 * nth) < share


def is_misdirected(f: Further, seed: int, replication: int, citizen: int, nth: int) -> bool:
    """Return whether the number the citizen dials is that of somebody who is not responsible."""
    return uniform(seed, replication, _DIRECT, citizen, 4 * nth + 1) < f.misdirected


def whose_instead(seed: int, replication: int, citizen: int, nth: int, others: int) -> int:
    """Return at whom of so many others (from 0) a misdirected call arrives."""
    return int(uniform(seed, replication, _DIRECT, citizen, 4 * nth + 2) * others)


def is_induced(f: Further, seed: int, replication: int, citizen: int) -> bool:
    """Return whether another matter arises with this one, where numbers are published."""
    return uniform(seed, replication, _INDUCED, citizen, 0) < f.induced


def date_after_ms(f: Further, seed: int, replication: int, citizen: int, matter: int, immediate: bool) -> int:
    """Return how long after it arose an urgent matter has its date."""
    least, mean = f.urgent_least, f.urgent_mean
    if immediate:
        least, mean = f.immediate_least, f.immediate_mean
    u = uniform(seed, replication, _URGENT_DATE, citizen, matter)
    return int(least - math.log(1.0 - u) * max(0.0, mean - least))


def asks_after_ms(f: Further, seed: int, replication: int, item: int, usual_ms: float) -> int:
    """Return how long after a case came somebody asks how it stands, if it is not decided by then; −1: nobody ever does.

    The longer it takes, the likelier, as ``status_elasticity`` says, but not before ``status_after`` is over after the usual time.
    """
    if f.status_elasticity <= 0.0 or usual_ms <= 0.0:
        return -1
    late = usual_ms * uniform(seed, replication, _STATUS, item, 0) / f.status_elasticity
    u = uniform(seed, replication, _STATUS, item, 1)
    return int(usual_ms + max(late, float(log_normal_ms(u, f.status_after.median, f.status_after.mean))))


def when_open(moment: int, u: float, opens: Numbers, closes: Numbers) -> int:
    """Return when somebody calls who would like to at a moment: then, or evenly (``u``) while the line is open next; −1: it is not.

    ``opens``, ``closes``: from when until when it is open, in order.
    """
    soonest = when_able(opens, closes, 0, len(opens), moment, 0.0)
    return soonest if soonest <= moment else when_able(opens, closes, 0, len(opens), moment, u)


def reached_at(f: Further, minute: int) -> float:
    """Return how much likelier than on average a callback reaches somebody at a minute of the day (office time).

    Parts of the day as in ``promise.attempts``: to 11, to 14, to 17, evening.
    """
    if minute < 11 * 60:
        return f.morning
    if minute < 14 * 60:
        return f.midday
    if minute < 17 * 60:
        return f.afternoon
    return f.evening
