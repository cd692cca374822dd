"""Arrays without their count of owners, for the length of a run.

Numba counts the owners of every array atomically, each time a function takes one up. In a loop that takes up eight of them for
every event that is most of the time. ``drive`` owns the arrays while the loop runs, so inside it nobody needs to count.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba.np.arrayobj
from numba.core.extending import intrinsic

from erreichbar.lab.engine.boxes import boxed_kept, boxed_promised
from erreichbar.lab.engine.compiling import COMPILES, part
from erreichbar.lab.engine.promised import Callers, Holders, Kept, Open, People, Promised, Reasons, Staffed
from erreichbar.lab.engine.shapes import Bools, Cases, Days, Floats, Hours, Innovations, Ints, Plan
from erreichbar.lab.engine.state import State

A = TypeVar("A", Ints, Floats, Bools)
arrayobj: Any = numba.np.arrayobj


def _itself(array: A) -> A:
    return array


def _borrowed(typing: Any, array: Any) -> Any:

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found = arrayobj.make_array(signature.args[0])(context, builder, arguments[0])
        found.meminfo = found.meminfo.type(None)
        return found._getvalue()

    return array(array), generate


borrowed = cast("Callable[[A], A]", intrinsic(_borrowed) if COMPILES else _itself)
"""Returns an array that is not owned: valid as long as the one that it is made from."""


@part
def borrowed_state(state: State) -> State:
    """Return a run's memory with all arrays borrowed."""
    return State(
        borrowed(state.n),
        borrowed(state.heap),
        borrowed(state.calls),
        borrowed(state.free),
        borrowed(state.missed),
        borrowed(state.seats),
        borrowed(state.times),
        borrowed(state.sums),
        borrowed(state.cases),
        borrowed(state.free_cases),
        borrowed(state.lines),
        borrowed(state.case_sums),
        _kept(state.kept),
    )


@part
def borrowed_plan(plan: Plan) -> Plan:
    """Return what a run follows with all arrays borrowed."""
    days = plan.days
    return Plan(
        plan.seed,
        Days(
            borrowed(days.keys), borrowed(days.starts), borrowed(days.totals), borrowed(days.profiles),
            borrowed(days.cumulated), borrowed(days.tops), days.horizon,
        ),
        plan.talk,
        plan.rules,
        plan.window,
        plan.patience,
        plan.again,
        plan.ring,
        plan.wrap_up,
        _hours(plan.hours),
        _cases(plan.cases),
        _scan(plan.scan),
        _innovations(plan.innovations),
        _promised(plan.promised),
        _scan(plan.rows),
        _scan(plan.given),
    )  # fmt: skip


@part
def _scan(array: Ints | None) -> Ints | None:
    if array is not None:
        return borrowed(array)
    return None


@part
def _innovations(given: Innovations | None) -> Innovations | None:
    if given is not None:
        return Innovations(
            borrowed(given.up), borrowed(given.down), given.arrival_rate, given.service_rate, given.abandon_rate
        )
    return None


@part
def _hours(given: Hours | None) -> Hours | None:
    if given is not None:
        return Hours(borrowed(given.periods), borrowed(given.shifts), given.announcement_ms, given.look_ms)
    return None


@part
def _cases(given: Cases | None) -> Cases | None:
    if given is not None:
        return Cases(borrowed(given.rates), borrowed(given.means), given.resume_ms)
    return None


@part
def _kept(kept: Kept | None) -> Kept | None:
    if kept is not None:
        return boxed_kept(
            borrowed(kept.n), borrowed(kept.tickets), borrowed(kept.tried), borrowed(kept.matters), borrowed(kept.lists),
            borrowed(kept.open), borrowed(kept.at_home), borrowed(kept.last), borrowed(kept.person), borrowed(kept.called),
            borrowed(kept.made), borrowed(kept.at_piece), borrowed(kept.scratch),
        )  # fmt: skip
    return None


@part
def _promised(given: Promised | None) -> Promised | None:
    if given is not None:
        c, r, s, h, p, o = given.callers, given.reasons, given.staffed, given.holders, given.people, given.pieces
        return boxed_promised(
            given.agents, given.stops, given.case_work, given.behaviour,
            Callers(
                c.first_key, borrowed(c.first), borrowed(c.place), borrowed(c.matters), borrowed(c.reason), borrowed(c.unit),
                borrowed(c.own), borrowed(c.telephone), borrowed(c.withheld), borrowed(c.window), borrowed(c.language),
            ),
            Reasons(
                borrowed(r.settled), borrowed(r.urgency), borrowed(r.urgent), borrowed(r.decided), borrowed(r.may),
                borrowed(r.ends), borrowed(r.same_day),
            ),
            Staffed(
                borrowed(s.of_unit), borrowed(s.first), borrowed(s.starts), borrowed(s.ends), borrowed(s.at_chance),
                borrowed(s.in_chance), borrowed(s.at_decide), borrowed(s.in_decide),
            ),
            Holders(
                borrowed(h.first), borrowed(h.who), borrowed(h.pool), borrowed(h.plain), borrowed(h.urgent), borrowed(h.edges),
                h.reassign,
            ),
            People(
                borrowed(p.role), borrowed(p.unit), borrowed(p.there_first), borrowed(p.there_start), borrowed(p.there_end),
                borrowed(p.free_first), borrowed(p.free_start), borrowed(p.free_end), borrowed(p.before), borrowed(p.away_first),
                borrowed(p.away_start), borrowed(p.away_end),
            ),
            borrowed(given.midnight), borrowed(given.since),
            Open(borrowed(o.first), borrowed(o.start), borrowed(o.end), borrowed(o.part), borrowed(o.inside)),
            borrowed(given.open_start), borrowed(given.open_end), borrowed(given.open_before), given.further,
            borrowed(given.case_workers), borrowed(given.hours_first), borrowed(given.hours_start), borrowed(given.hours_end),
            borrowed(given.anew),
        )  # fmt: skip
    return None
