"""What happens next with this call? The access model (a TOML file) and ONE decision function.

``points`` names where it is asked and what it may answer, ``moment`` builds what it reads, ``decide`` decides,
``seats`` says who takes a call, ``ring_back`` whether a call answers a missed callback, ``model`` reads and checks
model files.
"""

from erreichbar.access.decide import decide
from erreichbar.access.model import AccessModel, ModelFaults, load, loads, names
from erreichbar.access.moment import moment
from erreichbar.access.points import Act, Moment, Point, Rules, Say, Step, Whom
from erreichbar.access.ring_back import counts_since, ring_back_ticket
from erreichbar.access.seats import longest_idle
from erreichbar.record.words import PresentedNumber


def presented(step: Step) -> PresentedNumber:
    """Return the word for what a callback shows. ``step`` is the answer at ``Point.CALLBACK``."""
    return list(PresentedNumber)[step.presented]


__all__ = [
    "AccessModel",
    "Act",
    "ModelFaults",
    "Moment",
    "Point",
    "Rules",
    "Say",
    "Step",
    "Whom",
    "counts_since",
    "decide",
    "load",
    "loads",
    "longest_idle",
    "moment",
    "names",
    "presented",
    "ring_back_ticket",
]
