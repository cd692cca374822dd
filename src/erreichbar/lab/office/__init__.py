"""The office that is simulated: which people, hours, habits and costs, every value with its source.

``load`` gives a ``LabOffice``, one of two default ones or that of a file; ``LabOffice.arrays`` its flat arrays for the
compiled loop, ``draw`` what is drawn anew in each replication, ``expected`` what closed forms say beforehand. The model
stands in ``docs/algorithms/lab-office.md``.
"""

from erreichbar.lab.office.arrays import Arrays
from erreichbar.lab.office.loading import NAMES, LabFaults
from erreichbar.lab.office.model import SETTLEMENTS, LabOffice, load, of

__all__ = ["NAMES", "SETTLEMENTS", "Arrays", "LabFaults", "LabOffice", "load", "of"]
