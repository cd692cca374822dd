"""The simulated office as flat arrays and named tuples of scalars: all that the compiled loop reads.

Times are ms since the start of the run, which is local midnight; −1 stands for none; words are their codes. ``n`` is the
number of people (agents first), ``h`` of benefit units, ``r`` of contact reasons with a share, ``d`` of days of the run.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from erreichbar.lab.office.dues import Dues
from erreichbar.lab.office.items import Workload
from erreichbar.lab.office.times import Habits, Plans
from erreichbar.traffic.behaviour import Behaviour
from erreichbar.traffic.further import Further
from erreichbar.traffic.who import Callers

Ints = NDArray[np.int64]
Codes = NDArray[np.int8]
Floats = NDArray[np.float64]

AGENT = 0
RESPONSIBLE = 1
COLLEAGUE = 2
DUTY_OFFICER = 3
WHO = 4
"""Who may answer: columns of ``Reasons.settles`` and of ``Reasons.decides``."""


class Run(NamedTuple):
    """The stretches of a run (ms) and its size, all int: ``begins`` ≤ ``ends`` ≤ ``stops``.

    Matters that arise in [begins, ends) are counted; before it is warm-up, after it they are followed up to ``stops``.
    """

    begins: int
    ends: int
    stops: int
    days: int
    first_key: int
    """The number of the first day of the run, as ``traffic`` keys days."""
    households: int


class Days(NamedTuple):
    """Each day of the run.

    ``midnight`` int64[d + 1]: ms of its local midnight, and the end of the last; ``working`` int8[d]: 1 if the office is
    open; ``expected`` float64[d]: calls expected, before the day's own luck; ``profile`` float64[2, 48]: cumulated over half
    hours, row 1 for working days; ``nearly`` float64[2]: the largest number below each profile's end; ``variation``: of a
    day's luck; ``open_start``, ``open_end`` int64[k]: service hours in order.
    """

    midnight: Ints
    working: Codes
    expected: Floats
    profile: Floats
    nearly: Floats
    variation: float
    open_start: Ints
    open_end: Ints


class Reasons(NamedTuple):
    """Contact reasons that have a share.

    ``share`` float64[r]; ``urgency`` int8[r]: code of ``office.Urgency``; ``area`` int64[r]: the team of case workers whose
    work it is; ``plain`` float64[r]: part of matters that need no decision; ``settles`` float64[r, WHO]: part settled in a
    conversation with who answers; a matter is of a part p if ``who.needs`` is less than p. ``decides`` int8[r, WHO]: 1 if
    she may decide what needs a decision; a colleague: of the same team's kind.
    """

    share: Floats
    urgency: Codes
    area: Ints
    plain: Floats
    settles: Floats
    decides: Codes


class Staff(NamedTuple):
    """The people, by place: int64[n] unless said otherwise.

    ``role`` int8, ``centre`` int8 (1: of the organisation that works for the office), ``area``: her team in
    ``[[lab.teams]]`` or −1, ``unit``: her single team or −1, ``deputy``: place of who stands in for her or −1, ``wage``
    float64: euros an hour. ``area_first``, ``area_end``: places of the people of each team; ``unit_first``, ``unit_end``: of
    each single team. ``agents``: so many come first. ``duty``: places of duty officers.
    """

    role: Codes
    centre: Codes
    area: Ints
    unit: Ints
    deputy: Ints
    wage: Floats
    area_first: Ints
    area_end: Ints
    unit_first: Ints
    unit_end: Ints
    agents: int
    duty: Ints


class Costs(NamedTuple):
    """``full_week``: hours of a full-time week; ``purchased``: whether the centre is paid its price instead of wages (euros)."""

    full_week: float
    purchased: bool
    centre_per_month: float
    centre_per_call: float
    centre_per_minute: float


class Seats(NamedTuple):
    """Log-normal times of people at their seats (ms)."""

    pick_up_median: float
    pick_up_mean: float


class Arrays(NamedTuple):
    """Everything that is the same in every replication.

    ``responsible`` int64[h, teams]: place of the case worker who deals with a benefit unit's matters of a team's kind; −1:
    nobody single. ``languages`` float64: weights, in the order of ``LabOffice.languages``.
    """

    run: Run
    days: Days
    dues: Dues
    reasons: Reasons
    staff: Staff
    responsible: Ints
    plans: Plans
    habits: Habits
    workload: Workload
    costs: Costs
    seats: Seats
    callers: Callers
    behaviour: Behaviour
    further: Further
    languages: Floats
