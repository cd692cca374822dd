"""The one list of what the lab shows: which figures, in which order. Each is a function of ``figures``.

How often citizens call, whether they are answered, what becomes of their matters, what it does to case work, and what it costs.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from erreichbar.figures import calls, direct, first_contact, matters, promise, visits, work
from erreichbar.figures.figure import Figure
from erreichbar.figures.window import Window
from erreichbar.lab.office import LabOffice
from erreichbar.office.model import OrganisationKind
from erreichbar.record.tables import Tables
from erreichbar.record.words import ClockName, MatterEnd, PresentedNumber, Role, TalkedWith, WorkKind

SERVED, UNDISTURBED = "served_in_time", "undisturbed_work"
"""The two figures that span the picture of the comparison."""
_MONTH = 30.4375
"""Days of a month, for what is paid by the month: 365.25 / 12."""
_ANSWERING = (Role.AGENT, Role.CASE_WORKER, Role.DUTY_OFFICER)
_KINDS = {
    Role.AGENT: (WorkKind.CALL, WorkKind.WRAP_UP, WorkKind.IDLE, WorkKind.OTHER),
    Role.CASE_WORKER: tuple(WorkKind),
}


class Section(StrEnum):
    """What a figure is about."""

    ESTIMANDS = "estimands"
    CALLS = "calls"
    FIRST_CONTACT = "first_contact"
    PROMISE = "promise"
    DIRECT = "direct"
    MATTERS = "matters"
    WORK = "work"
    COSTS = "costs"


class Shown(NamedTuple):
    """A figure of one replication. ``pooled``: over replications its counts are added up and divided, else its values averaged.

    A share of calls is one of all calls of all replications; a quantile has no counts that could be added.
    """

    section: Section
    figure: Figure
    pooled: bool = True


class Scene(NamedTuple):
    """What the figures of a replication are taken of: ``tables`` with warm-up and what follows, and what of it counts, ``inside``."""

    tables: Tables
    inside: Tables
    window: Window
    office: LabOffice
    days: int
    centre: bool = True
    """Whether there is a centre under the model: if not, none is paid."""


def shown(scene: Scene) -> Iterator[Shown]:
    """Return the figures of a replication, always the same in the same order for an office."""
    inside = scene.inside
    for section, figures in (
        (Section.ESTIMANDS, _estimands(inside, scene.office)),
        (Section.CALLS, _calls(inside)),
        (Section.FIRST_CONTACT, _first_contact(inside, scene)),
        (Section.PROMISE, _promise(inside)),
        (Section.DIRECT, _direct(inside)),
        (Section.MATTERS, _matters(inside)),
        (Section.WORK, _work(inside, scene.office)),
        (Section.COSTS, _costs(inside, scene)),
    ):
        yield from (one if isinstance(one, Shown) else Shown(section, one) for one in figures)


def _estimands(tables: Tables, office: LabOffice) -> Iterator[Figure]:
    week = office.lab.costs.full_week_h.value
    yield matters.served_in_time(tables)
    yield matters.served_in_time_by_responsible(tables)
    yield work.undisturbed_work(tables, week)
    yield work.undisturbed_work(tables, week, resuming=False)


def _calls(tables: Tables) -> Iterator[Figure | Shown]:
    yield calls.offered(tables)
    yield calls.answered(tables)
    yield calls.abandoned(tables)
    yield calls.turned_away(tables)
    yield calls.out_of_hours(tables)
    yield calls.reachability(tables)
    yield calls.wait_mean(tables)
    for part in (0.5, 0.9):
        yield Shown(Section.CALLS, calls.wait_quantile(tables, part), pooled=False)
    yield calls.service_level(tables, 20)
    for role in _ANSWERING:
        yield direct.wait_mean_by_role(tables, role)
        yield calls.talk_mean(tables, role)
        yield calls.wrap_up_mean(tables, role)
    yield calls.ring_backs(tables)


def _first_contact(tables: Tables, scene: Scene) -> Iterator[Figure]:
    yield first_contact.settled_at_first_contact(tables)
    # A call of the last days may be repeated after them, so it is looked for in all that follows.
    yield first_contact.settled_without_repeat(scene.tables, begun=scene.window)
    yield first_contact.tickets_opened(tables)


def _promise(tables: Tables) -> Iterator[Figure | Shown]:
    for part, clock in product(promise.Part, ClockName):
        yield promise.kept(tables, part, clock)
    yield promise.impossible_by_calendar(tables)
    for part in promise.Part:
        yield Shown(Section.PROMISE, promise.time_to(tables, part), pooled=False)
    yield promise.attempts_until_reached(tables)
    for presented in PresentedNumber:
        yield promise.reached_by_number(tables, presented)
    for whom in TalkedWith:
        yield direct.talked_with(tables, whom)


def _direct(tables: Tables) -> Iterator[Figure]:
    yield direct.direct_reachability(tables)
    yield direct.misdirected(tables)
    yield direct.diverted(tables)
    for role in (Role.CASE_WORKER, Role.DUTY_OFFICER):
        yield direct.transferred(tables, role)
    yield direct.callbacks_held_up(tables)
    yield direct.direct_time_of_top_callers(tables)


def _matters(tables: Tables) -> Iterator[Figure | Shown]:
    yield matters.urgent_in_time(tables)
    for part in (0.5, 0.9):
        yield Shown(Section.MATTERS, matters.time_to_served(tables, part), pooled=False)
    yield matters.calls_until_spoken(tables)
    for end in MatterEnd:
        yield matters.ended(tables, end)
    yield matters.still_open(tables)
    yield visits.visits(tables)
    yield visits.received(tables)
    yield visits.wait_mean(tables)


def _work(tables: Tables, office: LabOffice) -> Iterator[Figure]:
    yield work.interruptions(tables, office.lab.costs.full_week_h.value)
    yield work.resuming_mean(tables)
    for role, kinds in _KINDS.items():
        for kind in kinds:
            yield work.time_of(tables, role, kind)


def _costs(tables: Tables, scene: Scene) -> Iterator[Figure]:
    costs = scene.office.lab.costs
    employed = {(one.person.role, one.centre) for one in scene.office.staff}
    for role, kind in product(_ANSWERING, OrganisationKind):
        if (role, kind is OrganisationKind.CENTRE) in employed:
            yield work.staff_hours(tables, role, kind)
    wages = {
        Role.AGENT: costs.agent.value,
        Role.CASE_WORKER: costs.case_worker.value,
        Role.DUTY_OFFICER: costs.duty_officer.value,
    }
    price = work.Price(costs.centre_per_month.value, costs.centre_per_call.value, costs.centre_per_minute.value)
    for kind in OrganisationKind:
        if any(centre == (kind is OrganisationKind.CENTRE) for _, centre in employed):
            paid = price if costs.purchased and kind is OrganisationKind.CENTRE else None
            yield work.euros(tables, kind, wages, paid, scene.days / _MONTH if scene.centre else 0.0)
