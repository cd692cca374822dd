"""The fewest tickets that must become late if each may lie on one of several lists, exactly: an integer programme.

A list can be done in time if, up to each due moment, all that is due by then fits into the time its person has before it
(earliest due first is best on one desk). Solved by HiGHS (Huangfu and Hall 2018) through SciPy, with a limit to the search,
so that the same question has the same answer on every machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

MOST_PLACES = 150
"""Of more tickets times lists the fewest are not sought, for nobody would wait for it. Assumption."""
SEARCHED = 500
"""After so many branches the search is given up."""
UNIT = 60_000_000
"""What the solver is told times in (µs): minutes, so that its tolerance is far below a second."""


@dataclass(frozen=True, slots=True)
class Packing:
    """Tickets in the order of their due moments: what each ``needs`` (µs), where it is ``held``, where it ``may`` lie.

    ``time`` is of each person how much time (µs) she has before each of these moments.
    """

    needs: Sequence[int]
    held: Sequence[str | None]
    may: Sequence[Sequence[str | None]]
    time: Mapping[str | None, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Packed:
    """How many are ``late``, and where each ticket is to lie."""

    late: int
    place: list[str | None]


def fewest_late(asked: Packing) -> Packed | None:
    """Return where the tickets lie if the fewest are late, and of these ways one with the fewest moves.

    None if they are too many or the search was given up. A ticket that is late stays where it is.
    """
    # A variable for each ticket and list on which it is done in time; whoever has none is late.
    where = [(row, one) for row, may in enumerate(asked.may) for one in may if asked.needs[row] <= asked.time[one][row]]
    if not where or len(where) > MOST_PLACES:
        return None
    worth = np.array([-(len(asked.needs) + 1.0) + (one != asked.held[row]) for row, one in where])
    found = milp(
        worth, integrality=np.ones(len(where)), bounds=Bounds(0, 1), constraints=_fits(asked, where),
        options={"node_limit": SEARCHED, "mip_rel_gap": 0.0},
    )  # fmt: skip
    if not found.success:
        return None
    place = list(asked.held)
    done = [where[column] for column in np.flatnonzero(found.x > 0.5).tolist()]
    for row, person in done:
        place[row] = person
    return Packed(len(place) - len(done), place)


def _fits(asked: Packing, where: Sequence[tuple[int, str | None]]) -> LinearConstraint:
    """Return that each ticket is done once at most, and that on each list all due by a moment fits into the time before it."""
    cells = [(row, column, 1.0) for column, (row, _) in enumerate(where)]
    most = [1.0] * len(asked.needs)
    for person, time in asked.time.items():
        mine = [(row, column) for column, (row, one) in enumerate(where) if one == person]
        for last, (due, _) in enumerate(mine):
            cells += [(len(most), column, asked.needs[row] / UNIT) for row, column in mine[: last + 1]]
            most.append(time[due] / UNIT)
    at, column, value = (np.array(each) for each in zip(*cells, strict=True))
    table = coo_array((value, (at, column)), shape=(len(most), len(where)))
    return LinearConstraint(table.tocsr(), -np.inf, most)
