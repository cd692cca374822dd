"""What happens next with this call? The access model (a TOML file) and ONE decision function.

``points`` names where it is asked and what it may answer, ``moment`` builds what it reads, ``decide`` decides. What is
no scalar is resolved before: people and matters by ``resolve``, telephone hours by ``phone_hours``, a call that answers a
missed callback by ``ring_back``, who of several takes a call by ``seats``. ``model`` reads and checks model files,
``live`` says what the telephone cannot carry out yet, ``contradictions`` what an office lacks for a model.
"""

from erreichbar.access.contradictions import contradictions
from erreichbar.access.decide import decide
from erreichbar.access.live import not_live
from erreichbar.access.model import AccessModel, ModelFaults, load, loads, names
from erreichbar.access.moment import moment
from erreichbar.access.phone_hours import PhoneHours, in_phone_hours, intervals, within
from erreichbar.access.points import Act, Audience, Moment, Point, Readiness, Rules, Say, Step, Whom
from erreichbar.access.resolve import audience, readiness, urgency
from erreichbar.access.ring_back import counts_since, ring_back_ticket
from erreichbar.access.seats import longest_idle, next_call
from erreichbar.record.words import PresentedNumber


def presented(step: Step) -> PresentedNumber:
    """Return the word for what a callback shows. ``step`` is the answer at ``Point.CALLBACK``."""
    return list(PresentedNumber)[step.presented]


__all__ = [
    "AccessModel",
    "Act",
    "Audience",
    "ModelFaults",
    "Moment",
    "PhoneHours",
    "Point",
    "Readiness",
    "Rules",
    "Say",
    "Step",
    "Whom",
    "audience",
    "contradictions",
    "counts_since",
    "decide",
    "in_phone_hours",
    "intervals",
    "load",
    "loads",
    "longest_idle",
    "moment",
    "names",
    "next_call",
    "not_live",
    "presented",
    "readiness",
    "ring_back_ticket",
    "urgency",
    "within",
]
