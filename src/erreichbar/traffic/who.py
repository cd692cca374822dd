"""Who calls, and with what: functions of scalars and rows that compile unchanged (see ``behaviour``)."""

from typing import NamedTuple

from erreichbar.traffic.draws import Stream, uniform
from erreichbar.traffic.parameters import Parameters
from erreichbar.traffic.rows import Numbers, Room

MOST_MATTERS = 3
"""So many matters one call may have."""

_PERSON = Stream.PERSON.value
_HOUSEHOLD = Stream.HOUSEHOLD.value
_PERSON_NUMBER = Stream.PERSON_NUMBER.value
_PERSON_LANGUAGE = Stream.PERSON_LANGUAGE.value
_MATTERS = Stream.MATTERS.value
_WITHHELD = Stream.WITHHELD.value
_WINDOW = Stream.WINDOW.value
_SETTLES = Stream.SETTLES.value


class Callers(NamedTuple):
    """Who calls, as scalars. ``callers`` makes it from ``[traffic]``; names as there."""

    number_withheld: float
    without_telephone: float
    shared_number: float
    frequent_callers: float
    names_a_window: float
    second: float
    third: float


def callers(parameters: Parameters) -> Callers:
    """Return the scalars of ``[traffic]``."""
    people, matters = parameters.people, parameters.matters
    return Callers(
        number_withheld=float(people.number_withheld.value),
        without_telephone=float(people.without_telephone.value),
        shared_number=float(people.shared_number.value),
        frequent_callers=float(people.frequent_callers.value),
        names_a_window=float(people.names_a_window.value),
        second=float(matters.second.value),
        third=float(matters.third.value),
    )


def resident(c: Callers, seed: int, household: int, u: float) -> int:
    """Return the place of somebody of a benefit unit; ``u`` decides between two who share a number."""
    shares = uniform(seed, 0, _HOUSEHOLD, household, 0) < c.shared_number
    return 2 * household + (1 if shares and u < 0.5 else 0)


def place_of(c: Callers, seed: int, replication: int, citizen: int, households: int) -> int:
    """Return who in the population a citizen is; few benefit units call often."""
    household = int(uniform(seed, replication, _PERSON, citizen, 0) ** c.frequent_callers * households)
    return resident(c, seed, household, uniform(seed, replication, _PERSON, citizen, 1))


def has_number(c: Callers, seed: int, place: int) -> bool:
    """Return whether somebody of the population has a telephone of her own."""
    return not uniform(seed, 0, _PERSON_NUMBER, place // 2, 0) < c.without_telephone


def withholds(c: Callers, seed: int, replication: int, citizen: int, place: int) -> bool:
    """Return whether the citizen's number does not show."""
    return not has_number(c, seed, place) or uniform(seed, replication, _WITHHELD, citizen, 0) < c.number_withheld


def language_of(weights: Numbers, seed: int, place: int) -> int:
    """Return which of the languages, given by their weights, somebody speaks: its place from 0."""
    total = 0.0
    for nth in range(len(weights)):
        total += weights[nth]
    rest = uniform(seed, 0, _PERSON_LANGUAGE, place // 2, 0) * total
    for nth in range(len(weights)):
        rest -= weights[nth]
        if rest < 0:
            return nth
    return len(weights) - 1


def window_of(c: Callers, seed: int, replication: int, citizen: int, windows: int) -> int:
    """Return which of so many windows the citizen names for a callback (from 0); −1: none."""
    if uniform(seed, replication, _WINDOW, citizen, 0) >= c.names_a_window:
        return -1
    return int(uniform(seed, replication, _WINDOW, citizen, 1) * windows)


def matters_of(c: Callers, shares: Numbers, seed: int, replication: int, citizen: int, found: Room) -> int:
    """Write the reasons of the citizen's matters (places in ``shares``) into ``found``; return how many there are.

    ``found`` has room for ``MOST_MATTERS``. No reason comes twice.
    """
    u = uniform(seed, replication, _MATTERS, citizen, 0)
    wished = 3 if u < c.third else 2 if u < c.third + c.second else 1
    wished = min(wished, len(shares))
    for nth in range(wished):
        total, last = 0.0, 0
        for reason in range(len(shares)):
            if not _among(found, nth, reason):
                total += shares[reason]
                last = reason
        rest = uniform(seed, replication, _MATTERS, citizen, nth + 1) * total
        chosen = last
        for reason in range(last):
            if _among(found, nth, reason):
                continue
            if rest < shares[reason]:
                chosen = reason
                break
            rest -= shares[reason]
        found[nth] = chosen
    return wished


def needs(seed: int, replication: int, citizen: int, matter: int) -> float:
    """Return how hard a matter is to settle, evenly from (0, 1): whoever settles a part p of such matters settles it if it is less than p.

    One number for all who may answer, so who settles more settles whatever another would have.
    """
    return uniform(seed, replication, _SETTLES, citizen, matter)


def _among(found: Numbers, length: int, reason: int) -> bool:
    among = False
    for nth in range(length):
        among = among or found[nth] == reason
    return among
