"""The builder of moments: the one place where the world is turned into the scalars that ``decide`` reads."""

from erreichbar.access.points import Audience, Moment, Readiness
from erreichbar.record.words import Line, code

_CENTRE = code(Line.CENTRE)
_NOBODY = Readiness.NOBODY.value
_PUBLIC = Audience.PUBLIC.value


def moment(
    point: int,
    # Not by keyword only, although always so called: compiled code knows no such parameters.
    is_open: bool = True,
    waiting: int = 0,
    agents_present: int = 0,
    agents_free: int = 0,
    waited_ms: int = 0,
    ringings: int = 0,
    is_ring_back: bool = False,
    tried: int = _NOBODY,
    attempts_made: int = 0,
    line: int = _CENTRE,
    caller: int = _PUBLIC,
    urgency: int = -1,
    responsible: int = _NOBODY,
    in_phone_hours: bool = False,
    colleagues_free: int = 0,
    duty: int = _NOBODY,
    duty_deputy: int = _NOBODY,
    transfers_made: int = 0,
    diversions_made: int = 0,
) -> Moment:
    """Return the moment with every field of its one type; what a point does not need may be left out.

    Compiles unchanged. What is no scalar is resolved before: people by ``resolve.readiness``, telephone hours by
    ``phone_hours.within``, urgency by ``resolve.urgency``, a ring-back by ``ring_back.ring_back_ticket``.
    """
    return Moment(
        point=int(point),
        is_open=bool(is_open),
        waiting=int(waiting),
        agents_present=int(agents_present),
        agents_free=int(agents_free),
        waited_ms=int(waited_ms),
        ringings=int(ringings),
        is_ring_back=bool(is_ring_back),
        tried=int(tried),
        attempts_made=int(attempts_made),
        line=int(line),
        caller=int(caller),
        urgency=int(urgency),
        responsible=int(responsible),
        in_phone_hours=bool(in_phone_hours),
        colleagues_free=int(colleagues_free),
        duty=int(duty),
        duty_deputy=int(duty_deputy),
        transfers_made=int(transfers_made),
        diversions_made=int(diversions_made),
    )
