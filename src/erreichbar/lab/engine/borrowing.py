"""Arrays without their count of owners, for the length of a run.

Numba counts the owners of every array atomically, each time a function takes one up. In a loop that takes up eight of them for
every event that is most of the time. ``drive`` owns the arrays while the loop runs, so inside it nobody needs to count.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba.core.extending import intrinsic

from erreichbar.lab.engine.boxes import unowned
from erreichbar.lab.engine.compiling import COMPILES, part
from erreichbar.lab.engine.desks import Working
from erreichbar.lab.engine.promised import Kept, Promised
from erreichbar.lab.engine.shapes import Bools, Cases, Days, Floats, Hours, Innovations, Ints, Plan
from erreichbar.lab.engine.state import State

A = TypeVar("A", Ints, Floats, Bools)


def _itself(array: A) -> A:
    return array


def _borrowed(typing: Any, array: Any) -> Any:

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return unowned(context, builder, array, arguments[0])

    return array(array), generate


borrowed = cast("Callable[[A], A]", intrinsic(_borrowed) if COMPILES else _itself)
"""Returns an array that is not owned: valid as long as the one that it is made from."""


@part
def borrowed_state(state: State, kept: Kept | None, working: Working | None) -> State:
    """Return a run's memory with all arrays borrowed; what it keeps of tickets and desks is boxed."""
    return State(
        borrowed(state.n),
        borrowed(state.heap),
        borrowed(state.far),
        borrowed(state.calls),
        borrowed(state.free),
        borrowed(state.missed),
        borrowed(state.seats),
        borrowed(state.moves),
        borrowed(state.times),
        borrowed(state.sums),
        borrowed(state.cases),
        borrowed(state.free_cases),
        borrowed(state.lines),
        borrowed(state.case_sums),
        kept,
        _scan(state.log),
        working,
    )


@part
def borrowed_plan(plan: Plan, promised: Promised | None) -> Plan:
    """Return what a run follows with all arrays borrowed; what is given of tickets is boxed."""
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
        promised,
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
