"""Who calls in a replication, with all that is hers whatever the office does."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from erreichbar.lab.compiling import compiled
from erreichbar.lab.engine.inquiries import NOBODY_ELSE
from erreichbar.lab.engine.promised import Callers
from erreichbar.lab.engine.shapes import Floats, Ints
from erreichbar.lab.office.arrays import Days, Run
from erreichbar.lab.office.draw import Arising, arising
from erreichbar.record.words import Language, code
from erreichbar.traffic.citizens import WINDOWS
from erreichbar.traffic.parameters import Parameters
from erreichbar.traffic.process import PLACES
from erreichbar.traffic.who import Callers as Who
from erreichbar.traffic.who import callers as who_calls
from erreichbar.traffic.who import has_number, language_of, window_of, withholds

Responsible = Callable[[Arising], tuple[Ints, Ints]]
"""Returns unit and person of each caller's matters (k, 3), −1 for none."""


class Room(NamedTuple):
    """What ``fill`` writes, by caller."""

    telephone: Ints
    withheld: Ints
    window: Ints
    language: Ints


def callers(
    parameters: Parameters,
    run: Run,
    days: Days,
    shares: Floats,
    seed: int,
    replication: int,
    responsible: Responsible,
    others: Arising = NOBODY_ELSE,
) -> Callers:
    """Return who calls for the first time on the days of a run, and ``others``, in the order of their numbers."""
    found = arising(run, days, who_calls(parameters), shares, seed, replication)
    known = with_all_that_is_hers(parameters, run, together(found, others), seed, replication, responsible)
    return known._replace(others=others.citizen)


def together(*found: Arising) -> Arising:
    """Return all of them, one after the other."""
    return Arising(*(np.concatenate([getattr(one, name) for one in found]) for name in Arising._fields))


def with_all_that_is_hers(
    parameters: Parameters, run: Run, found: Arising, seed: int, replication: int, responsible: Responsible
) -> Callers:
    """Return those who call, with what else the loop is to know of them."""
    given = who_calls(parameters)
    count = len(found.citizen)
    room = Room(*(np.zeros(count, np.int64) for _ in Room._fields))
    spoken = parameters.people.languages.value
    weights = np.array(list(spoken.values()), np.float64)
    compiled(fill)(given, weights, len(WINDOWS), seed, replication, found.citizen, found.place, room)
    unit, own = responsible(found)
    keys = run.first_key + np.arange(run.days + 1)
    return Callers(
        first_key=run.first_key,
        first=np.searchsorted(found.citizen, keys * PLACES).astype(np.int64),
        arises=found.arises,
        place=found.place,
        matters=found.matters.astype(np.int64),
        reason=found.reasons.astype(np.int64),
        unit=unit,
        own=own,
        telephone=room.telephone,
        withheld=room.withheld,
        window=room.window,
        language=np.array([code(Language(name)) for name in spoken], np.int64)[room.language],
        others=np.zeros(0, np.int64),
    )


def fill(
    given: Who,
    weights: Floats,
    windows: int,
    seed: int,
    replication: int,
    citizen: Ints,
    place: Ints,
    room: Room,
) -> None:
    """Write what is hers for each caller. Compiles unchanged."""
    for caller in range(len(citizen)):
        room.telephone[caller] = int(has_number(given, seed, place[caller]))
        room.withheld[caller] = int(withholds(given, seed, replication, citizen[caller], place[caller]))
        room.window[caller] = window_of(given, seed, replication, citizen[caller], windows)
        room.language[caller] = language_of(weights, seed, place[caller])
