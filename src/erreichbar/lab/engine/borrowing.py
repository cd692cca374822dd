"""Arrays without their count of owners, for the length of a run.

Numba counts the owners of every array atomically, each time a function takes one up. In a loop that takes up eight of them for
every event that is most of the time. ``drive`` owns the arrays while the loop runs, so inside it nobody needs to count.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba.np.arrayobj
from numba.core.extending import intrinsic

from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.shapes import Bools, Cases, Days, Floats, Hours, Innovations, Ints, Plan
from erreichbar.lab.engine.state import State

A = TypeVar("A", Ints, Floats, Bools)
arrayobj: Any = numba.np.arrayobj


def _borrowed(typing: Any, array: Any) -> Any:

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        found = arrayobj.make_array(signature.args[0])(context, builder, arguments[0])
        found.meminfo = found.meminfo.type(None)
        return found._getvalue()

    return array(array), generate


borrowed = cast("Callable[[A], A]", intrinsic(_borrowed))
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
        _scan(plan.rows),
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
