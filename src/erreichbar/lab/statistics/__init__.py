"""What does a sample of replications allow to claim?

One replication is one number for each figure: never one call. ``intervals`` says how sure a mean is, ``controls`` makes it
surer by what is known anyway, ``comparison`` compares models that met the same citizens, ``stopping`` says when it is enough,
``warm_up`` what to leave out at the beginning.
"""

from erreichbar.lab.statistics.comparison import Method, against_baseline, critical_value
from erreichbar.lab.statistics.controls import controlled
from erreichbar.lab.statistics.intervals import Interval, TooFew, mean_interval, ratio_interval
from erreichbar.lab.statistics.stopping import Stopping
from erreichbar.lab.statistics.warm_up import RunTooShort, mser

__all__ = [
    "Interval",
    "Method",
    "RunTooShort",
    "Stopping",
    "TooFew",
    "against_baseline",
    "controlled",
    "critical_value",
    "mean_interval",
    "mser",
    "ratio_interval",
]
