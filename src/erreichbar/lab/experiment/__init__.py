"""Which way of being reached serves citizens best, and what does it cost? Models compared in one office, replication by replication.

In one replication every model meets the same citizens with the same matters and the same people at work (keyed draws), so
differences are surer than the figures themselves. ``shown`` is the list of figures, ``replicating`` plays and counts one run,
``running`` decides how many, ``estimating`` what they allow to say, ``result`` is what is handed on.
"""

from erreichbar.lab.experiment.replicating import Played, Replicate
from erreichbar.lab.experiment.result import Comparison, from_json
from erreichbar.lab.experiment.running import CannotCompare, Experiment, Progress, run

__all__ = ["CannotCompare", "Comparison", "Experiment", "Played", "Progress", "Replicate", "from_json", "run"]
