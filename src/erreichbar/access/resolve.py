"""What is no scalar becomes one: people and matters as ``moment`` wants them. The telephone and the lab ask the same."""

from erreichbar.access.points import Audience, Readiness
from erreichbar.office.model import ContactReason, Urgency


def readiness(is_there: bool, is_protected: bool, is_engaged: bool, was_rung: bool = False) -> int:
    """Return the ``Readiness`` of somebody.

    ``is_there``: at work and signed in at a telephone; ``is_protected``: in an appointment or in protected time;
    ``is_engaged``: in a call, being rung or writing one up; ``was_rung``: has let this very call ring or refused it.
    Protection goes before everything but absence. Compiles unchanged.
    """
    if not is_there:
        return Readiness.ABSENT.value
    if is_protected:
        return Readiness.PROTECTED.value
    if is_engaged:
        return Readiness.BUSY.value
    if was_rung:
        return Readiness.RUNG.value
    return Readiness.FREE.value


def urgency(reason: ContactReason) -> int:
    """Return the code of a contact reason's urgency, as ``Moment.urgency`` and ``Rules.urgent_from`` have it."""
    return urgency_code(reason.urgency)


def urgency_code(urgency: Urgency) -> int:
    """Return the code of an urgency: its place in its list, from the least urgent."""
    return list(Urgency).index(urgency)


def audience(is_internal: bool, is_advice_centre: bool) -> int:
    """Return the ``Audience`` of a caller by what the calling number is known as. A withheld number is known as nothing."""
    if is_internal:
        return Audience.INTERNAL.value
    return Audience.ADVICE_CENTRES.value if is_advice_centre else Audience.PUBLIC.value
