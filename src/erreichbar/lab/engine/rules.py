"""The rules of floor 1 as the loop calls them: compiled as they stand, never written again."""

from collections.abc import Callable
from typing import cast

from erreichbar import access
from erreichbar.lab.engine.compiling import part, rule
from erreichbar.lab.engine.shapes import Floats, Ints, Law
from erreichbar.traffic import draws, laws, process

decide = rule(access.decide)
moment = rule(access.moment)
longest_idle = cast("Callable[[Ints], int]", rule(access.longest_idle))
uniform = rule(draws.uniform)
times_of_day = cast("Callable[[Floats, float, float, int, int, int, Ints], int]", rule(process.times_of_day))
exponential_ms = rule(laws.exponential_ms)
_log_normal_ms = rule(laws.log_normal_ms)


@part
def duration(law: Law, u: float) -> int:
    """Return the time (ms) that a draw gives by a law; 0 if its mean is 0."""
    if law.mean <= 0.0:
        return 0
    if law.median < 0.0:
        return exponential_ms(u, law.mean)
    return _log_normal_ms(u, law.median, law.mean)
