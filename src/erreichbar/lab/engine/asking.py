"""The access model is asked here, and only here."""

from erreichbar.access.points import Step
from erreichbar.lab.engine.compiling import part
from erreichbar.lab.engine.rules import decide, moment
from erreichbar.lab.engine.shapes import Plan
from erreichbar.lab.engine.state import AT_CASES, NOBODY, PRESENT, READY, State


@part
def ask(
    state: State,
    plan: Plan,
    point: int,
    is_open: bool,
    waited: int,
    ringings: int,
    waiting: int,
    is_ring_back: bool = False,
    tried: int = NOBODY,
) -> Step:
    """Return what happens next with a call, as ``telephone.calls`` asks it."""
    n = state.n
    free = n[READY] + n[AT_CASES]
    return decide(plan.rules, moment(point, is_open, waiting, n[PRESENT], free, waited, ringings, is_ring_back, tried))
