"""The builder of moments: the one place where the world is turned into the scalars that ``decide`` reads."""

from erreichbar.access.points import Moment, Point


def moment(
    point: Point,
    *,
    is_open: bool = True,
    waiting: int = 0,
    agents_present: int = 0,
    agents_free: int = 0,
    waited_ms: int = 0,
    ringings: int = 0,
    is_ring_back: bool = False,
    tried_is_free: bool = False,
    tried_is_protected: bool = False,
    attempts_made: int = 0,
) -> Moment:
    """Return the moment with every field of its one type; what a point does not need may be left out."""
    return Moment(
        point=int(point),
        is_open=bool(is_open),
        waiting=int(waiting),
        agents_present=int(agents_present),
        agents_free=int(agents_free),
        waited_ms=int(waited_ms),
        ringings=int(ringings),
        is_ring_back=bool(is_ring_back),
        tried_is_free=bool(tried_is_free),
        tried_is_protected=bool(tried_is_protected),
        attempts_made=int(attempts_made),
    )
